"""The history on the record: in words, newest first, only read; and what is left of deleted drafts."""

from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from practices.admin.history import note_in_words
from practices.editorial.deleting import delete
from practices.editorial.history import record
from practices.models.contact import Contact
from practices.models.history import Event, Kind
from practices.models.practice import Practice

from .. import factories
from .forms import add, change, rows
from .people import member, signed_in

HISTORY = "admin:practices_practice_history"
EVENTS = "admin:practices_event_changelist"
EVENT = "admin:practices_event_change"


def told(client: Client, practice: Practice, **query: str) -> list[tuple[str, str, str]]:
    page = client.get(reverse(HISTORY, args=[practice.pk]), query)
    return [(one.what, one.who, one.note) for one in page.context["told"]]


def test_everything_that_happened_is_told_newest_first(vocabulary) -> None:
    writer, reviewer = signed_in("writer"), signed_in("reviewer")
    add(writer, title="Primero", summary="Uno.")
    practice = Practice.objects.get()
    change(writer, practice.pk, "_send", title="Segundo", step_note="Lista.")
    reviewer.post(reverse("admin:practices_practice_return", args=[practice.pk]), {"reason": "Falta."})

    assert told(writer, practice) == [
        ("Returned", "reviewer", "Falta."),
        ("Sent to review", "writer", "Lista."),
        ("Changed", "writer", ""),
        ("Entered", "writer", ""),
    ]


def test_each_changed_field_shows_the_words_added_and_removed(vocabulary) -> None:
    client = signed_in("writer")
    add(client, title="Una práctica <vieja>")
    practice = Practice.objects.get()
    change(client, practice.pk, title="Una práctica nueva")

    html = client.get(reverse(HISTORY, args=[practice.pk])).content.decode()

    assert html.count("<summary>Title</summary>") == 2
    assert "&lt;vieja&gt;" in html
    assert ("<del>" in html, "<ins>" in html, "removed:" in html, "added:" in html) == (True,) * 4


@pytest.mark.parametrize(
    ("kind", "note", "expected"),
    [
        (Kind.PUBLISHED, "v2 Cambió el título", "Version 2. Cambió el título"),
        (Kind.PUBLISHED, "v1", "Version 1"),
        (Kind.RESTORED, "v3", "Version 3"),
        (Kind.SCHEDULED, "↑ 2030-01-31T08:00-05:00 Nota", "Publication on 31 January 2030, 8 a.m.. Nota"),
        (Kind.SCHEDULED, "↓ mal", "mal"),
        (Kind.SENT, "v2 no es una versión", "v2 no es una versión"),
        (Kind.FAILED, "published: NotReady: Write the title.", "published: something is missing: Write the title."),
        (
            Kind.FAILED,
            "published: PermissionDenied: practices.review_practice",
            "published: it was not approved.",
        ),
    ],
)
def test_notes_are_said_in_words(kind: Kind, note: str, expected: str) -> None:
    assert note_in_words(kind, note) == expected


def test_the_history_is_paged_and_costs_the_same_however_long_it_is(vocabulary) -> None:
    client, practice, writer = signed_in("writer"), factories.practice(), member("writer")
    address = reverse(HISTORY, args=[practice.pk])
    counts = []
    for many in (1, 2, 60):
        for number in range(many):
            record(practice, Kind.CHANGED, writer, f"Nota {number}")
        client.get(address)
        with CaptureQueriesContext(connection) as captured:
            client.get(address)
        counts.append(len(captured))

    assert counts == [7, 7, 7]
    assert [len(told(client, practice, p=page)) for page in ("1", "2", "3", "9", "x")] == [25, 25, 13, 13, 25]


def test_nothing_of_contacts_but_dates_reaches_the_history(vocabulary) -> None:
    client = signed_in("writer")
    contact = {"role": "Gerencia secreta", "email": "secreta@example.org", "phone": "3009998877"}
    consent = {"consent_given_on": "2024-01-31", "consent_given_by": "Carta de Fulana", "consent_until": "2026-01-31"}
    add(client, title="Con contacto", **rows("contact_set", contact))
    practice = Practice.objects.get()
    change(client, practice.pk, **{f"contact_set-0-{name}": value for name, value in consent.items()})
    change(client, practice.pk, **{"contact_set-0-consent_given_on": "", "contact_set-0-consent_until": ""})
    change(client, practice.pk, **{"contact_set-0-DELETE": "on"})

    found = [(event.kind, event.changes) for event in Event.objects.order_by("pk")][1:]
    assert found == [
        (Kind.CHANGED, '[["contact 1","","added"]]'),
        (Kind.CHANGED, '[["contact 1","","changed"]]'),
        (Kind.CONSENT, '[["contact 1","","2024-01-31 – 2026-01-31"]]'),
        (Kind.CONSENT, '[["contact 1","2024-01-31 – 2026-01-31",""]]'),
        (Kind.CHANGED, '[["contact 1","","removed"]]'),
    ]
    html = client.get(reverse(HISTORY, args=[practice.pk])).content.decode()
    assert [word in html for word in ("secreta", "3009998877", "Fulana")] == [False] * 3
    assert ("Contact 1: is new" in html, "Consent of a contact" in html) == (True, True)
    assert Contact.objects.count() == 0


