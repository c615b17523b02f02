"""The pages of a practice beside its form: its history, its code, returning it, withdrawing it, setting times."""

from typing import Any, cast

from django.contrib import admin
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _

from practices.editorial.publishing import NotPublished, withdraw
from practices.editorial.workflow import RETURNABLE
from practices.models.history import Event
from practices.models.practice import Practice

from . import history
from .recoding import corrected
from .scheduling import Schedule
from .status import is_public
from .transitions import returned
from .withdrawal import WithdrawalForm

FOLDER = "admin/practices/practice"


class WorkflowPages(admin.ModelAdmin):
    """Needs `viewable` of the admin that it is mixed into."""

    def get_urls(self) -> list[URLPattern]:
        wrap = self.admin_site.admin_view
        return [
            path("<path:object_id>/code/", wrap(self.code_view), name="practices_practice_code"),
            path("<path:object_id>/return/", wrap(self.return_view), name="practices_practice_return"),
            path("<path:object_id>/schedule/", wrap(self.schedule_view), name="practices_practice_schedule"),
            path("<path:object_id>/withdraw/", wrap(self.withdraw_view), name="practices_practice_withdraw"),
            *super().get_urls(),
        ]

    def viewable(self, request: HttpRequest, object_id: str) -> Practice:
        raise NotImplementedError

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        practice = self.viewable(request, object_id)
        events = Event.objects.filter(practice_id=practice.pk)
        context = self._page(request, practice, _("History")) | history.page_of(events, request)
        return TemplateResponse(request, f"{FOLDER}/history.html", context)

    def return_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        practice = self.viewable(request, object_id)
        form, done = returned(request, practice)
        if done:
            return self._back(practice)
        context = self._page(request, practice, _("Return to its writer"))
        context |= {"form": form, "returnable": practice.state in RETURNABLE}
        return TemplateResponse(request, f"{FOLDER}/return.html", context)

    def schedule_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        practice = self.viewable(request, object_id)
        schedule = Schedule(request, practice)
        if request.method == "POST" and schedule.carry_out():
            return self._back(practice)
        context = self._page(request, practice, _("Schedule")) | {"schedule": schedule}
        return TemplateResponse(request, f"{FOLDER}/schedule.html", context)

    def code_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        practice = self.viewable(request, object_id)
        form, done = corrected(request, practice)
        if done:
            return self._back(practice)
        context = self._page(request, practice, _("Correct the code"))
        context |= {"form": form, "is_public": is_public(practice)}
        return TemplateResponse(request, f"{FOLDER}/code.html", context)

    def withdraw_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        practice = self.viewable(request, object_id)
        if not request.user.has_perm("practices.publish_practice"):
            raise PermissionDenied
        form = WithdrawalForm(request.POST or None)
        if request.method == "POST" and form.is_valid():
            return self._withdraw(request, practice, form.cleaned_data["reason"])
        context = self._page(request, practice, _("Withdraw from the public"))
        context |= {"form": form, "is_public": is_public(practice)}
        return TemplateResponse(request, f"{FOLDER}/withdraw.html", context)

    def _withdraw(self, request: HttpRequest, practice: Practice, reason: str) -> HttpResponse:
        try:
            withdraw(practice, reason, cast(User, request.user))
        except NotPublished:
            self.message_user(request, _("The practice is not public: there is nothing to withdraw."), "error")
        else:
            self.message_user(request, _("Withdrawn. The public reads the reason instead."), "success")
        return self._back(practice)

    def _page(self, request: HttpRequest, practice: Practice, title: Any) -> dict[str, Any]:
        return {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": title,
            "subtitle": str(practice),
            "original": practice,
        }

    def _back(self, practice: Practice) -> HttpResponse:
        return HttpResponseRedirect(reverse("admin:practices_practice_change", args=[practice.pk]))
