"""What each JSON twin says, and that it is what its page says."""

from datetime import datetime

import pytest
from django.core.management import call_command

from practices.browse.parameters import FACETS
from practices.document import to_json
from practices.editorial.institution import SLUGS
from practices.editorial.publishing import withdraw
from practices.exchange.writers.summaries import author_as_data
from practices.models.identity import Identity, IdentityLink
from practices.models.page import Page
from practices.models.version import CatalogueVersion
from practices.models.vocabulary import Criterion
from practices.templatetags.catalogue import web_address
from practices.web.frame import frame
from practices.web.views.institution import filled_in
from tests.factories import author, document, practice, published, rich_document
from tests.web.twins import CODE, MARK, PAGE, SITE, changed, data, two_versions

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def two(module_database):
    return two_versions()


def test_home(client, two):
    Criterion.objects.create(slug="eficaz", name="Eficaz", group="minimum", description="…")
    Criterion.objects.create(slug="unico", name="Único", group="contest", description="…")
    told = data(client, "/inicio.json")
    (newest,) = told.pop("newest")
    assert newest == data(client, "/practicas.json")["results"][0]
    listed = f"{SITE}/practicas/"
    assert told == {
        "url": f"{SITE}/",
        "site": "Catálogo de buenas prácticas",
        "count": 1,
        "categories": [
            {
                "value": "oficinas",
                "label": "1. Funcionamiento de las oficinas",
                "count": 1,
                "url": f"{listed}?categoria=oficinas",
            }
        ],
        "services": [{"value": "acueducto", "label": "Acueducto", "count": 1, "url": f"{listed}?servicio=acueducto"}],
        "departments": [{"value": "17", "label": "Caldas", "count": 1, "url": f"{listed}?departamento=17"}],
        "criteria": [{"criterion": "eficaz", "name": "Eficaz", "url": f"{SITE}/criterios/#eficaz"}],
    }


def test_home_of_an_empty_catalogue(client):
    told = data(client, "/inicio.json")
    assert (told["count"], told["categories"], told["newest"]) == (0, [], [])


def test_criteria_are_those_of_the_page(client):
    call_command("load_vocabulary", verbosity=0)
    assert data(client, "/criterios.json") == {
        "url": f"{SITE}/criterios/",
        "criteria": [
            {
                "criterion": one.slug,
                "name": one.name,
                "group": one.group,
                "description": one.description,
                "url": f"{SITE}/practicas/?criterio={one.slug}",
            }
            for one in Criterion.objects.all()
        ],
    }


def test_author_with_its_practices_page_by_page(client):
    told_of = author("Aguas de Prueba S.A. E.S.P.", acronym="ADP", website="https://aguas.example")
    for number in range(1, 23):
        published(document(number, authors=(told_of,)))
    withdraw(published(document(40, title=MARK, authors=(told_of,))).practice, "Motivo")
    practice(document(41, title=MARK, authors=(told_of,)))
    first = data(client, "/autores/aguas-prueba.json")
    second = data(client, first["next"].removeprefix(SITE))
    assert first["author"] == {
        "value": "aguas-prueba",
        "name": "Aguas de Prueba S.A. E.S.P.",
        "acronym": "ADP",
        "kind": "provider",
        "website": "https://aguas.example",
    }
    assert {name: second[name] for name in ("url", "count", "page", "pages", "next", "previous")} == {
        "url": f"{SITE}/autores/aguas-prueba/?pagina=2",
        "count": 22,
        "page": 2,
        "pages": 2,
        "next": None,
        "previous": f"{SITE}/autores/aguas-prueba.json",
    }
    for number, told in ((1, first), (2, second)):
        page = client.get(f"/autores/aguas-prueba/?pagina={number}").context["page"]
        assert [one["code"] for one in told["results"]] == [publication.code for publication in page]


@pytest.mark.parametrize("website", ["javascript:alert(1)", "http:", "//x", "ftp://x.example", "HTTPS://[", ""])
def test_website_of_an_author_is_told_as_on_its_page(website):
    assert author_as_data(author(website=website))["website"] == web_address(website)


def test_versions(client, two):
    first, second = two
    assert data(client, f"/practicas/{CODE}/versiones.json") == {
        "url": f"{SITE}{PAGE}versiones/",
        "code": CODE,
        "title": "Práctica 1",
        "version": 2,
        "versions": [
            {
                "version": 2,
                "status": "current",
                "published": second.published_at.isoformat(),
                "note": "Más camiones.",
                "withdrawn": None,
                "reason": "",
                "url": f"{SITE}{PAGE}v2/",
                "data": f"{SITE}{PAGE}v2.json",
                "before": 1,
                "changes": f"{SITE}{PAGE}versiones/comparar.json?de=1&a=2",
            },
            {
                "version": 1,
                "status": "superseded",
                "published": first.published_at.isoformat(),
                "note": "",
                "withdrawn": None,
                "reason": "",
                "url": f"{SITE}{PAGE}v1/",
                "data": f"{SITE}{PAGE}v1.json",
                "before": None,
                "changes": None,
            },
        ],
    }


