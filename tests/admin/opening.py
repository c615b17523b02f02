"""The values of the practice's form without its page: most tests open it only to send it back.

To draw the page takes longer than all else that they do with it. test_opening.py draws it, and holds the values that
are read here against those that a browser finds.
"""

from collections.abc import Iterator
from typing import Any
from unittest.mock import patch

from django import forms
from django.contrib.admin.helpers import AdminForm, Fieldset, InlineAdminFormSet
from django.contrib.admin.templatetags.admin_modify import submit_row
from django.contrib.admin.widgets import RelatedFieldWidgetWrapper
from django.contrib.messages import get_messages
from django.forms import BoundField, Widget
from django.forms.widgets import ChoiceWidget, Input
from django.middleware.csrf import get_token
from django.template.response import TemplateResponse
from django.test import Client

from practices.admin.keeping import KEPT, KeptFileInput
from practices.admin.ticket import FIELD

Values = dict[str, Any]
Controls = Iterator[tuple[str, str | None]]
"""Names with what a browser sends for them; None says that nothing is chosen."""


def opened(client: Client, address: str) -> Values:
    """What a browser would send if the practice's form at this address were sent as it is; {} where there is none."""
    drawn = TemplateResponse.rendered_content.fget
    found: Values = {}

    def content(response: TemplateResponse) -> str:
        context = response.context_data or {}
        if "adminform" not in context or context["opts"].model_name != "practice":
            return drawn(response)
        # A page shows its messages, after which they are gone.
        list(get_messages(response._request))
        found.update(values_of({**context, "csrf_token": get_token(response._request)}))
        return ""

    with patch.object(TemplateResponse, "rendered_content", property(content)):
        client.get(address)
    return found


def values_of(context: dict[str, Any]) -> Values:
    """What stands in the form that change_form.html and the templates in it make of their context."""
    values: dict[str, list[str]] = {}
    for name, value in pairs_of(context):
        values.setdefault(name, [])
        if value is not None:
            values[name].append(value)
    return values


def pairs_of(context: dict[str, Any]) -> Controls:
    yield "csrfmiddlewaretoken", context["csrf_token"]
    yield FIELD, context["form_ticket"]
    if context["is_popup"]:
        yield context["is_popup_var"], "1"
    if context["to_field"]:
        yield context["to_field_var"], str(context["to_field"])
    adminform: AdminForm = context["adminform"]
    for fieldset in adminform:
        yield from _in_fieldset(fieldset)
    for inline in context["inline_admin_formsets"]:
        yield from _in_inline(inline)
    steps = context["steps"]
    if submit_row(context)["show_save"]:
        if {"send", "approve", "take_back"}.intersection(steps):
            yield from _in_field(adminform.form["step_note"])
        if "publish" in steps:
            yield from _in_field(adminform.form["publication_note"])


def _in_inline(inline: InlineAdminFormSet) -> Controls:
    for field in inline.formset.management_form:
        yield from _in_field(field)
    for row in inline:
        # The row that scripts copy; what a script has not copied is not sent.
        if "__prefix__" in row.form.prefix:
            continue
        if inline.formset.can_delete and inline.has_delete_permission and row.original:
            yield from _in_field(row.deletion_field().field)
        for fieldset in row:
            yield from _in_fieldset(fieldset)
        if row.needs_explicit_pk_field():
            yield from _in_field(row.pk_field().field)
        if row.fk_field():
            yield from _in_field(row.fk_field().field)


def _in_fieldset(fieldset: Fieldset) -> Controls:
    for line in fieldset:
        for field in line:
            if not getattr(field, "is_readonly", False):
                yield from _in_field(field.field)


def _in_field(field: BoundField) -> Controls:
    yield from _in_widget(field.field.widget, field.html_name, field.value())
    if field.field.show_hidden_initial:
        came_back = field.form.data.get(field.html_initial_name)
        yield from _in_widget(forms.HiddenInput(), field.html_initial_name, came_back or field.initial)


def _in_widget(widget: Widget, name: str, value: Any) -> Controls:
    if isinstance(widget, RelatedFieldWidgetWrapper):
        widget = widget.widget
    if isinstance(widget, KeptFileInput):
        yield from ((name + KEPT, kept.key) for kept in widget.kept)
    elif isinstance(widget, forms.CheckboxInput):
        if widget.check_test(value):
            yield name, _written(widget.format_value(value), "on")
    elif isinstance(widget, ChoiceWidget):
        yield from _chosen(widget, name, value)
    elif not isinstance(widget, forms.FileInput):
        assert isinstance(widget, Input | forms.Textarea), type(widget)
        yield name, _written(widget.format_value(value))


def _chosen(widget: ChoiceWidget, name: str, value: Any) -> Controls:
    if isinstance(widget, forms.Select):
        yield name, None
    for _group, options, _index in widget.optgroups(name, widget.format_value(value)):
        yield from ((name, _written(option["value"])) for option in options if option["selected"])


def _written(value: Any, otherwise: str = "") -> str:
    return otherwise if value is None else str(value)
