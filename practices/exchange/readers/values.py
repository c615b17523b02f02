"""Values as people write them, one field at a time, as parts of a document.

Nothing is guessed: what is not sure stays text, and a note says so.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, cast

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.text import slugify
from django.utils.translation import gettext as _

from practices.document import (
    Author,
    Category,
    Coverage,
    Implementation,
    Link,
    Metric,
    OrganizationKind,
    Place,
    Precision,
    Service,
)
from practices.language import texts
from practices.language.coverage import Gazetteer, read_coverage
from practices.language.dates import read_implementation_date
from practices.language.metrics import read_metrics
from practices.language.organizations import guess_kind, read_organization, split_authors
from practices.models.limits import ADDRESS, LINE

BULLET = "• "
# No field takes as much; reading more would cost time for nothing.
LONGEST = 100_000
MOST_TOLD = 100
SHOWN_KEY = 80
_NUMBERED = re.compile(r"([0-9]{1,3})\s*[.)–—-]+\s+(\D.*)", re.DOTALL)
_LAST_ADDRESS = re.compile(r"(?P<words>.*?)(?P<address>(?:https?://|www\.)\S+?)[.,;)>\]]*", re.IGNORECASE)
_SERVICE_SIGNS = re.compile(r"[,;/\n]| y | e ")
_valid_address = URLValidator(schemes=["http", "https"])


class Unreadable(ValueError):
    """The value has a shape that the field cannot have; the message says what was expected."""


@dataclass(frozen=True)
class Note:
    """What the reader has to say of one field. `understood` is False where the text stayed text only.

    `column` is where the value stands in a sheet (“F «Categoría»”), `value` what was rejected or kept as text.
    """

    field: str
    message: str
    understood: bool = True
    column: str = ""
    value: str = ""


def text_of(value: Any) -> str:
    """A text field: cleaned, HTML as plain text, “N.A.” as nothing. Raises Unreadable for lists and objects."""
    if value is None or isinstance(value, bool):
        return ""
    if isinstance(value, int | float):
        return str(value)
    if not isinstance(value, str):
        raise Unreadable(_("expected a text"))
    if len(value) > LONGEST:
        raise Unreadable(_("longer than %d characters") % LONGEST)
    if texts.looks_like_html(value):
        value = texts.from_html(value)
    value = texts.clean(value)
    return "" if texts.is_blank(value) else value


def line_of(value: Any) -> str:
    """A field of one line."""
    return " ".join(text_of(value).split())


def items_of(value: Any) -> list[str]:
    """A list given as one, or as a text of bullets or lines."""
    if isinstance(value, list | tuple):
        return [item for entry in value if (item := text_of(entry))]
    text = text_of(value)
    return texts.list_items(text) or [line.strip() for line in text.split("\n") if line.strip()]


def authors_of(value: Any) -> tuple[str, tuple[Author, ...]]:
    """The line as written, and the organisations in it, several only where that is sure."""
    if isinstance(value, list | tuple):
        names = [line_of(entry) for entry in value]
        line = "; ".join(name for name in names if name)
    else:
        line = text_of(value)
        names = split_authors(line)
    return " ".join(line.split()), tuple(author_of(name) for name in names if name)


def author_of(name: str) -> Author:
    reading = read_organization(name)
    return Author(
        as_written=reading.as_written,
        name=reading.name,
        slug="",
        kind=cast(OrganizationKind, guess_kind(name)),
        acronym=reading.acronym,
    )


def implementation_of(value: Any) -> tuple[Implementation, list[Note]]:
    text = line_of(value)
    reading = read_implementation_date(text)
    note = Note("implemented", f"{text} → {reading.start or '?'} / {reading.end or '…'}")
    if text and not reading.start:
        note = Note("implemented", text, understood=False)
    implementation = Implementation(text, reading.start, reading.end, cast(Precision, reading.precision))
    return implementation, [note] if text else []


def category_of(value: Any) -> Category | None:
    """“1. Funcionamiento de las oficinas …” as number and name."""
    text = line_of(value)
    if not text:
        return None
    if numbered := _NUMBERED.fullmatch(text):
        return Category(slug="", name=numbered[2].strip(), number=int(numbered[1]), label=text)
    return Category(slug="", name=text, label=text)


def services_of(value: Any) -> tuple[Service, ...]:
    """Names of services; which of them the catalogue knows is found out when they are stored."""
    entries = value if isinstance(value, list | tuple) else _SERVICE_SIGNS.split(text_of(value))
    return tuple(Service(slug=slugify(name), name=name) for entry in entries if (name := line_of(entry)))


def coverage_of(value: Any, gazetteer: Gazetteer) -> tuple[Coverage, list[Note]]:
    text = "; ".join(items_of(value)) if isinstance(value, list | tuple) else text_of(value)
    reading = read_coverage(text, gazetteer)
    coverage = Coverage(
        text=text,
        national=reading.national,
        departments=_places(reading.departments, gazetteer),
        municipalities=_places(reading.municipalities, gazetteer),
    )
    names = [place.name for place in (*coverage.departments, *coverage.municipalities)]
    notes = [Note("coverage", f"{text} → {', '.join(names) or _('national')}")] if names or reading.national else []
    notes += [Note("coverage", part, understood=False) for part in reading.unread]
    return coverage, notes


def _places(codes: Iterable[str], gazetteer: Gazetteer) -> tuple[Place, ...]:
    places = [gazetteer.place(code) for code in codes]
    return tuple(Place(place.code, place.name, place.department) for place in places)


def impact_of(value: Any) -> str:
    """The impact as one text; `{"text": …, "bullets": […]}` and lists become paragraphs and bullet lines."""
    if isinstance(value, dict):
        only_keys(value, "text", "bullets")
        parts = [text_of(value.get("text")), bullets_of(value.get("bullets") or [])]
        return "\n\n".join(part for part in parts if part)
    if isinstance(value, list | tuple):
        return bullets_of(value)
    return text_of(value)


def bullets_of(value: Any) -> str:
    return "\n".join(BULLET + " ".join(item.split()) for item in items_of(value))


def metrics_in(impact: str) -> tuple[tuple[Metric, ...], list[Note]]:
    """The figures that the impact's bullets state beyond doubt; the other bullets with a number are noted."""
    readings = read_metrics(texts.list_items(impact))
    sure = tuple(
        Metric(
            text=reading.text,
            label=reading.label,
            value=reading.value,
            unit=reading.unit,
            baseline=reading.baseline,
            period=reading.period,
        )
        for reading in readings
        if reading.value is not None and len(reading.text) <= LINE
    )
    shown = {metric.text for metric in sure}
    notes = [Note("metrics", f"{metric.text} → {metric.value} {metric.unit}") for metric in sure]
    notes += [Note("metrics", reading.text, understood=False) for reading in readings if reading.text not in shown]
    return sure, notes


