"""What people get wrong, and what nobody would type: a clear answer, never an error of the server."""

import pytest
from django.apps import apps
from django.db.models import BaseConstraint
from django.test import Client
from django.urls import reverse

from practices.models.practice import Practice
from practices.models.vocabulary import Category, Municipality, Organization, Service

from .. import factories
from .forms import ADD, CHANGE, add, change, errors, read_form, rows

LIST = "admin:practices_practice_changelist"
HUGE = "9" * 30
INVALID = "Select a valid choice. That choice is not one of the available choices."


def test_long_texts_are_never_cut_by_the_browser(as_writer: Client) -> None:
    assert as_writer.get(reverse(ADD)).content.decode().count(" maxlength=") == 0


def test_a_text_too_long_is_refused_with_its_length_and_kept(as_writer: Client) -> None:
    typed = dict.fromkeys(("summary", "impact"), "x" * 20001)
    factor = f"<p>{'x' * 4_001}</p>"
    response = add(as_writer, coverage_text="x" * 5_001, **typed, **rows("successfactor_set", {"text": factor}))

    assert errors(response) == {
        "summary": ["This text has 20001 characters; 20000 fit."],
        "impact": ["This text has 20001 characters; 20000 fit."],
        "coverage_text": ["This text has 5001 characters; 5000 fit."],
        "successfactor_set-0-text": ["This text has 4001 characters; 4000 fit."],
    }
    kept = read_form(response)
    assert (kept["summary"], kept["successfactor_set-0-text"]) == ([typed["summary"]], [factor])


def test_a_text_is_measured_without_its_html(as_writer: Client) -> None:
    add(as_writer, summary=f"<p>{'x' * 20_000}</p>")

    assert Practice.objects.get().summary == "x" * 20_000


def test_every_constraint_says_what_to_do() -> None:
    stock = BaseConstraint.default_violation_error_message
    silent = [
        constraint.name
        for model in apps.get_app_config("practices").get_models()
        for constraint in model._meta.constraints
        if constraint.violation_error_message == stock
    ]

    # Nobody writes these through a form.
    assert sorted(silent) == [
        "catalogueversion_one_row",
        "codealias_key_of_code",
        "codealias_once",
        "codealias_with_reason",
        "consent_ending_has_time",
        "drawn_once",
        "facetterm_once",
        "identity_one_row",
        "importrow_once",
        "invitation_answer_has_time",
        "linkcheck_unavailable_after_strikes",
        "publication_number_once",
        "publication_one_in_force",
        "publication_withdrawn_with_reason",
        "sectioncomment_once",
    ]


def test_a_field_with_an_error_of_its_own_is_not_told_twice(as_writer: Client) -> None:
    response = add(
        as_writer,
        implemented_end="2020",
        **rows("metric_set", {"unit": "%"}, {"text": "a", "baseline": "3"}),
        **rows("link_set", {"address": "ftp://example.org/"}),
        **rows("contact_set", {"consent_given_on": "2026-02-01", "consent_until": "2026-01-01"}),
    )

    assert errors(response) == {
        "implemented_start": ["Say when it began, too."],
        "metric_set-0-text": ["Copy the line of the form, or say what is measured."],
        "metric_set-1-value": ["A value before needs a value after."],
        "link_set-0-address": ["Only addresses that begin with https:// or http:// can be links."],
        "contact_set-0-consent_given_by": ["Say who gave the consent."],
        "contact_set-0-consent_until": ["The consent ends before it was given."],
    }


def test_a_consent_that_ends_before_it_begins_is_refused_at_its_field(as_writer: Client) -> None:
    row = {"consent_given_on": "2026-02-01", "consent_given_by": "Carta", "consent_until": "2026-01-01"}

    assert errors(add(as_writer, **rows("contact_set", {"role": "Dirección", **row}))) == {
        "contact_set-0-consent_until": ["The consent ends before it was given."]
    }


def test_a_row_with_another_error_is_told_in_words_too(as_writer: Client) -> None:
    """The form's own check waits for the other fields; the database's does not."""
    response = add(as_writer, **rows("metric_set", {"unit": "%", "position": "-1"}))

    assert errors(response) == {
        "metric_set-0-position": ["Ensure this value is greater than or equal to 0."],
        "metric_set-0-__all__": ["Copy the line of the form, or say what is measured."],
    }


