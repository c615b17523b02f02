"""What the fields of a document are called on the staff's screens."""

from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from practices.editorial.contact_history import CONTACT
from practices.models.practice import Practice

LISTS: dict[str, str | Promise] = {
    "author": _("authors as the form writes them"),
    "authors": _("authors"),
    "implemented": _("implementation date"),
    "metrics": _("figures of the impact"),
    "success_factors": _("success factors"),
    "coverage": _("coverage"),
    "criteria": _("criteria"),
    "attachments": _("attached files"),
    "links": _("links"),
    "contact": _("contacts"),
    "contacts": _("contacts"),
}
"""Those that are no field of the record's own."""


def field_name(field: str) -> str:
    """“Título”, “Cifras del impacto”; “Contacto 2” for what contact_history tells."""
    kind, _space, number = field.partition(" ")
    if kind == CONTACT:
        return str(_("Contact %s")) % number
    if field in LISTS:
        return capfirst(str(LISTS[field]))
    return column_name(field)


def column_name(field: str) -> str:
    """Of a field of the working record; what is none, as the column of a sheet, keeps its own name."""
    try:
        column: Any = Practice._meta.get_field(field)
    except FieldDoesNotExist:
        return field
    return capfirst(str(column.verbose_name))
