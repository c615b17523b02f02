"""The order of rows: where they stand in the form, unless somebody typed another number."""

from collections.abc import Sequence
from typing import Any, TypeVar

from .guided import GuidedForm
from .loading import LoadedRows

Row = TypeVar("Row")


def in_order(rows: Sequence[tuple[Row, int | None]]) -> list[Row]:
    """The rows as they stand, those with a wanted place (1, 2, …) moved there."""
    ordered = [row for row, place in rows if not place]
    wanted = sorted(((place, row) for row, place in rows if place), key=lambda pair: pair[0])
    last = -1
    for place, row in wanted:
        last = max(place - 1, last + 1)
        ordered.insert(last, row)
    return ordered


class OrderedForm(GuidedForm):
    """A row with a place. A new one has none until it is saved or somebody types it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "position" in self.fields and self.instance._state.adding:
            self.initial["position"] = None

    def clean_position(self) -> int:
        return self.cleaned_data["position"] or 0

    @property
    def wanted_place(self) -> int | None:
        """The place that somebody typed just now."""
        return self.cleaned_data.get("position") if "position" in self.changed_data else None


class OrderedFormSet(LoadedRows):
    """Rows numbered 1, 2, 3 … after each save."""

    def save(self, commit: bool = True) -> list[Any]:
        saved = super().save(commit=commit)
        if commit:
            self._number()
        return saved

    def _number(self) -> None:
        kept: list[Any] = [form for form in self.forms if form.instance.pk and form not in self.deleted_forms]
        forms_in_order = in_order([(form, form.wanted_place) for form in kept])
        rows = self.get_queryset().model._default_manager
        stored = dict(rows.filter(practice=self.instance).values_list("pk", "position"))
        for place, form in enumerate(forms_in_order, 1):
            if stored.get(form.instance.pk) != place:
                rows.filter(pk=form.instance.pk).update(position=place)
            form.instance.position = place