def test_whoever_may_see_the_record_reads_its_history_and_nobody_else(vocabulary) -> None:
    practice = factories.practice(title="Secreta")
    record(practice, Kind.CHANGED, note="Nota secreta")
    address = reverse(HISTORY, args=[practice.pk])

    answers = {role: signed_in(role).get(address) for role in ("reader", "writer", "nobody", "anonymous")}

    assert {role: answer.status_code for role, answer in answers.items()} == {
        "reader": 200,
        "writer": 200,
        "nobody": 404,
        "anonymous": 302,
    }
    assert [b"secreta" in answer.content for answer in answers.values()] == [True, True, False, False]


def test_the_history_of_a_deleted_draft_is_found_by_its_code(vocabulary) -> None:
    practice = factories.practice(title="Se fue")
    factories.practice(factories.document(2))
    client = signed_in("publisher")
    client.post(reverse("admin:practices_practice_delete", args=[practice.pk]), {"post": "yes"})

    page = client.get(reverse(EVENTS), {"practice": "deleted", "q": "bp prueba sspd 1 2020"})
    assert [str(event) for event in page.context["cl"].result_list] == [f"{practice.code}: deleted"]
    event = Event.objects.get(kind=Kind.DELETED)
    html = client.get(reverse(EVENT, args=[event.pk])).content.decode()
    assert ("Se fue" in html, "The practice was deleted." in html) == (True, True)


def test_deleting_several_drafts_tells_each(vocabulary) -> None:
    drafts = [factories.practice(factories.document(number)) for number in (1, 2)]
    signed_in("publisher").post(
        reverse("admin:practices_practice_changelist"),
        {"action": "delete_selected", "_selected_action": [draft.pk for draft in drafts], "post": "yes"},
    )

    assert sorted(Event.objects.filter(kind=Kind.DELETED).values_list("code", flat=True)) == [
        draft.code for draft in drafts
    ]


def test_an_event_of_a_record_that_is_there_leads_to_its_history(vocabulary) -> None:
    practice = factories.practice()
    event = record(practice, Kind.CHANGED)

    html = signed_in("reader").get(reverse(EVENT, args=[event.pk])).content.decode()

    assert f'href="{reverse(HISTORY, args=[practice.pk])}"' in html


def test_no_one_edits_history_not_even_who_may_do_all(as_publisher: Client) -> None:
    event = record(factories.practice(), Kind.CHANGED, note="Así fue.")
    answers = [
        as_publisher.post(reverse(EVENT, args=[event.pk]), {"note": "No fue así."}).status_code,
        as_publisher.post(reverse("admin:practices_event_delete", args=[event.pk]), {"post": "yes"}).status_code,
        as_publisher.get(reverse("admin:practices_event_add")).status_code,
    ]

    assert answers == [403, 403, 403]
    assert Event.objects.get().note == "Así fue."


def test_filters_and_search_of_the_events_narrow(vocabulary) -> None:
    there, gone = factories.practice(), factories.practice(factories.document(2))
    record(there, Kind.CHANGED)
    delete(gone)
    client = signed_in("reader")

    def found(**query: str) -> list[str]:
        return [str(event) for event in client.get(reverse(EVENTS), query).context["cl"].result_list]

    changed, deleted = f"{there.code}: changed", f"{gone.code}: deleted"
    assert [found(), found(kind__exact="changed"), found(practice="there"), found(q="sspd-002"), found(q="zzz")] == [
        [deleted, changed],
        [changed],
        [changed],
        [deleted],
        [],
    ]
    day = "2020-01-01 00:00:00-05:00"
    assert [found(at__gte=day), found(at__lt=day)] == [[deleted, changed], []]


def test_a_consent_is_dated_as_it_was_given(vocabulary) -> None:
    practice = factories.practice()
    Contact.objects.create(practice=practice, role="x", consent_given_on=date(2024, 1, 1), consent_given_by="y")
    change(signed_in("writer"), practice.pk, **{"contact_set-0-consent_given_on": "2024-02-01"})

    assert Event.objects.get().changes == '[["contact 1","2024-01-01 – …","2024-02-01 – …"]]'
