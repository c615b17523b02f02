"""Two people at one record: the second save shows both versions, and nothing is written over."""

from functools import partial

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from practices.admin.ticket import FIELD, Ticket
from practices.editorial.documents import build_document
from practices.models.contact import Contact
from practices.models.history import Event
from practices.models.parts import Attachment, Metric
from practices.models.practice import Practice
from practices.models.staging import StagedFile
from practices.models.vocabulary import Organization

from . import complete
from .conftest import make_vocabulary
from .forms import ADD, Values, change, errors, messages, read_form, rows
from .keeping import TITLE, address_of, after_a_colleague, at_once, read_any, shown, upload
from .opening import opened


@pytest.fixture
def vocabulary(db) -> None:
    """Anew for each test, as one of them is not rolled back."""
    make_vocabulary()


def test_a_second_save_is_refused_with_both_versions(as_writer: Client, colleague: Client, record: Practice) -> None:
    response = after_a_colleague(
        as_writer, colleague, record, {"summary": "Lo mío.", "conclusion": "Mía."}, {"summary": "Lo suyo."}
    )

    assert response.context["title"] == TITLE
    assert shown(response) == [
        ("summary", "Lo suyo.", "Lo mío.", "mine"),
        ("conclusion", "Sirvió.", "Mía.", "mine"),
    ]
    assert response.context["last"].by.username == "publica"
    html = response.content.decode()
    assert ("suyo.</del>" in html, "mío.</ins>" in html, "Saved by publica" in html) == (True, True, True)
    record.refresh_from_db()
    assert (record.summary, record.conclusion) == ("Lo suyo.", "Sirvió.")


def test_a_field_that_only_the_other_changed_is_proposed_as_saved(
    as_writer: Client, colleague: Client, record: Practice
) -> None:
    response = after_a_colleague(as_writer, colleague, record, {"conclusion": "Mía."}, {"summary": "Lo suyo."})
    assert [(name, chosen) for name, _theirs, _mine, chosen in shown(response)] == [
        ("summary", "theirs"),
        ("conclusion", "mine"),
    ]

    as_writer.post(address_of(record), {**read_any(response), "_save": "1"})

    record.refresh_from_db()
    assert (record.summary, record.conclusion) == ("Lo suyo.", "Mía.")


def test_going_on_with_mine_saves_all_that_was_typed(as_writer: Client, colleague: Client, record: Practice) -> None:
    response = after_a_colleague(
        as_writer,
        colleague,
        record,
        {"metric_set-1-text": "Otro ahorro", "link_set-0-label": "Con nombre"},
        {"metric_set-0-DELETE": "on", "metric_set-1-text": "Suyo", "successfactor_set-0-text": "Suyo"},
    )
    form = read_any(response)
    chosen = {name: "mine" for name in form if name.startswith("keep-")}
    assert sorted(chosen) == ["keep-links", "keep-metrics", "keep-success_factors"]

    as_writer.post(address_of(record), {**form, **chosen, "_save": "1"})

    assert sorted(Metric.objects.values_list("text", flat=True)) == [
        "949 requerimientos tramitados a través del Call Center.",
        "Otro ahorro",
    ]
    assert list(record.successfactor_set.values_list("text", flat=True)) == ["Primero", "Segundo"]
    assert record.link_set.first().label == "Con nombre"


def test_a_list_taken_from_the_other_is_theirs_whole(as_writer: Client, colleague: Client, record: Practice) -> None:
    response = after_a_colleague(
        as_writer, colleague, record, {"metric_set-1-text": "Mío"}, {"metric_set-0-DELETE": "on"}
    )

    as_writer.post(address_of(record), {**read_any(response), "keep-metrics": "theirs", "_save": "1"})

    assert list(Metric.objects.values_list("text", flat=True)) == ["Ahorro"]


