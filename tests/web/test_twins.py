"""Every public page is there as JSON too. A mark stands where nobody may see it."""

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

import pytest
from django.core.management import call_command
from django.urls import URLPattern

from practices.browse.parameters import FACETS
from practices.document import to_json
from practices.editorial.documents import build_document
from practices.editorial.institution import SLUGS
from practices.editorial.publishing import publish, withdraw
from practices.editorial.recording import store_document
from practices.exchange.writers.summaries import author_as_data
from practices.models.contact import Contact
from practices.models.identity import Identity, IdentityLink
from practices.models.page import Page
from practices.models.publication import Publication
from practices.models.version import CatalogueVersion
from practices.models.vocabulary import Criterion
from practices.templatetags.catalogue import web_address
from practices.web.frame import frame
from practices.web.twins import LONGEST, TWINS
from practices.web.urls import urlpatterns
from practices.web.views.institution import filled_in
from tests.factories import author, document, practice, published, rich_document

pytestmark = pytest.mark.django_db
SITE = "http://testserver"
CODE = "BP-PRUEBA-SSPD-001-2020"
PAGE = f"/practicas/{CODE}/"
MARK = "xilocarpo"

WITHOUT_TWIN = {
    "styleguide": "how pages are drawn: it says nothing of the catalogue",
    "attachment": "a file, as it was attached",
    "version_attachment": "a file, as it was attached",
}
"""Addresses that look like those of pages and have no twin, with the reason."""

ADDRESSES = [
    *("/", "/practicas/?categoria=oficinas", PAGE, f"{PAGE}v1/", f"{PAGE}versiones/", "/autores/aguas-prueba/"),
    *(f"{PAGE}versiones/comparar/?de=1&a=2", f"/comparar/?codigo={CODE}", "/panorama/?servicio=acueducto"),
    *("/criterios/", "/datos/", "/mapa-del-sitio/", "/terminos/"),
]
"""One of each page, as it calls itself."""


WITHOUT_LANGUAGE = {f"{SITE}/derechos-de-autor/", f"{SITE}/sitemap.xml"}
"""Addresses that are the same for readers of both languages."""


def changed(publication: Publication, note: str = "", **fields) -> Publication:
    return publish(store_document(replace(build_document(publication.practice), **fields)), note=note)


@pytest.fixture
def two():
    """Two versions, an unpublished change and a contact, with the mark in both."""
    first = published(rich_document(1, summary="Se usaron tres camiones."))
    second = changed(first, "Más camiones.", summary="Se usaron cinco camiones.")
    store_document(replace(build_document(first.practice), title=MARK, conclusion=MARK))
    consent = {"consent_given_on": datetime(2020, 1, 1).date(), "consent_given_by": MARK}
    Contact.objects.create(practice=first.practice, name=MARK, email=f"{MARK}@example.org", **consent)
    return first, second


def data(client, address: str) -> dict:
    response = client.get(address)
    assert (response.status_code, response["Content-Type"]) == (200, "application/json"), address
    assert MARK not in response.content.decode()
    return response.json()


def twin_named(client, address: str) -> str:
    """By the head of the page."""
    shown = client.get(address).content.decode()
    (named,) = re.findall(r'<link rel="alternate" type="application/json" href="([^"]*)">', shown)
    return named.replace("&amp;", "&")


def test_every_page_of_the_catalogue_has_a_twin():
    """A new page needs a twin, or a reason in WITHOUT_TWIN."""
    routes = {each.name: str(each.pattern) for each in urlpatterns if isinstance(each, URLPattern)}
    pages = {name for name, route in routes.items() if not route or route.endswith("/")}
    assert pages == {*TWINS, *WITHOUT_TWIN}
    twins = {name: routes[twin] for name, twin in TWINS.items()}
    by_hand = {"home": "inicio.json"}
    assert twins == {name: by_hand.get(name, f"{routes[name][:-1]}.json") for name in TWINS}


def test_the_pages_tried_here_are_one_of_each(client, two):
    names = {client.get(address).resolver_match.url_name for address in ADDRESSES}
    assert names == set(TWINS)


