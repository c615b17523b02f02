"""What the templates offer and explain: the catalogue's own words, and the help that the admin gives."""

from dataclasses import dataclass

from django.core.exceptions import FieldDoesNotExist
from django.utils.translation import gettext as _

from practices.exchange.columns import COLUMNS, CRITERION, REASON, STATES, Column
from practices.models.practice import Practice
from practices.models.vocabulary import Call, Category, Criterion, Department, Service

IN_OTHER_COLUMNS = frozenset({"criteria", "attachments", "contact"})
"""Criteria have columns of their own, contacts one for each part; files do not fit a sheet."""
_AS_STORED = {"author": "author_text", "implemented": "implemented_text", "coverage": "coverage_text"}


@dataclass(frozen=True)
class Offered:
    """One column of the empty spreadsheet. `strict`: nothing but one of the values can be meant."""

    field: str
    label: str
    help: str
    values: tuple[str, ...] = ()
    strict: bool = False


def offered() -> list[Offered]:
    """The columns in the ficha's order. Five queries."""
    criteria = list(Criterion.objects.all())
    found: list[Offered] = []
    for column in COLUMNS:
        if column.field == "criteria":
            for criterion in criteria:
                found += _of_criterion(criterion)
        elif column.field not in IN_OTHER_COLUMNS:
            found.append(_of_column(column))
    return found


def _of_column(column: Column) -> Offered:
    values, strict = _values(column.field)
    return Offered(column.field, column.label, help_of(column.field), values, strict)


def _of_criterion(criterion: Criterion) -> list[Offered]:
    label = f"{CRITERION}: {criterion.name}"
    states = tuple(name for name, _more in STATES.values())
    return [
        Offered(f"criteria.{criterion.slug}", label, criterion.description, states, strict=True),
        Offered(f"criteria.{criterion.slug}.reason", f"{label} ({REASON})", _("Why: what shows it.")),
    ]


def _values(field: str) -> tuple[tuple[str, ...], bool]:
    """What a drop-down offers; where several values or other words are right, it only proposes."""
    if field == "category":
        return tuple(str(category) for category in Category.objects.all()), False
    if field == "services":
        return tuple(service.name for service in Service.objects.all()), False
    if field == "call":
        return tuple(dict.fromkeys(call.name for call in Call.objects.all())), False
    if field == "coverage":
        return tuple(department.name for department in Department.objects.all()), False
    return (), False


def help_of(field: str) -> str:
    """What to write, as the admin says it beside the same field."""
    own = {
        "code": _("The permanent code, like BP-ANDESCO-SSPD-002-2020. A code that the catalogue has is updated."),
        "author": _("Who did it, as written in the form. Several: one a line, or with a semicolon between them."),
        "services": _("One a line, or with a semicolon between them."),
        "success_factors": _("What made it work. One a line, or with a semicolon between them."),
        "links": _("Web addresses, complete. One a line, or with a semicolon between them."),
        "attachments": _("Name, description and keywords of each file; the files are attached in the record itself."),
        "contact": _("A role and an institutional mailbox. It is personal data and is shown only with consent."),
    }
    if field.startswith("contact."):
        return own["contact"]
    if field in own:
        return own[field]
    try:
        return str(Practice._meta.get_field(_AS_STORED.get(field, field)).help_text)  # type: ignore[union-attr]
    except FieldDoesNotExist:
        return ""
