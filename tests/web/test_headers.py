"""The headers of safety: A+ by the Observatory's rules on every answer that there is, whoever made it."""

from collections.abc import Callable

import pytest
from django.core.exceptions import BadRequest
from django.db import OperationalError
from django.http import HttpResponse, HttpResponseBase
from django.test import Client
from django.urls import Resolver404, resolve

from catalogue.headers import UNUSED_FEATURES
from catalogue.rates import Rate
from practices.editorial.approval import invite, revoke, token_of
from practices.editorial.publishing import withdraw
from practices.models.version import CatalogueVersion
from tests.admin.people import member
from tests.factories import attached, practice, published, rich_document

from .observatory import policy, verdict

pytestmark = pytest.mark.django_db
CODE = "BP-PRUEBA-SSPD-001-2020"
GONE = "BP-PRUEBA-SSPD-002-2020"
OF_A_PRACTICE = ("/", ".json", ".bib", ".ris", ".pdf", "/versiones/", "/versiones.json")
PUBLIC = [
    *("/", "/inicio.json", "/practicas/", "/practicas/?q=agua", "/practicas/?q=nada", "/practicas.json"),
    *("/practicas.csv", "/practicas.xlsx", "/practicas.jsonl", "/practicas.atom", "/practicas.pdf"),
    *(f"/practicas/{CODE}{end}" for end in (*OF_A_PRACTICE, "/archivos/1/")),
    *("/autores/aguas-prueba/", "/autores/aguas-prueba.json", "/panorama/", "/panorama.json", "/panorama.csv"),
    *("/buscar/sugerencias.json?q=agua", "/comparar/", "/comparar.json", "/criterios/", "/criterios.json"),
    *("/guia-de-estilo/", "/datos/", "/datos.json", "/datos/openapi.json", "/datos/esquema/practica-v1.json"),
    *("/datos/diccionario.csv", "/datos/catalogo.ttl", "/datos/catalogo.jsonld", "/opensearch.xml"),
    *("/mapa-del-sitio/", "/mapa-del-sitio.json", "/terminos/", "/terminos.json"),
    *("/robots.txt", "/sitemap.xml", "/sitemap-pages.xml", "/admin/login/", "/static/catalogue.css"),
]
ELSEWHERE = [
    # Not found, withdrawn, wrong: as pages, as data, as files.
    *("/nada/", "/nada", "/nada.json", "/nada.csv", "/practicas/.json", "/static/nada.css", "/identidad/logo"),
    *(f"/practicas/{CODE}{end}" for end in ("/v1/", "/v1.json", "/v9.json", "/archivos/9/")),
    *(f"/practicas/{GONE}{end}" for end in ("/", ".json", ".bib", ".pdf")),
    *("/practicas.pdf?q=nada", "/revision/nada/", "/revision/nada", "/sitemap-nada.xml"),
    *("/%00", "/%FF/", "/" + "a" * 9000),
    # Redirects: the last slash, another spelling, the sign-in.
    *("/practicas", f"/practicas/{CODE.lower()}/", f"/practicas/{CODE.lower()}.json", "/admin/", "/admin"),
]
WATCHING = ("/healthz", "/readyz", "/.well-known/security.txt")


@pytest.fixture(autouse=True)
def _as_in_production(settings):
    """Over https, with the names and flags that settings.py gives cookies there."""
    settings.SECURE_SSL_REDIRECT = True
    settings.SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60
    settings.SESSION_COOKIE_SECURE = settings.CSRF_COOKIE_SECURE = True
    settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME = "__Host-sessionid", "__Host-csrftoken"
    settings.WHITENOISE_USE_FINDERS = True


@pytest.fixture
def browser() -> Client:
    return Client(raise_request_exception=False)


@pytest.fixture(scope="module")
def collection(module_database):
    published(rich_document(1, attachments=attached(b"<svg onload='alert(1)'/>", "dibujo.svg")))
    withdraw(published(rich_document(2)).practice, "Motivo")


def get(browser: Client, address: str, **extra) -> HttpResponseBase:
    return browser.get(address, secure=True, **extra)


