"""Searches that found nothing, counted for those who keep the synonyms. Words only: nothing of who searched."""

import logging
import re
from time import monotonic

from django.db import DatabaseError, transaction
from django.db.models import F
from django.utils import timezone

from catalogue.patience import not_waiting
from practices.language.codes import read_code
from practices.language.words import STOP_WORDS, fold
from practices.models.synonym import LONGEST_SEARCH, MOST_SEARCHES, FailedSearch

log = logging.getLogger(__name__)

# What may name a person or a thing: addresses, numbers and codes are left out whole.
_TELLING = re.compile(r"[@\d]|://|www\.")
_WORD = re.compile(r"[a-z]{2,}")

PAUSE = 60
"""Seconds after one that could not be counted."""
_not_before = 0.0


def countable(text: str) -> str:
    """The folded words of a search, sorted, as many as fit; "" where nothing may be kept of it."""
    if read_code(text):
        return ""
    plain = " ".join(piece for piece in text.split() if not _TELLING.search(piece))
    kept = ""
    for word in sorted(set(_WORD.findall(fold(plain))) - STOP_WORDS):
        if len(longer := f"{kept} {word}".strip()) <= LONGEST_SEARCH:
            kept = longer
    return kept


def count_failed(text: str) -> None:
    """One search more that found nothing. One query, or a few for words that nobody searched for before.

    A public site that may only read its database, or whose primary is away, counts nothing and goes on.
    """
    global _not_before
    words = countable(text)
    if not words or monotonic() < _not_before:
        return
    try:
        with not_waiting(), transaction.atomic():
            _count(words)
    except DatabaseError as error:
        # Whoever searches next does not wait as well for a database that is away.
        _not_before = monotonic() + PAUSE
        log.info("searches that find nothing are not counted for %d s: %s", PAUSE, type(error).__name__)


def forget() -> None:
    """Count again at once: between tests."""
    global _not_before
    _not_before = 0.0


def _count(words: str) -> None:
    today = timezone.localdate()
    if FailedSearch.objects.filter(words=words).update(count=F("count") + 1, last_on=today):
        return
    over = FailedSearch.objects.count() - MOST_SEARCHES + 1
    if over > 0:
        rarest = FailedSearch.objects.order_by("count", "last_on", "pk").values_list("pk", flat=True)[:over]
        FailedSearch.objects.filter(pk__in=list(rarest)).delete()
    FailedSearch.objects.bulk_create([FailedSearch(words=words, last_on=today)], ignore_conflicts=True)
