"""The lists of a practice as inlines of its form. Who may edit the practice may edit its parts."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.forms import BaseInlineFormSet, ModelForm, Textarea
from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from practices.models.contact import Contact
from practices.models.parts import Assessment, Attachment, Authorship, Link, Metric, SuccessFactor

from .attachments import AttachmentForm, AttachmentFormSet, summary_of
from .fields import CatalogueFields
from .help_texts import LISTS, NO_GUIDE, Guide
from .link_states import with_states
from .ordering import OrderedForm, OrderedFormSet
from .part_forms import AssessmentForm, AssessmentFormSet, AuthorshipFormSet, LinkForm, MetricForm, MetricFormSet


class PartInline(CatalogueFields, admin.StackedInline):
    """Rows of one list; an empty one stands ready while there is none."""

    form: type[ModelForm] = OrderedForm
    formset: type[BaseInlineFormSet] = OrderedFormSet
    template = "admin/practices/practice/rows.html"
    intro: str | Promise = ""

    @property
    def guide(self) -> Guide:
        return LISTS.get(str(self.opts.model_name), NO_GUIDE)

    def get_extra(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> int:
        """A form that was sent says itself how many rows it has."""
        if obj is None:
            return 1
        rows = getattr(obj, f"{self.opts.model_name}_set")
        return 0 if request.method == "POST" or rows.exists() else 1

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return request.user.has_perm("practices.view_practice") or self.has_change_permission(request, obj)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return request.user.has_perm("practices.change_practice" if obj else "practices.add_practice")

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.has_change_permission(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.has_change_permission(request, obj)


class AuthorshipInline(PartInline):
    model = Authorship
    formset = AuthorshipFormSet
    autocomplete_fields = ("organization",)
    fieldsets = [(None, {"fields": [("organization", "as_written", "position")]})]


class MetricInline(PartInline):
    model = Metric
    form = MetricForm
    formset = MetricFormSet
    fieldsets = [
        (
            None,
            {
                "fields": [
                    ("text", "position"),
                    ("label", "value", "unit"),
                    ("baseline", "period", "better", "headline"),
                ]
            },
        )
    ]


class SuccessFactorInline(PartInline):
    model = SuccessFactor
    fieldsets = [(None, {"fields": [("text", "position")]})]

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "text":
            kwargs["widget"] = Textarea(attrs={"rows": 3, "class": "vLargeTextField"})
        return super().formfield_for_dbfield(db_field, request, **kwargs)


class AssessmentInline(PartInline):
    model = Assessment
    form = AssessmentForm
    formset = AssessmentFormSet
    fieldsets = [(None, {"fields": ["criterion", ("state", "reason")]})]
    template = "admin/practices/practice/criteria.html"
    can_delete = False

    def get_extra(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> int:
        return 0  # AssessmentFormSet adds what is missing

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """The criterion is a hidden value, without the buttons that stand beside a choice."""
        if db_field.name == "criterion":
            return db_field.formfield(**kwargs)
        return super().formfield_for_dbfield(db_field, request, **kwargs)


class AttachmentInline(PartInline):
    model = Attachment
    form = AttachmentForm
    formset = AttachmentFormSet
    fieldsets = [
        (
            None,
            {"fields": [("upload", "name", "position"), ("description", "keywords", "language"), "stored"]},
        )
    ]
    readonly_fields = ("stored",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Attachment]:
        return super().get_queryset(request).select_related("stored_file")

    @admin.display(description=_("stored file"))
    def stored(self, attachment: Attachment) -> SafeString | str:
        return summary_of(attachment)


class LinkInline(PartInline):
    model = Link
    form = LinkForm
    fieldsets = [(None, {"fields": [("address", "label", "position")]})]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Link]:
        return with_states(super().get_queryset(request))


class ContactInline(PartInline):
    model = Contact
    intro = _("Personal data (Ley 1581 de 2012). The public sees a contact only while a consent is on record.")
    fieldsets = [
        (
            None,
            {
                "fields": [
                    ("role", "name", "position"),
                    ("email", "phone", "as_written"),
                    ("consent_given_on", "consent_given_by", "consent_until"),
                ]
            },
        )
    ]


PARTS = (
    AuthorshipInline,
    MetricInline,
    SuccessFactorInline,
    AssessmentInline,
    AttachmentInline,
    LinkInline,
    ContactInline,
)
