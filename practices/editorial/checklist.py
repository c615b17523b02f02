"""What a record still lacks: what blocks its publication, and what would make it better.

The minimum is what even the sparsest real fichas have; everything else counts towards completeness only.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from practices.document import PracticeDocument

Text = str | Promise


@dataclass(frozen=True)
class Item:
    """One line of the checklist. `field` names the field of the form where it is mended."""

    field: str
    message: Text
    done: bool
    required: bool = False


@dataclass(frozen=True)
class Checklist:
    items: tuple[Item, ...]

    @property
    def blocking(self) -> list[Item]:
        return [item for item in self.items if item.required and not item.done]

    @property
    def advice(self) -> list[Item]:
        return [item for item in self.items if not item.required and not item.done]

    @property
    def completeness(self) -> int:
        """Per cent of the items that are done, whole numbers."""
        return round(100 * sum(item.done for item in self.items) / len(self.items))


class NotReady(ValueError):
    """The record lacks something that publication requires; `checklist` says what."""

    def __init__(self, checklist: Checklist) -> None:
        self.checklist = checklist
        super().__init__("; ".join(str(item.message) for item in checklist.blocking))


Rule = tuple[str, Text, Callable[[PracticeDocument], Any]]

REQUIRED: list[Rule] = [
    ("code", _("Give the practice its code."), lambda d: d.code),
    ("title", _("Write the title."), lambda d: d.title),
    ("authors", _("Name at least one author."), lambda d: d.authors),
    ("summary", _("Write the summary or the impact."), lambda d: d.summary or d.impact),
]
ADVISED: list[Rule] = [
    ("implemented_text", _("Say when it was implemented."), lambda d: d.implemented.text),
    ("category", _("Choose the category."), lambda d: d.category),
    ("services", _("Choose the services it is about."), lambda d: d.services),
    ("population", _("Say who benefits."), lambda d: d.population),
    ("summary", _("Write the summary."), lambda d: d.summary),
    ("impact", _("Describe the impact."), lambda d: d.impact),
    ("metrics", _("Give at least one figure of the impact."), lambda d: d.metrics),
    ("success_factors", _("Name the success factors."), lambda d: d.success_factors),
    ("coverage_text", _("Say where it was carried out."), lambda d: d.coverage.text or d.coverage.national),
    ("validation", _("Explain how it was validated."), lambda d: d.validation),
    ("replicability", _("Explain who else could do it."), lambda d: d.replicability),
    ("limitations", _("Name the limitations."), lambda d: d.limitations),
    ("conclusion", _("Write the conclusion."), lambda d: d.conclusion),
    (
        "criteria",
        _("Assess the minimum criteria."),
        lambda d: any(c.state != "not_assessed" for c in d.criteria),
    ),
    ("links", _("Add a link or a file as evidence."), lambda d: d.links or d.attachments),
]


def checklist(document: PracticeDocument) -> Checklist:
    """The checklist of a document. No queries."""
    required = [Item(field, message, bool(test(document)), required=True) for field, message, test in REQUIRED]
    advised = [Item(field, message, bool(test(document))) for field, message, test in ADVISED]
    return Checklist(tuple(required + advised))