def test_a_version_is_its_frozen_document_and_the_one_in_force_the_practice(client, two):
    first, second = two
    old = client.get(f"{PAGE}v1.json")
    assert (old.content.decode(), old["X-Robots-Tag"]) == (first.document, "noindex")
    assert first.document != second.document
    in_force = client.get(f"{PAGE}v2.json")
    assert (in_force.status_code, in_force["Location"]) == (302, f"/practicas/{CODE}.json")
    assert client.get(in_force["Location"]).content.decode() == second.document


def test_numbers_of_a_version_keep_every_digit(client):
    first = published(rich_document(1))
    changed(first, summary="Otra cosa.")
    assert client.get(f"{PAGE}v1.json").content.decode() == to_json(first.content)


def test_what_changed_between_two_versions(client, two):
    told = data(client, f"/en{PAGE}versiones/comparar.json?de=1&a=2")
    assert (told["url"], told["code"], told["title"], told["readable"]) == (
        f"{SITE}/en{PAGE}versiones/comparar/?de=1&a=2",
        CODE,
        "Práctica 1",
        [2, 1],
    )
    assert (told["before"]["version"], told["after"]["version"]) == (1, 2)
    assert told["changes"] == [
        {
            "field": "summary",
            "name": "What was done",
            "stretches": [
                {"fate": "same", "text": "Se usaron "},
                {"fate": "removed", "text": "tres"},
                {"fate": "added", "text": "cinco"},
                {"fate": "same", "text": " camiones."},
            ],
        }
    ]


@pytest.mark.parametrize("query", ["", "?de=2&a=1", "?de=2&a=2", "?de=<script>&a=%00", "?de=1&de=2&a=9999999999999"])
def test_the_versions_compared_are_those_that_the_page_compares(client, two, query):
    told = data(client, f"{PAGE}versiones/comparar.json{query}")
    context = client.get(f"{PAGE}versiones/comparar/{query}").context
    assert (told["before"]["version"], told["after"]["version"]) == (context["before"].number, context["after"].number)
    assert [change["field"] for change in told["changes"]] == [change.field for change in context["changes"]]


def test_site_map_names_every_page_and_its_twin(client, two):
    told = data(client, "/mapa-del-sitio.json")
    named = {page["url"]: page["data"] for group in ("catalogue", "institution") for page in told[group]}
    shown = client.get("/mapa-del-sitio/").content.decode()
    assert {f'href="{url.removeprefix(SITE)}"' in shown for url in named} == {True}
    twins = {"": "inicio", "practicas/": "practicas", "panorama/": "panorama", "comparar/": "comparar"}
    twins |= {f"{slug}/": slug for slug in ("criterios", "datos", *SLUGS)}
    assert named == {
        **{f"{SITE}/{path}": f"{SITE}/{name}.json" for path, name in twins.items()},
        f"{SITE}/sitemap.xml": None,
    }
    home = data(client, "/inicio.json")
    assert [told[name] for name in ("categories", "services", "departments")] == [
        home[name] for name in ("categories", "services", "departments")
    ]


def test_open_data_tells_what_its_page_tells(client, two):
    told = data(client, "/datos.json")
    shown = client.get("/datos/").context
    shapes = [shape["url"] for group in told["groups"] for shape in group["shapes"]]
    assert shapes == [shape.address for _title, _anchor, among in shown["groups"] for shape in among]
    assert [one["name"] for one in told["parameters"]] == [name for name, _what in shown["parameters"]]
    assert [one["command"] for one in told["examples"]] == [command for _what, command in shown["examples"]]
    assert (told["count"], told["licence"]) == (1, f"{SITE}/derechos-de-autor/")
    raised_at = CatalogueVersion.objects.get().raised_at
    assert datetime.fromisoformat(told["updated"]) == raised_at
    IdentityLink.objects.filter(address="/derechos-de-autor/").delete()
    Identity.objects.get().save()
    assert data(client, "/datos.json")["licence"] is None


def test_pages_of_the_institution_in_the_language_of_the_reader(client):
    page = Page.objects.get(url="/terminos/")
    spanish, english = data(client, "/terminos.json"), data(client, "/en/terminos.json")
    assert spanish["text"] == filled_in(page.content, frame())
    assert "{" not in spanish["text"]
    assert (spanish["title"], spanish["language"], english["title"], english["language"]) == (
        page.title,
        "es",
        page.title_en,
        "en",
    )
    assert datetime.fromisoformat(spanish["updated"]) == page.updated_at
    Page.objects.filter(url="/terminos/").update(content_en="")
    CatalogueVersion.raise_by_one()
    assert {**data(client, "/en/terminos.json"), "url": ""} == {**spanish, "url": ""}


def test_facets_of_the_data_are_named_as_the_parameters_of_the_list(client, two):
    assert list(data(client, "/practicas.json")["facets"]) == list(FACETS)
