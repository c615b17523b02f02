"""How often one visitor may ask: true seconds, one count for all spellings of a question, and nobody else's."""

import re

import pytest
from django.core.cache import cache, caches
from django.core.exceptions import ImproperlyConfigured
from django.test import Client, RequestFactory

from catalogue import limits
from catalogue.limits import Kind, refused
from catalogue.rates import Rate
from catalogue.settings import rate
from tests.factories import published, rich_document

VISITOR, OTHER = "203.0.113.9", "198.51.100.7"
CODE = "BP-PRUEBA-SSPD-001-2020"
NOON = 1_800_000_000
"""A moment at which a minute and an hour begin."""


@pytest.fixture
def clock(monkeypatch):
    """Time stands still until it is set."""
    now = [float(NOON)]
    monkeypatch.setattr("time.time", lambda: now[0])
    return now


@pytest.fixture(autouse=True)
def _few(settings):
    settings.TRUSTED_PROXIES = ["127.0.0.1"]
    settings.RATE_SEARCH, settings.RATE_EXPORT = Rate(3, 60), Rate(2, 60)
    settings.RATE_LINK, settings.RATE_LINK_WRONG = Rate(5, 60), Rate(3, 3600)


def by(visitor: str) -> Client:
    """A visitor behind the proxy."""
    return Client(headers={"x-forwarded-for": visitor})


def statuses(visitor: str, *addresses: str) -> list[int]:
    return [by(visitor).get(address).status_code for address in addresses]


# --- What is written in settings ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "meant"),
    [("120/m", Rate(120, 60)), (" 20/H ", Rate(20, 3600)), ("1/s", Rate(1, 1)), ("10/5m", Rate(10, 300)), ("", None)],
)
def test_a_rate_is_read_as_people_write_it(text, meant):
    assert Rate.of(text) == meant


@pytest.mark.parametrize("text", ["0/m", "120", "m", "120/w", "-1/m", "1.5/m", "120/0m", "9" * 20 + "/m"])
def test_what_is_no_rate_stops_the_start_and_names_the_setting(monkeypatch, text):
    monkeypatch.setenv("RATE_SEARCH", text)
    with pytest.raises(ImproperlyConfigured, match="RATE_SEARCH"):
        rate("RATE_SEARCH", "120/m")


# --- Searches and exports -------------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_one_search_too_many_is_told_the_seconds_until_the_next(clock):
    clock[0] += 20.5
    assert statuses(VISITOR, *(f"/practicas/?q={word}" for word in "abc")) == [200, 200, 200]
    answer = by(VISITOR).get("/practicas/?q=d")
    assert (answer.status_code, answer["Retry-After"], answer["Cache-Control"]) == (429, "40", "no-store")
    assert "Espere 40" in answer.content.decode().replace("&nbsp;", " ")
    assert not answer.has_header("ETag")
    clock[0] += 39
    assert by(VISITOR).get("/practicas/?q=d")["Retry-After"] == "1"
    clock[0] += 1
    assert statuses(VISITOR, "/practicas/?q=d") == [200]


@pytest.mark.django_db
def test_every_spelling_of_a_search_counts_as_one_more(clock):
    spellings = [
        *("/practicas/?q=a&orden=titulo", "/practicas/?orden=titulo&q=a", f"/practicas/?q={'a' * 600}"),
        *(
            "/en/practicas/?q=a",
            "/practicas.json?q=a",
            "/practicas.atom?q=a",
            "/practicas/?x=1",
            "/comparar/?codigo=a",
        ),
        *(
            "/practicas/?categoria=oficinas",
            "/practicas.json?desde=0",
            f"/practicas/?q={'a' * 600}",
            "/practicas//?q=a",
        ),
    ]
    assert statuses(VISITOR, *spellings[:3]) == [200] * 3
    assert statuses(VISITOR, *spellings[3:-1]) == [429] * (len(spellings) - 4)
    assert statuses(VISITOR, spellings[-1]) == [404]
    assert by(VISITOR).head("/practicas/?q=a").status_code == 429


@pytest.mark.django_db
def test_heads_count_as_much_as_pages(clock):
    assert [by(VISITOR).head("/practicas/?q=a").status_code for _ in range(4)] == [200, 200, 200, 429]


@pytest.mark.django_db
def test_exports_have_a_count_of_their_own_that_all_kinds_share(clock):
    published(rich_document(1))
    answers = statuses(VISITOR, "/practicas.csv", f"/practicas/{CODE}.pdf", "/practicas.xlsx", "/en/practicas.jsonl")
    assert answers == [200, 200, 429, 429]
    assert statuses(VISITOR, "/practicas.pdf", "/practicas/?q=a", f"/practicas/{CODE}.json") == [429, 200, 200]


@pytest.mark.django_db
def test_suggestions_never_use_up_the_searches(clock):
    assert statuses(VISITOR, *(f"/buscar/sugerencias.json?q={word}" for word in "abcd")) == [200, 200, 200, 429]
    assert statuses(VISITOR, "/practicas/?q=abcd") == [200]


