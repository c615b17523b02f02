"""The buttons that lead a record on its way: who sees which, what they save, and what they say when refused."""

import pytest
from django.test import Client
from django.urls import reverse

from practices.editorial.workflow import approve, send_to_review, take_back
from practices.models.history import Event, Kind
from practices.models.practice import Practice, State

from .. import factories
from .forms import CHANGE, add, change, errors, messages, read_form
from .opening import opened
from .people import member, signed_in

RETURN = "admin:practices_practice_return"
BUTTONS = ("_save", "_send", "_take_back", "_approve", "_return", "_publish")


def buttons(client: Client, practice: Practice) -> list[str]:
    html = client.get(reverse(CHANGE, args=[practice.pk])).content.decode()
    return [name for name in BUTTONS if f'name="{name}"' in html]


def in_review(**fields) -> Practice:
    practice = factories.practice(**fields)
    send_to_review(practice)
    practice.refresh_from_db()
    return practice


def said(client: Client, response) -> list[str]:
    return messages(client.get(response.url))


@pytest.mark.parametrize(
    ("role", "draft", "review", "approved"),
    [
        ("writer", ["_save", "_send"], ["_save", "_take_back"], ["_save"]),
        ("reviewer", ["_save", "_send"], ["_save", "_take_back", "_approve", "_return"], ["_save", "_return"]),
        ("publisher", ["_save", "_send"], ["_save", "_take_back"], ["_save", "_publish"]),
        ("reader", [], [], []),
    ],
)
def test_each_role_has_its_buttons_in_each_state(vocabulary, role: str, draft, review, approved) -> None:
    client, practice = signed_in(role), factories.practice()
    found = [buttons(client, practice)]
    send_to_review(practice)
    found.append(buttons(client, practice))
    approve(practice)
    found.append(buttons(client, practice))

    assert found == [draft, review, approved]


def test_sending_to_review_saves_what_was_typed_first(vocabulary) -> None:
    client, practice = signed_in("writer"), factories.practice()

    response = change(client, practice.pk, "_send", title="Terminado", step_note="Falta la foto,\nllega mañana.")

    practice.refresh_from_db()
    assert (practice.title, practice.state) == ("Terminado", State.IN_REVIEW)
    found = [(event.kind, event.note, event.by.username) for event in Event.objects.order_by("pk")]
    assert found == [(Kind.CHANGED, "", "writer"), (Kind.SENT, "Falta la foto,\nllega mañana.", "writer")]
    assert said(client, response) == [f"{practice.code} is saved and sent to review."]


def test_a_new_record_can_be_sent_at_once(vocabulary) -> None:
    add(signed_in("writer"), "_send", title="Nuevo")

    assert list(Practice.objects.values_list("title", "state")) == [("Nuevo", State.IN_REVIEW)]


def test_a_form_with_errors_sends_nothing_and_keeps_the_note(vocabulary) -> None:
    practice = factories.practice()

    response = change(signed_in("writer"), practice.pk, "_send", implemented_start="mal", step_note="Lista.")

    assert list(errors(response)) == ["implemented_start"]
    assert read_form(response)["step_note"] == ["Lista."]
    assert Practice.objects.get().state == State.DRAFT


def test_a_note_that_is_too_long_is_refused_and_kept_whole(vocabulary) -> None:
    practice = factories.practice()

    response = change(signed_in("writer"), practice.pk, "_send", step_note="x" * 4001)

    assert list(errors(response)) == ["step_note"]
    assert len(read_form(response)["step_note"][0]) == 4001


def test_a_writer_takes_it_back(vocabulary) -> None:
    client, practice = signed_in("writer"), in_review()

    response = change(client, practice.pk, "_take_back", title="Otra vez")

    assert list(Practice.objects.values_list("title", "state")) == [("Otra vez", State.DRAFT)]
    assert said(client, response) == [f"{practice.code} is saved and taken back out of the review."]


def test_a_reviewer_approves_with_what_was_corrected(vocabulary) -> None:
    client, practice = signed_in("reviewer"), in_review()

    response = change(client, practice.pk, "_approve", title="Corregido", step_note="Bien.")

    assert list(Practice.objects.values_list("title", "state")) == [("Corregido", State.APPROVED)]
    assert said(client, response) == [f"{practice.code} is saved and approved."]
    assert Event.objects.latest("pk").note == "Bien."


def test_what_somebody_moved_meanwhile_is_saved_and_the_refusal_said(vocabulary) -> None:
    client, practice = signed_in("reviewer"), in_review()
    values = opened(client, reverse(CHANGE, args=[practice.pk]))
    take_back(practice, member("writer"))

    response = client.post(reverse(CHANGE, args=[practice.pk]), {**values, "title": "No se pierde", "_approve": "1"})

    assert list(Practice.objects.values_list("title", "state")) == [("No se pierde", State.DRAFT)]
    assert said(client, response) == [f"{practice.code} is saved, but it went no further: meanwhile it is “draft”."]