def faults(response: HttpResponseBase, *, is_secure: bool = True) -> list[str]:
    """Everything that an answer of this site lacks. Over http a browser would not listen to HSTS."""
    told = verdict(response, is_secure=is_secure)
    rules = policy(response)
    wanted = {
        "X-Content-Type-Options": "nosniff",
        "X-Frame-Options": "DENY",
        "Cross-Origin-Opener-Policy": "same-origin",
    }
    if is_secure:
        wanted["Strict-Transport-Security"] = "max-age=31536000; includeSubDomains; preload"
    found = [f"{told.grade} {told.points}"] if told.grade != "A+" else []
    closed = ("default-src", "object-src", "base-uri", "frame-ancestors")
    found += [name for name in closed if rules.get(name) != {"'none'"}]
    found += ["form-action"] if rules.get("form-action", {"*"}) - {"'self'", "'none'"} else []
    found += ["unsafe"] if "unsafe" in response["Content-Security-Policy"] else []
    found += [name for name, value in wanted.items() if response.get(name) != value]
    found += [name for name in ("Permissions-Policy", "Cross-Origin-Resource-Policy") if not response.get(name)]
    found += [name for name in ("Server", "X-Powered-By", "Via") if response.has_header(name)]
    is_page = response.get("Content-Type", "").startswith("text/html")
    return found + (["embedder"] if is_page and response.get("Cross-Origin-Embedder-Policy") != "require-corp" else [])


def there_is(address: str) -> bool:
    try:
        return bool(resolve(address))
    except Resolver404:
        return False


def test_every_public_address_is_graded_a_plus(browser, collection):
    for address in [*PUBLIC, *filter(there_is, WATCHING)]:
        response = get(browser, address)
        assert (address, response.status_code, faults(response)) == (address, 200, [])


def test_every_refusal_and_redirect_is_graded_a_plus(browser, collection):
    for address in ELSEWHERE:
        response = get(browser, address)
        assert response.status_code in (301, 302, 404, 410, 422), address
        assert (address, faults(response)) == (address, [])


def test_what_a_browser_has_already_is_graded_a_plus(browser, collection):
    for address in ("/", "/practicas.json", f"/practicas/{CODE}.pdf", "/sitemap.xml", "/static/catalogue.css"):
        again = get(browser, address, HTTP_IF_NONE_MATCH=get(browser, address)["ETag"])
        assert (address, again.status_code, faults(again)) == (address, 304, [])


def test_other_methods_are_graded_a_plus(browser, collection):
    for address in ("/", "/practicas.json", "/static/catalogue.css", "/robots.txt", "/revision/nada/"):
        for method in ("post", "put", "delete", "trace"):
            response = getattr(browser, method)(address, secure=True)
            assert response.status_code in (403, 404, 405), (address, method)
            assert (address, method, faults(response)) == (address, method, [])


@pytest.mark.parametrize("role", ["nobody", "reader", "publisher"])
def test_every_page_of_the_staff_is_graded_a_plus(collection, role):
    browser = Client(raise_request_exception=False)
    browser.force_login(member(role))
    pages = ["", "practices/practice/", "practices/practice/add/", "practices/page/", "manual/", "password_change/"]
    pages += ["nada/", "practices/practice/999/change/", "jsi18n/", "auth/user/"]
    for page in pages:
        response = get(browser, f"/admin/{page}")
        assert response.status_code in (200, 302, 403, 404), page
        assert (page, faults(response)) == (page, [])


def test_pages_behind_a_link_are_graded_a_plus_open_and_ended(browser):
    link, _token = invite(practice(rich_document(3)), "Aguas", by=member("writer"))
    address = f"/revision/{token_of(link)}/"
    opened = get(browser, address)
    revoke(link, member("writer"))
    ended = get(browser, address)
    assert (opened.status_code, faults(opened)) == (200, [])
    assert (ended.status_code, faults(ended)) == (410, [])


def test_plain_http_leads_to_the_same_address_over_https(browser):
    for address in ("/", "/practicas.json?q=agua", "/admin/", "/static/catalogue.css", "/nada"):
        response = browser.get(address)
        assert (response.status_code, response["Location"]) == (301, f"https://testserver{address}")
        assert (address, faults(response, is_secure=False)) == (address, [])


def raising(error: Exception) -> Callable[..., HttpResponse]:
    def raises(*args, **kwargs):
        raise error

    return raises


FAILURES = {
    "view": (CatalogueVersion, "standing", RuntimeError("secret"), 500),
    "database": (CatalogueVersion, "standing", OperationalError("secret"), 503),
    "request": (CatalogueVersion, "standing", BadRequest("secret"), 400),
    "middleware": ("catalogue.middleware.RequestSize", "_most", RuntimeError("secret"), 500),
}


