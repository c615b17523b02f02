"""Publishing and withdrawing: with correcting a code (recoding.py), all the ways that what the public sees changes."""

from datetime import datetime

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from practices import search
from practices.browse.terms import forget_terms, index_terms
from practices.document import PracticeDocument, to_json
from practices.language.codes import code_key
from practices.language.words import squash
from practices.models.drawn import RELATED, Drawn, published
from practices.models.history import Kind
from practices.models.limits import TITLE
from practices.models.practice import Practice, State
from practices.models.publication import Publication, Status
from practices.models.version import CatalogueVersion

from .checklist import NotReady, checklist
from .documents import build_document
from .history import record
from .roles import PUBLISH, REVIEW, may, require


class Unchanged(ValueError):
    """The record says what `publication`, the current one, says already: there is nothing to publish."""

    def __init__(self, publication: Publication) -> None:
        self.publication = publication
        super().__init__(str(publication))


class NotPublished(LookupError):
    """There is no publication in force to withdraw."""


def may_publish(practice: Practice, by: User | None) -> bool:
    """Whether the user may publish this record now, were it complete."""
    return may(PUBLISH, by) and (practice.state == State.APPROVED or may(REVIEW, by))


def publishable(practice: Practice, by: User | None) -> PracticeDocument:
    """The document that publishing would freeze.

    What nobody has approved is published only by somebody who may approve it, too. Raises PermissionDenied unless
    the user may publish this record now, NotReady where the checklist blocks it.
    """
    require(PUBLISH, by)
    if practice.state != State.APPROVED:
        require(REVIEW, by)
    document = build_document(practice)
    found = checklist(document)
    if found.blocking:
        raise NotReady(found)
    return document


def publish(practice: Practice, by: User | None = None, note: str = "", at: datetime | None = None) -> Publication:
    """Freeze the record as it is now into its next publication, with its facet values, its search entry and the
    catalogue version: together or not at all.

    Raises NotReady when the checklist blocks, Unchanged when the public reads the very same already,
    PermissionDenied when the user may not publish.
    """
    require(PUBLISH, by)
    # Files take their time: they are read before anything is locked.
    search.read_files(practice.attachment_set.values_list("stored_file_id", flat=True))
    return _publish(practice, by, note, at or timezone.now())


@transaction.atomic
def _publish(practice: Practice, by: User | None, note: str, at: datetime) -> Publication:
    # The record first and the version second, as a form that saves and publishes does: nobody waits in a circle.
    practice = Practice.objects.select_for_update().get(pk=practice.pk)
    version = CatalogueVersion.raise_by_one()
    document = publishable(practice, by)
    current = Publication.objects.filter(practice=practice).still_current().first()
    if current and current.content == document:
        raise Unchanged(current)
    publication = next_publication(practice, document, version, by, note, at)
    done = {"state": State.PUBLISHED, "differs": False, "publish_at": None, "publish_note": ""}
    Practice.objects.filter(pk=practice.pk).update(**done)
    record(practice, Kind.PUBLISHED, by, f"v{publication.number} {note}".strip())
    return publication


def next_publication(
    practice: Practice, document: PracticeDocument, version: int, by: User | None, note: str, at: datetime
) -> Publication:
    """The document as the next publication of the practice, in the place of the one in force, with its facet values
    and its search entry. In the transaction of the caller, who holds the record and has raised the version."""
    earlier = Publication.objects.filter(practice=practice)
    last = earlier.order_by("-number").first()
    in_force = earlier.exclude(status=Status.SUPERSEDED).first()
    if in_force and in_force.status == Status.CURRENT:
        search.remove([in_force])
        Drawn.objects.filter(publication=in_force).delete()
    if in_force:
        earlier.filter(pk=in_force.pk).update(status=Status.SUPERSEDED, changed_in=version)
    publication = unsaved_publication(practice, document, version, last, by, note, at)
    publication.save()
    index_terms(publication)
    search.index([publication])
    published.send(Publication, publications=[publication])
    return publication


def unsaved_publication(
    practice: Practice,
    document: PracticeDocument,
    version: int,
    last: Publication | None = None,
    by: User | None = None,
    note: str = "",
    at: datetime | None = None,
) -> Publication:
    """The document as the practice's publication after `last`, not yet in the database."""
    at = at or timezone.now()
    return Publication(
        practice=practice,
        code=document.code,
        code_key=code_key(document.code),
        first_code=last.lasting_code if last and last.lasting_code != document.code else "",
        number=last.number + 1 if last else 1,
        document=to_json(document),
        title=document.title,
        title_key=squash(document.title)[:TITLE],
        implemented_start=document.implemented.start,
        published_at=at,
        first_published_at=last.first_published_at if last else at,
        published_by=by,
        changed_in=version,
        note=note,
    )


@transaction.atomic
def withdraw(practice: Practice, reason: str, by: User | None = None) -> Publication:
    """Take the practice back from the public, who is told the reason. Publishing it again is `publish`.

    Raises ValueError without a reason, NotPublished, PermissionDenied.
    """
    require(PUBLISH, by)
    if not reason.strip():
        raise ValueError("a withdrawal needs a public reason")
    practice = Practice.objects.select_for_update().get(pk=practice.pk)
    version = CatalogueVersion.raise_by_one()
    publication = Publication.objects.still_current().select_for_update().filter(practice=practice).first()
    if publication is None:
        raise NotPublished(practice.code)
    Publication.objects.filter(pk=publication.pk).update(
        status=Status.WITHDRAWN,
        withdrawn_at=timezone.now(),
        withdrawn_by=by,
        withdrawal_reason=reason.strip(),
        changed_in=version,
    )
    search.remove([publication])
    forget_terms(practice.pk)
    # Any practice that is like it tells its title; all of them are drawn anew at night.
    Drawn.objects.filter(Q(publication=publication) | Q(part=RELATED)).delete()
    withdrawn = {"state": State.WITHDRAWN, "differs": False, "withdraw_at": None, "withdraw_reason": ""}
    Practice.objects.filter(pk=practice.pk).update(**withdrawn)
    record(practice, Kind.WITHDRAWN, by, f"v{publication.number} {reason}".strip())
    publication.refresh_from_db()
    return publication
