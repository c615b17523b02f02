"""Two documents side by side, field by field: for the history of a record, its versions, imports and lost updates.

A field is said in plain lines, as people would read it, in the language of the records; what its values mean is not
compared, only what they say.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from practices.document import Attachment, Metric, Place, PracticeDocument
from practices.language.numbers import format_number

Said = dict[str, str]
BETTER = {"": "", "more": "↑", "less": "↓"}
PRECISION = {"": "", "day": "día", "month": "mes", "quarter": "trimestre", "semester": "semestre", "year": "año"}
STATES = {"met": "cumple", "partly": "cumple en parte", "not_met": "no cumple", "not_assessed": "sin evaluar"}


@dataclass(frozen=True)
class Change:
    """What one field said before and after; "" where it said nothing. `field` is a name of PracticeDocument."""

    field: str
    before: str
    after: str


def compare(before: PracticeDocument | None, after: PracticeDocument) -> list[Change]:
    """The fields that differ, in the order of the document. Against nothing, all that the document says."""
    first, second = said(before) if before else {}, said(after)
    return [
        Change(name, first.get(name, ""), second.get(name, ""))
        for name in dict.fromkeys((*second, *first))
        if first.get(name, "") != second.get(name, "")
    ]


def said(document: PracticeDocument) -> Said:
    """Every field that says something, as text: lists a line for each item."""
    return {name: text for name, text in _said(document) if text}


def _said(document: PracticeDocument) -> Iterator[tuple[str, str]]:
    yield "code", document.code
    yield "title", document.title
    yield "author", document.author
    yield "authors", _lines(_author(a.as_written, a.name) for a in document.authors)
    when = document.implemented
    yield "implemented", _apart(when.text, _span(when.start, when.end), PRECISION[when.precision])
    yield "category", (document.category.label or document.category.name) if document.category else ""
    yield "services", _lines(service.name for service in document.services)
    yield "call", _apart(document.call.name, str(document.call.year or "")) if document.call else ""
    yield "distinction", document.distinction
    yield "population", document.population
    yield "summary", document.summary
    yield "impact", document.impact
    yield "metrics", _lines(map(_metric, document.metrics))
    yield "success_factors", _lines(document.success_factors)
    yield "coverage", _coverage(document)
    yield "validation", document.validation
    yield "replicability", document.replicability
    yield "limitations", document.limitations
    yield "conclusion", document.conclusion
    yield "criteria", _lines(_apart(f"{c.name}: {STATES[c.state]}", c.reason) for c in document.criteria)
    yield "attachments", _lines(map(_attachment, document.attachments))
    yield "links", _lines(_apart(link.label, link.address) for link in document.links)
    yield "demonstration", "registro de demostración" if document.demonstration else ""


def _apart(*parts: str) -> str:
    return " · ".join(part for part in parts if part)


def _lines(items: Iterator[str] | tuple[str, ...] | map) -> str:
    return "\n".join(items)


def _author(as_written: str, name: str) -> str:
    return as_written if as_written == name else f"{as_written} ({name})"


def _span(start: str, end: str) -> str:
    if not start:
        return ""
    return start if start == end else f"{start} – {end or '…'}"


def _metric(metric: Metric) -> str:
    value = _number(metric.value, metric.unit)
    baseline = _number(metric.baseline, "")
    mark = "★" if metric.headline else ""
    return _apart(
        metric.text,
        metric.label,
        value,
        f"← {baseline}" if baseline else "",
        metric.period,
        BETTER[metric.better],
        mark,
    )


def _number(value: Decimal | None, unit: str) -> str:
    return "" if value is None else f"{format_number(value, 'es')} {unit}".strip()


def _attachment(file: Attachment) -> str:
    return _apart(file.name, file.description, file.keywords, file.language, file.sha256[:12])


def _coverage(document: PracticeDocument) -> str:
    coverage = document.coverage
    places = ", ".join(map(_place, (*coverage.departments, *coverage.municipalities)))
    return "\n".join(filter(None, (coverage.text, "★ nacional" if coverage.national else "", places)))


def _place(place: Place) -> str:
    return f"{place.name} ({place.code})"
