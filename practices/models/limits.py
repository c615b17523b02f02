"""Limits that the database itself holds, the same on SQLite (which ignores varchar lengths) and PostgreSQL."""

from django.db.models import BaseConstraint, CharField, CheckConstraint, Q, TextField
from django.db.models.functions import Length

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
        CheckConstraint(condition=Q(**{f"{name}__length__lte": length}), name=f"{model}_{name}_length")
        for name, length in lengths.items()
    ]


def matches(model: str, **patterns: str) -> list[BaseConstraint]:
    """One check per field: the value has this shape."""
    return [
        CheckConstraint(condition=Q(**{f"{name}__regex": pattern}), name=f"{model}_{name}_shape")
        for name, pattern in patterns.items()
    ]


def one_of(model: str, **choices: list[str]) -> list[BaseConstraint]:
    """One check per field: the value is one of these."""
    return [
        CheckConstraint(condition=Q(**{f"{name}__in": values}), name=f"{model}_{name}_known")
        for name, values in choices.items()
    ]