@pytest.mark.parametrize("before", ["", "/en"])
def test_page_names_its_twin_and_the_twin_its_page(client, two, before):
    for address in (f"{before}{address}" for address in ADDRESSES):
        named = twin_named(client, address)
        assert named.startswith(f"{before}/")
        answer = client.get(named)
        assert (answer.status_code, answer["Content-Type"]) == (200, "application/json"), named
        assert answer["Link"] == f'<{SITE}{address}>; rel="alternate"; type="text/html"'
        assert answer.json().get("url", f"{SITE}{address}") == f"{SITE}{address}"
        assert MARK not in answer.content.decode()


def test_only_what_is_known_of_a_query_string_goes_along(client, two):
    named = [twin_named(client, f"{address}?pagina=7&de=9&codigo=nada&x={MARK}") for address in ("/practicas/", PAGE)]
    named += [twin_named(client, f"{page}?x={MARK}&pagina=7") for page in ("/autores/aguas-prueba/", "/comparar/")]
    assert named == ["/practicas.json", f"/practicas/{CODE}.json", "/autores/aguas-prueba.json", "/comparar.json"]


def test_pages_that_are_not_there_and_those_of_the_staff_name_none(client, admin_client, two):
    withdraw(published(document(2)).practice, "Motivo")
    answers = [
        client.get(address) for address in ("/nada/", f"/autores/{MARK}/", "/practicas/BP-PRUEBA-SSPD-002-2020/")
    ]
    answers += [admin_client.get("/admin/"), client.get("/guia-de-estilo/")]
    assert [answer.status_code for answer in answers] == [404, 404, 410, 200, 200]
    assert ['type="application/json"' in answer.content.decode() for answer in answers] == [False] * 5


def texts_of(value) -> Iterator[str]:
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list):
        for each in value:
            yield from texts_of(each)
    elif isinstance(value, str):
        yield value


@pytest.mark.parametrize("before", ["", "/en"])
def test_every_address_in_a_twin_is_full_and_answers(client, two, before):
    criterion = Criterion.objects.create(slug="eficaz", name="Eficaz", group="minimum", description="…")
    for address in ADDRESSES:
        found = texts_of(data(client, twin_named(client, f"{before}{address}")))
        for link in {text for text in found if text.startswith(("http", "/"))}:
            assert link.startswith(f"{SITE}{before}/") or link in WITHOUT_LANGUAGE
            assert client.get(link).status_code in (200, 302), link
    assert criterion.slug in json.dumps(data(client, "/inicio.json"))


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


GONE = [".json", "/v1.json", "/v2.json", "/versiones.json", "/versiones/comparar.json"]


@pytest.mark.parametrize("end", GONE)
@pytest.mark.parametrize("before", ["", "/en"])
def test_of_a_withdrawn_practice_every_twin_is_gone_in_one_shape(client, two, end, before):
    withdraw(two[1].practice, "Motivo público")
    response = client.get(f"{before}/practicas/{CODE}{end}")
    assert (response.status_code, response["Content-Type"]) == (410, "application/json")
    assert response.json() == {
        "error": "withdrawn",
        "code": CODE,
        "withdrawn": Publication.objects.withdrawn().get().withdrawn_at.isoformat(),
        "reason": "Motivo público",
    }


def test_a_version_that_was_withdrawn_stays_so_in_every_twin(client, two):
    withdraw(two[1].practice, "Cifras falsas")
    store_document(replace(build_document(two[1].practice), title="Otra", conclusion=""))
    publish(two[1].practice)
    response = client.get(f"{PAGE}v2.json")
    assert (response.status_code, response.json()) == (
        410,
        {
            "error": "withdrawn",
            "code": CODE,
            "withdrawn": Publication.objects.get(number=2).withdrawn_at.isoformat(),
            "reason": "Cifras falsas",
            "version": 2,
            "current": 3,
        },
    )
    told = data(client, f"{PAGE}versiones.json")["versions"]
    assert [(one["version"], one["status"], one["data"], one["before"]) for one in told] == [
        (3, "current", f"{SITE}{PAGE}v3.json", 1),
        (2, "withdrawn", None, None),
        (1, "superseded", f"{SITE}{PAGE}v1.json", None),
    ]
    assert (told[1]["reason"], told[1]["url"], told[1]["changes"]) == ("Cifras falsas", None, None)
    compared = data(client, f"{PAGE}versiones/comparar.json?de=2&a=3")
    assert (compared["before"]["version"], compared["readable"]) == (1, [3, 1])


