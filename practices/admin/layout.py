"""The practice's form in the order of the institution's form: sections of fields and of lists."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.contrib.admin.utils import flatten
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from practices.models.contact import Contact
from practices.models.parts import Assessment, Attachment, Authorship, Link, Metric, SuccessFactor

from .manual import address_for

Fields = tuple[str | tuple[str, ...], ...]


@dataclass(frozen=True)
class Section:
    """A heading of the form. `lists` are the models whose rows stand below the fields (or above them)."""

    slug: str
    title: str | Promise
    fields: Fields = ()
    lists: tuple[type[Any], ...] = ()
    lists_first: bool = False


SECTIONS = (
    Section("identity", _("Title and code"), ("title", "code")),
    Section("authors", _("Authors"), ("author_text",), (Authorship,), lists_first=True),
    Section(
        "classification",
        _("Date and category"),
        (
            "implemented_text",
            ("implemented_start", "implemented_end", "implemented_precision"),
            "category",
            "services",
            ("call", "distinction"),
        ),
    ),
    Section("summary", _("Population and summary"), ("population", "summary")),
    Section("impact", _("Impact"), ("impact",), (Metric,)),
    Section("factors", _("Success factors"), (), (SuccessFactor,)),
    Section("coverage", _("Coverage"), ("coverage_text", "national", "departments", "municipalities")),
    Section(
        "lessons",
        _("Validation, replication and conclusion"),
        ("validation", "replicability", "limitations", "conclusion"),
    ),
    Section("criteria", _("Criteria"), (), (Assessment,)),
    Section("evidence", _("Files and links"), ("more_files",), (Attachment, Link), lists_first=True),
    Section("contacts", _("Contacts"), (), (Contact,)),
    Section("record", _("About this record"), ("demonstration",)),
)

FIELDSETS: Any = [(None, {"fields": section.fields}) for section in SECTIONS if section.fields]

ANCHORS = {
    "authors": "authorship_set-group",
    "metrics": "metric_set-group",
    "success_factors": "successfactor_set-group",
    "criteria": "assessment_set-group",
    "links": "link_set-group",
    "attachments": "attachment_set-group",
}
"""Where a field of the document that is no field of the form is mended."""


def anchor(field: str) -> str:
    """The id, in the form, of what a checklist item names."""
    return ANCHORS.get(field, f"id_{field}")


@dataclass(frozen=True)
class DrawnSection:
    """A section with what the admin made of its fields and lists."""

    section: Section
    fieldset: Any
    inlines: list[Any]

    @property
    def has_errors(self) -> bool:
        wrong = self.fieldset.form.errors.keys() if self.fieldset else ()
        return any(field in wrong for field in flatten(self.section.fields)) or any(
            inline.formset.total_error_count() for inline in self.inlines
        )

    @property
    def help_address(self) -> str:
        """Where the manual explains it; "" where it does not."""
        return address_for(self.section.slug)

    @property
    def names_its_list(self) -> bool:
        """Whether the section's heading says already what its rows are."""
        return len(self.inlines) == 1 and (self.fieldset is None or self.section.lists_first)

    @property
    def criteria(self) -> list[Any]:
        """The rows of the criteria in the catalogue's order, assessed or not."""
        rows = [row for inline in self.inlines for row in inline if getattr(row.form, "shown", None)]
        return sorted(rows, key=lambda row: (row.form.shown.position, row.form.shown.name))


def draw(adminform: Any, inline_formsets: list[Any]) -> Iterator[DrawnSection]:
    """The sections in order, each with its fieldset and its inlines."""
    fieldsets = iter(adminform)
    by_model = {inline.opts.model: inline for inline in inline_formsets}
    for section in SECTIONS:
        fieldset = next(fieldsets) if section.fields else None
        yield DrawnSection(section, fieldset, [by_model[model] for model in section.lists if model in by_model])
