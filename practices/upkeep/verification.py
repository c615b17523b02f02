"""Whether the catalogue agrees with itself: the index with the publications, the facets with their documents, the
files with their names. What is derived can be made anew; what is not is only told."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from django.db import transaction

from practices import search
from practices.exchange.writers.dump.snapshot import one_moment

from .checks import documents, drawings, files, guards, publications, records
from .finding import DERIVED, Check, Finding, Kind

__all__ = ["Finding", "Kind", "verify"]

Mend = Callable[[], object]


def verify(*, repair: bool = False, deep: bool = False) -> list[Finding]:
    """Everything that is not as it should be. Memory is flat but for what is found; nobody waits.

    With `repair`, what is derived is made anew, and looked at once more: what is gone then is told as repaired.
    `deep` draws every publication again, not a thousand of them, compares every record with what is public, and asks
    the database about its own index, for which others wait.
    """
    found = _found(deep=deep)
    kinds = {finding.kind for finding in found}
    if not repair or not kinds & DERIVED:
        return found
    for kind, mend in _mends(deep=deep).items():
        if kind in kinds:
            mend()
    left = _found(deep=deep)
    known = set(found)
    return [replace(f, repaired=f not in left) for f in found] + [f for f in left if f not in known]


def _found(*, deep: bool) -> list[Finding]:
    found: list[Finding] = []
    with one_moment():
        for check in _of_one_moment(deep=deep):
            found += check()
    # To read every file takes long; the database need not remember a moment for it.
    for check in (files.files, files.orphans):
        found += check()
    if deep and not _index_is_sound():
        found.append(Finding(Kind.INDEX, "integrity"))
    return found


def _of_one_moment(*, deep: bool) -> list[Check]:
    return [
        guards.missing,
        *(publications.numbers, publications.in_force, publications.aliases, publications.version),
        publications.standing,
        *([records.told_apart] if deep else []),
        documents.documents,
        partial(drawings.drawings, deep=deep),
        *(records.orphans, records.consents, records.staged),
    ]


def _mends(*, deep: bool) -> dict[Kind, Mend]:
    """In the order in which they are done: the texts of files before the index that holds them."""
    return {
        Kind.GUARDS: guards.install,
        Kind.VERSION: publications.raise_version,
        Kind.STANDING: _mend_standing if deep else publications.mend_standing,
        Kind.STAGED: records.forget_staged,
        Kind.ORPHAN_FILE: files.remove_orphans,
        Kind.FILE_TEXT: documents.read_texts,
        Kind.INDEX: documents.rebuild_index,
        Kind.WORDS: documents.rebuild_index,
        Kind.FACETS: documents.rebuild_facets,
        Kind.DRAWN: partial(drawings.redraw, deep=deep),
    }


def _mend_standing() -> None:
    publications.mend_standing()
    records.tell_apart()


def _index_is_sound() -> bool:
    with transaction.atomic():
        return search.is_sound()
