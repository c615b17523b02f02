"""What is done with many records of the list at once: each by itself, with a report of those that could not."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any, cast

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.template.response import TemplateResponse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from practices.editorial.checklist import NotReady
from practices.editorial.publishing import Unchanged, publish
from practices.editorial.reclassifying import change_call, change_category
from practices.editorial.workflow import WrongState, send_to_review
from practices.language.texts import clean
from practices.models.limits import LINE
from practices.models.practice import Practice, State
from practices.models.vocabulary import Call, Category

from . import exporting
from .fields import uncut
from .status import Task, tasks

MOST = 500
"""As many records as one action changes: each takes its own transaction, and the page waits for all of them."""


@dataclass(frozen=True)
class Refusal:
    practice: Practice
    why: str
    tasks: list[Task] = field(default_factory=list)


@dataclass
class Report:
    done: list[Practice] = field(default_factory=list)
    refused: list[Refusal] = field(default_factory=list)
    same: list[Practice] = field(default_factory=list)


Do = Callable[[Practice], Any]


def carry_out(practices: Iterator[Practice], do: Do) -> Report:
    """Do it with each; what returns None changed nothing."""
    report = Report()
    for practice in practices:
        try:
            (report.same if do(practice) is None else report.done).append(practice)
        except Unchanged:
            report.same.append(practice)
        except NotReady as error:
            report.refused.append(Refusal(practice, str(_("It still needs this:")), tasks(error.checklist.blocking)))
        except (WrongState, PermissionDenied, ValidationError) as error:
            report.refused.append(Refusal(practice, why(error)))
    return report


def why(error: Exception) -> str:
    if isinstance(error, WrongState) and error.state == State.PUBLISHED:
        return str(_("It says what the public reads already: there is no change to review."))
    if isinstance(error, WrongState):
        return str(_("It is “%s”.")) % error.state.label
    if isinstance(error, PermissionDenied):
        return str(_("It was not approved, or you may not do this."))
    return " ".join(cast(ValidationError, error).messages)


class ConfirmForm(forms.Form):
    """What a bulk action asks before it begins."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for one in self.fields.values():
            uncut(one)


class PublishForm(ConfirmForm):
    note = forms.CharField(
        label=_("What changed"),
        max_length=LINE,
        required=False,
        help_text=_("The public reads it in the history of each of these practices."),
        widget=forms.TextInput(attrs={"class": "vLargeTextField"}),
    )

    def action(self, by: User) -> Do:
        note = clean(self.cleaned_data["note"]).strip()
        return lambda practice: publish(practice, by=by, note=note)


class CategoryForm(ConfirmForm):
    category = forms.ModelChoiceField(Category.objects.all(), label=_("Category"))

    def action(self, by: User) -> Do:
        return lambda practice: change_category(practice, self.cleaned_data["category"], by)


class CallForm(ConfirmForm):
    call = forms.ModelChoiceField(
        Call.objects.all(), label=_("Call"), required=False, empty_label=cast(str, _("without call"))
    )

    def action(self, by: User) -> Do:
        return lambda practice: change_call(practice, self.cleaned_data["call"], by)


class BulkActions(admin.ModelAdmin):
    """The actions of the list. Each is offered to those who have its permission, and asks again for each record."""

    actions = (
        "send_chosen_to_review",
        "publish_chosen",
        "change_category_of_chosen",
        "change_call_of_chosen",
        "export_chosen_as_csv",
        "export_chosen_as_json",
    )

    def has_publish_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("practices.publish_practice")

    @admin.action(description=_("Send to review"), permissions=["change"])
    def send_chosen_to_review(self, request: HttpRequest, chosen: QuerySet[Practice]) -> HttpResponseBase | None:
        user = cast(User, request.user)
        if self._too_many(request, chosen):
            return None
        report = carry_out(exporting.whole(chosen), lambda practice: send_to_review(practice, user))
        return self._reported(request, _("Send to review"), report)

    @admin.action(description=_("Publish…"), permissions=["publish"])
    def publish_chosen(self, request: HttpRequest, chosen: QuerySet[Practice]) -> HttpResponseBase | None:
        return self._asked(request, chosen, PublishForm, "publish_chosen", _("Publish"))

    @admin.action(description=_("Change the category…"), permissions=["change"])
    def change_category_of_chosen(self, request: HttpRequest, chosen: QuerySet[Practice]) -> HttpResponseBase | None:
        return self._asked(request, chosen, CategoryForm, "change_category_of_chosen", _("Change the category"))

    @admin.action(description=_("Change the call…"), permissions=["change"])
    def change_call_of_chosen(self, request: HttpRequest, chosen: QuerySet[Practice]) -> HttpResponseBase | None:
        return self._asked(request, chosen, CallForm, "change_call_of_chosen", _("Change the call"))

    @admin.action(description=_("Export as a spreadsheet (CSV)"), permissions=["view"])
    def export_chosen_as_csv(self, request: HttpRequest, chosen: QuerySet[Practice]) -> HttpResponseBase:
        return exporting.as_csv(chosen)

    @admin.action(description=_("Export as JSON"), permissions=["view"])
    def export_chosen_as_json(self, request: HttpRequest, chosen: QuerySet[Practice]) -> HttpResponseBase:
        return exporting.as_json(chosen)

    def _asked(
        self,
        request: HttpRequest,
        chosen: QuerySet[Practice],
        form_class: type[Any],
        action: str,
        title: str | Promise,
    ) -> HttpResponseBase | None:
        """The page that asks what to do with the chosen records; after its button, the report."""
        if self._too_many(request, chosen):
            return None
        form = form_class(request.POST if "apply" in request.POST else None)
        if form.is_valid():
            do = form.action(cast(User, request.user))
            return self._reported(request, title, carry_out(exporting.whole(chosen), do))
        context = self._context(request, title) | {
            "form": form,
            "action": action,
            "chosen": list(exporting.whole(chosen)),
            "checkbox": ACTION_CHECKBOX_NAME,
        }
        return TemplateResponse(request, "admin/practices/practice/bulk_confirm.html", context)

    def _too_many(self, request: HttpRequest, chosen: QuerySet[Practice]) -> bool:
        count = chosen.count()
        if count > MOST:
            text = _("%(count)d records were chosen; %(most)d at most are changed at once. Narrow the list first.")
            messages.error(request, str(text) % {"count": count, "most": MOST})
        return count > MOST

    def _reported(self, request: HttpRequest, title: str | Promise, report: Report) -> HttpResponse:
        context = self._context(request, title) | {"report": report}
        return TemplateResponse(request, "admin/practices/practice/bulk_report.html", context)

    def _context(self, request: HttpRequest, title: str | Promise) -> dict[str, Any]:
        return {**self.admin_site.each_context(request), "opts": self.opts, "title": title}
