"""The words that records share, as staff keep them."""

from typing import Any, ClassVar

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import Count, Model, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from practices.language.organizations import organization_key
from practices.models.limits import NAME
from practices.models.practice import Practice
from practices.models.vocabulary import (
    Call,
    Category,
    CodeSeries,
    Criterion,
    Department,
    Municipality,
    Organization,
    Service,
)

from .fields import CatalogueFields
from .searching import FoldedSearch


def link_to(row: Model) -> SafeString:
    address = reverse(f"admin:{row._meta.app_label}_{row._meta.model_name}_change", args=[row.pk])
    return format_html('{}: <a href="{}">{}</a>', capfirst(row._meta.verbose_name), address, row)


class VocabularyAdmin(CatalogueFields, FoldedSearch):
    """A list of words. `counted` is the word's name in the list of practices, to be filtered by it."""

    search_fields: ClassVar[tuple[str, ...]] = ("name",)
    list_per_page = 50
    show_full_result_count = False
    counted = ""

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        rows = super().get_queryset(request)
        match = request.resolver_match
        is_list = match and match.url_name and match.url_name.endswith("_changelist")
        return rows.annotate(practice_count=Count("practices")) if self.counted and is_list else rows

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> tuple[Any, ...]:
        """A word in use is protected: the database alone would let go of those chosen among several."""
        deleted, counts, lacking, protected = super().get_deleted_objects(objs, request)
        return deleted, counts, lacking, [link_to(row) for row in self.users(list(objs))] or protected

    def users(self, words: list[Any]) -> list[Any]:
        """The records that use one of the words."""
        return list(Practice.objects.filter(**{f"{self.counted}__in": words}).distinct()) if self.counted else []

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        """Short names are part of public addresses: written once."""
        return ("slug",) if obj and hasattr(obj, "slug") else ()

    def get_prepopulated_fields(self, request: HttpRequest, obj: Any = None) -> dict[str, Any]:
        return {} if obj else dict(super().get_prepopulated_fields(request, obj))

    @admin.display(description=_("practices"), ordering="practice_count")
    def practice_links(self, row: Any) -> SafeString:
        address = reverse("admin:practices_practice_changelist")
        return format_html(
            '<a href="{}?{}__{}__exact={}">{}</a>',
            address,
            self.counted,
            row._meta.pk.name,
            row.pk,
            row.practice_count,
        )


@admin.register(Category)
class CategoryAdmin(VocabularyAdmin):
    counted = "category"
    list_display = ("name", "number", "practice_links")
    fields = ("number", "name", "slug", "description")
    prepopulated_fields = {"slug": ("name",)}


@admin.register(Service)
class ServiceAdmin(VocabularyAdmin):
    counted = "services"
    list_display = ("name", "position", "practice_links")
    fields = ("name", "slug", "position")
    prepopulated_fields = {"slug": ("name",)}

    def users(self, words: list[Any]) -> list[Any]:
        return [*super().users(words), *Organization.objects.filter(services__in=words).distinct()]


class PlaceAdmin(VocabularyAdmin):
    """A place is known by its DIVIPOLA code, which never changes."""

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        return ("code",) if obj else ()


@admin.register(Department)
class DepartmentAdmin(PlaceAdmin):
    counted = "departments"
    list_display = ("name", "code", "practice_links")
    search_fields = ("name", "code")
    fields = ("code", "name")


@admin.register(Municipality)
class MunicipalityAdmin(PlaceAdmin):
    counted = "municipalities"
    list_display = ("name", "department", "code", "practice_links")
    list_filter = ("department",)
    list_select_related = ("department",)
    search_fields = ("name", "department__name", "code")
    fields = ("code", "name", "department")
    autocomplete_fields = ("department",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Municipality]:
        """A municipality is written with its department."""
        return super().get_queryset(request).select_related("department")


@admin.register(Call)
class CallAdmin(VocabularyAdmin):
    counted = "call"
    list_display = ("name", "year", "practice_links")
    search_fields = ("name", "year")
    fields = ("name", "year", "slug", "description")
    prepopulated_fields = {"slug": ("name", "year")}


@admin.register(Criterion)
class CriterionAdmin(VocabularyAdmin):
    list_display = ("name", "group", "position")
    list_filter = ("group",)
    fields = ("name", "slug", "group", "description", "position")
    prepopulated_fields = {"slug": ("name",)}


class OrganizationForm(forms.ModelForm):
    """Refuses, in words, a name that only spells a known organisation another way."""

    class Meta:
        model = Organization
        fields = ("name",)  # OrganizationAdmin.get_fields names them all
        widgets = {"services": forms.CheckboxSelectMultiple}

    def clean_name(self) -> str:
        name = self.cleaned_data["name"]
        key = organization_key(name)[:NAME]
        if not key:
            raise ValidationError(_("Write a name."))
        known = Organization.objects.filter(key=key).exclude(pk=self.instance.pk).first()
        if known:
            raise ValidationError(_("The catalogue knows it already: %(name)s"), params={"name": known.name})
        return name


@admin.register(Organization)
class OrganizationAdmin(VocabularyAdmin):
    form = OrganizationForm
    counted = "organizations"
    list_display = ("name", "acronym", "kind", "practice_links")
    list_filter = ("kind", "services")
    search_fields = ("name", "acronym", "key")

    def get_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        """The short name is made of the name when it is saved first."""
        fields = ("name", "acronym", "aliases", "kind", "services", "website")
        return (*fields, "slug") if obj else fields


@admin.register(CodeSeries)
class CodeSeriesAdmin(FoldedSearch):
    list_display = ("prefix", "description", "is_default")
    search_fields = ("prefix", "description")
