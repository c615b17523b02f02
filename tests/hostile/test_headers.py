"""What a request says of itself, forged: headers, methods, cookies. Never an error of ours, and never a cookie."""

import pytest

from .harmless import require_harmless
from .strings import MARK, STRINGS
from .wire import ask

# Those that reach the database need it; most are refused before.
pytestmark = pytest.mark.django_db

TYPES = (
    *("text/plain; charset=hex", "text/plain; charset=undefined", "text/plain; charset=idna", "a; charset=rot13"),
    *("a; charset=utf-16", "a; charset=utf-7", "a; charset*=utf-8''a%00b", "a; charset*=foo''a%ffb", ";;;"),
    *(
        "a; x*=undefined''%ff",
        "a; x*=hex''%ff",
        "a; x*=a\0b''%ff",
        "\xff; charset=\xff",
        "a;" * 5_000,
        "a; x*0=1; x*9=;",
    ),
    *("multipart/form-data", "multipart/form-data; boundary=", "multipart/form-data; boundary=\xff", "; charset"),
    *(f"multipart/form-data; boundary={'a' * 60_000}", "multipart/form-data; boundary=a; charset=hex"),
)
COOKIES = (
    *('sessionid="aaaaaaaaaaaaaa\\000"', 'sessionid="\\000"; csrftoken="\\000"', "\xff=\xff; ;;=;a=b=c"),
    *('messages="\\000"', f"sessionid={'a' * 60_000}", "a=b;" * 10_000, 'csrftoken="\\303\\251\\n"', "csrftoken=a"),
    *(
        "csrftoken=" + "ñ" * 32,
        "sessionid=" + "\xb2" * 32,
        "sessionid",
        "=",
        "messages=" + "W10" * 100,
        "django_language=\xff",
    ),
)
HOSTS = (
    *("\xff", "a b", "", "testserver:99999999", "testserver:abc", "[::1", f"{MARK}.example", "testserver\0"),
    *(f"testserver@{MARK}.example", "a" * 60_000, f"testserver:80@{MARK}", "testserver.", "testserver/x", "[::1%25x]"),
)
HEADERS = [
    *[("CONTENT_TYPE", value) for value in TYPES],
    *[("HTTP_COOKIE", value) for value in COOKIES],
    *[("HTTP_HOST", value) for value in HOSTS],
    *[("HTTP_IF_NONE_MATCH", value) for value in ('"' * 60_000, 'W/"\xff", *, "a"', "*", 'W/"-gzip"', ", " * 9_000)],
    *[("HTTP_IF_MATCH", value) for value in ('"a", W/', "*", "\xff")],
    ("HTTP_IF_MODIFIED_SINCE", "Fri, 31 Dec 99999 99:99:99 GMT"),
    ("HTTP_IF_MODIFIED_SINCE", "Wed, 00 Foo 0000 00:00:00 GMT"),
    ("HTTP_IF_MODIFIED_SINCE", "Sunday, 06-Nov-94 08:49:37 GMT"),
    ("HTTP_IF_UNMODIFIED_SINCE", "x" * 10_000),
    *[
        ("HTTP_RANGE", value)
        for value in ("bytes=0-", "bytes=-1,0-0,9999999999999999999-", "\xff", "bytes=" + "0-," * 9_000)
    ],
    *[("HTTP_ACCEPT_LANGUAGE", value) for value in ("es;q=NaN", "a-" * 30_000, "\xff", "*" * 1_000, "../../x")],
    *[("HTTP_ACCEPT_ENCODING", value) for value in ("gzip;q=\xff", "gzip" * 9_000, "br, gzip, \0")],
    *[("HTTP_ACCEPT", value) for value in ("\xff;q=a", "*/*;" * 9_000)],
    *[("HTTP_REFERER", value) for value in ("http://[::1", f"javascript:{MARK}", "\xff")],
    *[("HTTP_ORIGIN", value) for value in ("http://[::1", "null", f"https://{MARK}.example")],
    *[("HTTP_X_FORWARDED_FOR", value) for value in ("\xff,,,", "1.2.3.4, " * 9_000, f"{MARK}")],
    ("HTTP_X_FORWARDED_PROTO", "javascript"),
    ("HTTP_X_FORWARDED_HOST", f"{MARK}.example"),
    ("HTTP_X_FORWARDED_PORT", MARK),
    ("HTTP_X_ORIGINAL_URL", "/admin/"),
    ("HTTP_X_HTTP_METHOD_OVERRIDE", "DELETE"),
    ("HTTP_X_REQUESTED_WITH", "\xff"),
    ("HTTP_AUTHORIZATION", "Basic \xff"),
    ("HTTP_USER_AGENT", "${jndi:ldap://x}\xff"),
    ("HTTP_SEC_FETCH_SITE", "\xff"),
]
TARGETS = (
    ("GET", "/practicas/?q=%C3%A1"),
    ("POST", "/practicas/"),
    ("GET", "/admin/"),
    ("POST", "/admin/login/"),
    ("POST", "/revision/x/"),
    ("GET", "/no-existe.json"),
)
METHODS = (
    "POST",
    "PUT",
    "DELETE",
    "PATCH",
    "OPTIONS",
    "TRACE",
    "CONNECT",
    "PROPFIND",
    "get",
    "X" * 200,
    "\xff",
    "GET\0",
)
PUBLIC = ("/", "/practicas/", "/practicas.json", "/practicas.csv", "/comparar/", "/datos/openapi.json", "/robots.txt")
PUBLIC += (
    "/sitemap.xml",
    "/en/practicas/",
    "/buscar/sugerencias.json",
    "/no-existe/",
    "/autores/x.json",
    "/identidad.css",
)


