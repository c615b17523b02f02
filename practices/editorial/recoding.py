"""Correcting the code of what the public reads: the one way that a code changes after its first publication.

What is in force is published again, word for word, under the other code; the code that it had stays an address of the
practice for ever. Changes that nobody has published yet stay so, and the record goes on its way where it was.
"""

from dataclasses import replace
from datetime import datetime

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import F, QuerySet
from django.utils import timezone

from practices.comparison import Change
from practices.language.codes import code_key, split_code
from practices.models.code_alias import CodeAlias, key_of
from practices.models.history import Kind
from practices.models.practice import Practice
from practices.models.publication import Publication
from practices.models.version import CatalogueVersion

from .history import record
from .publishing import NotPublished, Unchanged, next_publication
from .roles import PUBLISH, require
from .workflow import NoReason


class CodeTaken(ValueError):
    """Another record has the code, or had it before: `holder` says which."""

    def __init__(self, code: str, holder: Practice) -> None:
        self.code, self.holder = code, holder
        super().__init__(f"{code}: {holder}")

    @property
    def is_former(self) -> bool:
        return code_key(self.holder.code) != code_key(self.code)


@transaction.atomic
def correct_code(
    practice: Practice, code: str, reason: str, by: User | None = None, at: datetime | None = None
) -> Publication:
    """Give a public practice another code, in its canonical shape, with the reason, which the public reads.

    A code that the same practice had before may come back. Raises PermissionDenied, NoReason, ValueError where it is
    no code, NotPublished, Unchanged where it is its code already, CodeTaken.
    """
    require(PUBLISH, by)
    reason, at = " ".join(reason.split()), at or timezone.now()
    if not reason:
        raise NoReason
    split_code(code)
    practice = Practice.objects.select_for_update().get(pk=practice.pk)
    version = CatalogueVersion.raise_by_one()
    current = Publication.objects.filter(practice=practice).still_current().first()
    if current is None:
        raise NotPublished(practice.code)
    if code == current.code:
        raise Unchanged(current)
    refuse_taken(code, practice)
    _rename(practice, code, reason, by, at)
    publication = next_publication(practice, replace(current.content, code=code), version, by, reason, at)
    practice.code = code
    record(practice, Kind.RECODED, by, f"v{publication.number} {reason}", [Change("code", current.code, code)], at=at)
    return publication


def refuse_taken(code: str, practice: Practice | None = None) -> None:
    """Raises CodeTaken where another record has or had the code, in any spelling. Two queries."""
    own = (practice and practice.pk) or 0
    holder = with_key(code_key(code)).exclude(pk=own).first() or (
        Practice.objects.filter(former_codes__code_key=code_key(code)).exclude(pk=own).first()
    )
    if holder:
        raise CodeTaken(code, holder)


def with_key(key: str) -> QuerySet[Practice]:
    """The records whose code is this one in any spelling. It reads every code: for what is rarely asked."""
    return Practice.objects.alias(plain=key_of("code")).filter(plain=key)


def _rename(practice: Practice, code: str, reason: str, by: User | None, at: datetime) -> None:
    """The former code leads to the practice from now on, and the present one is none of the former any more."""
    former = practice.code
    CodeAlias.objects.filter(practice=practice, code_key__in=(code_key(code), code_key(former))).delete()
    Practice.objects.filter(pk=practice.pk).update(code=code, revision=F("revision") + 1)
    # Two codes may differ in nothing but their hyphens: an address that the other answers to stays the other's.
    if not with_key(code_key(former)).exclude(pk=practice.pk).exists():
        CodeAlias.objects.create(
            code=former, code_key=code_key(former), practice=practice, changed_at=at, changed_by=by, reason=reason
        )
