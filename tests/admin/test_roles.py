"""Every role against every address of practices, publications and history: one table, and no address without a row."""

from collections.abc import Callable
from http.cookies import SimpleCookie

import pytest
from django.contrib import admin
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from practices.editorial.approval import invite
from practices.editorial.history import record
from practices.editorial.workflow import send_to_review
from practices.models.consent import Consent
from practices.models.history import Event, Kind
from practices.models.identity import ROW, Identity
from practices.models.page import Page
from practices.models.practice import Practice
from practices.models.publication import Publication

from .. import factories
from .conftest import make_vocabulary
from .opening import opened
from .people import signed_in

pytestmark = pytest.mark.django_db

SECRET = "Palabra que nadie más debe leer"
ROLES = ("anonymous", "nobody", "reader", "writer", "reviewer", "publisher")

# What a GET and a POST of nothing answer to each role, in the order of ROLES. 302 of the anonymous is the login;
# who may not see a record is not told whether it is there: 404.
TABLE = {
    "practice_changelist": ((302, 403, 200, 200, 200, 200), (302, 403, 200, 200, 200, 200)),
    # A form that comes without a session gets the login on the spot, with all that was typed.
    "practice_add": ((302, 403, 403, 200, 200, 200), (200, 403, 403, 200, 200, 200)),
    "practice_change": ((302, 404, 200, 200, 200, 200), (200, 404, 403, 200, 200, 200)),
    "practice_delete": ((302, 404, 403, 403, 403, 200), (302, 404, 403, 403, 403, 200)),
    "practice_history": ((302, 404, 200, 200, 200, 200), (302, 404, 200, 200, 200, 200)),
    "practice_preview": ((302, 404, 200, 200, 200, 200), (302, 404, 200, 200, 200, 200)),
    "practice_file": ((302, 404, 200, 200, 200, 200), (302, 404, 200, 200, 200, 200)),
    "practice_author": ((302, 404, 200, 200, 200, 200), (302, 404, 403, 200, 200, 200)),
    "practice_revoke": ((302, 405, 405, 405, 405, 405), (302, 404, 403, 302, 302, 302)),
    "practice_live_seen": ((302, 405, 405, 405, 405, 405), (302, 403, 403, 200, 200, 200)),
    "practice_live_paste": ((302, 405, 405, 405, 405, 405), (302, 403, 403, 200, 200, 200)),
    "practice_live_figures": ((302, 405, 405, 405, 405, 405), (302, 403, 403, 200, 200, 200)),
    "practice_code": ((302, 404, 403, 403, 403, 200), (302, 404, 403, 403, 403, 200)),
    "practice_return": ((302, 404, 403, 403, 200, 403), (302, 404, 403, 403, 200, 403)),
    "practice_schedule": ((302, 404, 403, 403, 403, 200), (302, 404, 403, 403, 403, 200)),
    "practice_withdraw": ((302, 404, 403, 403, 403, 200), (302, 404, 403, 403, 403, 200)),
    "publication_changelist": ((302, 403, 200, 200, 200, 200), (302, 403, 200, 200, 200, 200)),
    "publication_add": ((302, 403, 403, 403, 403, 403), (302, 403, 403, 403, 403, 403)),
    "publication_change": ((302, 404, 200, 200, 200, 200), (302, 404, 403, 403, 403, 403)),
    "publication_delete": ((302, 404, 403, 403, 403, 403), (302, 404, 403, 403, 403, 403)),
    "publication_history": ((302, 404, 200, 200, 200, 200), (302, 404, 200, 200, 200, 200)),
    "publication_preview": ((302, 404, 200, 200, 200, 200), (302, 404, 200, 200, 200, 200)),
    "publication_file": ((302, 404, 200, 200, 200, 200), (302, 404, 200, 200, 200, 200)),
    "publication_compare": ((302, 404, 200, 200, 200, 200), (302, 404, 200, 200, 200, 200)),
    "publication_restore": ((302, 404, 403, 200, 200, 200), (302, 404, 403, 302, 302, 302)),
    "event_changelist": ((302, 403, 200, 200, 200, 200), (302, 403, 200, 200, 200, 200)),
    "event_add": ((302, 403, 403, 403, 403, 403), (302, 403, 403, 403, 403, 403)),
    "event_change": ((302, 404, 200, 200, 200, 200), (302, 404, 403, 403, 403, 403)),
    "event_delete": ((302, 404, 403, 403, 403, 403), (302, 404, 403, 403, 403, 403)),
    # Whose catalogue this is, and what its pages say, is the publishers' alone.
    "identity_changelist": ((302, 403, 302, 403, 403, 302), (302, 403, 302, 403, 403, 302)),
    "identity_add": ((302, 403, 403, 403, 403, 403), (302, 403, 403, 403, 403, 403)),
    "identity_change": ((302, 404, 200, 404, 404, 200), (302, 404, 403, 404, 404, 200)),
    "identity_delete": ((302, 404, 403, 404, 404, 403), (302, 404, 403, 404, 404, 403)),
    "identity_history": ((302, 404, 200, 404, 404, 200), (302, 404, 200, 404, 404, 200)),
    "page_changelist": ((302, 403, 200, 403, 403, 200), (302, 403, 200, 403, 403, 200)),
    "page_add": ((302, 403, 403, 403, 403, 200), (302, 403, 403, 403, 403, 200)),
    "page_change": ((302, 404, 200, 404, 404, 200), (302, 404, 403, 404, 404, 200)),
    "page_delete": ((302, 404, 403, 404, 404, 200), (302, 404, 403, 404, 404, 200)),
    "page_history": ((302, 404, 200, 404, 404, 200), (302, 404, 200, 404, 404, 200)),
    # Who consented to what is for those who publish it.
    "consent_changelist": ((302, 403, 403, 403, 403, 200), (302, 403, 403, 403, 403, 200)),
    "consent_file": ((302, 403, 403, 403, 403, 200), (302, 403, 403, 403, 403, 200)),
    "event_history": ((302, 404, 200, 200, 200, 200), (302, 404, 200, 200, 200, 200)),
}

