"""Approval by the author: a signed link shows the preview without an account and takes one answer.

The address of a link is made out of its row and the secret of the installation, so it is never stored and may be
shown again to those who may make one. Whether a link still leads somewhere is said by its row alone. An answer may
be corrected until the link ends: it expires, is revoked, or the record is published. What is answered is a version
of the document; the seal in the form says which, and cannot be made by anybody who has not seen the page.
"""

import hashlib
from collections.abc import Mapping
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from django.contrib.auth.models import User
from django.core.signing import BadSignature, Signer, b62_decode, b62_encode
from django.db import transaction
from django.utils import timezone

from practices.document import PracticeDocument, to_json
from practices.models.approval import Answer, Invitation, SectionComment
from practices.models.history import Event, Kind
from practices.models.practice import Practice

from .documents import build_document
from .history import record
from .roles import WRITE, require

DAYS = 30
LONGEST_TOKEN = 120
MOST_ANSWERS = 30

_links = Signer(sep=".", salt="practices.approval.link")
_seals = Signer(sep=".", salt="practices.approval.seal")


class UnknownLink(LookupError):
    """No link of ours: a stranger learns nothing else."""


class End(StrEnum):
    REVOKED = "revoked"
    PUBLISHED = "published"
    EXPIRED = "expired"


class LinkEnded(LookupError):
    """The link was ours and leads nowhere any more; `end` says why."""

    def __init__(self, invitation: Invitation, end: End) -> None:
        self.invitation, self.end = invitation, end
        super().__init__(end)


class OtherVersion(ValueError):
    """The answer is about a document that the record is not any more."""


class TooManyAnswers(ValueError):
    """One link was answered so often that nobody reads it."""


# --- Links ----------------------------------------------------------------------------------------------------------


@transaction.atomic
def invite(
    practice: Practice, recipient: str, by: User, days: int = DAYS, at: datetime | None = None
) -> tuple[Invitation, str]:
    """A new link and its token. It lasts to the end of its last day. Raises PermissionDenied, ValueError."""
    require(WRITE, by)
    recipient = " ".join(recipient.split())
    if not recipient or days < 1:
        raise ValueError("a link is for somebody, and lasts a day at least")
    at = at or timezone.now()
    last = timezone.localtime(at) + timedelta(days=days)
    invitation = Invitation.objects.create(
        practice=practice,
        recipient=recipient,
        created_by=by,
        created_at=at,
        expires_at=last.replace(hour=23, minute=59, second=59, microsecond=0),
    )
    record(practice, Kind.INVITED, by, who=recipient, at=at)
    return invitation, token_of(invitation)


@transaction.atomic
def revoke(invitation: Invitation, by: User | None, at: datetime | None = None) -> bool:
    """From now on the link shows nothing. False where it was revoked before. Raises PermissionDenied."""
    require(WRITE, by)
    at = at or timezone.now()
    if not Invitation.objects.filter(pk=invitation.pk, revoked_at=None).update(revoked_at=at):
        return False
    record(invitation.practice, Kind.REVOKED, by, who=invitation.recipient, at=at)
    return True


def token_of(invitation: Invitation) -> str:
    """The same every time, about sixty characters that a mail does not break."""
    return _links.sign(f"{b62_encode(invitation.pk)}-{_made(invitation)}")


def read_token(token: str, at: datetime | None = None) -> Invitation:
    """The link of that token, with its practice. One query, none for what we did not sign.

    Raises UnknownLink, LinkEnded.
    """
    if len(token) > LONGEST_TOKEN:
        raise UnknownLink
    try:
        key, made = _links.unsign(token).split("-")
        pk = b62_decode(key or "0")
    except (BadSignature, ValueError) as error:
        raise UnknownLink from error
    links = Invitation.objects.with_overtaken().select_related("practice__category", "practice__call")
    invitation = links.filter(pk=pk).first()
    # A key may be given out again after a restored backup; the moment the link was made is not.
    if invitation is None or _made(invitation) != made:
        raise UnknownLink
    end = end_of(invitation, at)
    if end:
        raise LinkEnded(invitation, end)
    return invitation


