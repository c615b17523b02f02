"""Figures proposed out of the impact's bullets: nothing invented, nothing twice, nothing saved."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from practices.admin.proposals import FIELDS, proposed
from practices.language.texts import list_items
from practices.models.practice import Practice
from practices.models.staging import StagedFile

from .. import factories
from .forms import ADD, CHANGE, add, messages, read_form, rows, send
from .opening import opened

IMPACT = (
    "Se atendieron 2.350 usuarios en 2020:\n\n"
    "• 355 peticiones resueltas a través de página web.\n"
    "• Tiempo de respuesta: de 11 a 5 días\n"
    "• Mejor servicio\n"
    "• Entre 3 y 5 barrios"
)
PETITIONS = {
    "text": "355 peticiones resueltas a través de página web.",
    "label": "peticiones resueltas a través de página web",
    "value": "355",
    "unit": "peticiones",
    "baseline": "",
    "period": "",
}
ANSWER = {
    "text": "Tiempo de respuesta: de 11 a 5 días",
    "label": "Tiempo de respuesta",
    "value": "5",
    "unit": "días",
    "baseline": "11",
    "period": "",
}


def test_only_bullets_that_state_a_figure_plainly_are_proposed() -> None:
    assert proposed(IMPACT) == [PETITIONS, ANSWER]


@pytest.mark.parametrize("present", ["355 PETICIONES resueltas a traves de página web", PETITIONS["label"]])
def test_what_a_row_says_already_is_not_proposed(present: str) -> None:
    assert proposed(IMPACT, [present, ""]) == [ANSWER]


def test_a_line_that_stands_twice_is_proposed_once() -> None:
    assert len(proposed("• 12 cosas nuevas\n• 12 cosas nuevas.")) == 1


def test_numbers_are_written_as_the_form_reads_them() -> None:
    found = proposed("• 2.350 usuarios atendidos\n• 98,5 % de usuarios satisfechos")

    assert [(row["value"], row["unit"]) for row in found] == [("2.350", "usuarios"), ("98,5", "%")]


@given(st.text(alphabet="•-12 .,%\nabcdeñ", max_size=200))
def test_nothing_is_invented(impact: str) -> None:
    """Every proposed line is a bullet of the text, and the digits of its value stand in it."""
    bullets = list_items(impact)
    for row in proposed(impact):
        digits = row["value"].replace(".", "").replace(",", "").strip("-0")
        assert (row["text"] in bullets, set(digits) <= set(row["text"])) == (True, True)


def shown(form: dict[str, list[str]], number: int) -> dict[str, str]:
    return {name: form[f"metric_set-{number}-{name}"][0] for name in FIELDS}


def test_the_button_brings_the_form_back_with_new_rows_and_saves_nothing(as_writer: Client) -> None:
    response = add(as_writer, "_propose", title="Nueva", impact=IMPACT)
    form = read_form(response)

    assert (response.status_code, Practice.objects.count()) == (200, 0)
    assert (shown(form, 0), shown(form, 1), form["metric_set-TOTAL_FORMS"]) == (PETITIONS, ANSWER, ["2"])
    assert (form["title"], form["impact"], response.context["problems"]) == (["Nueva"], [IMPACT], [])
    assert messages(response) == [
        "2 figures were read out of the impact: they stand as new rows below, and nothing is saved yet."
    ]


def test_the_proposed_rows_are_saved_by_saving(as_writer: Client) -> None:
    form = read_form(add(as_writer, "_propose", impact=IMPACT))
    as_writer.post(reverse(ADD), {**form, "_save": "1"})

    assert list(Practice.objects.get().metric_set.values_list("label", "value", "baseline")) == [
        (PETITIONS["label"], 355, None),
        (ANSWER["label"], 5, 11),
    ]


def test_rows_that_are_there_stay_and_new_ones_follow(as_publisher: Client) -> None:
    record = factories.published(factories.rich_document(1)).practice
    address = reverse(CHANGE, args=[record.pk])
    before = opened(as_publisher, address)

    form = read_form(send(as_publisher, address, "_propose", impact=before["impact"][0] + "\n• 12 cosas nuevas"))

    assert [form[f"metric_set-{number}-text"] for number in range(2)] == [
        ["355 peticiones resueltas."],
        ["12 cosas nuevas"],
    ]
    assert (form["metric_set-TOTAL_FORMS"], record.metric_set.count()) == (["2"], 1)


def test_nothing_to_propose_is_said(as_writer: Client) -> None:
    response = add(as_writer, "_propose", impact="Todo mejoró.")

    assert messages(response) == [
        "No figure was found that is not in the list already. Figures are read out of the bullets of the impact, "
        "and only where a line states one plainly."
    ]


def test_chosen_files_are_kept_while_figures_are_proposed(as_writer: Client) -> None:
    chosen = SimpleUploadedFile("informe.pdf", b"%PDF-1.4")
    response = add(as_writer, "_propose", impact=IMPACT, **rows("attachment_set", {"upload": chosen}))

    assert StagedFile.objects.get().name == "informe.pdf"
    assert "Kept: informe.pdf" in response.content.decode()


def test_a_broken_count_of_rows_is_no_error_of_ours(as_writer: Client) -> None:
    for count in ("", "-1", "x", "99999999", "²"):
        form = {**opened(as_writer, reverse(ADD)), "metric_set-TOTAL_FORMS": count, "impact": IMPACT}
        assert as_writer.post(reverse(ADD), {**form, "_propose": "1"}).status_code == 200


def test_readers_cannot_have_figures_proposed(as_reader: Client) -> None:
    record = factories.practice()

    response = as_reader.post(reverse(CHANGE, args=[record.pk]), {"_propose": "1", "impact": IMPACT})

    assert response.status_code == 403
