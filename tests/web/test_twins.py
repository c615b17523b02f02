"""Every public page is there as JSON too: each of the two names the other, and both are gone together."""

import json
import re
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import replace

import pytest
from django.test import Client
from django.urls import URLPattern

from practices.editorial.documents import build_document
from practices.editorial.publishing import publish, withdraw
from practices.editorial.recording import store_document
from practices.models.publication import Publication
from practices.models.vocabulary import Criterion
from practices.web.twins import LONGEST, TWINS
from practices.web.urls import urlpatterns
from tests.factories import author, document, practice, published, rich_document
from tests.web.twins import CODE, MARK, PAGE, SITE, changed, data, two_versions

pytestmark = pytest.mark.django_db

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


@pytest.fixture(scope="module")
def made(module_database) -> tuple[Publication, Publication]:
    return two_versions()


@pytest.fixture
def two(made):
    """What is made for all is copied for each: to withdraw it changes it."""
    return deepcopy(made)


@pytest.fixture(scope="module")
def twins(made) -> list[str]:
    """The twin of each of the addresses."""
    return [twin_named(Client(), address) for address in ADDRESSES]


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
        assert answer["Link"].partition(", ")[0] == f'<{SITE}{address}>; rel="alternate"; type="text/html"'
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
    links = set()
    for address in ADDRESSES:
        found = texts_of(data(client, twin_named(client, f"{before}{address}")))
        links.update(text for text in found if text.startswith(("http", "/")))
    for link in links:
        assert link.startswith(f"{SITE}{before}/") or link in WITHOUT_LANGUAGE
        assert client.get(link).status_code in (200, 302), link
    assert criterion.slug in json.dumps(data(client, "/inicio.json"))


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
def test_whatever_a_stranger_types_is_answered(client, twins, query):
    for twin in twins:
        answer = client.get(f"{twin.partition('?')[0]}?{query}")
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


def test_only_reading_is_allowed(client, twins):
    assert {client.post(twin).status_code for twin in twins} == {405}
    assert {client.head(twin).status_code for twin in twins} == {200}


QUERIES = {
    "/inicio.json": 3,
    "/criterios.json": 2,
    "/datos.json": 2,
    "/mapa-del-sitio.json": 2,
    "/terminos.json": 2,
    "/panorama.json": 2,
    "/autores/aguas-prueba.json": 4,
    f"/comparar.json?codigo={CODE}": 2,
    f"/practicas/{CODE}.json": 2,
    f"/practicas/{CODE}/versiones.json": 3,
    f"/practicas/{CODE}/versiones/comparar.json?de=1&a=2": 4,
    f"/practicas/{CODE}/v1.json": 3,
}


@pytest.mark.django_db(transaction=True)
def test_a_twin_costs_the_same_for_one_and_for_three(client, django_assert_num_queries):
    first = published(rich_document(1))
    for number in (2, 3, 4):
        changed(first, summary=f"Cosa {number}")
        client.get("/criterios/")
        for address, queries in QUERIES.items():
            client.get(address)
            with django_assert_num_queries(queries, info=address):
                assert client.get(address).status_code == 200
        published(rich_document(number))