def end_of(invitation: Invitation, at: datetime | None = None) -> End | None:
    """Why a link, read `with_overtaken`, leads nowhere; None while it does."""
    if invitation.revoked_at:
        return End.REVOKED
    if invitation.overtaken:
        return End.PUBLISHED
    return End.EXPIRED if invitation.expires_at <= (at or timezone.now()) else None


# --- Answers --------------------------------------------------------------------------------------------------------


def fingerprint(document: PracticeDocument) -> str:
    return hashlib.sha256(to_json(document).encode()).hexdigest()


def seal(invitation: Invitation, document: PracticeDocument) -> str:
    """What the form sends back to say which version was read. Made only for who sees the page of this link, so it
    keeps other sites from answering, without a cookie."""
    return _seals.sign(f"{invitation.pk}-{fingerprint(document)}")


def is_sealed(invitation: Invitation, document: PracticeDocument, given: str) -> bool:
    try:
        return _seals.unsign(given) == f"{invitation.pk}-{fingerprint(document)}"
    except BadSignature:
        return False


@transaction.atomic
def answer(
    invitation: Invitation,
    given_seal: str,
    *,
    approved: bool,
    answered_for: str,
    comments: Mapping[str, str],
    at: datetime | None = None,
) -> Invitation:
    """Write the author's answer in the place of an earlier one; `comments` are by section of the page.

    The same answer again changes nothing. Comments are the author's words and may be taken back; the history only
    tells that there was an answer. Raises LinkEnded, OtherVersion, TooManyAnswers.
    """
    at = at or timezone.now()
    practice = Practice.objects.select_for_update().get(pk=invitation.practice_id)
    locked = Invitation.objects.with_overtaken().select_for_update(of=("self",)).get(pk=invitation.pk)
    if end := end_of(locked, at):
        raise LinkEnded(locked, end)
    document = build_document(practice)
    if not is_sealed(locked, document, given_seal):
        raise OtherVersion
    given = {
        "answer": Answer.APPROVED if approved else Answer.CHANGES,
        "answered_for": answered_for,
        "document_sha256": fingerprint(document),
    }
    said = {section: text for section, text in comments.items() if text}
    if not _is_said_already(locked, given, said):
        _refuse_too_many(locked)
        _write(locked, {**given, "answered_at": at}, said)
        record(practice, Kind.AUTHOR_APPROVED if approved else Kind.AUTHOR_ASKED, who=locked.recipient, at=at)
    return locked


def _is_said_already(invitation: Invitation, given: Mapping[str, str], said: Mapping[str, str]) -> bool:
    same = all(getattr(invitation, name) == value for name, value in given.items())
    return same and dict(invitation.comments.values_list("section", "text")) == said


def _write(invitation: Invitation, given: Mapping[str, Any], said: Mapping[str, str]) -> None:
    for name, value in given.items():
        setattr(invitation, name, value)
    invitation.save(update_fields=list(given))
    invitation.comments.all().delete()
    SectionComment.objects.bulk_create(
        SectionComment(invitation=invitation, section=section, text=text) for section, text in said.items()
    )


def _refuse_too_many(invitation: Invitation) -> None:
    """History is for ever: nobody with a link may fill it."""
    told = Event.objects.filter(practice_id=invitation.practice_id, at__gte=invitation.created_at)
    answers = told.filter(kind__in=(Kind.AUTHOR_APPROVED, Kind.AUTHOR_ASKED), who=invitation.recipient)
    if answers.count() >= MOST_ANSWERS:
        raise TooManyAnswers


def _made(invitation: Invitation) -> str:
    """When the link was made, to the microsecond, in few letters."""
    seconds = int(invitation.created_at.timestamp())
    return b62_encode(seconds * 1_000_000 + invitation.created_at.microsecond)
