"""What changed between two publications of a practice, field by field, with the words added and removed."""

from dataclasses import dataclass
from functools import lru_cache

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from practices.comparison import compare
from practices.document import from_json
from practices.language.differences import Stretch, differences

from .page import TITLES

KEPT = 64

NAMES: dict[str, str | Promise] = {
    "code": _("Code"),
    "title": _("Title"),
    "author": _("Author as written"),
    "authors": _("Authors"),
    "implemented": _("Implemented"),
    "category": _("Category"),
    "services": _("Services"),
    "call": _("Call"),
    "distinction": _("Distinction"),
    "population": TITLES["poblacion"],
    "summary": TITLES["resumen"],
    "impact": TITLES["impacto"],
    "metrics": _("Figures of the impact"),
    "success_factors": TITLES["factores"],
    "coverage": TITLES["cobertura"],
    "validation": TITLES["validacion"],
    "replicability": TITLES["replica"],
    "limitations": TITLES["limitaciones"],
    "conclusion": TITLES["conclusion"],
    "criteria": TITLES["criterios"],
    "attachments": TITLES["archivos"],
    "links": TITLES["enlaces"],
    "demonstration": _("Demonstration record"),
}
"""Of the fields of a document, as the public page calls them."""


@dataclass(frozen=True)
class FieldChange:
    field: str
    stretches: tuple[Stretch, ...]

    @property
    def name(self) -> str | Promise:
        return NAMES[self.field]


@lru_cache(maxsize=KEPT)
def changes_between(before: str, after: str) -> tuple[FieldChange, ...]:
    """Of two frozen documents, as JSON. Publications never change, so neither do the answers that are kept."""
    return tuple(
        FieldChange(change.field, tuple(differences(change.before, change.after)))
        for change in compare(from_json(before), from_json(after))
    )
