"""What the search is taught: groups of synonyms, and the searches that found nothing, one step from a group."""

from typing import Any
from urllib.parse import urlencode

from django import forms
from django.contrib import admin
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from practices.models.synonym import FailedSearch, SynonymGroup

from .searching import FoldedSearch


class SynonymGroupForm(forms.ModelForm):
    class Meta:
        model = SynonymGroup
        fields = ("terms",)
        widgets = {"terms": forms.TextInput(attrs={"class": "vLargeTextField"})}


@admin.register(SynonymGroup)
class SynonymGroupAdmin(FoldedSearch):
    """In force with the next search."""

    form = SynonymGroupForm
    list_display = ("terms",)
    search_fields = ("terms",)
    list_per_page = 50


@admin.register(FailedSearch)
class FailedSearchAdmin(FoldedSearch):
    """A report: rows are written by searches and taken away when they are dealt with."""

    list_display = ("words", "count", "last_on", "as_synonym")
    search_fields = ("words",)
    list_per_page = 50
    list_display_links = None

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    @admin.display(description=_("what to do"))
    def as_synonym(self, row: FailedSearch) -> SafeString:
        address = reverse("admin:practices_synonymgroup_add")
        query = urlencode({"terms": f"{row.words}, "})
        return format_html('<a href="{}?{}">{}</a>', address, query, _("Add as synonym"))
