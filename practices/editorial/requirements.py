"""Which lines of the checklist block publication: data that publishers keep."""

from typing import Any

from practices.models.requirement import Requirement

MINIMUM = ("code", "title", "authors", "substance")
"""What even the sparsest real fichas have; the catalogue begins with it."""


def ensure_requirements(sender: Any = None, using: str = "default", **kwargs: Any) -> None:
    """Receiver of post_migrate: the minimum, where nothing at all is required yet."""
    rows = Requirement.objects.using(using)
    if not rows.exists():
        rows.bulk_create([Requirement(name=name) for name in MINIMUM])


def required_names() -> frozenset[str]:
    """One query."""
    return frozenset(Requirement.objects.values_list("name", flat=True))
