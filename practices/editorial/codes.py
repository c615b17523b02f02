"""Codes in use: the next free number of a series and year, and whose a code is or was."""

from collections.abc import Callable
from typing import TypeVar

from django.db import IntegrityError, transaction
from django.utils.timezone import localdate

from practices.language.codes import code_key, join_code, split_code
from practices.models.code_alias import CodeAlias
from practices.models.practice import Practice
from practices.models.vocabulary import CodeSeries

ATTEMPTS = 20
Saved = TypeVar("Saved")


class NoSeries(LookupError):
    """No series of codes is marked as proposed for new records."""


def default_prefix() -> str:
    """The prefix proposed for new records. Raises NoSeries. One query."""
    prefix = CodeSeries.objects.filter(is_default=True).values_list("prefix", flat=True).first()
    if prefix is None:
        raise NoSeries
    return prefix


def proposed_code(prefix: str, year: int) -> str:
    """The next free code of a series and year: one after the highest that a record has or had. One query.

    Only a proposal: another person may take it first. `saving_under_next_code` settles who has it.
    """
    series = {"code__startswith": f"{prefix}-", "code__endswith": f"-{year}"}
    former = CodeAlias.objects.order_by().filter(**series).values_list("code", flat=True)
    taken = Practice.objects.order_by().filter(**series).values_list("code", flat=True)
    numbers = [
        parts.number
        for code in taken.union(former)
        if (parts := split_code(code)).prefix == prefix and parts.year == year
    ]
    return join_code(prefix, max(numbers, default=0) + 1, year)


def practice_with_code(code: str) -> Practice | None:
    """The record that has this canonical code, or had it before. One query; one more for a code that none has."""
    found = Practice.objects.filter(code=code).first()
    return found or Practice.objects.filter(former_codes__code_key=code_key(code)).first()


class FormerCodes:
    """Every code that a record had before, with the one that it has today. One query."""

    def __init__(self) -> None:
        self._today = dict(CodeAlias.objects.order_by().values_list("code_key", "practice__code"))

    def today(self, code: str) -> str:
        """The code that the record of this canonical code has today: mostly the same."""
        return self._today.get(code_key(code), code)


def saving_under_next_code(save: Callable[[str], Saved], prefix: str | None = None, year: int | None = None) -> Saved:
    """Call `save` with the next free code until the database accepts it.

    The unique constraint is the judge, so two people who save at once get two numbers. `save` runs in a savepoint
    of its own. Raises NoSeries, or the last IntegrityError when something else than the code is in the way.
    """
    prefix, year = prefix or default_prefix(), year or localdate().year
    last: IntegrityError | None = None
    for _attempt in range(ATTEMPTS):
        code = proposed_code(prefix, year)
        try:
            with transaction.atomic():
                return save(code)
        except IntegrityError as error:
            if practice_with_code(code) is None:
                raise
            last = error
    raise last or RuntimeError("no attempt was made")
