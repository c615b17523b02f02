"""Where a practice stands: what the public sees of it, what has changed since, what it lacks."""

from dataclasses import dataclass
from functools import cached_property

from django.contrib.auth.models import User

from practices.document import PracticeDocument
from practices.editorial.checklist import Checklist, Item, checklist
from practices.editorial.documents import build_document, has_lists, with_lists
from practices.editorial.steps import Step, steps_for
from practices.models.code_alias import CodeAlias
from practices.models.history import Event, Kind
from practices.models.practice import Practice, State
from practices.models.publication import Publication, Status

from .invitations import ShownInvitation, waiting_or_answered
from .layout import anchor


@dataclass(frozen=True)
class Task:
    """A line of the checklist, and the id in the form where it is done."""

    item: Item
    anchor: str


class Standing:
    """Read from the stored record, so a form full of errors does not show what was never saved. A record that a page
    loaded whole, to show it, is taken as it is."""

    def __init__(self, practice: Practice) -> None:
        stored = practice if has_lists(practice) else with_lists(Practice.objects.all()).get(pk=practice.pk)
        self.practice = stored

    @cached_property
    def document(self) -> PracticeDocument:
        return build_document(self.practice)

    @cached_property
    def checklist(self) -> Checklist:
        return checklist(self.document)

    @cached_property
    def publication(self) -> Publication | None:
        """The one in force: current or withdrawn."""
        return self.practice.publications.exclude(status=Status.SUPERSEDED).first()

    @property
    def is_public(self) -> bool:
        """Whatever state its changes are in."""
        return self.publication is not None and self.publication.status == Status.CURRENT

    @cached_property
    def reason(self) -> Event | None:
        """Why it was returned, while it is. One query, then only."""
        if self.practice.state != State.RETURNED:
            return None
        return self.practice.events.filter(kind=Kind.RETURNED).select_related("by").first()

    @cached_property
    def former_codes(self) -> list[CodeAlias]:
        """The newest first. One query, of a record that was published more than once."""
        if self.publication is None or self.publication.number == 1:
            return []
        return list(self.practice.former_codes.select_related("changed_by"))

    @property
    def has_unpublished_changes(self) -> bool:
        return self.publication is not None and self.document != self.publication.content

    @cached_property
    def author(self) -> list[ShownInvitation]:
        return waiting_or_answered(self.practice, self.document)

    @property
    def blocking(self) -> list[Task]:
        return tasks(self.checklist.blocking)

    @property
    def advice(self) -> list[Task]:
        return tasks(self.checklist.advice)


def is_public(practice: Practice) -> bool:
    """Whether the public reads some version of it. One query."""
    return practice.publications.filter(status=Status.CURRENT).exists()


def offered(standing: Standing | None, by: User) -> frozenset[Step]:
    """The steps that the form offers; of a record that is not stored yet, those of a draft."""
    if standing is None:
        return steps_for(Practice(), by, is_public=False)
    return steps_for(standing.practice, by, standing.is_public)


def tasks(items: list[Item]) -> list[Task]:
    return [Task(item, anchor(item.field)) for item in items]
