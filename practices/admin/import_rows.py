"""What the page of an import shows of each record: its problems, what was understood, what it would change."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db.models import Case, Count, IntegerField, QuerySet, Value, When
from django.utils.translation import gettext_lazy as _

from practices.comparison import Change, compare
from practices.document import from_json
from practices.exchange.readers.values import Note
from practices.exchange.reports import Alike, Report, report_of
from practices.language.differences import Stretch, differences
from practices.models.batch import ImportBatch, ImportRow, RowStatus

from .field_names import field_name

# What a person has to look at comes first.
ORDER = (RowStatus.REFUSED, RowStatus.DUPLICATE, RowStatus.CHANGED, RowStatus.NEW, RowStatus.SAME)
WHY = {"code": _("a near code"), "title": _("a near title by the same organisation"), "file": _("the same file")}


@dataclass(frozen=True)
class Changed:
    """One field: its name for people, and its two texts as one."""

    name: str
    stretches: list[Stretch]


@dataclass(frozen=True)
class Said:
    """A note under the name of its field."""

    name: str
    note: Note


@dataclass(frozen=True)
class Resembling:
    alike: Alike
    reasons: str


class ShownRow:
    """A row for the template; nothing is worked out before it is asked for."""

    def __init__(self, row: ImportRow) -> None:
        self.row = row

    @cached_property
    def report(self) -> Report:
        return report_of(self.row.report)

    @cached_property
    def errors(self) -> list[Said]:
        return said(self.report.errors)

    @cached_property
    def understood(self) -> list[Said]:
        return said(note for note in self.report.notes if note.understood)

    @cached_property
    def kept_as_text(self) -> list[Said]:
        return said(note for note in self.report.notes if not note.understood)

    @cached_property
    def alike(self) -> list[Resembling]:
        return [Resembling(one, ", ".join(str(WHY[why]) for why in one.why)) for one in self.report.alike]

    @cached_property
    def changes(self) -> list[Changed]:
        if not self.row.after:
            return []
        before = from_json(self.row.before) if self.row.before else None
        return [changed(change, new=before is None) for change in compare(before, from_json(self.row.after))]


def changed(change: Change, new: bool) -> Changed:
    """Of a new record everything is new: marking each word would say nothing."""
    stretches = [Stretch(change.after)] if new else differences(change.before, change.after)
    return Changed(field_name(change.field), stretches)


def said(notes: Iterable[Note]) -> list[Said]:
    return [Said(field_name(note.field), note) for note in notes]


def in_order(rows: QuerySet[ImportRow]) -> QuerySet[ImportRow]:
    places = [When(status=status, then=Value(place)) for place, status in enumerate(ORDER)]
    return rows.annotate(urgency=Case(*places, output_field=IntegerField())).order_by("urgency", "place")


@dataclass(frozen=True)
class Counted:
    status: RowStatus
    count: int
    accepted: int

    @property
    def label(self) -> Any:
        return self.status.label

    @property
    def left(self) -> int:
        """How many a person left out, or has not taken in."""
        return self.count - self.accepted


def counted(batch: ImportBatch) -> list[Counted]:
    """How many records are of each kind, and how many of these are taken in. One query."""
    rows = batch.rows.order_by().values_list("status", "accepted").annotate(Count("pk"))
    found = {(status, accepted): count for status, accepted, count in rows}
    return [
        Counted(RowStatus(status), total, found.get((status, True), 0))
        for status in ORDER
        if (total := found.get((status, True), 0) + found.get((status, False), 0))
    ]