def test_what_is_public_is_sent_to_review_only_with_a_change(vocabulary) -> None:
    client, practice = signed_in("writer"), factories.published().practice

    response = change(client, practice.pk, "_send")
    assert said(client, response) == [
        f"{practice.code} says what the public reads already: there is no change to review."
    ]
    change(client, practice.pk, "_send", title="Otro título")

    assert Practice.objects.get().state == State.IN_REVIEW


@pytest.mark.parametrize(
    ("role", "button"),
    [
        ("writer", "_approve"),
        ("writer", "_return"),
        ("writer", "_publish"),
        ("reviewer", "_publish"),
        ("publisher", "_approve"),
        ("publisher", "_return"),
    ],
)
def test_a_forged_button_is_refused_and_saves_nothing(vocabulary, role: str, button: str) -> None:
    practice = in_review()

    response = change(signed_in(role), practice.pk, button, title="Falso")

    assert (response.status_code, Practice.objects.get().title) == (403, practice.title)


def test_a_publisher_who_changes_what_was_approved_saves_it_for_another_review(vocabulary) -> None:
    client, practice = signed_in("publisher"), factories.approved(factories.practice())

    response = change(client, practice.pk, "_publish", title="Cambiado a última hora")

    practice.refresh_from_db()
    assert (practice.title, practice.state, practice.publications.count()) == (
        "Cambiado a última hora",
        State.IN_REVIEW,
        0,
    )
    assert said(client, response) == [
        f"{practice.code} is saved, but not published: somebody has to approve it first, or its last change again."
    ]


def test_a_publisher_publishes_what_was_approved(vocabulary) -> None:
    practice = factories.approved(factories.practice())

    change(signed_in("publisher"), practice.pk, "_publish", publication_note="Primera")

    practice.refresh_from_db()
    assert (practice.state, practice.publications.get().note) == (State.PUBLISHED, "Primera")


def test_returning_saves_first_and_asks_for_the_reason_on_a_page(vocabulary) -> None:
    client, practice = signed_in("reviewer"), in_review()
    address = reverse(RETURN, args=[practice.pk])

    assert change(client, practice.pk, "_return", title="Con mi corrección").url == address
    assert (Practice.objects.get().title, Practice.objects.get().state) == ("Con mi corrección", State.IN_REVIEW)
    assert client.post(address, {"reason": " "}).context["form"].errors == {"reason": ["This field is required."]}

    response = client.post(address, {"reason": "Falta la fecha.\nY el autor."})

    assert response.url == reverse(CHANGE, args=[practice.pk])
    event = Event.objects.latest("pk")
    assert (Practice.objects.get().state, event.kind, event.note) == (
        State.RETURNED,
        Kind.RETURNED,
        "Falta la fecha.\nY el autor.",
    )


def test_the_writer_reads_the_reason_above_the_record_while_it_is_returned(vocabulary) -> None:
    client, practice = signed_in("writer"), in_review()
    signed_in("reviewer").post(reverse(RETURN, args=[practice.pk]), {"reason": "Falta <la> fecha."})

    page = client.get(reverse(CHANGE, args=[practice.pk])).content.decode()
    change(client, practice.pk, "_send")
    after = client.get(reverse(CHANGE, args=[practice.pk])).content.decode()

    assert ("Falta &lt;la&gt; fecha." in page, "Falta &lt;la&gt; fecha." in after) == (True, False)


def test_a_reason_written_too_late_is_kept_on_the_page(vocabulary) -> None:
    client, practice = signed_in("reviewer"), in_review()
    take_back(practice)

    page = client.post(reverse(RETURN, args=[practice.pk]), {"reason": "Una razón larga."})

    assert page.context["form"].non_field_errors() == ["It was not returned: meanwhile it is “draft”."]
    assert "Una razón larga." in page.content.decode()


def test_what_is_a_draft_cannot_be_returned(vocabulary) -> None:
    page = signed_in("reviewer").get(reverse(RETURN, args=[factories.practice().pk]))

    assert 'name="reason"' not in page.content.decode()


def test_what_is_public_and_in_review_is_known_as_public(vocabulary) -> None:
    client, practice = signed_in("publisher"), factories.published().practice
    change(client, practice.pk, "_send", title="Otro título")

    html = client.get(reverse(CHANGE, args=[practice.pk])).content.decode()

    withdraw = reverse("admin:practices_practice_withdraw", args=[practice.pk])
    assert (withdraw in html, "Save without publishing" in html) == (True, True)
    assert 'name="reason"' in client.get(withdraw).content.decode()
