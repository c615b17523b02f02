"""What a record still lacks: what blocks its publication, and what would make it better.

Which lines block is data (requirements.py); everything else counts towards completeness only. The same rules hold
in the admin, in imports and in commands.
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from practices.document import PracticeDocument

from .requirements import required_names

Text = str | Promise


@dataclass(frozen=True)
class Rule:
    """`name` is what a requirement calls it; `field` is the field of the form where it is mended."""

    name: str
    message: Text
    test: Callable[[PracticeDocument], Any]
    field: str


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


def _rule(name: str, message: Text, test: Callable[[PracticeDocument], Any], field: str = "") -> Rule:
    return Rule(name, message, test, field or name)


RULES = (
    _rule("code", _("Give the practice its code."), lambda d: d.code),
    _rule("title", _("Write the title."), lambda d: d.title),
    _rule("authors", _("Name at least one author."), lambda d: d.authors),
    _rule("substance", _("Write the summary or the impact."), lambda d: d.summary or d.impact, "summary"),
    _rule("implemented", _("Say when it was implemented."), lambda d: d.implemented.text, "implemented_text"),
    _rule("category", _("Choose the category."), lambda d: d.category),
    _rule("services", _("Choose the services it is about."), lambda d: d.services),
    _rule("population", _("Say who benefits."), lambda d: d.population),
    _rule("summary", _("Write the summary."), lambda d: d.summary),
    _rule("impact", _("Describe the impact."), lambda d: d.impact),
    _rule("metrics", _("Give at least one figure of the impact."), lambda d: d.metrics),
    _rule("success_factors", _("Name the success factors."), lambda d: d.success_factors),
    _rule(
        "coverage",
        _("Say where it was carried out."),
        lambda d: d.coverage.text or d.coverage.national,
        "coverage_text",
    ),
    _rule("validation", _("Explain how it was validated."), lambda d: d.validation),
    _rule("replicability", _("Explain who else could do it."), lambda d: d.replicability),
    _rule("limitations", _("Name the limitations."), lambda d: d.limitations),
    _rule("conclusion", _("Write the conclusion."), lambda d: d.conclusion),
    _rule("criteria", _("Assess the minimum criteria."), lambda d: any(c.state != "not_assessed" for c in d.criteria)),
    _rule("links", _("Add a link or a file as evidence."), lambda d: d.links or d.attachments),
)


def checklist(document: PracticeDocument, required: Collection[str] | None = None) -> Checklist:
    """The checklist of a document. One query for what is required, or none where `required` names it."""
    names = required_names() if required is None else required
    items = [Item(rule.field, rule.message, bool(rule.test(document)), rule.name in names) for rule in RULES]
    return Checklist(tuple(sorted(items, key=lambda item: not item.required)))