@pytest.mark.django_db(transaction=True)
def test_what_costs_nothing_does_not_count(clock, settings):
    settings.CACHES = {**settings.CACHES, "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
    cache.clear()
    published(rich_document(1))
    visitor = by(VISITOR)
    first = visitor.get("/practicas/?categoria=oficinas")
    kept = [visitor.get("/practicas/?categoria=oficinas").status_code for _ in range(5)]
    has_it = visitor.get("/practicas/?categoria=oficinas", headers={"if-none-match": first["ETag"]}).status_code
    plain = [visitor.get("/practicas/").status_code for _ in range(5)]
    assert (kept, has_it, plain) == ([200] * 5, 304, [200] * 5)
    assert statuses(VISITOR, "/practicas/?q=a", "/practicas/?q=b", "/practicas/?q=c") == [200, 200, 429]
    # Nor is the refusal kept in the place of the page.
    assert statuses(OTHER, "/practicas/?q=c") == [200]
    cache.clear()


@pytest.mark.django_db
def test_no_limit_is_no_limit(clock, settings):
    settings.RATE_SEARCH = None
    assert statuses(VISITOR, *["/practicas/?q=a"] * 9) == [200] * 9


# --- Who is counted -------------------------------------------------------------------------------------------------


def left(visitor: str, **meta: str) -> int:
    """How many searches a visitor has had when the first is refused; 9 where none is."""
    request = RequestFactory().get("/practicas/?q=a", **({"HTTP_X_FORWARDED_FOR": visitor} if visitor else {}), **meta)
    return next((had for had in range(9) if refused(request, Kind.SEARCH)), 9)


def test_each_visitor_has_a_count_of_its_own(clock):
    assert (left(VISITOR), left(OTHER), left(VISITOR)) == (3, 3, 0)


def test_an_address_that_the_visitor_wrote_himself_does_not_help(clock):
    assert (left(VISITOR), left(f"192.0.2.1, {VISITOR}"), left(f"127.0.0.1, {VISITOR}")) == (3, 0, 0)


def test_all_addresses_of_one_ipv6_network_count_together(clock):
    found = [left(address) for address in ("2001:db8:0:1::1", "2001:db8:0:1:ffff::2", "2001:DB8:0:2::1")]
    assert found == [3, 0, 3]
    assert (left("::ffff:203.0.113.9"), left(VISITOR)) == (3, 0)


@pytest.mark.parametrize(
    ("meta", "had"),
    [
        ({"REMOTE_ADDR": "127.0.0.1"}, 9),
        ({"REMOTE_ADDR": "127.8.0.1"}, 9),
        ({"REMOTE_ADDR": "::1"}, 9),
        ({"REMOTE_ADDR": "::ffff:127.0.0.1"}, 9),
        ({"REMOTE_ADDR": ""}, 9),
        ({"REMOTE_ADDR": "10.0.0.1"}, 3),
        ({"REMOTE_ADDR": "127.0.0.1", "HTTP_X_FORWARDED_FOR": "127.0.0.1"}, 3),
        ({"REMOTE_ADDR": "127.0.0.1", "HTTP_X_FORWARDED_FOR": "nonsense"}, 3),
        ({"REMOTE_ADDR": "127.0.0.1", "HTTP_X_FORWARDED_FOR": ""}, 3),
    ],
)
def test_only_programs_on_the_machine_itself_are_exempt(clock, meta, had):
    assert left("", **meta) == had


def test_nobody_is_exempt_where_no_network_is_named(clock, settings):
    settings.RATE_EXEMPT = []
    assert left("", REMOTE_ADDR="127.0.0.1") == 3


# --- Links ----------------------------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_keys_can_be_tried_a_few_times_only_and_from_the_machine_itself_too(clock):
    tried = [Client().get(f"/revision/{guess}/").status_code for guess in ("a", "b", "c", "d", "a")]
    assert tried == [404, 404, 404, 429, 429]
    answer = Client().get("/en/revision/e/respuesta/")
    assert (answer.status_code, answer["Retry-After"]) == (429, "3600")
    assert (answer["Cache-Control"], answer["Referrer-Policy"]) == ("private, no-store", "no-referrer")
    clock[0] += 3600
    assert Client().get("/revision/a/").status_code == 404


# --- Where the counts are kept --------------------------------------------------------------------------------------


def test_memory_is_bounded_and_pages_are_not_pushed_out(clock):
    own = caches["limits"]
    assert own._cache is not caches["default"]
    most = own._max_entries
    assert most == 20_000
    for number in range(most + 100):
        own.add(f"search:{number}", 1, timeout=120)
    assert len(own._cache) <= most


def test_counts_that_cannot_be_reached_refuse_nobody(clock, settings, caplog):
    settings.CACHES = {
        **settings.CACHES,
        "limits": {
            "BACKEND": "django.core.cache.backends.redis.RedisCache",
            "LOCATION": "redis://127.0.0.1:1/0",
        },
    }
    assert left(VISITOR) == 9
    assert re.search("not counted", caplog.text)


def test_a_count_that_ends_between_two_steps_starts_anew(clock):
    assert limits._added("search:x:60:1", 60) == 1
    assert limits._added("search:x:60:1", 60) == 2
    clock[0] += 121
    assert limits._added("search:x:60:1", 60) == 1