@pytest.mark.parametrize(
    "path",
    [
        *(f"/practicas/{MARK}{end}" for end in GONE),
        *(f"/practicas/BP-PRUEBA-SSPD-002-2020{end}" for end in GONE),
        *(f"/practicas/{CODE}/v{number}.json" for number in ("0", "3", "9" * 22, "9" * 5000, "x", "-1", "1.0", "²")),
        *(f"/autores/{MARK}.json", f"/{MARK}.json", f"/{MARK}/{MARK}.json", f"/{MARK}%3Cb%3E.json", "/%00.json"),
        *("/.json", "/en.json", f"/{'a' * 5000}.json", f"/practicas/{'a' * 5000}.json"),
    ],
)
@pytest.mark.parametrize("before", ["", "/en"])
def test_twin_of_nothing_is_a_404_as_json_that_repeats_nothing(client, two, before, path):
    practice(document(2))
    response = client.get(f"{before}{path}")
    assert (response.status_code, response["Content-Type"]) == (404, "application/json")
    assert response.json() == {"error": "not_found"}


@pytest.mark.parametrize(
    "query",
    [
        *("q=%0D%0AX-Typed:%201", "q=%3E%22%3Cb%3E&pagina=%00", "%FF=%FE&q=%FF", "pagina=" + "9" * 5000),
        *("q=" + "%C3%A9" * 5000, "codigo=%0D%0A&codigo=" + "x" * 5000, "de=%0A&a=" + "9" * 5000, "q[]=1"),
        "autor=" + "&autor=".join(f"otra-{number}" for number in range(500)),
    ],
)
def test_whatever_a_stranger_types_is_answered(client, two, query):
    for address in ADDRESSES:
        answer = client.get(f"{twin_named(client, address).partition('?')[0]}?{query}")
        assert answer.status_code == 200
        assert not answer.has_header("X-Typed")
        assert len(answer.headers.get("Link", "")) <= LONGEST + 100
        assert client.get(answer.json().get("url", "/")).status_code in (200, 302)


def test_an_address_that_is_too_long_for_a_header_stands_in_the_data(client):
    names = [f"Empresa de un nombre bastante largo número {number}" for number in range(30)]
    published(document(1, authors=tuple(map(author, names))))
    values = [value["value"] for value in data(client, "/practicas.json")["facets"]["autor"]]
    query = "&".join(f"autor={value}" for value in sorted(values))
    answer = client.get(f"/practicas.json?{query}")
    assert (answer.json()["url"], answer.has_header("Link")) == (f"{SITE}/practicas/?{query}", False)


def test_another_spelling_leads_to_the_same_twin(client, two):
    for end in GONE[1:]:
        response = client.get(f"/practicas/bp-prueba-sspd-001-2020{end}?de=1&a=2")
        assert (response.status_code, response["Location"]) == (301, f"/practicas/{CODE}{end}?de=1&a=2")


def test_only_reading_is_allowed(client, two):
    twins = [twin_named(client, address) for address in ADDRESSES]
    assert {client.post(twin).status_code for twin in twins} == {405}
    assert {client.head(twin).status_code for twin in twins} == {200}


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    ("address", "queries"),
    [
        ("/inicio.json", 3),
        ("/criterios.json", 2),
        ("/datos.json", 2),
        ("/mapa-del-sitio.json", 2),
        ("/terminos.json", 2),
        ("/panorama.json", 2),
        ("/autores/aguas-prueba.json", 4),
        (f"/comparar.json?codigo={CODE}", 2),
        (f"/practicas/{CODE}.json", 2),
        (f"/practicas/{CODE}/versiones.json", 3),
        (f"/practicas/{CODE}/versiones/comparar.json?de=1&a=2", 4),
        (f"/practicas/{CODE}/v1.json", 3),
    ],
)
def test_a_twin_costs_the_same_for_one_and_for_three(client, django_assert_num_queries, address, queries):
    first = published(rich_document(1))
    for number in (2, 3, 4):
        changed(first, summary=f"Cosa {number}")
        client.get("/criterios/")
        client.get(address)
        with django_assert_num_queries(queries):
            assert client.get(address).status_code == 200
        published(rich_document(number))


def test_facets_of_the_data_are_named_as_the_parameters_of_the_list(client, two):
    assert list(data(client, "/practicas.json")["facets"]) == list(FACETS)
