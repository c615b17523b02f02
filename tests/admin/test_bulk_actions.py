"""Many records at once: each by itself, those that could not with their reason, nothing for who may not."""

import csv
import io
import json

import pytest
from django.test import Client
from django.urls import reverse

from practices.admin import bulk_actions
from practices.admin.exporting import harmless
from practices.document import from_json
from practices.editorial.documents import build_document
from practices.editorial.workflow import send_to_review
from practices.models.history import Event, Kind
from practices.models.practice import Practice, State
from practices.models.vocabulary import Call, Category

from .. import factories
from .forms import CHANGE, messages
from .people import signed_in

LIST = reverse("admin:practices_practice_changelist")


def act(client: Client, action: str, *practices: Practice, **values: str):
    chosen = {"action": action, "_selected_action": [practice.pk for practice in practices]}
    return client.post(reverse("admin:practices_practice_changelist"), {**chosen, **values})


def report(response) -> tuple[list[str], list[tuple[str, str]], list[str]]:
    found = response.context["report"]
    return (
        [practice.code[-8:-5] for practice in found.done],
        [(refusal.practice.code[-8:-5], refusal.why) for refusal in found.refused],
        [practice.code[-8:-5] for practice in found.same],
    )


def numbered(number: int, **fields) -> Practice:
    return factories.practice(factories.document(number, **fields))


def offered(client: Client) -> list[str]:
    page = client.get(reverse("admin:practices_practice_changelist"))
    return [name for name, _label in page.context["action_form"].fields["action"].choices if name]


WRITING = ["send_chosen_to_review", "change_category_of_chosen", "change_call_of_chosen"]
EXPORTS = ["export_chosen_as_csv", "export_chosen_as_json"]


@pytest.mark.parametrize(
    ("role", "expected"),
    [
        ("writer", [*WRITING, *EXPORTS]),
        ("reviewer", [*WRITING, *EXPORTS]),
        ("publisher", ["delete_selected", *WRITING[:1], "publish_chosen", *WRITING[1:], *EXPORTS]),
        ("reader", EXPORTS),
    ],
)
def test_each_role_is_offered_what_it_may_do(vocabulary, role: str, expected: list[str]) -> None:
    factories.practice()
    assert offered(signed_in(role)) == expected


@pytest.mark.parametrize("action", [*WRITING, "publish_chosen", "delete_selected"])
def test_an_action_that_is_not_offered_does_nothing(vocabulary, action: str) -> None:
    practice = factories.practice()
    act(signed_in("reader"), action, practice, apply="1", post="yes")

    assert (Practice.objects.get().state, Event.objects.count()) == (State.DRAFT, 0)


def test_those_that_can_go_to_review_and_the_others_say_why_not(vocabulary) -> None:
    draft, approved, public = numbered(1), factories.approved(numbered(2)), factories.published(number=3).practice

    response = act(signed_in("writer"), "send_chosen_to_review", draft, approved, public)

    assert report(response)[0] == ["001"]
    assert sorted(report(response)[1]) == [
        ("002", "It is “approved”."),
        ("003", "It says what the public reads already: there is no change to review."),
    ]
    assert f'href="{reverse(CHANGE, args=[approved.pk])}"' in response.content.decode()
    assert Practice.objects.get(pk=draft.pk).state == State.IN_REVIEW


def test_each_is_published_through_its_own_checklist_after_a_page_that_asks(vocabulary) -> None:
    good, poor = factories.approved(numbered(1)), factories.approved(numbered(2, title=""))
    draft = numbered(3)
    client = signed_in("publisher")

    asked = act(client, "publish_chosen", good, poor, draft)
    assert [practice.code[-8:-5] for practice in asked.context["chosen"]] == ["003", "002", "001"]
    assert Practice.objects.filter(state=State.PUBLISHED).count() == 0
    response = act(client, "publish_chosen", good, poor, draft, apply="1", note="Premio 2024")

    assert report(response) == (
        ["001"],
        [("003", "It was not approved, or you may not do this."), ("002", "It still needs this:")],
        [],
    )
    assert f'href="{reverse(CHANGE, args=[poor.pk])}#id_title"' in response.content.decode()
    assert good.publications.get().note == "Premio 2024"
    assert Practice.objects.filter(state=State.PUBLISHED).count() == 1


def test_what_is_published_already_is_told_apart(as_publisher: Client) -> None:
    public = factories.published().practice

    assert report(act(as_publisher, "publish_chosen", public, apply="1", note="")) == ([], [], ["001"])


