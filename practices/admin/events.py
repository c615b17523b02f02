"""All that ever happened, also to drafts that were deleted since. Read only."""

from typing import Any

from django.contrib import admin
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

from practices.editorial.codes import practice_with_code
from practices.language.codes import read_code
from practices.language.texts import shorten
from practices.models.history import Event
from practices.models.practice import Practice
from practices.models.vocabulary import CodeSeries

from .history import Told
from .requests import CarefulAdmin

NOTE_IN_LIST = 120


class StillThere(admin.SimpleListFilter):
    """Drafts that were deleted have no record of their own to read their history on."""

    title = _("the practice")
    parameter_name = "practice"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("deleted", _("was deleted")), ("there", _("is still there"))]

    def queryset(self, request: HttpRequest, queryset: Any) -> QuerySet[Event]:
        wanted = {"deleted": False, "there": True}.get(self.value() or "")
        return queryset if wanted is None else queryset.filter(exists=wanted)


@admin.register(Event)
class EventAdmin(CarefulAdmin):
    list_display = ("when", "code", "what", "who", "note_in_words")
    list_display_links = ("when",)
    list_filter = ("kind", StillThere, ("at", admin.DateFieldListFilter))
    list_select_related = ("by",)
    list_per_page = 50
    show_full_result_count = False
    search_fields = ("code",)
    search_help_text = _("Code in any spelling, or its beginning.")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def get_queryset(self, request: HttpRequest) -> QuerySet[Event]:
        practices = Practice.objects.filter(pk=OuterRef("practice_id"))
        return super().get_queryset(request).annotate(exists=Exists(practices))

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Event], search_term: str
    ) -> tuple[QuerySet[Event], bool]:
        """A whole code finds all that is told of its practice, under whatever code that was. Three queries more."""
        term = search_term.strip()
        code = read_code(term, CodeSeries.objects.values_list("prefix", flat=True)) if term else ""
        if code:
            # Also of a draft of that code that was deleted since.
            found = Q(code=code)
            if practice := practice_with_code(code):
                found |= Q(practice_id=practice.pk)
            return queryset.filter(found), False
        return (queryset.filter(code__icontains=term) if term else queryset), False

    @admin.display(description=_("when"), ordering="at")
    def when(self, event: Event) -> str:
        return date_format(localtime(event.at), "SHORT_DATETIME_FORMAT")

    @admin.display(description=_("what happened"), ordering="kind")
    def what(self, event: Event) -> str:
        return Told(event).what

    @admin.display(description=_("who"))
    def who(self, event: Event) -> str:
        return Told(event).who

    @admin.display(description=_("note"))
    def note_in_words(self, event: Event) -> str:
        return shorten(Told(event).note, NOTE_IN_LIST)

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> Any:
        """One event on a page of its own: the stock form would show its fields as they are stored."""
        if object_id is None or request.method == "POST":
            return super().changeform_view(request, object_id, form_url, extra_context)
        return self._event_page(request, object_id)

    def _event_page(self, request: HttpRequest, object_id: str) -> HttpResponse:
        event = self.get_object(request, object_id)
        if not self.has_view_permission(request, event):
            return super().changeform_view(request, object_id)
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": _("What happened"),
            "subtitle": event.code,
            "told": [Told(event)],
            "record": self._record(event),
        }
        return TemplateResponse(request, "admin/practices/event/event.html", context)

    def _record(self, event: Any) -> SafeString | str:
        if not event.exists:
            return str(_("The practice was deleted."))
        address = reverse("admin:practices_practice_history", args=[event.practice_id])
        return format_html('<a href="{}">{}</a>', address, _("The whole history of the practice"))
