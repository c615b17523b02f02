"""Imports: choose files, look at the preview, apply it or not, take it back."""

from collections.abc import Callable
from typing import Any, cast

from django.contrib import admin, messages
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import UploadedFile
from django.core.paginator import Paginator
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from practices.exchange.batches import IMPORT, NotDone, Outdated, WrongBatchState, apply, begin, notes_on
from practices.exchange.previewing import preview_again, preview_portion
from practices.exchange.readers import NotAnImport
from practices.exchange.reports import NOT_YET
from practices.exchange.undoing import undo
from practices.models.batch import BatchState, ImportBatch, RowStatus

from . import import_downloads, troubles
from .import_forms import ImportForm
from .import_rows import ShownRow, counted, in_order, said
from .requests import CarefulAdmin

ROWS_A_PAGE = 50
MOST_TOLD = 20
TEMPLATES = "admin/practices/importbatch"


@admin.register(ImportBatch)
class ImportBatchAdmin(CarefulAdmin):
    """Everybody who may import sees all imports: the staff share one desk."""

    list_display = ("name", "state", "records", "made_by", "made_at")
    list_filter = ("state",)
    list_select_related = ("made_by",)
    list_per_page = 50
    show_full_result_count = False
    actions = None

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def get_queryset(self, request: HttpRequest) -> QuerySet[ImportBatch]:
        kinds = {f"{status}_rows": Count("rows", filter=Q(rows__status=status)) for status in RowStatus.values}
        return super().get_queryset(request).annotate(**kinds)

    @admin.display(description=_("records"))
    def records(self, batch: Any) -> str:
        counts = [(getattr(batch, f"{status}_rows"), status.label) for status in RowStatus]
        return ", ".join(f"{count} {label}" for count, label in counts if count)

    def get_urls(self) -> list[URLPattern]:
        """Only these: an import is neither edited nor deleted."""
        pages: dict[str, tuple[str, Callable[..., HttpResponse]]] = {
            "": ("changelist", self.changelist_view),
            "add/": ("add", self.upload_view),
            "templates/<slug:kind>/": ("template", self.template_view),
            "<int:pk>/": ("change", self.batch_view),
            "<int:pk>/choose/": ("choose", self.choose_view),
            "<int:pk>/apply/": ("apply", self.apply_view),
            "<int:pk>/undo/": ("undo", self.undo_view),
            "<int:pk>/report/": ("report", self.report_view),
        }
        wrap = self.admin_site.admin_view
        return [path(route, wrap(view), name=f"practices_importbatch_{name}") for route, (name, view) in pages.items()]

    # --- Choosing files -----------------------------------------------------------------------------------------

    def upload_view(self, request: HttpRequest) -> HttpResponse:
        _require_import(request)
        form = ImportForm(request.POST, request.FILES) if request.method == "POST" else ImportForm()
        if form.is_valid():
            batches = self._begun(request, form, form.cleaned_data["chosen"])
            if len(batches) == 1 and not form.errors:
                return _to(batches[0])
            if batches:
                if form.errors:
                    messages.warning(request, _not_read(form))
                return HttpResponseRedirect(reverse("admin:practices_importbatch_changelist"))
        return self._page(request, "upload", form=form, templates=import_downloads.templates(), title=_("Import"))

    def _begun(self, request: HttpRequest, form: ImportForm, files: list[UploadedFile]) -> list[ImportBatch]:
        """One batch for each file; what cannot be read is an error of the form, and no reason to refuse the others."""
        batches = []
        for file in files:
            try:
                batches.append(begin(file, cast(User, request.user)))
            except NotAnImport as error:
                form.add_error("chosen", str(error))
            except troubles.OUTAGES as error:
                form.add_error("chosen", f"{file.name}: {troubles.said(error)}")
        return batches

    def template_view(self, request: HttpRequest, kind: str) -> HttpResponse:
        _require_import(request)
        return import_downloads.template(kind)

    # --- The preview --------------------------------------------------------------------------------------------

    def batch_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        batch = self._viewable(request, pk)
        waiting = batch.rows.filter(report=NOT_YET).count()
        if waiting and request.user.has_perm(IMPORT):
            waiting = preview_portion(batch)
        if waiting:
            return self._progress(request, batch, waiting)
        rows = in_order(batch.rows.defer("reading"))
        status = request.GET.get("status", "")
        if status in RowStatus.values:
            rows = rows.filter(status=status)
        page = Paginator(rows, ROWS_A_PAGE).get_page(request.GET.get("p"))
        return self._page(
            request,
            "batch",
            batch=batch,
            counts=counted(batch),
            status=status,
            page=page,
            rows=[ShownRow(row) for row in page],
            notes=said(notes_on(batch)),
            may_import=request.user.has_perm(IMPORT),
            previewed=batch.state == BatchState.PREVIEWED,
            title=batch.name,
        )

    def _progress(self, request: HttpRequest, batch: ImportBatch, waiting: int) -> HttpResponse:
        """The page asks for the next portion by itself, without script; who may only look looks again."""
        total = batch.rows.count()
        response = self._page(
            request, "progress", batch=batch, total=total, done=total - waiting, title=_("Looking at the records")
        )
        response["Refresh"] = "0" if request.user.has_perm(IMPORT) else "5"
        return response

    def choose_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Take the ticked records of one page in, and leave its others out."""
        batch = self._changeable(request, pk)
        if request.method == "POST" and batch.state == BatchState.PREVIEWED:
            shown = _numbers(request.POST.getlist("shown"))
            ticked = _numbers(request.POST.getlist("accepted"))
            rows = batch.rows.filter(place__in=shown)
            rows.filter(place__in=ticked).update(accepted=True)
            rows.exclude(place__in=ticked).update(accepted=False)
            if "_refused" in request.POST:
                batch.rows.filter(status=RowStatus.REFUSED).update(accepted=False)
            if "_apply" in request.POST:
                return HttpResponseRedirect(reverse("admin:practices_importbatch_apply", args=[pk]))
            messages.success(request, _("Your choice is kept."))
        return _to(batch, request.GET.urlencode())

    # --- Applying and taking back -------------------------------------------------------------------------------

    def apply_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        batch = self._changeable(request, pk)
        if request.method != "POST":
            counts = counted(batch)
            writing = sum(c.accepted for c in counts if c.status not in (RowStatus.SAME, RowStatus.REFUSED))
            blocking = sum(c.accepted for c in counts if c.status == RowStatus.REFUSED)
            context = {"counts": counts, "writing": writing, "blocking": blocking, "title": _("Apply the import")}
            return self._page(request, "apply", batch=batch, previewed=_is_previewed(batch), **context)
        try:
            count = apply(batch, cast(User, request.user))
        except Outdated as error:
            preview_again(batch)
            text = _("Nothing was applied, because the catalogue changed since the preview. Look at it anew:")
            messages.error(request, _listed(text, error))
        except NotDone as error:
            text = _("Nothing was applied. Leave these records out, or mend the file and import it again:")
            messages.error(request, _listed(text, error))
        except WrongBatchState:
            messages.error(request, _("Nothing was applied: the import is not waiting for it."))
        else:
            told = ngettext("%d record was written.", "%d records were written.", count)
            messages.success(request, told % count)
        return _to(batch)

    def undo_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        batch = self._changeable(request, pk)
        if request.method != "POST":
            applied = batch.state == BatchState.APPLIED
            counts = counted(batch)
            return self._page(
                request, "undo", batch=batch, counts=counts, applied=applied, title=_("Take the import back")
            )
        try:
            count = undo(batch, cast(User, request.user))
        except NotDone as error:
            text = _("Nothing was taken back, because these records are not as the import left them:")
            messages.error(request, _listed(text, error))
        except WrongBatchState:
            messages.error(request, _("Nothing was taken back: the import is not applied."))
        else:
            told = ngettext("%d record is as it was before.", "%d records are as they were before.", count)
            messages.success(request, told % count)
        return _to(batch)

    def report_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        return import_downloads.report(self._viewable(request, pk))

    # --- What they share ----------------------------------------------------------------------------------------

    def _viewable(self, request: HttpRequest, pk: int) -> ImportBatch:
        """Raises Http404, also for those who may not see it."""
        return cast(ImportBatch, self.get_object(request, str(pk)))

    def _changeable(self, request: HttpRequest, pk: int) -> ImportBatch:
        batch = self._viewable(request, pk)
        _require_import(request)
        return batch

    def _page(self, request: HttpRequest, template: str, **context: Any) -> TemplateResponse:
        shared = {**self.admin_site.each_context(request), "opts": self.opts}
        return TemplateResponse(request, f"{TEMPLATES}/{template}.html", {**shared, **context})


def _require_import(request: HttpRequest) -> None:
    if not request.user.has_perm(IMPORT):
        raise PermissionDenied


def _to(batch: ImportBatch, query: str = "") -> HttpResponseRedirect:
    address = reverse("admin:practices_importbatch_change", args=[batch.pk])
    return HttpResponseRedirect(f"{address}?{query}" if query else address)


def _is_previewed(batch: ImportBatch) -> bool:
    return batch.state == BatchState.PREVIEWED and not batch.rows.filter(report=NOT_YET).exists()


def _numbers(values: list[str]) -> list[int]:
    """Places of records; what is none is nobody's."""
    return [int(value) for value in values if value.isascii() and value.isdigit() and len(value) < 7]


def _not_read(form: ImportForm) -> str:
    lines = ((error,) for error in form.errors["chosen"])
    return format_html("{} <ul>{}</ul>", _("Some files were not read:"), format_html_join("", "<li>{}</li>", lines))


def _listed(text: Any, error: NotDone) -> str:
    """The message with the first of the records, each with its reason."""
    lines = [(trouble.row, trouble.row.title, trouble.message) for trouble in error.troubles[:MOST_TOLD]]
    told = format_html_join("", "<li>{} {}: {}</li>", lines)
    more = len(error.troubles) - len(lines)
    rest = format_html("<li>{}</li>", _("… and %d more") % more) if more else ""
    return format_html("{} <ul>{}{}</ul>", text, told, rest)
