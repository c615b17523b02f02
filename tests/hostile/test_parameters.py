"""Every public address and every parameter, with our list: never an error of ours, never slow, never somebody's page.

All strings are tried in all parameters at once where most is read (the list, its data, what is suggested, the home of
each argument); each other address gets a share of the list, such that every string is tried somewhere else too.
"""

from collections.abc import Iterator
from dataclasses import replace
from urllib.parse import quote, urlencode

import pytest
from django.db import transaction
from django.urls import URLPattern, URLResolver, get_resolver
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pytest_django import DjangoDbBlocker

from practices.browse.parameters import FACETS, SHAPING, SINCE, SOUGHT
from practices.editorial.documents import build_document
from practices.editorial.publishing import publish
from practices.editorial.recording import store_document
from tests.factories import published, rich_document

from .harmless import require_harmless
from .strings import LONG, MARKUP, RAW, STRINGS
from .wire import ask

pytestmark = pytest.mark.django_db

MANY = [
    *("q=a&" * 10_000, "a=1&" * 4_999, "categoria=oficinas&" * 10_000, "codigo=x&" * 4_000, "&" * 60_000),
    *("&".join(f"x{number}=1" for number in range(10_000)), "=" * 60_000, "q=" + "%" * 60_000, ";" * 60_000),
    *("categoria=" + "a" * 60_000, "pagina=" + "9" * 60_000),
]

CODE = "BP-PRUEBA-SSPD-001-2020"
PARAMETERS = sorted(SHAPING | {SINCE, "formato", *(SOUGHT + name for name in FACETS), "utm_source", "next", "v"})
ARGUMENTS = {"code": CODE, "slug": "aguas-prueba", "number": "1", "file": "1", "section": "practicas"}
SHARE = 100
"""Of the list, one string in so many for each of the other addresses."""
BOUND = settings(
    max_examples=20, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@pytest.fixture(scope="module", autouse=True)
def _catalogue(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Two practices, one of them with an earlier version. Made once: no test here writes."""
    with django_db_blocker.unblock(), transaction.atomic():
        first = published(rich_document(1))
        store_document(replace(build_document(first.practice), title="Otro título"))
        publish(first.practice, note="Segunda")
        published(rich_document(2))
        yield
        transaction.set_rollback(True)


def patterns() -> Iterator[str]:
    """Every public address as it is declared; the staff's and the links of authors have tests of their own."""
    for pattern in get_resolver().url_patterns:
        if isinstance(pattern, URLPattern):
            yield str(pattern.pattern)
        elif isinstance(pattern, URLResolver):
            for inner in pattern.url_patterns:
                if isinstance(inner, URLResolver) and inner.app_name == "web":
                    yield from (str(found.pattern) for found in inner.url_patterns)


PATTERNS = sorted(set(patterns()))


def filled(pattern: str, **given: str) -> str:
    """The address of a pattern, with these arguments in the place of those that exist."""
    parts = pattern.replace(">", "<").split("<")
    for place in range(1, len(parts), 2):
        name = parts[place].partition(":")[2]
        parts[place] = quote({**ARGUMENTS, **given}[name], safe="", errors="surrogatepass")
    return "/" + "".join(parts)


def everywhere(text: str) -> str:
    """A query string with the text in every parameter."""
    return urlencode([(name, short(text)) for name in PARAMETERS], errors="surrogatepass")


def short(text: str) -> str:
    """What a server lets through in the first line of a request, thirty times."""
    return text[:400]


def arguments_of(pattern: str) -> list[str]:
    return [part.partition(":")[2] for part in pattern.replace(">", "<").split("<")[1::2]]


def test_the_list_is_long_enough():
    assert len(STRINGS) >= 150
    assert len(PATTERNS) >= 45


def test_every_string_in_every_parameter_of_the_list():
    """All that would be markup; of the others each fourth here, and every one as data below."""
    for text in (text for number, text in enumerate(STRINGS) if number % 4 == 0 or text in MARKUP):
        require_harmless(ask(f"/practicas/?{everywhere(text)}"), text)


@pytest.mark.parametrize(
    ("place", "address"), [*enumerate(["/practicas.json", "/buscar/sugerencias.json", "/comparar.json"])]
)
def test_every_string_in_the_data_of_one_address(place, address):
    for text in STRINGS[place::3]:
        require_harmless(ask(f"{address}?{everywhere(text)}"), text)


@pytest.mark.parametrize("text", LONG, ids=lambda text: ascii(text[:6]))
def test_long_texts_at_their_full_length(text):
    for address in ("/practicas/", "/practicas.json", "/buscar/sugerencias.json"):
        require_harmless(ask(f"{address}?{urlencode({'q': text})}"))


@pytest.mark.parametrize("name", [name for name in PARAMETERS if not name.startswith(SOUGHT)])
def test_every_parameter_by_itself(name):
    """What one value makes of a page, another in the same query might hide."""
    for text in STRINGS[sum(name.encode()) % 50 :: 50]:
        require_harmless(ask(f"/practicas.json?{urlencode({name: short(text)}, errors='surrogatepass')}"), text)


@pytest.mark.parametrize("pattern", PATTERNS)
def test_every_address_with_a_share_of_the_list(pattern):
    """In one language or the other."""
    place = PATTERNS.index(pattern)
    for number, text in enumerate(STRINGS[place % SHARE :: SHARE]):
        language = "/en" if (number + place) % 2 else ""
        require_harmless(ask(f"{language}{filled(pattern)}?{everywhere(text)}"), text)


@pytest.mark.parametrize("pattern", [pattern for pattern in PATTERNS if "<" in pattern])
def test_every_argument_of_an_address_with_a_share_of_the_list(pattern):
    share = 16 if pattern in ("practicas/<str:code>/", "<slug:slug>/") else 2 * SHARE
    for name in arguments_of(pattern):
        for text in STRINGS[PATTERNS.index(pattern) % share :: share]:
            require_harmless(ask(filled(pattern, **{name: short(text)})), text)


@pytest.mark.parametrize("raw", RAW, ids=lambda raw: ascii(raw[:12]))
def test_bytes_that_are_no_text(raw):
    for target in (b"/practicas.json?q=%b", b"/comparar.json?%b", b"/practicas/%b/", b"/%b", b"/%b.json?a"):
        require_harmless(ask(target % raw))


@BOUND
@given(st.text(max_size=80))
def test_any_text_in_any_parameter(text):
    require_harmless(ask(f"/practicas.json?{everywhere(text)}"), text)
    require_harmless(ask(f"/practicas/?{urlencode({'q': text, 'en_autor': text})}"), text)


@BOUND
@given(st.binary(max_size=80), st.binary(max_size=80))
def test_any_bytes_as_path_and_query(path, query):
    require_harmless(ask(b"/" + path + b"?" + query))
    require_harmless(ask(b"/practicas.json?q=" + query))


@pytest.mark.parametrize("query", MANY, ids=lambda query: query[:12])
def test_more_parameters_than_anybody_has(query):
    """Beyond the most that a form may send (DATA_UPLOAD_MAX_NUMBER_FIELDS, of an address too), a 400."""
    for address in ("/practicas/", "/practicas.json", "/comparar/"):
        answer = require_harmless(ask(f"{address}?{query}"))
        assert answer.status == (400 if query.count("&") >= 5_000 else 200)
