"""Publications: history to be read, compared, and put back into the record. Nothing here changes a publication."""

from typing import Any, cast

from django.contrib import admin
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from practices.models.files import StoredFile
from practices.models.publication import Publication

from . import files, preview, versions
from .searching import FoldedSearch


@admin.register(Publication)
class PublicationAdmin(FoldedSearch):
    list_display = ("code", "title", "number", "status", "published_at", "published_by", "note")
    list_display_links = ("code", "title")
    list_filter = ("status",)
    list_select_related = ("published_by",)
    list_per_page = 50
    show_full_result_count = False
    search_fields = ("code", "title", "note")
    fields = (
        "record",
        "number",
        "status",
        "frozen",
        "compared",
        "published_at",
        "published_by",
        "note",
        "first_published_at",
        "withdrawn_at",
        "withdrawn_by",
        "withdrawal_reason",
    )
    readonly_fields = ("record", "frozen", "compared")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    @admin.display(description=_("practice"))
    def record(self, publication: Publication) -> SafeString:
        address = reverse("admin:practices_practice_change", args=[publication.practice_id])
        return format_html('<a href="{}">{} · {}</a>', address, publication.code, publication.title)

    @admin.display(description=_("frozen document"))
    def frozen(self, publication: Publication) -> SafeString:
        address = reverse("admin:practices_publication_preview", args=[publication.pk])
        return format_html('<a href="{}">{}</a>', address, _("See it as it was published"))

    @admin.display(description=_("changes"))
    def compared(self, publication: Publication) -> SafeString:
        address = reverse("admin:practices_publication_compare", args=[publication.pk])
        return format_html('<a href="{}">{}</a>', address, _("Compare it with the version before, or any other"))

    def get_urls(self) -> list[URLPattern]:
        wrap = self.admin_site.admin_view
        return [
            path("<path:object_id>/preview/", wrap(self.preview_view), name="practices_publication_preview"),
            path("<path:object_id>/files/<int:number>/", wrap(self.file_view), name="practices_publication_file"),
            path("<path:object_id>/compare/", wrap(self.compare_view), name="practices_publication_compare"),
            path("<path:object_id>/restore/", wrap(self.restore_view), name="practices_publication_restore"),
            *super().get_urls(),
        ]

    def viewable(self, request: HttpRequest, object_id: str) -> Publication:
        """The publication of that id, if the user may see it. Raises Http404."""
        return cast(Publication, self.get_object(request, object_id))

    def preview_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        return preview.preview_of_publication(request, self.viewable(request, object_id))

    def file_view(self, request: HttpRequest, object_id: str, number: int) -> HttpResponseBase:
        """A file with the very bytes that this version was published with."""
        attachments = self.viewable(request, object_id).content.attachments
        if not 1 <= number <= len(attachments):
            raise Http404
        frozen = attachments[number - 1]
        return files.download(get_object_or_404(StoredFile, pk=frozen.sha256), frozen.name)

    def compare_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        publication = self.viewable(request, object_id)
        with_record = request.user.has_perm("practices.view_practice")
        comparison = versions.Comparison(publication, request.GET.dict(), with_record)
        context = self._page(request, publication, _("Compare versions")) | {
            "comparison": comparison,
            "choices": [("from", _("Before"), comparison.before), ("to", _("After"), comparison.after)],
            "may_restore": request.user.has_perm("practices.change_practice"),
        }
        return TemplateResponse(request, "admin/practices/publication/compare.html", context)

    def restore_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        publication = self.viewable(request, object_id)
        versions.require_writer(request)
        if request.method == "POST":
            versions.put_back(request, publication)
            return HttpResponseRedirect(reverse("admin:practices_practice_change", args=[publication.practice_id]))
        title = _("Put version %s back into the record") % publication.number
        context = self._page(request, publication, title)
        context["changes"] = versions.what_restoring_changes(publication)
        return TemplateResponse(request, "admin/practices/publication/restore.html", context)

    def _page(self, request: HttpRequest, publication: Publication, title: Any) -> dict[str, Any]:
        return {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": title,
            "subtitle": str(publication.practice),
            "original": publication.practice,
        }