# Which buttons of the form each role may send, whatever the state of the record: the others are forged. Steps are
# refused before a record is looked for.
BUTTONS = {
    "_save": (200, 404, 403, 302, 302, 302),
    "_preview": (200, 404, 403, 302, 302, 302),
    "_send": (200, 403, 403, 302, 302, 302),
    "_take_back": (200, 403, 403, 302, 302, 302),
    "_approve": (200, 403, 403, 403, 302, 403),
    "_return": (200, 403, 403, 403, 302, 403),
    "_publish": (200, 403, 403, 403, 403, 302),
}


def registered() -> list[str]:
    """The names of all addresses of these admins, without the redirect of old addresses that has none."""
    models = (Practice, Publication, Event, Identity, Page, Consent)
    names = [url.name for model in models for url in admin.site.get_model_admin(model).get_urls() if url.name]
    return [name.removeprefix("practices_") for name in names]


@pytest.fixture(scope="module")
def arguments(module_database) -> dict[str, list[int]]:
    """A draft in review with a file, a publication with one, an event; each holds what must not leak."""
    make_vocabulary()
    attached = factories.attached(b"%PDF-1.4", description=SECRET)
    practice = factories.practice(factories.document(1, title=SECRET, attachments=attached))
    send_to_review(practice)
    publication = factories.published(factories.document(2, title=SECRET, attachments=attached))
    event = record(practice, Kind.CHANGED, note=SECRET)
    invitation, _token = invite(practice, SECRET, by=User.objects.create_superuser("jefa"))
    return {
        "practice": [practice.pk],
        "practice_file": [practice.pk, practice.attachment_set.get().pk],
        "practice_revoke": [practice.pk, invitation.pk],
        **{f"practice_live_{name}": [] for name in ("seen", "paste", "figures")},
        "publication": [publication.pk],
        "publication_file": [publication.pk, 1],
        "event": [event.pk],
        "identity": [ROW],
        "page": [Page.objects.get(url="/terminos/").pk],
    }


@pytest.fixture(scope="module")
def sessions(arguments) -> dict[str, SimpleCookie]:
    """What the browser of each role holds."""
    return {role: signed_in(role).cookies for role in ROLES}


@pytest.fixture
def as_role(sessions) -> Callable[[str], Client]:
    """A browser of somebody of that role, who signed in a moment ago."""

    def browser(role: str) -> Client:
        client = Client()
        client.cookies = SimpleCookie({name: cookie.value for name, cookie in sessions[role].items()})
        return client

    return browser


def address_of(name: str, arguments: dict[str, list[int]]) -> str:
    model, _line, page = name.partition("_")
    args = [] if page in ("add", "changelist") or model == "consent" else arguments.get(name, arguments[model])
    return reverse(f"admin:practices_{name}", args=args)


def test_every_address_has_its_row() -> None:
    assert set(registered()) == set(TABLE)


@pytest.mark.parametrize("name", TABLE)
@pytest.mark.parametrize("method", ["get", "post"])
def test_each_role_gets_what_the_table_says_and_no_more(arguments, as_role, name: str, method: str) -> None:
    expected = TABLE[name][method == "post"]
    found, leaks = [], []
    for role in ROLES:
        answer = getattr(as_role(role), method)(address_of(name, arguments))
        found.append(answer.status_code)
        leaks.append(answer.status_code != 200 and SECRET in answer.content.decode())
    assert (tuple(found), leaks) == (expected, [False] * len(ROLES))


@pytest.mark.parametrize("button", BUTTONS)
def test_each_role_may_press_its_buttons_only(arguments, as_role, button: str) -> None:
    answers = []
    for role in ROLES:
        address = address_of("practice_change", arguments)
        values = opened(as_role("reviewer"), address)
        answers.append(as_role(role).post(address, {**values, button: "1"}).status_code)
    assert tuple(answers) == BUTTONS[button]
