"""The document of a practice: everything the public may read of it, in one frozen value.

A document knows neither where it comes from (a form, a file, the working record) nor what is drawn from it.
Its JSON form is what a publication freezes and what `/practicas/<CODE>.json` gives. It holds no personal data:
contacts are never part of it.

Texts are kept as written; structured values stand beside them where they are sure. An empty text is "", an
unknown number or part is None, an empty list is ().
"""

from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Literal

import msgspec

SCHEMA = 1
"""Version of the JSON form. Raise it with a step in UPGRADES whenever an old document would not decode."""

OrganizationKind = Literal["provider", "unit", "team", "other"]
AssessmentState = Literal["met", "partly", "not_met", "not_assessed"]
Direction = Literal["", "more", "less"]
CriterionGroup = Literal["minimum", "contest"]
Precision = Literal["", "day", "month", "quarter", "semester", "year"]


class DocumentError(ValueError):
    """The JSON is not a document of a schema that this version reads; the message names the place."""


@dataclass(frozen=True)
class Author:
    """An organisation that did the practice: as this record writes it, and as the catalogue knows it."""

    as_written: str
    name: str
    slug: str
    kind: OrganizationKind = "other"
    acronym: str = ""
    services: tuple[str, ...] = ()
    website: str = ""


@dataclass(frozen=True)
class Implementation:
    """When it was done. `start` and `end` are ISO 8601 of reduced precision ("2020", "2020-04", "2020-04-15");
    an empty `end` beside a `start` means that it goes on."""

    text: str = ""
    start: str = ""
    end: str = ""
    precision: Precision = ""


@dataclass(frozen=True)
class Category:
    """`label` is the category as the form writes it: “1. Funcionamiento de las oficinas …”."""

    slug: str
    name: str
    number: int | None = None
    label: str = ""


@dataclass(frozen=True)
class Service:
    slug: str
    name: str


@dataclass(frozen=True)
class Call:
    """The contest or process that the practice came out of."""

    slug: str
    name: str
    year: int | None = None


@dataclass(frozen=True)
class Metric:
    """One figure of the impact. `text` is as written; the value is in `unit`, "COP" being Colombian pesos."""

    text: str
    label: str = ""
    value: Decimal | None = None
    unit: str = ""
    baseline: Decimal | None = None
    period: str = ""
    better: Direction = ""
    headline: bool = False


@dataclass(frozen=True)
class Place:
    """A department (DIVIPOLA, two digits) or a municipality (five digits, with its department)."""

    code: str
    name: str
    department: str = ""


@dataclass(frozen=True)
class Coverage:
    text: str = ""
    national: bool = False
    departments: tuple[Place, ...] = ()
    municipalities: tuple[Place, ...] = ()


@dataclass(frozen=True)
class Assessment:
    criterion: str
    name: str
    group: CriterionGroup
    state: AssessmentState = "not_assessed"
    reason: str = ""


@dataclass(frozen=True)
class Attachment:
    """A file: its bytes are found by their SHA-256 (hex); `size` is in bytes, `media_type` an IANA type."""

    name: str
    sha256: str
    size: int
    media_type: str
    description: str = ""
    keywords: str = ""
    language: str = ""


@dataclass(frozen=True)
class Link:
    """An address, or, where the source gives none that works, only its text."""

    address: str = ""
    label: str = ""


@dataclass(frozen=True)
class PracticeDocument:
    code: str
    title: str = ""
    author: str = ""
    authors: tuple[Author, ...] = ()
    implemented: Implementation = field(default_factory=Implementation)
    category: Category | None = None
    services: tuple[Service, ...] = ()
    call: Call | None = None
    distinction: str = ""
    population: str = ""
    summary: str = ""
    impact: str = ""
    metrics: tuple[Metric, ...] = ()
    success_factors: tuple[str, ...] = ()
    coverage: Coverage = field(default_factory=Coverage)
    validation: str = ""
    replicability: str = ""
    limitations: str = ""
    conclusion: str = ""
    criteria: tuple[Assessment, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    links: tuple[Link, ...] = ()
    demonstration: bool = False
    schema: int = SCHEMA

    @property
    def headline(self) -> Metric | None:
        """The metric marked as headline; else the first that has a value."""
        return _headline(self.metrics)


def _headline(metrics: tuple[Metric, ...]) -> Metric | None:
    with_value = [metric for metric in metrics if metric.value is not None]
    return next((metric for metric in with_value if metric.headline), with_value[0] if with_value else None)


_encoder = msgspec.json.Encoder(decimal_format="number")
_decoder = msgspec.json.Decoder(PracticeDocument)

UPGRADES: dict[int, Any] = {}
"""From a schema version to the function that turns its plain JSON values into the next one's."""


def to_json(document: PracticeDocument) -> str:
    """The document as JSON text, fields in the order of the class; numbers keep every digit."""
    return _encoder.encode(document).decode()


def from_json(text: str | bytes) -> PracticeDocument:
    """The document of such a text, upgraded to today's schema. Raises DocumentError."""
    try:
        head = msgspec.json.decode(text, type=_Head)
        if head.schema == SCHEMA:
            return _decoder.decode(text)
        return msgspec.convert(_upgraded(msgspec.json.decode(text), head.schema), PracticeDocument)
    except (msgspec.MsgspecError, UnicodeError) as error:
        raise DocumentError(str(error)) from error


def headline_from_json(text: str | bytes) -> Metric | None:
    """The headline of such a text, without decoding the rest: a tenth of the time. Raises DocumentError."""
    try:
        figures = _figures_decoder.decode(text)
    except (msgspec.MsgspecError, UnicodeError) as error:
        raise DocumentError(str(error)) from error
    return _headline(figures.metrics) if figures.schema == SCHEMA else from_json(text).headline


def links_from_json(text: str | bytes) -> tuple[Link, ...]:
    """The links of such a text, without decoding the rest. Raises DocumentError."""
    try:
        found = _links_decoder.decode(text)
    except (msgspec.MsgspecError, UnicodeError) as error:
        raise DocumentError(str(error)) from error
    return found.links if found.schema == SCHEMA else from_json(text).links


def schema_of(text: str | bytes) -> int:
    """The schema version that such a text keeps to, without decoding the rest. Raises DocumentError."""
    try:
        return msgspec.json.decode(text, type=_Head).schema
    except (msgspec.MsgspecError, UnicodeError) as error:
        raise DocumentError(str(error)) from error


class _Head(msgspec.Struct):
    schema: int


class _Figures(_Head):
    metrics: tuple[Metric, ...] = ()


class _Links(_Head):
    links: tuple[Link, ...] = ()


_figures_decoder = msgspec.json.Decoder(_Figures)
_links_decoder = msgspec.json.Decoder(_Links)


def _upgraded(values: Any, schema: int) -> Any:
    while schema != SCHEMA:
        if schema not in UPGRADES:
            raise DocumentError(f"schema {schema} is unknown; this version reads up to {SCHEMA}")
        values = UPGRADES[schema](values)
        schema += 1
    return {**values, "schema": SCHEMA}
