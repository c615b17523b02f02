"""Codes of new records: the next free number of a series and year."""

from collections.abc import Callable
from typing import TypeVar

from django.db import IntegrityError, transaction
from django.utils.timezone import localdate

from practices.language.codes import join_code, split_code
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
    """The next free code of a series and year: one after the highest in use. One query.

    Only a proposal: another person may take it first. `saving_under_next_code` settles who has it.
    """
    taken = Practice.objects.filter(code__startswith=f"{prefix}-", code__endswith=f"-{year}")
    numbers = [
        parts.number
        for code in taken.values_list("code", flat=True)
        if (parts := split_code(code)).prefix == prefix and parts.year == year
    ]
    return join_code(prefix, max(numbers, default=0) + 1, year)


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
            if not Practice.objects.filter(code=code).exists():
                raise
            last = error
    raise last or RuntimeError("no attempt was made")
