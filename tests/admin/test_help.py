"""The help beside each field, and what a draft is never asked for."""

import json
import re
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.html import escape

from practices.admin import help_texts
from practices.admin.guided import GuidedForm
from practices.admin.parts import PARTS
from practices.admin.practice_form import PracticeForm
from practices.editorial.checklist import RULES
from practices.models.practice import LONG_TEXTS, Practice
from practices.models.requirement import Requirement

from .. import factories
from .forms import ADD, CHANGE, add, errors, read_form

FICHA = json.loads(
    (Path(__file__).parents[2] / "fixtures/records/BP-ANDESCO-SSPD-002-2020.json").read_text(encoding="utf-8")
)


def ficha_texts() -> list[str]:
    """Everything that the real ficha says."""
    lists = [*FICHA["success_factors"], *(metric["text"] for metric in FICHA["metrics"]), FICHA["contacts"][0]["role"]]
    return [*(value for value in FICHA.values() if isinstance(value, str)), *lists]


def guides() -> dict[str, help_texts.Guide]:
    rows = {f"{model}.{name}": guide for model, fields in help_texts.ROWS.items() for name, guide in fields.items()}
    return {**help_texts.PRACTICE, **rows, **{f"{name} list": guide for name, guide in help_texts.LISTS.items()}}


def test_every_example_is_the_real_fichas_own_text() -> None:
    texts = ficha_texts()

    assert [name for name, g in guides().items() if not any(g.example in text for text in texts)] == []


def test_guides_are_only_of_fields_that_there_are() -> None:
    forms = {part.model._meta.model_name: part for part in PARTS}

    assert help_texts.PRACTICE.keys() <= PracticeForm.base_fields.keys()
    assert {*help_texts.ROWS, *help_texts.LISTS} <= forms.keys()
    for model, fields in help_texts.ROWS.items():
        assert fields.keys() <= {field.name for field in forms[model].model._meta.fields}


def test_every_field_of_the_form_says_what_to_write() -> None:
    form = PracticeForm()
    silent = [name for name in form.fields if not form[name].help_text]

    assert silent == []


def test_every_text_advises_a_length_that_fits() -> None:
    form = PracticeForm()
    texts = [*LONG_TEXTS, "title", "coverage_text", "implemented_text", "author_text", "distinction"]

    assert [(name, 0 < form[name].guide.advised < form[name].limit) for name in texts] == [(n, True) for n in texts]


@pytest.mark.parametrize("field", ["validation", "replicability"])
def test_the_misread_questions_show_a_wrong_and_a_right_answer(as_writer: Client, field: str) -> None:
    html = as_writer.get(reverse(ADD)).content.decode()
    misread = help_texts.PRACTICE[field].misread

    assert misread is not None
    assert [escape(str(text)) in html for text in (misread.wrong, misread.why, misread.right)] == [True] * 3


def test_each_field_is_described_by_its_help_and_its_length(as_writer: Client) -> None:
    html = as_writer.get(reverse(ADD)).content.decode()
    ids = set(re.findall(r' id="([^"]+)"', html))
    described = dict(re.findall(r'<(?:textarea|input)[^>]* aria-describedby="([^"]+)"[^>]* id="([^"]+)"', html))

    assert 'aria-describedby="id_summary_helptext id_summary_length"' in html
    missing = {one for said in described for one in said.split()} - ids
    assert (len(described) > 20, missing) == (True, set())


def test_a_mistake_is_said_with_the_help(as_writer: Client) -> None:
    response = add(as_writer, title="t" * 501)

    assert 'aria-describedby="id_title_helptext id_title_error id_title_length"' in response.content.decode()


def test_lengths_stand_in_words_where_no_script_counts(as_writer: Client) -> None:
    html = as_writer.get(reverse(ADD)).content.decode()

    assert ">1,200 characters usually suffice; 20,000 fit.</p>" in html


def test_what_the_public_will_see_is_hidden_until_a_script_shows_it(as_writer: Client) -> None:
    html = as_writer.get(reverse(ADD)).content.decode()

    assert (html.count('<div class="as-seen" hidden'), html.count('class="as-seen"')) == (7, 7)


def test_the_form_shows_each_long_text_as_the_public_page_does(as_publisher: Client) -> None:
    record = factories.practice(factories.document(1, impact="Se logró:\n\n• 355 peticiones\n• 3 < 5"))
    html = as_publisher.get(reverse(CHANGE, args=[record.pk])).content.decode()

    assert "<ul><li>355 peticiones</li><li>3 &lt; 5</li></ul>" in html


def test_saving_a_draft_never_asks_for_anything(as_writer: Client) -> None:
    """Even where every line of the checklist is required for publication."""
    Requirement.objects.all().delete()
    Requirement.objects.bulk_create(Requirement(name=rule.name) for rule in RULES)

    response = add(as_writer)

    assert (response.status_code, Practice.objects.get().state) == (302, "draft")


def test_the_checklist_names_the_required_lines_first_with_their_fields(as_publisher: Client) -> None:
    Requirement.objects.create(name="conclusion")
    record = Practice.objects.create(code="BP-PRUEBA-SSPD-090-2020")
    response = as_publisher.get(reverse(CHANGE, args=[record.pk]))
    standing = response.context["standing"]

    assert [task.anchor for task in standing.blocking] == [
        "id_title",
        "authorship_set-group",
        "id_summary",
        "id_conclusion",
    ]
    html = response.content.decode()
    anchors = [task.anchor for task in (*standing.blocking, *standing.advice)]
    assert [html.count(f'id="{anchor}"') for anchor in anchors] == [1] * len(anchors)
    shown = re.findall(r'<li><a href="#([^"]+)">', html[html.index('class="tasks') : html.index("form-contents")])
    assert (shown, standing.checklist.completeness) == (anchors, 5)


def test_every_form_with_rows_knows_its_guides() -> None:
    assert [part.form for part in PARTS if not issubclass(part.form, GuidedForm)] == []


def test_a_field_that_is_wrong_keeps_what_was_typed_and_its_guide(as_writer: Client) -> None:
    response = add(as_writer, implemented_start="abril", summary="Un texto")

    assert errors(response) == {"implemented_start": ["Write it as 2020, 2020-04 or 2020-04-15."]}
    assert read_form(response)["summary"] == ["Un texto"]