@pytest.mark.parametrize("wrong", [HUGE, "abc", "\0", "-1", "1.5"])
def test_an_impossible_choice_is_an_invalid_one(as_writer: Client, wrong: str) -> None:
    practice = factories.practice()
    typed = {"category": wrong, "call": wrong, "services": [wrong], "municipalities": [wrong], "title": "Se queda"}
    response = change(
        as_writer, practice.pk, **typed, **rows("authorship_set", {"organization": wrong, "as_written": "x"})
    )

    assert response.status_code == 200
    assert sorted(errors(response)) == [
        "authorship_set-0-organization",
        "call",
        "category",
        "municipalities",
        "services",
    ]
    assert read_form(response)["title"] == ["Se queda"]


@pytest.mark.parametrize("wrong", [HUGE, "abc", "\0"])
def test_an_impossible_row_is_never_an_error_of_the_server(as_writer: Client, wrong: str) -> None:
    practice = factories.practice(factories.rich_document())
    typed = {"metric_set-0-id": wrong, "assessment_set-0-criterion": wrong, "authorship_set-0-practice": wrong}

    assert change(as_writer, practice.pk, **typed).status_code == 200


@pytest.mark.parametrize("wrong", [HUGE, "abc", "\0"])
def test_an_impossible_initial_value_is_none(as_writer: Client, wrong: str) -> None:
    response = as_writer.get(reverse(ADD), {"category": wrong, "services": wrong, "municipalities": wrong})

    form = read_form(response)
    assert (response.status_code, form["category"], form["municipalities"]) == (200, [], [])


FILTERS = [
    ("practice", "state__exact"),
    ("practice", "category__id__exact"),
    ("practice", "year"),
    ("practice", "organizations__id__exact"),
    ("practice", "municipalities__code__exact"),
    ("practice", "q"),
    ("practice", "p"),
    ("practice", "o"),
    ("publication", "status__exact"),
    ("publication", "practice__id__exact"),
    ("municipality", "department__code__exact"),
    ("organization", "services__id__exact"),
    ("organization", "kind__exact"),
    ("criterion", "group__exact"),
    ("codeseries", "q"),
]


@pytest.mark.parametrize("wrong", [HUGE, "\0", "a\0b"])
@pytest.mark.parametrize(("name", "parameter"), FILTERS)
def test_an_impossible_filter_is_ignored(as_writer: Client, name: str, parameter: str, wrong: str) -> None:
    assert as_writer.get(reverse(f"admin:practices_{name}_changelist"), {parameter: wrong}).status_code == 200


@pytest.mark.parametrize("name", ["event", "consent"])
@pytest.mark.parametrize(
    ("day", "status"),
    [
        ("(", 400),
        ("0001-01-01 00:00:00+14:00", 400),
        ("9999-12-31 00:00:00-05:00", 400),
        ("2026-02-31", 302),
        ("2026-02-28 00:00:00+99:99", 302),
    ],
)
def test_a_day_that_there_is_not_is_no_error(as_publisher: Client, name: str, day: str, status: int) -> None:
    """The first day of all is none any more in a time zone to the east, and the last one to the west."""
    field = {"event": "at", "consent": "given_on"}[name]
    address = reverse(f"admin:practices_{name}_changelist")
    assert as_publisher.get(address, {f"{field}__gte": day}).status_code == status


@pytest.mark.parametrize("lookup", ["title__regex", "category__name__iregex", "changed_at__gte"])
def test_a_way_of_filtering_that_no_page_links_to_is_refused(as_writer: Client, lookup: str) -> None:
    assert as_writer.get(reverse(LIST), {lookup: "("}).status_code == 400


@pytest.mark.parametrize("wrong", [HUGE, "abc", "\0"])
def test_an_impossible_row_of_an_action_is_ignored(as_writer: Client, wrong: str) -> None:
    for name in ("practice", "municipality"):
        address = reverse(f"admin:practices_{name}_changelist")
        sent = {"action": "delete_selected", "_selected_action": [wrong], "post": "yes"}
        assert as_writer.post(address, sent, follow=True).status_code == 200
    assert Municipality.objects.count() == 2


