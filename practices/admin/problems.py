"""Every error of a long form in one list at its top, each with the way to its field."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.forms import BaseForm
from django.utils.text import capfirst


@dataclass(frozen=True)
class Problem:
    anchor: str
    label: str
    message: str


def problems(form: BaseForm, inlines: list[Any]) -> list[Problem]:
    """In the order of the page; empty for a form that nobody has sent."""
    return [*_of_form(form), *(problem for inline in inlines for problem in _of_rows(inline))]


def _of_form(form: BaseForm, where: str = "") -> Iterator[Problem]:
    for name, messages in form.errors.items():
        if name in form.fields:
            field = form[name]
            label, anchor = capfirst(field.label), field.id_for_label or field.auto_id
        else:
            label, anchor = "", ""
        for message in messages:
            yield Problem(anchor, ", ".join(filter(None, (where, str(label)))), str(message))


def _of_rows(inline: Any) -> Iterator[Problem]:
    name = capfirst(inline.opts.verbose_name_plural)
    for message in inline.formset.non_form_errors():
        yield Problem(f"{inline.formset.prefix}-group", name, str(message))
    for number, form in enumerate(inline.formset.forms, 1):
        yield from _of_form(form, f"{name} {number}")