def test_a_row_that_the_other_added_is_shown_to_be_removed_and_can_be_kept(
    as_writer: Client, colleague: Client, record: Practice
) -> None:
    added = {"link_set-TOTAL_FORMS": "3", "link_set-2-address": "https://example.org/suya"}
    response = after_a_colleague(as_writer, colleague, record, {"link_set-0-label": "Mía"}, added)

    again = as_writer.post(address_of(record), {**read_any(response), "keep-links": "mine", "_unsaved": "1"})
    form = read_form(again)

    assert (form["link_set-2-address"], form["link_set-2-DELETE"]) == (["https://example.org/suya"], ["on"])
    assert record.link_set.first().label == ""
    del form["link_set-2-DELETE"]
    as_writer.post(address_of(record), {**form, "_save": "1"})
    assert list(record.link_set.values_list("address", "label")) == [
        ("https://example.org/a", "Mía"),
        ("", "Solo un texto"),
        ("https://example.org/suya", ""),
    ]


@pytest.mark.parametrize(
    "theirs",
    [
        {"contact_set-0-phone": "601 555 01 00"},
        {"metric_set-1-better": "less"},
        {"assessment_set-1-reason": "Una razón."},
    ],
)
def test_every_change_of_a_part_raises_the_revision(
    as_writer: Client, colleague: Client, record: Practice, theirs: Values
) -> None:
    before = record.revision
    response = after_a_colleague(as_writer, colleague, record, {"conclusion": "Mía."}, theirs)

    record.refresh_from_db()
    assert (record.revision, record.conclusion, len(response.context["differences"])) == (before + 1, "Sirvió.", 2)


def test_contacts_are_compared_too(as_writer: Client, colleague: Client, record: Practice) -> None:
    response = after_a_colleague(
        as_writer, colleague, record, {"contact_set-0-role": "Mi cargo"}, {"contact_set-0-role": "Su cargo"}
    )

    assert shown(response) == [
        ("contacts", "Su cargo · atencion@example.org", "Mi cargo · atencion@example.org", "mine")
    ]
    assert Contact.objects.get().role == "Su cargo"


def test_saving_without_a_change_is_no_revision(as_writer: Client, record: Practice) -> None:
    before = record.revision
    change(as_writer, record.pk)

    record.refresh_from_db()
    assert record.revision == before


def test_two_who_write_the_same_have_no_quarrel(as_writer: Client, colleague: Client, record: Practice) -> None:
    same = {"summary": "Lo mismo."}
    response = after_a_colleague(as_writer, colleague, record, same, same)

    assert response.url == address_of(record)


def test_a_third_save_meanwhile_is_shown_again(as_writer: Client, colleague: Client, record: Practice) -> None:
    response = after_a_colleague(as_writer, colleague, record, {"summary": "Lo mío."}, {"summary": "Lo suyo."})
    change(colleague, record.pk, summary="Lo último.")

    again = as_writer.post(address_of(record), {**read_any(response), "_save": "1"})

    assert shown(again) == [("summary", "Lo último.", "Lo mío.", "mine")]


def test_a_wrong_form_over_a_newer_record_is_corrected_first(
    as_writer: Client, colleague: Client, record: Practice
) -> None:
    typed = {"summary": "Lo mío.", "implemented_start": "mal"}
    response = after_a_colleague(as_writer, colleague, record, typed, {"summary": "Lo suyo."})
    assert list(errors(response)) == ["implemented_start"]

    again = as_writer.post(address_of(record), {**read_form(response), "implemented_start": "2020", "_save": "1"})

    assert [name for name, *_rest in shown(again)] == ["implemented", "summary"]
    record.refresh_from_db()
    assert record.summary == "Lo suyo."


def test_a_forged_or_missing_ticket_never_writes_over_anything(as_writer: Client, record: Practice) -> None:
    form = opened(as_writer, address_of(record))
    for forged in ("", "x", Ticket(1, record.pk, record.revision).signed()[:-1] + "x"):
        response = as_writer.post(address_of(record), {**form, FIELD: forged, "summary": "Mío.", "_save": "1"})
        assert [name for name, *_rest in shown(response)] == ["summary"]
    record.refresh_from_db()
    assert record.summary == "Un párrafo.\n\nOtro párrafo."


