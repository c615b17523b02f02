"""Limits that the database itself holds, the same on SQLite (which ignores varchar lengths) and PostgreSQL."""

import re
from collections.abc import Callable, Collection
from copy import copy
from functools import partial
from typing import Any

from django.core.exceptions import ValidationError
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


class FieldCheck(CheckConstraint):
    """A check of one text field. The database holds it; a form asks it in Python, where Django would send the
    database a savepoint and a query for each: four hundred for one record. `holds` is set by whoever makes it."""

    field = ""
    holds: Callable[[str], bool]

    def deconstruct(self) -> Any:
        """Migrations know it as the plain check that it is."""
        _path, args, kwargs = super().deconstruct()
        return "django.db.models.CheckConstraint", args, kwargs

    def clone(self) -> Any:
        return copy(self)

    def validate(
        self, model: Any, instance: Any, exclude: Collection[str] | None = None, using: str = "default"
    ) -> None:
        """Raises ValidationError."""
        if self.field not in (exclude or ()) and not self.holds(getattr(instance, self.field) or ""):
            raise ValidationError(self.get_violation_error_message(), code=self.violation_error_code)


def field_check(name: str, field: str, condition: Q, holds: Callable[[str], bool], message: Any) -> FieldCheck:
    check = FieldCheck(condition=condition, name=name, violation_error_message=message)
    check.field, check.holds = field, holds
    return check


def _is_at_most(length: int, text: str) -> bool:
    return len(text) <= length


def _has_shape(pattern: str, text: str) -> bool:
    return re.fullmatch(pattern, text) is not None


def at_most(model: str, **lengths: int) -> list[BaseConstraint]:
    """One check per field: no more than so many characters. `model` makes the names unique in the database."""
    return [
        field_check(
            f"{model}_{name}_length",
            name,
            Q(**{f"{name}__length__lte": length}),
            partial(_is_at_most, length),
            format_lazy(_("A text is too long: {limit} characters fit."), limit=length),
        )
        for name, length in lengths.items()
    ]


MISSHAPEN = _("A value does not have the shape that its field asks for: look at the example beside it.")


def matches(model: str, message: str | Promise = MISSHAPEN, /, **patterns: str) -> list[BaseConstraint]:
    """One check per field: the value has this shape."""
    return [
        field_check(
            f"{model}_{name}_shape",
            name,
            Q(**{f"{name}__regex": pattern}),
            partial(_has_shape, pattern),
            message,
        )
        for name, pattern in patterns.items()
    ]


def one_of(model: str, **choices: list[str]) -> list[BaseConstraint]:
    """One check per field: the value is one of these."""
    return [
        field_check(
            f"{model}_{name}_known",
            name,
            Q(**{f"{name}__in": values}),
            values.__contains__,
            _("Choose one of the values that are offered."),
        )
        for name, values in choices.items()
    ]
