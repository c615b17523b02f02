"""Form fields that read what people type and paste as the catalogue keeps it."""

from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.contrib.admin.options import BaseModelAdmin
from django.contrib.admin.widgets import (
    AutocompleteMixin,
    AutocompleteSelect,
    AutocompleteSelectMultiple,
    RelatedFieldWidgetWrapper,
)
from django.core.exceptions import ValidationError
from django.core.validators import EMPTY_VALUES
from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from practices.language.numbers import format_number, read_number
from practices.language.texts import clean, from_html, is_blank, looks_like_html


def tidy(text: str) -> str:
    """A long text as it is kept: one kind of line break, no HTML; "" for N.A., No aplica and the like."""
    text = clean(from_html(text) if looks_like_html(text) else text)
    return "" if is_blank(text) else text


class LongTextField(forms.CharField):
    """Plain text of several lines. Lengths are counted after tidying, as they will be stored."""

    default_error_messages = {"max_length": _("This text has %(show_value)d characters; %(limit_value)d fit.")}

    def to_python(self, value: Any) -> str:
        return tidy(super().to_python(value) or "")


class NumberField(forms.DecimalField):
    """A number as it is written in Colombia: 2.350 is two thousand and more, 98,5 has one decimal."""

    widget = forms.TextInput
    default_error_messages = {"invalid": _("Write only a number, for example 2.350 or 98,5.")}

    def to_python(self, value: Any) -> Decimal | None:  # type: ignore[override]
        if isinstance(value, Decimal):
            return value
        if value in self.empty_values:
            return None
        number = read_number(str(value))
        if number is None:
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        return number

    def prepare_value(self, value: Any) -> Any:
        return format_number(value, "es") if isinstance(value, Decimal) else value


def uncut(field: forms.Field) -> None:
    """Without the attribute by which browsers cut what is pasted and say nothing: the server says how much fits."""
    field.widget.attrs.pop("maxlength", None)


def could_be(field: Any, value: Any) -> bool:
    """Whether the model field could hold this at all. Databases fail on thirty digits, a letter in a number, a NUL."""
    try:
        field.run_validators(field.to_python(value))
    except ValidationError:
        return False
    return "\0" not in str(value)


class PossibleChoices(AutocompleteMixin):
    """Draws the choices that came with the record as they are, and those of a form that is wrong without asking the
    database for what it cannot hold."""

    is_required: bool
    allow_multiple_selected: bool
    create_option: Callable[..., dict[str, Any]]

    def optgroups(self, name: str, value: Sequence[Any], attr: Any = None) -> Any:
        known = getattr(self.choices.field, "known", {})
        chosen = [str(key) for key in value if key not in EMPTY_VALUES]
        if all(key in known for key in chosen):
            return self._drawn(name, [(key, known[key]) for key in chosen])
        target = self.field.remote_field.model._meta.pk
        possible = [chosen for chosen in value if chosen in EMPTY_VALUES or could_be(target, chosen)]
        return super().optgroups(name, possible, attr)

    def _drawn(self, name: str, chosen: list[tuple[str, Any]]) -> list[tuple[None, list[Any], int]]:
        """One group, as the stock widget makes it: the empty choice where one may choose nothing, then the chosen."""
        label = self.choices.field.label_from_instance
        options = [(key, label(row), True) for key, row in chosen]
        if not self.is_required and not self.allow_multiple_selected:
            options.insert(0, ("", "", False))
        return [(None, [self.create_option(name, *option, place) for place, option in enumerate(options)], 0)]


class OneChoice(PossibleChoices, AutocompleteSelect):
    pass


class SeveralChoices(PossibleChoices, AutocompleteSelectMultiple):
    """Without select2's "clear all", which breaks the list that a screen reader reads."""

    def build_attrs(self, base_attrs: dict[str, Any], extra_attrs: dict[str, Any] | None = None) -> dict[str, Any]:
        return {**super().build_attrs(base_attrs, extra_attrs), "data-allow-clear": "false"}


class SeveralField(forms.ModelMultipleChoiceField):
    """Impossible choices are invalid ones."""

    def clean(self, value: Any) -> Any:
        known: Any = self.queryset
        for chosen in value or []:
            if not could_be(known.model._meta.pk, chosen):
                message = self.error_messages["invalid_choice"]
                raise ValidationError(message, code="invalid_choice", params={"value": chosen})
        return super().clean(value)


class CatalogueFields(BaseModelAdmin):
    """The form fields of every admin of the catalogue. Beside a choice stands one button at most: add what is
    missing; `addable` names the choices that have it."""

    formfield_overrides = {
        models.TextField: {"form_class": LongTextField},
        models.DecimalField: {"form_class": NumberField, "widget": forms.TextInput(attrs={"inputmode": "decimal"})},
        models.URLField: {"assume_scheme": "https", "widget": forms.URLInput(attrs={"class": "vURLField"})},
    }
    addable = ("organization", "category", "call")

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field and isinstance(field.widget, RelatedFieldWidgetWrapper):
            widget = field.widget
            widget.can_add_related = widget.can_add_related and db_field.name in self.addable
            widget.can_change_related = widget.can_delete_related = widget.can_view_related = False
        if field:
            uncut(field)
        return field

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if "widget" not in kwargs and db_field.name in self.get_autocomplete_fields(request):
            kwargs["widget"] = OneChoice(db_field, self.admin_site)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def formfield_for_manytomany(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name in self.get_autocomplete_fields(request):
            kwargs["widget"] = SeveralChoices(db_field, self.admin_site)
        kwargs["form_class"] = SeveralField
        return super().formfield_for_manytomany(db_field, request, **kwargs)
