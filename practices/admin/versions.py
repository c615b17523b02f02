"""Two versions of a practice side by side, and an earlier one put back into the working record."""

from dataclasses import dataclass
from functools import cached_property
from typing import cast

from django.contrib import messages
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from practices.comparison import compare
from practices.document import PracticeDocument
from practices.editorial.documents import build_document
from practices.editorial.publishing import Unchanged
from practices.editorial.restoring import restore, what_to_restore
from practices.editorial.roles import WRITE
from practices.editorial.workflow import WrongState
from practices.models.practice import Practice
from practices.models.publication import Publication

from .field_names import field_name
from .history import FieldChange, field_changes

RECORD = "record"
"""What the address calls the working record among the numbers of the versions."""


@dataclass(frozen=True)
class Version:
    """What the two lists of the page offer: a publication, or the record as it is now."""

    key: str
    publication: Publication | None

    def document(self, practice: Practice) -> PracticeDocument:
        return self.publication.content if self.publication else build_document(practice)


class Comparison:
    """Of two versions of a practice, by the `from` and `to` of an address; what it does not say is the version that
    the page is about against the one before it."""

    def __init__(self, publication: Publication, given: dict[str, str], with_record: bool) -> None:
        self.practice = publication.practice
        published = Publication.objects.filter(practice=self.practice).order_by("-number")
        self.versions = [Version(str(row.number), row) for row in published.select_related("published_by")]
        if with_record:
            self.versions.insert(0, Version(RECORD, None))
        self.known = {version.key: version for version in self.versions}
        about = self.known[str(publication.number)]
        self.after = self.known.get(given.get("to", ""), about)
        self.before = self.known.get(given.get("from", ""), self._one_before(self.after))

    def _one_before(self, version: Version) -> Version:
        """The next older one; of the first version, itself."""
        place = self.versions.index(version)
        return self.versions[min(place + 1, len(self.versions) - 1)]

    @cached_property
    def changes(self) -> list[FieldChange]:
        documents = (version.document(self.practice) for version in (self.before, self.after))
        return list(field_changes(compare(*documents)))


def what_restoring_changes(publication: Publication) -> list[FieldChange]:
    """From the record as it is to what the version says."""
    return list(field_changes(compare(build_document(publication.practice), what_to_restore(publication))))


def require_writer(request: HttpRequest) -> None:
    if not cast(User, request.user).has_perm(WRITE):
        raise PermissionDenied


def put_back(request: HttpRequest, publication: Publication) -> bool:
    """Whether the version is in the record now; the reader is told either way. Raises PermissionDenied."""
    text: str | Promise
    try:
        restore(publication, cast(User, request.user))
    except Unchanged:
        text = _("The record says what version %s says already.")
        messages.warning(request, str(text) % publication.number)
    except WrongState:
        messages.error(request, _("The record is in review: who reviews it can restore the version, or return it."))
    except ValidationError as error:
        messages.error(request, _("Version %s was not restored:") % publication.number + " " + said(error))
    else:
        text = _("The record says again what version %s said. The public sees it when you publish.")
        messages.success(request, str(text) % publication.number)
        return True
    return False


def said(error: ValidationError) -> str:
    if not hasattr(error, "error_dict"):
        return " ".join(error.messages)
    return " ".join(
        f"{field_name(field) if field != '__all__' else ''} {' '.join(texts)}".strip()
        for field, texts in error.message_dict.items()
    )
