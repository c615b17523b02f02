"""The practice's screens: list, form, preview, files. The others are workflow_pages.py."""

from typing import Any, cast

from django.contrib import admin, messages
from django.contrib.auth.models import User
from django.db import IntegrityError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from practices.editorial.contact_history import contacts_of, contacts_written
from practices.editorial.deleting import delete
from practices.editorial.documents import build_document
from practices.editorial.workflow import touched, written
from practices.models.contact import Contact
from practices.models.parts import Attachment
from practices.models.practice import Practice, State

from . import files, invitations, listing, live, loading, preview, proposals, saving, signing_in, transitions
from .bulk_actions import BulkActions
from .desk import DeskFilter
from .fields import CatalogueFields
from .layout import FIELDSETS, draw
from .parts import PARTS
from .practice_form import PracticeForm
from .problems import problems
from .requests import CarefulAdmin
from .sending import NothingLost, mark
from .several_files import add_attachments
from .status import Standing, offered
from .uploads import SEVERAL, read_ahead
from .workflow_pages import WorkflowPages


@admin.register(Practice)
class PracticeAdmin(NothingLost, CatalogueFields, BulkActions, WorkflowPages, CarefulAdmin):
    form = PracticeForm
    inlines = PARTS
    fieldsets = FIELDSETS
    autocomplete_fields = ("category", "call", "departments", "municipalities")
    list_display = ("state_and_version", "code", "title", "authors", "category", "changed")
    list_display_links = ("code", "title")
    list_filter = (
        "state",
        listing.DiffersFilter,
        ("call", listing.CallFilter),
        ("category", listing.CategoryFilter),
        listing.YearFilter,
        DeskFilter,
    )
    list_per_page = 50
    show_full_result_count = False
    empty_value_display = ""
    search_fields = ("code", "title")
    search_help_text = _("Code in any spelling, title or author; accents do not matter.")

    # --- The list ---------------------------------------------------------------------------------------------

    def get_queryset(self, request: HttpRequest) -> QuerySet[Practice]:
        practices = super().get_queryset(request)
        match = request.resolver_match
        page = match.url_name if match else ""
        if page == "practices_practice_change" and request.method == "GET":
            return loading.with_everything(practices)
        return listing.with_columns(practices) if page == "practices_practice_changelist" else practices

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Practice], search_term: str
    ) -> tuple[QuerySet[Practice], bool]:
        return (listing.search(queryset, search_term) if search_term.strip() else queryset), False

    @admin.display(description=_("authors"))
    def authors(self, practice: Practice) -> str:
        return practice.author_text or "; ".join(map(str, practice.authorship_set.all()))

    @admin.display(description=_("state"), ordering="state")
    def state_and_version(self, practice: Any) -> str:
        return listing.state_and_version(practice)

    @admin.display(description=_("last change"), ordering="changed_at")
    def changed(self, practice: Practice) -> str:
        return date_format(localtime(practice.changed_at), "SHORT_DATETIME_FORMAT")

    # --- The form ---------------------------------------------------------------------------------------------

    def get_readonly_fields(self, request: HttpRequest, obj: Practice | None = None) -> tuple[str, ...]:
        """The code of what was once published is permanent."""
        return ("code",) if obj and obj.state != State.DRAFT else ()

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        return {"code": saving.proposal(), **super().get_changeform_initial_data(request)}

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> Any:
        if request.method == "POST":
            transitions.pressed(request)
        if proposals.PROPOSE in request.POST:
            proposals.fill(request)
        read_ahead(upload for _name, uploads in request.FILES.lists() for upload in uploads)
        try:
            return super().changeform_view(request, object_id, form_url, extra_context)
        except IntegrityError:
            # Somebody saved the same thing between our check and our writing: now the check sees it and says so.
            return super().changeform_view(request, object_id, form_url, extra_context)

    def render_change_form(
        self,
        request: HttpRequest,
        context: dict[str, Any],
        add: bool = False,
        change: bool = False,
        form_url: str = "",
        obj: Practice | None = None,
    ) -> HttpResponse:
        inlines = context["inline_admin_formsets"]
        context |= {
            "sections": list(draw(context["adminform"], inlines)),
            "problems": problems(context["adminform"].form, inlines),
            "standing": (standing := Standing(obj) if obj else None),
            "steps": offered(standing, cast(User, request.user)),
        }
        return super().render_change_form(request, context, add, change, form_url, obj)

    def save_model(self, request: HttpRequest, obj: Practice, form: Any, change: bool) -> None:
        obj.changed_by = request.user  # type: ignore[assignment]
        mark(request, obj)
        if change:
            form.before = build_document(Practice.objects.get(pk=obj.pk))
            form.contacts_before = contacts_of(obj)
        else:
            obj.created_by = request.user  # type: ignore[assignment]
        if obj.code:
            obj.save()
        else:
            saving.save_under_next_code(request, obj, form.proposal)

    def save_formset(self, request: HttpRequest, form: Any, formset: Any, change: bool) -> None:
        super().save_formset(request, form, formset, change)
        if formset.model is Attachment:
            add_attachments(form.instance, form.cleaned_data.get(SEVERAL, ()))

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        revision = form.instance.revision
        written(form.instance, form.before, cast(User, request.user))
        contacts_written(form.instance, form.contacts_before, cast(User, request.user))
        if form.instance.revision == revision and any(formset.has_changed() for formset in formsets):
            touched(form.instance)
        for text in saving.doubtful(form, formsets):
            self.message_user(request, text, messages.WARNING)

    def response_add(self, request: HttpRequest, obj: Practice, post_url_continue: str | None = None) -> HttpResponse:
        return saving.respond(self, request, obj, new=True)

    def response_change(self, request: HttpRequest, obj: Practice) -> HttpResponse:
        return saving.respond(self, request, obj)

    def construct_change_message(self, request: HttpRequest, form: Any, formsets: Any, add: bool = False) -> Any:
        """That a contact was changed, not whose: the log is kept for longer than contacts are."""
        message: list[Any] = super().construct_change_message(request, form, formsets, add)
        with override(None):
            contact = str(Contact._meta.verbose_name)
        for change in message:
            for told in change.values():
                if told.get("name") == contact:
                    told["object"] = ""
        return message

    def delete_model(self, request: HttpRequest, obj: Practice) -> None:
        delete(obj, cast(User, request.user))

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Practice]) -> None:
        for practice in queryset:
            delete(practice, cast(User, request.user))

    # --- The other pages --------------------------------------------------------------------------------------

    def get_urls(self) -> list[URLPattern]:
        wrap = self.admin_site.admin_view
        return [
            *signing_in.guarded(self),
            *live.urls(self),
            path("<path:object_id>/preview/", wrap(self.preview_view), name="practices_practice_preview"),
            path("<path:object_id>/files/<int:file_id>/", wrap(self.file_view), name="practices_practice_file"),
            *invitations.urls(self),
            *super().get_urls(),
        ]

    def viewable(self, request: HttpRequest, object_id: str) -> Practice:
        """The practice of that id, if the user may see it. Raises Http404."""
        return cast(Practice, self.get_object(request, object_id))

    def preview_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        return preview.preview_of_practice(request, self.viewable(request, object_id))

    def file_view(self, request: HttpRequest, object_id: str, file_id: int) -> HttpResponseBase:
        practice = self.viewable(request, object_id)
        attachment = get_object_or_404(practice.attachment_set.select_related("stored_file"), pk=file_id)
        return files.download(attachment.stored_file, attachment.name)
