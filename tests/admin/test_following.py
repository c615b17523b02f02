"""What is read out of a text follows it, unless a person put something else there."""

from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from practices.admin.following import Fate, fate
from practices.models.parts import Metric
from practices.models.practice import Practice
from practices.models.vocabulary import Department, Municipality

from .forms import ADD, CHANGE, change, messages, read_form, rows, send

OLD, NEW = "355 peticiones resueltas", "400 peticiones resueltas"
CHECK = "the text changed, but what stands beside it was not read again: check it."


@pytest.mark.parametrize(
    ("stored", "before", "now", "expected"),
    [
        (1, 1, 2, Fate.READ),
        (0, 1, 2, Fate.READ),
        (3, 1, 2, Fate.DOUBTFUL),
        (3, 1, 1, Fate.KEPT),
        (3, 1, 3, Fate.KEPT),
    ],
)
def test_fate_of_values_beside_a_changed_text(stored: int, before: int, now: int, expected: Fate) -> None:
    assert fate(stored, before, now, 0) is expected


def saved(client: Client, typed: dict[str, Any], then: dict[str, Any]) -> list[str]:
    """What is said after the second saving, but that it was saved."""
    send(client, reverse(ADD), **typed)
    response = change(client, Practice.objects.get().pk, **then)
    assert response.status_code == 302
    return messages(client.get(response.url))[:-1]


def figure() -> tuple[Any, ...]:
    return Metric.objects.values_list("text", "value", "label", "unit").get()


@pytest.fixture
def antioquia(vocabulary) -> None:
    Department.objects.create(code="05", name="Antioquia")
    Municipality.objects.create(code="05001", name="Medellín", department_id="05")


def test_a_figure_follows_its_line(as_writer: Client) -> None:
    said = saved(as_writer, rows("metric_set", {"text": OLD}), {"metric_set-0-text": NEW})

    assert (figure(), said) == ((NEW, Decimal(400), "peticiones resueltas", "peticiones"), [])


def test_a_figure_goes_when_its_line_has_none(as_writer: Client) -> None:
    said = saved(as_writer, rows("metric_set", {"text": OLD}), {"metric_set-0-text": "Menos quejas"})

    assert (figure(), said) == (("Menos quejas", None, "", ""), [])


def test_a_figure_that_a_person_wrote_is_kept_with_a_warning(as_writer: Client) -> None:
    typed = rows("metric_set", {"text": OLD, "value": "300", "label": "quejas"})
    said = saved(as_writer, typed, {"metric_set-0-text": NEW})

    assert (figure(), said) == ((NEW, Decimal(300), "quejas", ""), [f"Figures of the impact 1: {CHECK}"])


def test_a_figure_written_with_its_new_line_is_kept_without_a_warning(as_writer: Client) -> None:
    then = {"metric_set-0-text": NEW, "metric_set-0-value": "401"}
    said = saved(as_writer, rows("metric_set", {"text": OLD}), then)

    assert (figure(), said) == ((NEW, Decimal(401), "peticiones resueltas", "peticiones"), [])


def places() -> tuple[list[str], list[str], bool]:
    practice = Practice.objects.get()
    return (
        list(practice.departments.values_list("pk", flat=True)),
        list(practice.municipalities.values_list("pk", flat=True)),
        practice.national,
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Antioquia – Medellín", (["05"], ["05001"], False)),
        ("Nacional", ([], [], True)),
        ("", ([], [], False)),
    ],
)
def test_places_follow_the_text(as_writer: Client, antioquia, text: str, expected) -> None:
    said = saved(as_writer, {"coverage_text": "Caldas – Manizales"}, {"coverage_text": text})

    assert (places(), said) == (expected, [])


def test_places_that_a_person_chose_are_kept_with_a_warning(as_writer: Client, antioquia) -> None:
    typed = {"coverage_text": "Caldas – Manizales", "departments": ["11"]}
    said = saved(as_writer, typed, {"coverage_text": "Antioquia – Medellín"})

    assert (places(), said) == ((["11"], [], False), [f"Coverage: {CHECK}"])


def test_a_text_that_says_the_same_in_other_words_warns_of_nothing(as_writer: Client) -> None:
    typed = {"coverage_text": "Caldas – Manizales", "departments": ["11"]}
    said = saved(as_writer, typed, {"coverage_text": "Manizales, Caldas"})

    assert (places(), said) == ((["11"], [], False), [])


def test_a_date_that_a_person_corrected_is_kept_with_a_warning(as_writer: Client) -> None:
    typed = {"implemented_text": "Abril de 2020", "implemented_start": "2020", "implemented_precision": "year"}
    said = saved(as_writer, typed, {"implemented_text": "Mayo de 2021"})

    practice = Practice.objects.get()
    assert (practice.implemented_start, said) == ("2020", [f"Implementation date: {CHECK}"])


def test_a_row_that_is_removed_warns_of_nothing(as_writer: Client) -> None:
    typed = rows("metric_set", {"text": OLD, "value": "300"})
    said = saved(as_writer, typed, {"metric_set-0-text": NEW, "metric_set-0-DELETE": "on"})

    assert (Metric.objects.count(), said) == (0, [])
    assert read_form(as_writer.get(reverse(CHANGE, args=[Practice.objects.get().pk])))["metric_set-TOTAL_FORMS"] == [
        "1"
    ]
