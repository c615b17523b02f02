"""The form's record loaded at once, and drawn without asking the database again for what came with it."""

from typing import Any

from django import forms
from django.db.models import Model, QuerySet
from django.forms.models import BaseInlineFormSet

from practices.editorial.documents import with_lists
from practices.models.parts import Link
from practices.models.practice import Practice

from .link_states import with_states


def with_everything(practices: QuerySet[Practice]) -> QuerySet[Practice]:
    """Records with all that their form shows. Only for a page that shows them: lists are not read again."""
    return with_lists(practices, link_set=with_states(Link.objects.all())).prefetch_related("contact_set")


def loaded(row: Model, name: str) -> list[Any]:
    """What came with a row under that name: the one it points to, or those of its list."""
    one = row._state.fields_cache.get(name)
    several = getattr(row, "_prefetched_objects_cache", {}).get(name, ())
    return [one] if one is not None else list(several)


class LoadedChoices(forms.ModelForm):
    """Choices that came with the row are known to their fields (fields.PossibleChoices draws them)."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            if isinstance(field, forms.ModelChoiceField):
                field.known = {str(found.pk): found for found in loaded(self.instance, name)}  # type: ignore[attr-defined]


class KnownRow(forms.ModelChoiceField):
    """The hidden key of a row that the formset has read: it is not read once more to be found valid."""

    def __init__(self, row: Model, **kwargs: Any) -> None:
        super().__init__(required=False, widget=forms.HiddenInput, **kwargs)
        self.row = row

    def to_python(self, value: Any) -> Any:
        return self.row if str(value) == str(self.row.pk) else super().to_python(value)


class LoadedRows(BaseInlineFormSet):
    """Rows that came with the record are taken as they are, unless the form is being saved."""

    def add_fields(self, form: Any, index: int | None) -> None:
        super().add_fields(form, index)
        key = form.instance._meta.pk.name
        if form.instance.pk and key in form.fields:
            stock = form.fields[key]
            form.fields[key] = KnownRow(form.instance, queryset=stock.queryset, initial=stock.initial)

    def get_queryset(self) -> Any:
        name = self.fk.remote_field.get_accessor_name()
        if not self.is_bound and name in getattr(self.instance, "_prefetched_objects_cache", {}):
            return getattr(self.instance, name).all()
        return super().get_queryset()
