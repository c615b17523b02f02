"""Which lines of the checklist block publication: one page of boxes to tick. Their names are never typed."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from practices.editorial.checklist import RULES
from practices.models.requirement import Requirement

from .requests import CarefulAdmin

# A record cannot even be saved without it.
ALWAYS = "code"


class RequirementsForm(forms.Form):
    required = forms.MultipleChoiceField(
        label=_("Without these a practice is not published"),
        choices=[(rule.name, rule.message) for rule in RULES if rule.name != ALWAYS],
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Tick at least one line.")},
    )

    @property
    def names(self) -> set[str]:
        return {ALWAYS, *self.cleaned_data["required"]}


@admin.register(Requirement)
class RequirementAdmin(CarefulAdmin):
    """The list is the page; there is no form for one row."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        may_change = self.has_change_permission(request)
        if not may_change and (request.method == "POST" or not self.has_view_permission(request)):
            raise PermissionDenied
        names = list(Requirement.objects.values_list("name", flat=True))
        form = RequirementsForm(request.POST if request.method == "POST" else None, initial={"required": names})
        form.fields["required"].disabled = not may_change
        if request.method == "POST" and form.is_valid():
            self._save(request, form.names)
            return HttpResponseRedirect(request.path)
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": capfirst(self.opts.verbose_name_plural),
            "form": form,
            "may_change": may_change,
        }
        return TemplateResponse(request, "admin/practices/requirement/list.html", context)

    def change_view(self, request: HttpRequest, object_id: str, *args: Any, **kwargs: Any) -> HttpResponse:
        return HttpResponseRedirect("../../")

    @transaction.atomic
    def _save(self, request: HttpRequest, names: set[str]) -> None:
        known = set(Requirement.objects.values_list("name", flat=True))
        for name in sorted(names - known):
            self.log_addition(request, Requirement.objects.create(name=name), [{"added": {}}])
        removed = Requirement.objects.exclude(name__in=names)
        self.log_deletions(request, removed)
        removed.delete()
        self.message_user(request, _("Saved. It holds from the next publication on."), messages.SUCCESS)