@pytest.mark.parametrize("wrong", [HUGE, "\0", "abc"])
@pytest.mark.parametrize(
    "name", ["practice", "publication", "municipality", "codeseries", "organization", "identity", "page"]
)
def test_an_impossible_page_is_not_found(as_publisher: Client, name: str, wrong: str) -> None:
    pages = ["change", "delete", "history"]
    pages += {"practice": ["preview", "withdraw"], "publication": ["preview"]}.get(name, [])
    answers = [as_publisher.get(reverse(f"admin:practices_{name}_{page}", args=[wrong])).status_code for page in pages]
    # Publications cannot be deleted by anybody.
    assert answers == [404] * len(pages)


@pytest.mark.parametrize("wrong", [HUGE, "\0"])
def test_an_impossible_term_or_page_of_a_choice_finds_nothing(as_writer: Client, wrong: str) -> None:
    given = {"app_label": "practices", "model_name": "practice", "field_name": "municipalities"}
    answers = [
        as_writer.get(reverse("admin:autocomplete"), {**given, **wrongly}).status_code
        for wrongly in ({"term": wrong}, {"page": wrong}, {"field_name": wrong}, {"model_name": wrong})
    ]
    assert answers == [200, 404, 403, 403]


def test_a_word_in_use_cannot_be_deleted_and_the_page_says_by_what(as_writer: Client) -> None:
    practice = factories.practice(factories.rich_document())
    link = f'Practice: <a href="{reverse(CHANGE, args=[practice.pk])}">{practice}</a>'
    service = Service.objects.get()
    Organization.objects.get(acronym="EJE").services.add(service)
    used = [service, *practice.departments.all(), *practice.municipalities.all(), practice.category]
    for word in used:
        page = as_writer.post(
            reverse(f"admin:practices_{word._meta.model_name}_delete", args=[word.pk]), {"post": "yes"}
        )
        assert page.status_code == 200
        assert [link in page.content.decode(), "is in use, so it cannot be deleted" in page.content.decode()] == [
            True
        ] * 2
        assert type(word).objects.filter(pk=word.pk).count() == 1


def test_words_in_use_cannot_be_deleted_together(as_writer: Client) -> None:
    factories.practice(factories.rich_document())
    for model in (Service, Municipality, Category):
        before = model.objects.count()
        page = as_writer.post(
            reverse(f"admin:practices_{model._meta.model_name}_changelist"),
            {"action": "delete_selected", "_selected_action": [row.pk for row in model.objects.all()], "post": "yes"},
        )
        assert "Nothing was deleted." in page.content.decode()
        assert model.objects.count() == before


def test_a_service_of_an_organization_only_is_in_use_too(as_writer: Client) -> None:
    service = Service.objects.get()
    Organization.objects.get(acronym="EJE").services.add(service)
    as_writer.post(reverse("admin:practices_service_delete", args=[service.pk]), {"post": "yes"})

    assert Service.objects.count() == 1


def test_a_word_that_nobody_uses_is_deleted(as_writer: Client) -> None:
    unused = Municipality.objects.get(code="11001")
    as_writer.post(reverse("admin:practices_municipality_delete", args=[unused.pk]), {"post": "yes"})

    assert list(Municipality.objects.values_list("pk", flat=True)) == ["17001"]


def test_deleting_names_no_rows_that_only_join_others(as_writer: Client) -> None:
    practice = factories.practice(factories.rich_document())
    html = as_writer.get(reverse("admin:practices_practice_delete", args=[practice.pk])).content.decode()

    assert ("relationship" in html, "object (" in html) == (False, False)


def test_deleting_asks_about_the_record_by_its_name(as_writer: Client) -> None:
    practice = factories.practice()
    for address, name in (
        (reverse("admin:practices_practice_delete", args=[practice.pk]), str(practice)),
        (reverse("admin:practices_municipality_delete", args=["11001"]), "Bogotá, D.C. (Bogotá, D.C.)"),
    ):
        assert f"<p>Delete “{name}”? It cannot be brought back." in as_writer.get(address).content.decode()
