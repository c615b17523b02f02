"""What a person typed, laid over the record as somebody else has saved it meanwhile.

The rows of a list come with the keys they had when the form was opened. Some of those rows may be gone now, and
others may be there. Laid over, the form says of every row what it said: a row that is gone comes back as a new one,
and one that it did not know stands at the end, marked to be removed, for the person to see.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.contrib.admin import ModelAdmin
from django.forms import CheckboxInput, FileInput
from django.http import HttpRequest, QueryDict

from practices.models.parts import Assessment, Authorship
from practices.models.practice import Practice

from .fields import tidy
from .keeping import KEPT
from .part_forms import READ_FROM_TEXT
from .practice_form import DATES, PLACES

Values = dict[str, list[str]]

FOLLOWING = {"implemented_text": DATES, "coverage_text": (*PLACES, "national")}
"""What the form reads out of a text, and where it puts it."""

KEY_OF_ROW = re.compile(r"-\d+-(id|practice)$")

# What one row of a list is about, where there is at most one row about it.
SUBJECT: dict[type[Any], str] = {Authorship: "organization", Assessment: "criterion"}


@dataclass(frozen=True)
class Stored:
    """The record as an untouched form would send it."""

    fields: Values
    lists: dict[str, list[Values]]
    """By prefix, the rows; their names are those of the fields alone."""
    models: dict[str, type[Any]]
    keys: dict[str, str]
    """By prefix, the name of the field that holds the key of a row."""


def as_sent(model_admin: ModelAdmin, request: HttpRequest, practice: Practice) -> Stored:
    form = model_admin.get_form(request, practice, change=True)(instance=practice)
    stored = Stored(_values(form), {}, {}, {})
    for made, inline in model_admin.get_formsets_with_inlines(request, practice):
        formset_class: Any = made
        prefix = formset_class.get_default_prefix()
        formset = formset_class(instance=practice, prefix=prefix, queryset=inline.get_queryset(request))
        stored.lists[prefix] = [_values(form, form.prefix) for form in formset.initial_forms]
        stored.models[prefix] = formset.model
        stored.keys[prefix] = formset.model._meta.pk.name
    return stored


def _values(form: Any, prefix: str = "") -> Values:
    """What a browser would send of the form, by the names of its fields."""
    start = len(prefix) + 1 if prefix else 0
    return {bound.html_name[start:]: _sent(bound) for bound in form if not isinstance(bound.field.widget, FileInput)}


def _sent(bound: Any) -> list[str]:
    widget, value = bound.field.widget, bound.value()
    widget = getattr(widget, "widget", widget)
    if isinstance(widget, CheckboxInput):
        return ["on"] if value else []
    shown = widget.format_value(value)
    if isinstance(shown, list | tuple):
        return [str(one) for one in shown]
    return ["" if shown is None else str(shown)]


def lay_over(typed: QueryDict, stored: Stored, by_place: bool) -> QueryDict:
    """The typed form as it can be saved over the record now. `by_place` takes rows without keys for the stored rows
    in their places: the form of a new record, sent a second time."""
    laid = typed.copy()
    for text, beside in FOLLOWING.items():
        row = {name: typed.getlist(name) for name in (text, *beside)}
        for name, values in _as_read(row, stored.fields, text, beside).items():
            laid.setlist(name, values)
    for prefix in stored.lists:
        if f"{prefix}-TOTAL_FORMS" in typed:
            _lay_rows(laid, prefix, stored, by_place)
    return laid


def without_keys(typed: QueryDict) -> QueryDict:
    """The form as that of a new record: no row is a stored one."""
    found = typed.copy()
    for name in typed:
        if name.endswith("-INITIAL_FORMS"):
            found[name] = "0"
        elif KEY_OF_ROW.search(name):
            found[name] = ""
    return found


def take(laid: QueryDict, stored: Stored, names: tuple[str, ...]) -> None:
    """Put what is stored in these fields and lists in place of what was typed."""
    for name in names:
        if name in stored.lists:
            _clear(laid, name)
            _write(laid, name, stored.lists[name], len(stored.lists[name]))
        else:
            laid.setlist(name, stored.fields.get(name, []))


def _lay_rows(laid: QueryDict, prefix: str, stored: Stored, by_place: bool) -> None:
    key = stored.keys[prefix]
    known = {_first(row, key): row for row in stored.lists[prefix]}
    rows = list(_rows(laid, prefix))
    _find_keys(rows, known, key, SUBJECT.get(stored.models[prefix], ""), by_place)
    alive = [row for row in rows if _first(row, key) in known]
    for row in alive:
        if "headline" in known[_first(row, key)]:
            row |= _as_read(row, known[_first(row, key)], "text", READ_FROM_TEXT)
    claimed = {_first(row, key) for row in alive}
    unknown = [{**row, "DELETE": ["on"]} for pk, row in known.items() if pk not in claimed]
    new = [{**row, key: [""]} for row in rows if _first(row, key) not in known and not _lost_its_file(row, key)]
    _clear(laid, prefix)
    _write(laid, prefix, [*alive, *unknown, *new], len(alive) + len(unknown))


def _as_read(row: Values, stored: Values, text: str, beside: tuple[str, ...]) -> Values:
    """What was read out of a text, where the text is the stored one and nothing was typed beside it."""
    same = [tidy(one) for one in row.get(text, [])] == stored.get(text)
    typed = any(value for name in beside for value in row.get(name, []))
    return {name: stored[name] for name in beside} if same and not typed else {}


def _lost_its_file(row: Values, key: str) -> bool:
    """Whether the row was a stored file that is gone: its bytes are not in the form, unless it was chosen anew."""
    return "keywords" in row and bool(_first(row, key)) and f"upload{KEPT}" not in row


def _find_keys(rows: list[Values], known: dict[str, Values], key: str, subject: str, place: bool) -> None:
    """Give rows without a living key that of the stored row they are about."""
    claimed = {_first(row, key) for row in rows}
    free = {pk: row for pk, row in known.items() if pk not in claimed}
    for row in rows:
        if _first(row, key) in known or not (subject or place):
            continue
        same = [pk for pk, other in free.items() if not subject or other[subject] == row.get(subject)]
        if same and (subject or _says_something(row)):
            row[key] = [same[0]]
            del free[same[0]]


def _says_something(row: Values) -> bool:
    return any(value for name, values in row.items() if name not in ("practice", "language") for value in values)


def _first(row: Values, name: str) -> str:
    return (row.get(name) or [""])[0]


def _rows(sent: QueryDict, prefix: str) -> Iterator[Values]:
    total = sent.get(f"{prefix}-TOTAL_FORMS", "")
    for number in range(min(int(total), 1000) if total.isdecimal() else 0):
        start = f"{prefix}-{number}-"
        yield {name[len(start) :]: sent.getlist(name) for name in sent if name.startswith(start)}


def _clear(sent: QueryDict, prefix: str) -> None:
    for name in [name for name in sent if _is_of_row(prefix, name)]:
        del sent[name]


def _is_of_row(prefix: str, name: str) -> bool:
    number = name.removeprefix(f"{prefix}-").partition("-")[0]
    return name.startswith(f"{prefix}-") and number.isdecimal()


def _write(sent: QueryDict, prefix: str, rows: list[Values], initial: int) -> None:
    for number, row in enumerate(rows):
        for name, values in row.items():
            sent.setlist(f"{prefix}-{number}-{name}", values)
    sent[f"{prefix}-TOTAL_FORMS"], sent[f"{prefix}-INITIAL_FORMS"] = str(len(rows)), str(initial)