@pytest.mark.parametrize("failing", FAILURES)
@pytest.mark.parametrize("address", ["/practicas/", "/practicas.json", "/practicas.csv"])
def test_failures_are_graded_a_plus_and_say_no_more_than_that(browser, monkeypatch, failing, address):
    target, name, error, status = FAILURES[failing]
    path = target if isinstance(target, str) else f"{target.__module__}.{target.__name__}"
    monkeypatch.setattr(f"{path}.{name}", raising(error))
    response = get(browser, address)
    assert (response.status_code, faults(response), b"secret" in response.content) == (status, [], False)


def test_what_is_too_large_too_often_or_for_another_host_is_graded_a_plus(browser, settings):
    settings.RATE_SEARCH, settings.RATE_EXEMPT = Rate.of("1/h"), []
    get(browser, "/practicas/?q=agua")
    answers = [
        (413, browser.post("/practicas/", CONTENT_LENGTH="99999999999", secure=True)),
        (429, get(browser, "/practicas/?q=agua")),
        (400, get(browser, "/practicas/", HTTP_HOST="evil.example")),
        (400, get(browser, "/practicas.json", HTTP_HOST="a b")),
    ]
    assert [(response.status_code, faults(response)) for _status, response in answers] == [
        (status, []) for status, _response in answers
    ]

    over_http = browser.get("/", HTTP_HOST="a b")
    assert (over_http.status_code, faults(over_http, is_secure=False)) == (400, [])


def test_cookies_of_the_staff_are_bound_to_this_host(browser, collection):
    answer = get(browser, "/admin/login/")
    signed_in = Client()
    signed_in.force_login(member("publisher"))
    cookies = [*answer.cookies.values(), *signed_in.cookies.values()]
    assert sorted(cookie.key for cookie in cookies) == ["__Host-csrftoken", "__Host-sessionid"]
    for cookie in answer.cookies.values():
        assert (cookie["secure"], cookie["httponly"], cookie["samesite"]) == (True, True, "Lax")
        assert (cookie["path"], cookie["domain"]) == ("/", "")


def test_no_feature_of_a_browser_is_named_that_none_knows_any_more():
    assert (
        set(UNUSED_FEATURES) & {"interest-cohort", "ambient-light-sensor", "vibrate", "document-domain", "bluetooth"}
        == set()
    )


def answer(**headers: str) -> HttpResponse:
    names = {name.replace("_", "-"): value for name, value in headers.items()}
    return HttpResponse(headers={"Strict-Transport-Security": "max-age=31536000", **names})


GOOD = "default-src 'none'; script-src 'self'; frame-ancestors 'none'"


OF_GOOD = {"Content_Security_Policy": GOOD, "X_Content_Type_Options": "nosniff"}


@pytest.mark.parametrize(
    ("response", "score"),
    [
        (answer(), 100 - 25 - 5 - 20),
        (answer(**OF_GOOD), 100 + 10 + 5),
        (answer(**OF_GOOD, Cross_Origin_Resource_Policy="same-origin", Referrer_Policy="no-referrer"), 130),
        (answer(**OF_GOOD, Referrer_Policy="unsafe-url"), 100 + 10 + 5 - 5),
        (answer(**OF_GOOD, Cross_Origin_Resource_Policy="cross-origin", Access_Control_Allow_Origin="*"), 115),
        (answer(**{**OF_GOOD, "Content_Security_Policy": f"{GOOD}; style-src 'unsafe-inline'"}), 105),
        (answer(**{**OF_GOOD, "Content_Security_Policy": f"{GOOD}; style-src 'unsafe-eval'"}), 100 - 10 + 5),
        (answer(**{**OF_GOOD, "Content_Security_Policy": "default-src 'self'; frame-ancestors 'none'"}), 110),
        (answer(**{**OF_GOOD, "Content_Security_Policy": "script-src *; frame-ancestors 'none'"}), 80),
        (answer(**{**OF_GOOD, "Content_Security_Policy": f"{GOOD}; script-src 'self'"}), 75),
        (answer(**OF_GOOD, Strict_Transport_Security="max-age=60"), 100 - 10 + 15),
    ],
)
def test_the_scorer_itself_gives_and_takes_points(response, score):
    assert verdict(response).score == score
