"""Figures that the impact's bullets state beyond doubt, proposed as rows to accept one by one. Nothing is saved."""

from collections.abc import Iterable

from django.contrib import messages
from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from practices.exchange.readers.values import metrics_in
from practices.language.numbers import format_number
from practices.language.words import squash

from .fields import tidy

PROPOSE = "_propose"
ROWS = "metric_set"
FIELDS = ("text", "label", "value", "unit", "baseline", "period")

Row = dict[str, str]


def proposed(impact: str, present: Iterable[str] = ()) -> list[Row]:
    """The rows that the impact's bullets give, as the form writes them. `present` are the lines and labels of the rows
    that are there: what they say already is not proposed again."""
    said = {squash(text) for text in present} - {""}
    found = []
    for metric in metrics_in(tidy(impact))[0]:
        names = {squash(metric.text), squash(metric.label)} - {""}
        if not names & said:
            numbers = {
                name: "" if (number := getattr(metric, name)) is None else format_number(number, "es")
                for name in ("value", "baseline")
            }
            found.append({name: numbers.get(name, getattr(metric, name)) for name in FIELDS})
            said |= {squash(metric.text)}
    return found


def fill(request: HttpRequest) -> None:
    """Put the proposed rows into the form that was sent, and say how many they are. The way without script."""
    sent = request.POST.copy()
    count = _int(sent.get(f"{ROWS}-TOTAL_FORMS"))
    rows = [{name: sent.get(f"{ROWS}-{number}-{name}", "") for name in FIELDS} for number in range(count)]
    found = proposed(sent.get("impact", ""), [text for row in rows for text in (row["text"], row["label"])])
    first_new = _int(sent.get(f"{ROWS}-INITIAL_FORMS"))
    empty = [number for number in range(first_new, count) if not any(rows[number].values())]
    places = [*empty, *range(count, count + len(found))][: len(found)]
    for number, row in zip(places, found, strict=True):
        _put(sent, number, row)
    sent[f"{ROWS}-TOTAL_FORMS"] = str(max([count, *(number + 1 for number in places)]))
    request.POST = sent  # type: ignore[assignment]
    messages.info(request, said_of(len(found)))


def said_of(count: int) -> str:
    if not count:
        return _(
            "No figure was found that is not in the list already. Figures are read out of the bullets of the impact, "
            "and only where a line states one plainly."
        )
    return (
        ngettext(
            "%d figure was read out of the impact: it stands as a new row below, and nothing is saved yet.",
            "%d figures were read out of the impact: they stand as new rows below, and nothing is saved yet.",
            count,
        )
        % count
    )


def _put(sent: QueryDict, number: int, row: Row) -> None:
    for name, value in row.items():
        sent[f"{ROWS}-{number}-{name}"] = value


def _int(text: str | None) -> int:
    """A number of rows out of a form; no form has more than a thousand."""
    return min(int(text), 1000) if text and text.isascii() and text.isdigit() and len(text) < 5 else 0
