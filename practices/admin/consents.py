"""The register of consents: to be read and taken away as a file, by those who publish. Nobody writes in it here."""

import logging
from typing import Any, cast

from django.contrib import admin
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.urls import URLPattern, path
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from practices.editorial.roles import PUBLISH
from practices.models.consent import Consent
from practices.upkeep.consent_register import file_name, lines, scope_of, standing_of, who

from .searching import FoldedSearch

log = logging.getLogger(__name__)


@admin.register(Consent)
class ConsentAdmin(FoldedSearch):
    list_display = ("code", "whose", "scope_in_words", "given_on", "until", "standing", "recorded", "ended")
    list_display_links = None
    list_filter = ("ending", ("given_on", admin.DateFieldListFilter))
    list_select_related = ("recorded_by", "ended_by")
    list_per_page = 50
    show_full_result_count = False
    search_fields = ("code", "whose")
    actions = None
    empty_value_display = ""
    change_list_template = "admin/practices/consent/change_list.html"

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self.has_view_permission(request)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return request.user.has_perm(PUBLISH)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def get_urls(self) -> list[URLPattern]:
        """The list and the file; a row has no page of its own."""
        wrap = self.admin_site.admin_view
        return [
            path("", wrap(self.changelist_view), name="practices_consent_changelist"),
            path("consentimientos.csv", wrap(self.file_view), name="practices_consent_file"),
        ]

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        title = capfirst(str(self.opts.verbose_name_plural))
        return super().changelist_view(request, {**(extra_context or {}), "title": title})

    def file_view(self, request: HttpRequest) -> HttpResponse | StreamingHttpResponse:
        """The whole register. That it was taken, by whom and when, is kept in the admin's own log."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        note_taken(request)
        response = StreamingHttpResponse(lines(), content_type="text/csv; charset=utf-8")
        response["Content-Disposition"] = f'attachment; filename="{file_name()}"'
        return response

    @admin.display(description=_("what may be shown"))
    def scope_in_words(self, consent: Consent) -> str:
        return scope_of(consent)

    @admin.display(description=_("standing"))
    def standing(self, consent: Consent) -> str:
        return standing_of(consent)

    @admin.display(description=_("recorded by"))
    def recorded(self, consent: Consent) -> str:
        return who(consent.recorded_by)

    @admin.display(description=_("ended"), ordering="ended_at")
    def ended(self, consent: Consent) -> Any:
        return consent.ended_at


def note_taken(request: HttpRequest) -> None:
    LogEntry.objects.create(
        user_id=cast(int, request.user.pk),
        content_type=ContentType.objects.get_for_model(Consent),
        object_id="",
        object_repr=str(Consent._meta.verbose_name_plural),
        action_flag=CHANGE,
        change_message=str(_("The register of consents was taken away as a file.")),
    )
    log.info("the register of consents was taken by user %s", request.user.pk)
