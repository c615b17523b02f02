"""One person asks to be forgotten: everything that names that person is found, and erased where that may be done.

What is public, or an editor's own text, is only told: a record is corrected and published again, or withdrawn, by
somebody who reads it. Names places, never what stands in them.
"""

import logging
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from axes.models import AccessAttempt
from django.apps import apps
from django.contrib.admin.models import LogEntry
from django.contrib.auth import get_user_model
from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from catalogue.access.limits import digest
from practices.comparison import said
from practices.editorial.documents import build_document
from practices.editorial.staging import forget_old
from practices.extraction import extract
from practices.models.approval import Invitation, SectionComment
from practices.models.batch import ImportBatch
from practices.models.consent import Consent, Ending, fingerprint_of
from practices.models.contact import Contact
from practices.models.files import FileText, StoredFile
from practices.models.history import Event
from practices.models.practice import Practice
from practices.models.publication import Publication
from practices.models.staging import StagedFile
from practices.models.synonym import FailedSearch
from practices.models.vocabulary import Organization

from .person import Person
from .retention import erase_contacts
from .rewriting import hide_in_history

log = logging.getLogger(__name__)
EACH = 200
CONTACT_TEXTS = ("as_written", "name", "role", "email", "phone", "consent_given_by")


@dataclass
class Found:
    """A place, and in which records of it; `is_left` where a person has to decide."""

    place: str | Promise
    where: list[str] = field(default_factory=list)
    is_left: bool = False


@transaction.atomic
def forget(person: Person, *, dry_run: bool = False) -> list[Found]:
    """Find and erase all of it, together or not at all; a dry run takes it back."""
    found = [Found(place, sorted(set(erase(person)))) for place, erase in ERASED]
    found += [Found(place, sorted(set(find(person))), is_left=True) for place, find in LEFT]
    transaction.set_rollback(dry_run)
    return [one for one in found if one.where]


# --- What is erased --------------------------------------------------------------------------------------------------


def _contacts(person: Person) -> Iterator[str]:
    by_practice: dict[int, list[Contact]] = {}
    for contact in Contact.objects.order_by("pk").iterator(EACH):
        if person.is_in(*(getattr(contact, name) for name in CONTACT_TEXTS)):
            by_practice.setdefault(contact.practice_id, []).append(contact)
    for practice in Practice.objects.filter(pk__in=by_practice).order_by("pk"):
        erase_contacts(practice, by_practice[practice.pk])
        yield practice.code


def _register(person: Person) -> Iterator[str]:
    """The fingerprint stays: it proves to this person that there was a consent, and tells nobody else anything."""
    known = fingerprint_of(person.given)
    for consent in Consent.objects.order_by("pk").iterator(EACH):
        if person.is_in(consent.whose, consent.evidence) or (consent.fingerprint == known and not consent.erased_at):
            hidden = {"whose": "", "evidence": person.hidden_in(consent.evidence), "erased_at": timezone.now()}
            Consent.objects.filter(pk=consent.pk).update(**hidden)
            yield consent.code


def _history(person: Person) -> Iterator[str]:
    for event in Event.objects.order_by("pk").iterator(EACH):
        if hide_in_history([event], person.hidden_in):
            yield event.code


def _imports(person: Person) -> Iterator[str]:
    """Whole: what was read of the file stands in many places of it, and the file itself cannot be changed."""
    for batch in ImportBatch.objects.select_related("source").order_by("pk").iterator(EACH):
        rows = batch.rows.values_list("reading", "report", "before", "after", "title", "where").iterator(EACH)
        if (
            person.is_in(batch.name, batch.notes)
            or any(person.is_in(*row) for row in rows)
            or person.is_in(text_of(batch.source))
        ):
            yield f"{batch.made_at:%Y-%m-%d} ({batch.pk})"
            batch.delete()


def _staged(person: Person) -> Iterator[str]:
    for staged in StagedFile.objects.select_related("stored_file").iterator(EACH):
        if person.is_in(staged.name) or person.is_in(text_of(staged.stored_file)):
            yield f"{staged.chosen_at:%Y-%m-%d}"
            staged.delete()


def text_of(file: StoredFile) -> str:
    """What stands in a file, as the search reads it; "" where its bytes are not there."""
    known = FileText.objects.filter(stored_file=file).values_list("text", flat=True).first()
    if known is not None:
        return known
    try:
        with file.content.open("rb") as content:
            return extract(content)
    except OSError as error:
        log.warning("file %s could not be read: %s", file, type(error).__name__)
        return ""