def test_chosen_files_pass_through_the_page_of_two_versions(
    as_writer: Client, colleague: Client, record: Practice
) -> None:
    typed = {**rows("attachment_set", {"upload": upload(), "description": "El informe"}), "summary": "Lo mío."}
    response = after_a_colleague(as_writer, colleague, record, typed, {"summary": "Lo suyo."})
    assert [name for name, *_rest in shown(response)] == ["summary", "attachments"]

    as_writer.post(address_of(record), {**read_any(response), "_save": "1"})

    assert Attachment.objects.values_list("name", "description").get() == ("Informe.pdf", "El informe")
    assert StagedFile.objects.count() == 0


def test_the_usual_save_costs_no_more_for_being_careful(as_writer: Client, record: Practice) -> None:
    form = opened(as_writer, address_of(record))
    with CaptureQueriesContext(
        connection,
    ) as queries:
        as_writer.post(address_of(record), {**form, "_save": "1"})
    locked = [query["sql"] for query in queries if "FOR UPDATE" in query["sql"]]

    assert len(locked) == (1 if connection.features.has_select_for_update else 0)


@pytest.mark.django_db(transaction=True)
def test_of_two_saves_at_the_same_moment_one_is_refused(
    as_writer: Client, colleague: Client, record: Practice
) -> None:
    forms = [(client, opened(client, address_of(record))) for client in (as_writer, colleague)]

    answers = at_once(
        *(
            partial(client.post, address_of(record), {**form, "summary": f"De {n}.", "_save": "1"})
            for n, (client, form) in enumerate(forms)
        )
    )

    assert sorted(answer.status_code for answer in answers) == [200, 302]
    winner = next(number for number, answer in enumerate(answers) if answer.status_code == 302)
    record.refresh_from_db()
    assert record.summary == f"De {winner}."
    assert shown(answers[1 - winner]) == [("summary", f"De {winner}.", f"De {1 - winner}.", "mine")]


def test_what_was_typed_over_a_deleted_record_comes_back_as_a_new_one(
    as_writer: Client, colleague: Client, record: Practice
) -> None:
    form = opened(as_writer, address_of(record))
    colleague.post(reverse("admin:practices_practice_delete", args=[record.pk]), {"post": "yes"})
    response = as_writer.post(address_of(record), {**form, "summary": "Lo mío.", "_save": "1"})
    assert messages(response) == [
        "This record was deleted meanwhile. What you typed is here as a new one, not saved yet."
    ]
    assert (Practice.objects.count(), errors(response), response.context["form_url"]) == (0, {}, reverse(ADD))

    as_writer.post(reverse(ADD), {**read_form(response), "_save": "1"})

    practice = Practice.objects.get()
    assert (practice.summary, build_document(practice).metrics) == ("Lo mío.", complete.expected().metrics)


def test_history_tells_only_what_was_saved(as_writer: Client, colleague: Client, record: Practice) -> None:
    before = Event.objects.count()
    after_a_colleague(as_writer, colleague, record, {"summary": "Lo mío."}, {"summary": "Lo suyo."})

    assert Event.objects.count() == before + 1


def test_two_organizations_at_once_are_laid_over_by_their_names(
    as_writer: Client, colleague: Client, record: Practice
) -> None:
    """Both put the same author in; the row is the same one."""
    third = Organization.objects.create(name="Tercera S.A. E.S.P.", kind="provider")
    added = {"authorship_set-TOTAL_FORMS": "3", "authorship_set-2-organization": third.pk}
    mine = {**added, "authorship_set-2-as_written": "LA TERCERA"}
    response = after_a_colleague(as_writer, colleague, record, mine, added)
    assert [name for name, *_rest in shown(response)] == ["authors"]

    as_writer.post(address_of(record), {**read_any(response), "_save": "1"})

    assert list(record.authorship_set.values_list("as_written", flat=True)) == ["AGUAS", "", "LA TERCERA"]
