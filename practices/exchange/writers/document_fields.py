"""What each field of the document is called and means, and what its values look like beyond their type.

The JSON Schema, the description of the interface and the data dictionary all tell it from here. A shape is told only
where every document that is published has it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from practices.document import (
    Assessment,
    Attachment,
    Author,
    Call,
    Category,
    Coverage,
    Implementation,
    Link,
    Metric,
    Place,
    PracticeDocument,
    Service,
)
from practices.language.codes import CODE_PATTERN

from .changes import NAMES

Limits = Mapping[str, Any]
Told = str | Promise

# As JSON Schema writes patterns: ECMA-262, which has no \Z.
CODE = {"pattern": CODE_PATTERN.replace(r"\Z", "$")}
SLUG = {"pattern": "^[A-Za-z0-9_-]*$"}
DAY = "-(0[1-9]|[12][0-9]|3[01])"
PARTIAL_DATE = {"pattern": f"^([0-9]{{4}}(-(0[1-9]|1[0-2])({DAY})?)?)?$"}
DEPARTMENTS = {"items": {"properties": {"code": {"pattern": "^[0-9]{2}$"}, "department": {"const": ""}}}}
MUNICIPALITIES = {
    "items": {"properties": {"code": {"pattern": "^[0-9]{5}$"}, "department": {"pattern": "^[0-9]{2}$"}}}
}


@dataclass(frozen=True)
class Field:
    """`limits` are keywords of JSON Schema."""

    label: Told
    meaning: Told
    limits: Limits = field(default_factory=dict)


def _named(name: str, meaning: Told, **limits: Any) -> Field:
    """A field of the document itself: named as the public page names it."""
    return Field(NAMES[name], meaning, limits)


DOCUMENT = {
    "code": _named("code", _("Permanent code of the practice."), **CODE, examples=["BP-ANDESCO-SSPD-002-2020"]),
    "title": _named("title", _("Title of the practice.")),
    "author": _named("author", _("Who did it, as the record writes it.")),
    "authors": _named("authors", _("The organisations that did it, in the order of the record.")),
    "implemented": _named("implemented", _("When it was done.")),
    "category": _named("category", _("Category that the form gives it; null where it gives none.")),
    "services": _named("services", _("Public utilities that it is about.")),
    "call": _named("call", _("Contest or process that the practice came out of; null where there is none.")),
    "distinction": _named("distinction", _("What it was distinguished with.")),
    "population": _named("population", _("Whom it is for.")),
    "summary": _named("summary", _("What was done.")),
    "impact": _named("impact", _("What it achieved, whole text.")),
    "metrics": _named("metrics", _("Every figure of the impact, in the order of the record.")),
    "success_factors": _named("success_factors", _("Why it worked, a text for each factor.")),
    "coverage": _named("coverage", _("Where it was done.")),
    "validation": _named("validation", _("How it was validated.")),
    "replicability": _named("replicability", _("How others can do it again.")),
    "limitations": _named("limitations", _("What limited it.")),
    "conclusion": _named("conclusion", _("What its authors conclude.")),
    "criteria": _named("criteria", _("How each criterion of good practices was assessed, with the reason.")),
    "attachments": _named("attachments", _("Files, downloaded at the address of the practice by their place here.")),
    "links": _named("links", _("Addresses that the record names.")),
    "demonstration": _named(
        "demonstration", _("Whether it is an invented practice that only shows how the catalogue works.")
    ),
    "schema": Field(
        _("Version of the schema"), _("Number of the schema that this document keeps to."), {"minimum": 1}
    ),
}

AUTHOR = {
    "as_written": Field(_("As written"), _("The name as this record writes it.")),
    "name": Field(_("Name"), _("The name that the catalogue gives to the same organisation everywhere.")),
    "slug": Field(_("Short name"), _("Its value in the parameter autor, and in the address of its page."), SLUG),
    "kind": Field(
        _("Kind"), _("provider: it provides a public utility; unit: of the institution; team: a group; other.")
    ),
    "acronym": Field(_("Acronym"), _("Its initials, where it uses them.")),
    "services": Field(_("Services"), _("Short names of the public utilities that it provides."), {"items": SLUG}),
    "website": Field(_("Website"), _("Its own address.")),
}

IMPLEMENTATION = {
    "text": Field(_("As written"), _("The date as the record writes it."), {"examples": ["Primer semestre de 2021"]}),
    "start": Field(
        _("Beginning"),
        _("When it began, as exactly as the record tells: YYYY, YYYY-MM or YYYY-MM-DD."),
        {**PARTIAL_DATE, "examples": ["2021-01"]},
    ),
    "end": Field(
        _("Ending"),
        _("When it ended, in the same way; empty beside a beginning means that it goes on."),
        {**PARTIAL_DATE, "examples": ["2021-06"]},
    ),
    "precision": Field(_("Precision"), _("How exact both are; empty where the text tells no date.")),
}

CATEGORY = {
    "slug": Field(_("Short name"), _("Its value in the parameter categoria."), SLUG),
    "name": Field(_("Name"), _("Name of the category.")),
    "number": Field(_("Number"), _("Number of the category, where it has one.")),
    "label": Field(_("Label"), _("Number and name, as the form writes them.")),
}

SERVICE = {
    "slug": Field(_("Short name"), _("Its value in the parameter servicio."), {**SLUG, "examples": ["acueducto"]}),
    "name": Field(_("Name"), _("Name of the service.")),
}

CALL = {
    "slug": Field(_("Short name"), _("Its value in the parameter convocatoria."), SLUG),
    "name": Field(_("Name"), _("Name of the contest or process.")),
    "year": Field(_("Year"), _("Year of that contest or process.")),
}

METRIC = {
    "text": Field(_("As written"), _("The figure as the record writes it."), {"examples": ["98,5 % de satisfacción"]}),
    "label": Field(_("What is measured"), _("What the value counts.")),
    "value": Field(_("Value"), _("The number, where it is sure; every digit is kept."), {"examples": [98.5]}),
    "unit": Field(_("Unit"), _("Unit of the value; COP are Colombian pesos."), {"examples": ["%", "COP"]}),
    "baseline": Field(_("Value before"), _("What the value was before the practice, in the same unit.")),
    "period": Field(_("Period"), _("The time that the figure is about, as the record writes it.")),
    "better": Field(_("Better is"), _("Whether more or less of it is better; empty where that is not told.")),
    "headline": Field(_("Headline"), _("Whether it is the figure that lists show.")),
}

PLACE = {
    "code": Field(
        _("DIVIPOLA code of the place"),
        _("Two digits of a department, five of a municipality."),
        {"pattern": "^[0-9]{2}([0-9]{3})?$"},
    ),
    "name": Field(_("Name"), _("Name of the place.")),
    "department": Field(_("Department"), _("Code of the department of a municipality; empty for a department.")),
}

COVERAGE = {
    "text": Field(_("As written"), _("Where it was done, as the record writes it.")),
    "national": Field(_("National scope"), _("Whether it was done in the whole country.")),
    "departments": Field(
        _("Departments"), _("Departments where it was done, those of its municipalities too."), DEPARTMENTS
    ),
    "municipalities": Field(_("Municipalities"), _("Municipalities where it was done."), MUNICIPALITIES),
}

ASSESSMENT = {
    "criterion": Field(_("Short name"), _("Its value in the parameter criterio."), SLUG),
    "name": Field(_("Name"), _("Name of the criterion.")),
    "group": Field(_("Group"), _("minimum: asked of every good practice; contest: asked in contests.")),
    "state": Field(_("Assessment"), _("met, partly met (partly), not met (not_met) or not assessed (not_assessed).")),
    "reason": Field(_("Reason"), _("Why it was assessed so.")),
}

ATTACHMENT = {
    "name": Field(_("Name"), _("Name of the file.")),
    "sha256": Field(_("Checksum"), _("SHA-256 of its bytes, 64 hexadecimal digits."), {"pattern": "^[0-9a-f]{64}$"}),
    "size": Field(_("Size"), _("In bytes."), {"minimum": 0}),
    "media_type": Field(_("Media type"), _("As registered by IANA."), {"examples": ["application/pdf"]}),
    "description": Field(_("Description"), _("What the file shows.")),
    "keywords": Field(_("Keywords"), _("Words to find it by, separated by commas.")),
    "language": Field(_("Language"), _("Language of the file, as its code: es, en."), {"examples": ["es"]}),
}

LINK = {
    "address": Field(
        _("Address"), _("Address; empty where the record gives only a text."), {"pattern": "^(https?://.+)?$"}
    ),
    "label": Field(_("Label"), _("What is found there.")),
}

FIELDS: Mapping[type, Mapping[str, Field]] = {
    PracticeDocument: DOCUMENT,
    Author: AUTHOR,
    Implementation: IMPLEMENTATION,
    Category: CATEGORY,
    Service: SERVICE,
    Call: CALL,
    Metric: METRIC,
    Place: PLACE,
    Coverage: COVERAGE,
    Assessment: ASSESSMENT,
    Attachment: ATTACHMENT,
    Link: LINK,
}

TITLES: Mapping[type, Told] = {
    PracticeDocument: _("A published practice"),
    Author: _("An organisation that did the practice"),
    Implementation: _("Date of implementation"),
    Category: _("Category"),
    Service: _("Public utility"),
    Call: _("Contest or process"),
    Metric: _("A figure of the impact"),
    Place: _("A department or a municipality"),
    Coverage: _("Where it was done"),
    Assessment: _("Assessment of a criterion"),
    Attachment: _("An attached file"),
    Link: _("A link"),
}
