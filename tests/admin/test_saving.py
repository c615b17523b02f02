"""The record as one form: drafts, codes, what is read out of the texts, the order of rows."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.timezone import localdate

from practices.admin import saving
from practices.admin.ordering import in_order
from practices.editorial.documents import build_document
from practices.models.practice import Practice
from practices.models.vocabulary import CodeSeries, Organization

from . import complete
from .forms import ADD, CHANGE, add, change, errors, messages, read_form, rows
from .opening import opened

YEAR = localdate().year


def code(number: int) -> str:
    return f"BP-PRUEBA-SSPD-{number:03d}-{YEAR}"


def test_an_empty_form_saves_a_draft_with_the_next_code(as_writer: Client) -> None:
    response = add(as_writer)

    practice = Practice.objects.get()
    assert response.url == reverse(CHANGE, args=[practice.pk])
    assert (practice.code, practice.state, practice.title, practice.changed_by.username) == (
        code(1),
        "draft",
        "",
        "escribe",
    )
    assert practice.assessment_set.count() == 0


def test_an_emptied_code_gets_the_next_one(as_writer: Client) -> None:
    add(as_writer)
    add(as_writer, code="")

    assert sorted(Practice.objects.values_list("code", flat=True)) == [code(1), code(2)]


def test_an_untouched_proposal_that_is_taken_becomes_the_next_and_says_so(as_writer: Client) -> None:
    form = opened(as_writer, reverse(ADD))
    Practice.objects.create(code=code(1))

    response = as_writer.post(reverse(ADD), {**form, "title": "Dos a la vez", "_save": "1"}, follow=True)

    assert Practice.objects.get(title="Dos a la vez").code == code(2)
    assert messages(response)[0] == (
        f"{code(1)} was taken by somebody else in the meantime: this record is {code(2)}."
    )


def test_an_untouched_proposal_that_is_free_is_kept(as_writer: Client) -> None:
    form = opened(as_writer, reverse(ADD))
    Practice.objects.create(code=code(9))

    as_writer.post(reverse(ADD), {**form, "title": "La mía", "_save": "1"})

    assert Practice.objects.get(title="La mía").code == code(1)


def test_a_typed_code_that_is_taken_is_refused_and_keeps_what_was_typed(as_writer: Client) -> None:
    Practice.objects.create(code=code(7))

    response = add(as_writer, code=code(7), title="Repetida", summary="Un texto largo")

    assert errors(response) == {"code": ["Practice with this Code already exists."]}
    assert read_form(response)["summary"] == ["Un texto largo"]


def test_a_code_taken_between_check_and_writing_is_refused_with_a_message(as_writer: Client, monkeypatch) -> None:
    """The check saw a free code; when the record was written, it was not free any more."""
    form = opened(as_writer, reverse(ADD))
    stock_save = Practice.save

    def save_after_somebody_else(practice: Practice, *args, **kwargs) -> None:
        monkeypatch.setattr(Practice, "save", stock_save)
        Practice.objects.create(code=code(5), title="La otra")
        Practice(code=code(5)).save()

    monkeypatch.setattr(Practice, "save", save_after_somebody_else)
    response = as_writer.post(reverse(ADD), {**form, "code": code(5), "title": "La mía", "_save": "1"})

    # What the other person saved was rolled back with this transaction, so the second try has the code.
    assert response.status_code == 302
    assert list(Practice.objects.values_list("code", "title")) == [(code(5), "La mía")]


def test_without_a_series_the_code_must_be_written(as_writer: Client) -> None:
    CodeSeries.objects.update(is_default=False)

    assert errors(add(as_writer)) == {"code": ["Write the code: no series of codes is proposed for new records."]}
    assert saving.proposal() == ""


def test_a_whole_record_becomes_its_document(as_writer: Client) -> None:
    add(as_writer, **complete.typed())

    assert build_document(Practice.objects.get()) == complete.expected()


def test_saving_again_changes_nothing(as_writer: Client) -> None:
    add(as_writer, **complete.typed())
    change(as_writer, Practice.objects.get().pk)

    assert build_document(Practice.objects.get()) == complete.expected()


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ({"implemented_text": "Primer semestre de 2021"}, ("2021-01", "2021-06", "semester")),
        ({"implemented_text": "algún día"}, ("", "", "")),
        (
            {"implemented_text": "Abril de 2020", "implemented_start": "2020", "implemented_precision": "year"},
            ("2020", "", "year"),
        ),
    ],
)
def test_dates_are_read_from_the_text_only_where_nothing_was_typed(as_writer: Client, typed, read) -> None:
    add(as_writer, **typed)

    assert Practice.objects.values_list("implemented_start", "implemented_end", "implemented_precision").get() == read


def test_a_changed_date_text_is_read_again(as_writer: Client) -> None:
    add(as_writer, implemented_text="Abril de 2020")
    change(as_writer, Practice.objects.get().pk, implemented_text="Mayo de 2021")

    assert Practice.objects.get().implemented_start == "2021-05"


@pytest.mark.parametrize("date", ["2020-13", "20", "2020-02-30", "abril"])
def test_a_date_of_no_calendar_is_refused(as_writer: Client, date: str) -> None:
    assert errors(add(as_writer, implemented_start=date)) == {
        "implemented_start": ["Write it as 2020, 2020-04 or 2020-04-15."]
    }


def test_chosen_places_are_not_replaced_by_the_text(as_writer: Client) -> None:
    add(as_writer, coverage_text="Caldas – Manizales", departments=["11"])

    practice = Practice.objects.get()
    assert list(practice.departments.values_list("pk", flat=True)) == ["11"]
    assert list(practice.municipalities.all()) == []


def test_rows_keep_the_order_of_the_form_and_can_be_moved(as_writer: Client) -> None:
    add(as_writer, **rows("successfactor_set", {"text": "a"}, {"text": "b"}, {"text": "c"}))
    practice = Practice.objects.get()
    assert list(practice.successfactor_set.values_list("position", "text")) == [(1, "a"), (2, "b"), (3, "c")]

    change(as_writer, practice.pk, **{"successfactor_set-2-position": "1"})

    assert list(practice.successfactor_set.values_list("position", "text")) == [(1, "c"), (2, "a"), (3, "b")]


@pytest.mark.parametrize(
    ("given", "ordered"),
    [
        ([("a", None), ("b", None)], ["a", "b"]),
        ([("a", 3), ("b", None), ("c", None)], ["b", "c", "a"]),
        ([("a", None), ("b", None), ("c", 1)], ["c", "a", "b"]),
        ([("a", 2), ("b", 1)], ["b", "a"]),
        ([("a", 1), ("b", 1)], ["a", "b"]),
        ([("a", 99), ("b", None)], ["b", "a"]),
        ([("a", 0), ("b", None)], ["a", "b"]),
    ],
)
def test_wanted_places_are_where_the_rows_end_up(given, ordered) -> None:
    assert in_order(given) == ordered


def test_the_headline_can_move_from_one_figure_to_another(as_writer: Client) -> None:
    add(as_writer, **rows("metric_set", {"text": "a"}, {"text": "b", "headline": "on"}))
    practice = Practice.objects.get()
    form = opened(as_writer, reverse(CHANGE, args=[practice.pk]))
    del form["metric_set-1-headline"]

    as_writer.post(reverse(CHANGE, args=[practice.pk]), {**form, "metric_set-0-headline": "on", "_save": "1"})

    assert list(practice.metric_set.values_list("text", "headline")) == [("a", True), ("b", False)]


def test_rows_that_say_nothing_useful_are_refused_in_words(as_writer: Client) -> None:
    water = Organization.objects.first().pk
    response = add(
        as_writer,
        **rows("authorship_set", {"organization": water}, {"organization": water}),
        **rows(
            "metric_set",
            {"unit": "%"},
            {"text": "a", "baseline": "3"},
            {"text": "b", "value": "muchos"},
            {"text": "c", "headline": "on"},
            {"text": "d", "headline": "on"},
        ),
        **rows("link_set", {"address": "ftp://example.org/"}, {"position": "1"}),
        **rows("contact_set", {"role": "Dirección", "consent_given_on": "2026-01-01"}),
    )

    assert errors(response) == {
        "authorship_set-1-organization": ["This author is in the list already."],
        "metric_set-0-text": ["Copy the line of the form, or say what is measured."],
        "metric_set-1-value": ["A value before needs a value after."],
        "metric_set-2-value": ["Write only a number, for example 2.350 or 98,5."],
        "metric_set-4-headline": ["One figure only can be the headline."],
        "link_set-0-address": ["Only addresses that begin with https:// or http:// can be links."],
        "link_set-1-address": ["Give the address, or at least its text."],
        "contact_set-0-consent_given_by": ["Say who gave the consent."],
    }
    assert [problem.anchor for problem in response.context["problems"]] == [f"id_{name}" for name in errors(response)]
    assert Practice.objects.count() == 0


def test_a_code_is_permanent_once_published(as_publisher: Client) -> None:
    add(as_publisher, "_publish", **complete.typed())
    practice = Practice.objects.get()

    change(as_publisher, practice.pk, code="BP-PRUEBA-SSPD-099-2020")

    practice.refresh_from_db()
    assert practice.code == complete.CODE