def link_of(value: Any) -> Link:
    """An address, or a text with one address in it; without a valid one the text alone."""
    if isinstance(value, dict):
        only_keys(value, "label", "text", "title", "address", "url", "href")
        label = line_of(value.get("label") or value.get("text") or value.get("title"))
        address = line_of(value.get("address") or value.get("url") or value.get("href"))
        return Link(address, label) if is_address(address) else Link("", f"{label} {address}".strip())
    text = line_of(value)
    if is_address(text):
        return Link(text)
    return Link(_address_at_the_end(text), text)


def _address_at_the_end(text: str) -> str:
    """The one address that closes a text: “Video: https://…”. Followed by more words it may have been cut short."""
    found = _LAST_ADDRESS.fullmatch(text)
    if not found or "://" in found["words"] or "www." in found["words"].lower():
        return ""
    address = found["address"] if "://" in found["address"] else f"http://{found['address']}"
    return address if is_address(address) else ""


def only_keys(value: dict[str, Any], *known: str) -> None:
    """Raises Unreadable, naming them, when the object has other keys: what they hold would be lost."""
    others = sorted(set(map(str, value)) - set(known))
    if others:
        raise Unreadable(_("unknown key: %s") % ", ".join(others)[:200])


def is_address(text: str) -> bool:
    if len(text) > ADDRESS:
        return False
    try:
        _valid_address(text)
    except ValidationError:
        return False
    return True


def links_of(value: Any) -> tuple[tuple[Link, ...], list[Note]]:
    entries: Sequence[Any] = value if isinstance(value, list | tuple) else items_of(value)
    links = tuple(link for entry in entries if (link := link_of(entry)) != Link())
    return links, [Note("links", link.label, understood=False) for link in links if not link.address]


def day_of(value: Any) -> date | None:
    """An ISO date. Raises Unreadable."""
    text = line_of(value)
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise Unreadable(_("expected a date as YYYY-MM-DD")) from error


def unknown_keys(record: Iterable[str], known: Iterable[str]) -> list[Note]:
    """Keys that no field answers to: told, never dropped in silence. Of very many the first, and how many more."""
    fields, said = set(known), _("unknown key, not read")
    unknown = [key for key in record if key not in fields]
    told = [Note(key[:SHOWN_KEY], said, understood=False) for key in unknown[:MOST_TOLD]]
    return told + _and_more(len(unknown))


def beginning(notes: list[Note]) -> list[Note]:
    """As many as a person reads; a file can have a hundred thousand columns."""
    return notes[:MOST_TOLD] + _and_more(len(notes))


def _and_more(count: int) -> list[Note]:
    if count <= MOST_TOLD:
        return []
    return [Note("", _("… and %d more") % (count - MOST_TOLD), understood=False)]
