"""Limits that the database itself holds, the same on SQLite (which ignores varchar lengths) and PostgreSQL."""

from django.db.models import BaseConstraint, CharField, CheckConstraint, Q, TextField
from django.db.models.functions import Length
from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

CharField.register_lookup(Length)
TextField.register_lookup(Length)

NAME = 300
LINE = 500
TITLE = 500
ADDRESS = 2_000
TEXT = 20_000
COVERAGE = 5_000

PARTIAL_DATE = r"^([0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?)?$"


def at_most(model: str, **lengths: int) -> list[BaseConstraint]:
    """One check per field: no more than so many characters. `model` makes the names unique in the database."""
    return [
        CheckConstraint(
            condition=Q(**{f"{name}__length__lte": length}),
            name=f"{model}_{name}_length",
            violation_error_message=format_lazy(_("A text is too long: {limit} characters fit."), limit=length),
        )
        for name, length in lengths.items()
    ]


MISSHAPEN = _("A value does not have the shape that its field asks for: look at the example beside it.")


def matches(model: str, message: str | Promise = MISSHAPEN, /, **patterns: str) -> list[BaseConstraint]:
    """One check per field: the value has this shape."""
    return [
        CheckConstraint(
            condition=Q(**{f"{name}__regex": pattern}),
            name=f"{model}_{name}_shape",
            violation_error_message=message,  # type: ignore[arg-type]
        )
        for name, pattern in patterns.items()
    ]


def one_of(model: str, **choices: list[str]) -> list[BaseConstraint]:
    """One check per field: the value is one of these."""
    return [
        CheckConstraint(
            condition=Q(**{f"{name}__in": values}),
            name=f"{model}_{name}_known",
            violation_error_message=_("Choose one of the values that are offered."),
        )
        for name, values in choices.items()
    ]