@pytest.mark.parametrize(("name", "value"), HEADERS, ids=lambda text: ascii(text[:30]))
def test_forged_header_is_answered_like_none(name, value):
    for method, target in TARGETS:
        answer = require_harmless(ask(target, method, **{name: value}))
        assert MARK not in answer.body.decode("utf-8", "replace"), (name, value)
        if not target.startswith("/admin/"):
            assert answer.header("Set-Cookie") == "", (method, target)


def test_every_string_in_every_header():
    """As a server gives it: in Latin-1, without line breaks."""
    names = {name for name, _value in HEADERS} - {"HTTP_HOST", "CONTENT_TYPE"}
    for number, text in enumerate(STRINGS[::4]):
        value = text[:2_000].encode("utf-8", "surrogatepass").decode("latin-1").replace("\r", "").replace("\n", "")
        forged = dict.fromkeys(names, value)
        require_harmless(ask("/practicas.json", **forged))
        if not number % 10:
            require_harmless(ask("/admin/login/", **forged), text)


def test_declared_charset_changes_no_text():
    plain = ask("/practicas.json?q=%C3%A1gua")
    assert [
        ask("/practicas.json?q=%C3%A1gua", CONTENT_TYPE=f"a; charset={name}").body for name in ("utf-16", "hex")
    ] == [plain.body] * 2


@pytest.mark.parametrize("method", METHODS, ids=ascii)
def test_method_that_no_page_has(method):
    """403 where a form of another site may have sent it; 405; 404. `get` is GET, as Django reads it; one view tells
    its OPTIONS, and open data its own to other sites (tests/web/test_open_to_other_sites.py)."""
    for address in PUBLIC:
        answer = require_harmless(ask(address, method))
        known = {200, 404} if method == "get" or (method, address) == ("OPTIONS", "/robots.txt") else {403, 404, 405}
        if method == "OPTIONS" and answer.header("Access-Control-Allow-Methods"):
            known = {204}
        assert answer.status in known, (method, address)
        assert answer.header("Set-Cookie") == "", (method, address)