def test_a_note_that_is_too_long_publishes_nothing_and_stays(as_publisher: Client) -> None:
    practice = factories.practice()

    response = act(as_publisher, "publish_chosen", practice, apply="1", note="x" * 501)

    assert list(response.context["form"].errors) == ["note"]
    assert "x" * 501 in response.content.decode()
    assert Practice.objects.get().state == State.DRAFT


def test_the_category_of_many_is_changed_each_with_its_history(vocabulary) -> None:
    one, two = numbered(1), numbered(2)
    category = Category.objects.get()
    client = signed_in("writer")
    act(client, "change_category_of_chosen", one, apply="1", category=str(category.pk))

    response = act(client, "change_category_of_chosen", one, two, apply="1", category=str(category.pk))

    assert report(response) == (["002"], [], ["001"])
    assert list(Practice.objects.values_list("category", flat=True)) == [category.pk] * 2
    assert Event.objects.filter(kind=Kind.CHANGED).count() == 2


def test_a_category_has_to_be_chosen_and_exist(vocabulary) -> None:
    client, practice = signed_in("writer"), factories.practice()
    answers = [
        act(client, "change_category_of_chosen", practice, apply="1", category=value).context["form"].errors
        for value in ("", "999", "x", "\x00")
    ]

    assert [list(found) for found in answers] == [["category"]] * 4
    assert Event.objects.count() == 0


def test_the_call_of_many_is_changed_and_taken_away(vocabulary) -> None:
    practice = factories.practice()
    call = Call.objects.create(slug="premio", name="Premio", year=2024)
    client = signed_in("writer")

    act(client, "change_call_of_chosen", practice, apply="1", call=str(call.pk))
    assert Practice.objects.get().call == call
    act(client, "change_call_of_chosen", practice, apply="1", call="")
    assert Practice.objects.get().call is None


def test_too_many_at_once_are_refused_before_anything_is_done(vocabulary, monkeypatch) -> None:
    monkeypatch.setattr(bulk_actions, "MOST", 1)
    client, practices = signed_in("writer"), [numbered(1), numbered(2)]

    response = act(client, "send_chosen_to_review", *practices)

    assert messages(client.get(response.url)) == [
        "2 records were chosen; 1 at most are changed at once. Narrow the list first."
    ]
    assert Event.objects.count() == 0


def test_the_documents_of_the_chosen_are_exported_as_they_are(vocabulary) -> None:
    chosen, other = factories.practice(factories.rich_document(1)), numbered(2)

    response = act(signed_in("reader"), "export_chosen_as_json", chosen)

    found = json.loads(response.getvalue())
    assert [from_json(json.dumps(one)) for one in found] == [build_document(chosen)]
    assert response["Content-Disposition"].startswith('attachment; filename="practicas-')
    assert other.code not in json.dumps(found)


def test_the_spreadsheet_is_one_that_excel_in_spanish_opens(vocabulary) -> None:
    rich = factories.published(factories.rich_document(1, title='=HYPERLINK("x")')).practice
    send_to_review(numbered(2))

    response = act(signed_in("reader"), "export_chosen_as_csv", rich, Practice.objects.get(code__contains="-002-"))

    text = response.getvalue().decode()
    assert text.startswith("\ufeff")
    rows = list(csv.reader(io.StringIO(text.removeprefix("\ufeff")), delimiter=";"))
    assert [row[:8] for row in sorted(rows[1:])] == [
        [
            "BP-PRUEBA-SSPD-001-2020",
            '\'=HYPERLINK("x")',
            "Aguas de Prueba S.A. E.S.P.",
            "1. Funcionamiento de las oficinas",
            "",
            "Abril de 2020",
            "Caldas – Manizales",
            "published",
        ],
        ["BP-PRUEBA-SSPD-002-2020", "Práctica 2", "Aguas de Prueba S.A. E.S.P.", "", "", "", "", "in review"],
    ]
    assert len(rows[0]) == len(rows[1])


@pytest.mark.parametrize("text", ["=1+1", "+57", "-2", "@x", "\t=1", "\r=1", "  =1", "\n=1"])
def test_no_cell_is_a_formula(text: str) -> None:
    assert harmless(text) == f"'{text}"


@pytest.mark.parametrize(("value", "expected"), [("a=1", "a=1"), (None, ""), (3, "3"), ("", "")])
def test_other_cells_stay_as_they_are(value: object, expected: str) -> None:
    assert harmless(value) == expected
