"""A real Chromium on a real server, with the records that `make run` loads."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.auth.models import User
from django.core.management import call_command
from django.http import HttpRequest
from django.middleware.csrf import get_token
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, sync_playwright

from practices.models.files import StoredFile
from tests.conftest import chromium
from tests.snapshot import PutBack, keep

from .looking import follow

RECORDS = Path(__file__).parents[2] / "fixtures" / "records"
QUIET = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]
# A process for the suggestions of an address bar that nobody sees, and one in reserve, for each window: half its cost.
QUIET += ["--disable-features=WebUIOmniboxPopup,WebUIOmniboxAimPopup,SpareRendererForSitePerProcess"]
# It looks at every box of a form for an address, a card or a password to fill in: a third of what it does by itself.
FILL_NOTHING_IN = {
    "autofill": {"profile_enabled": False, "credit_card_enabled": False},
    "credentials_enable_service": False,
}
PASSWORD = "una clave larga"


@pytest.fixture(scope="session")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    preferences = tmp_path_factory.mktemp("chromium") / "preferences.json"
    preferences.write_text(json.dumps(FILL_NOTHING_IN), encoding="utf-8")
    # Only a first run reads them.
    first = ["--force-first-run", f"--initial-preferences-file={preferences}"]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=QUIET + first)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def kept() -> list[PutBack]:
    """How to have the records again, once they were loaded."""
    return []


@pytest.fixture
def catalogue(live_server, kept) -> str:
    """The address of a server with the vocabulary, the real record and the demonstration records, all published."""
    if kept:
        kept[0]()
        return live_server.url
    call_command("load_vocabulary", verbosity=0)
    call_command("import_practices", RECORDS / "BP-ANDESCO-SSPD-002-2020.json", publish=True, verbosity=0)
    call_command("import_practices", RECORDS / "examples.json", publish=True, demonstration=True, verbosity=0)
    assert not StoredFile.objects.exists(), "files are of one test: rows that are put back would miss theirs"
    kept.append(keep())
    return live_server.url


@pytest.fixture
def chief(catalogue) -> User:
    return User.objects.create_superuser("jefe", password=PASSWORD)


@pytest.fixture
def window(browser):
    """An empty page of its own, of nobody: `window(width=320, scheme="dark", script=False)`. What the browser
    complains of in it (a refused script, a missing file) fails the test."""
    contexts: list[BrowserContext] = []
    complaints: list[str] = []

    def heard(message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"}:
            complaints.append(f"{message.text} ({message.location.get('url')})")

    def open_window(*, width: int = 1280, scheme: str = "light", script: bool = True) -> Page:
        context = browser.new_context(
            viewport={"width": width, "height": 900}, color_scheme=scheme, java_script_enabled=script
        )
        contexts.append(context)
        page = context.new_page()
        page.on("console", heard)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        return page

    yield open_window
    for context in contexts:
        context.close()
    assert complaints == []


@pytest.fixture
def visit(window, catalogue):
    """Open a page as a visitor: `visit(path, width=320)`."""

    def open_page(path: str = "/", **options) -> Page:
        page = window(**options)
        page.goto(catalogue + path)
        return page

    return open_page


def cookies_after_login(user: User) -> dict[str, str]:
    """Both that a browser has by then: a form that is the first to set the other one is not shown again by Back."""
    client, request = Client(), HttpRequest()
    client.force_login(user)
    get_token(request)
    session = client.cookies[settings.SESSION_COOKIE_NAME].value
    return {settings.SESSION_COOKIE_NAME: session, settings.CSRF_COOKIE_NAME: request.META["CSRF_COOKIE"]}


@pytest.fixture
def signed_in(window, catalogue, chief):
    """A page of the admin, opened by a chief who has signed in before."""

    def open_admin(path: str = "/admin/", **options) -> Page:
        page, cookies = window(**options), cookies_after_login(chief)
        page.context.add_cookies([{"name": name, "value": value, "url": catalogue} for name, value in cookies.items()])
        page.goto(catalogue + path)
        return page

    return open_admin


@pytest.fixture
def signs_in(visit, chief):
    """A page of the admin, signed in as a chief would."""

    def open_admin(path: str = "/admin/", **options) -> Page:
        page = visit("/admin/", **options)
        page.get_by_label("Nombre de usuario").fill(chief.username)
        page.get_by_label("Contraseña").fill(PASSWORD)
        follow(page.get_by_role("button", name="Iniciar sesión"))
        page.goto(page.url.split("/admin/")[0] + path)
        return page

    return open_admin