def _invitations(person: Person) -> Iterator[str]:
    links = Invitation.objects.select_related("practice")
    yield from _hidden(links, person, ("recipient", "answered_for"), lambda link: link.practice.code)
    comments = SectionComment.objects.select_related("invitation__practice")
    yield from _hidden(comments, person, ("text",), lambda comment: comment.invitation.practice.code)


def _staff_log(person: Person) -> Iterator[str]:
    names = ("object_repr", "change_message")
    yield from _hidden(LogEntry.objects.all(), person, names, lambda entry: f"{entry.action_time:%Y-%m-%d}")


def _hidden(
    rows: models.QuerySet[Any], person: Person, names: Iterable[str], place: Callable[[Any], str]
) -> Iterator[str]:
    for row in rows.order_by("pk").iterator(EACH):
        hidden = {name: person.hidden_in(getattr(row, name)) for name in names}
        if any(getattr(row, name) != text for name, text in hidden.items()):
            row.__class__._default_manager.filter(pk=row.pk).update(**hidden)
            yield place(row)


def _searches(person: Person) -> Iterator[str]:
    for search in FailedSearch.objects.iterator(EACH):
        if person.words and set(person.words) <= set(search.words.split()):
            yield f"{search.last_on:%Y-%m-%d}"
            search.delete()


def _sign_ins(person: Person) -> Iterator[str]:
    """Failed ones under the name of an account, of which only a digest is kept."""
    for attempt in AccessAttempt.objects.filter(username=digest(person.given)):
        yield f"{attempt.attempt_time:%Y-%m-%d}"
        attempt.delete()


def _files(person: Person) -> Iterator[str]:
    """Not a place of its own: the bytes of what went before."""
    forget_old()
    yield from ()


# --- What is told ----------------------------------------------------------------------------------------------------


def _records(person: Person) -> Iterator[str]:
    for practice in Practice.objects.order_by("pk").iterator(EACH):
        texts = [*said(build_document(practice)).values(), practice.publish_note, practice.withdraw_reason]
        if person.is_in(*texts):
            yield practice.code


def _publications(person: Person) -> Iterator[str]:
    for publication in Publication.objects.order_by("pk").iterator(EACH):
        texts = (*said(publication.content).values(), publication.note, publication.withdrawal_reason)
        if person.is_in(*texts):
            yield f"{publication.code} v{publication.number}"


def _attachments(person: Person) -> Iterator[str]:
    files = FileText.objects.exclude(text="").filter(stored_file__in=_attached())
    for file in files.iterator(EACH):
        if person.is_in(file.text):
            yield file.stored_file_id[:12]


def _attached() -> models.QuerySet[Any, Any]:
    return apps.get_model("practices", "Attachment")._default_manager.order_by().values("stored_file_id")


def _organizations(person: Person) -> Iterator[str]:
    for organization in Organization.objects.order_by("pk").iterator():
        if person.is_in(organization.name, organization.acronym, organization.aliases):
            yield organization.slug if organization.kind != Organization.Kind.TEAM else f"({organization.pk})"


def _accounts(person: Person) -> Iterator[str]:
    for user in get_user_model().objects.filter(~Q(pk=None)).order_by("pk").iterator():
        if person.is_in(user.get_full_name(), user.get_username(), user.email):
            yield f"({user.pk})"


def is_in_force(person: Person) -> bool:
    """Whether the register holds a consent of this person that nobody withdrew."""
    found = Consent.objects.filter(fingerprint=fingerprint_of(person.given), ending=Ending.NONE)
    return found.exclude(until__lt=timezone.localdate()).exists()


Erase = Callable[[Person], Iterator[str]]
ERASED: tuple[tuple[str | Promise, Erase], ...] = (
    (_("contacts"), _contacts),
    (_("register of consents"), _register),
    (_("imports with their files"), _imports),
    (_("files that nobody saved"), _staged),
    (_("links for authors with their answers"), _invitations),
    (_("history"), _history),
    (_("log of the staff's site"), _staff_log),
    (_("searches that found nothing"), _searches),
    (_("attempts to sign in"), _sign_ins),
    ("", _files),
)
LEFT: tuple[tuple[str | Promise, Erase], ...] = (
    (_("working records"), _records),
    (_("publications"), _publications),
    (_("attached files"), _attachments),
    (_("organisations"), _organizations),
    (_("accounts of the staff"), _accounts),
)
