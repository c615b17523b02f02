"""Telling who entered a record that it may be in the catalogue already. It is saved all the same."""

from django.contrib import messages
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext_lazy as _

from practices.editorial.documents import build_document
from practices.editorial.duplicates import likely_duplicates
from practices.models.practice import Practice

from .import_rows import WHY


def warn_of_duplicates(request: HttpRequest, practice: Practice) -> None:
    """A message with a link to each record that this one resembles. Three queries beside the document's."""
    found = likely_duplicates(build_document(practice), exclude=practice.pk)
    if not found:
        return
    lines = (
        (
            reverse("admin:practices_practice_change", args=[likeness.practice.pk]),
            likeness.practice,
            ", ".join(str(WHY[why]) for why in likeness.why),
        )
        for likeness in found
    )
    told = format_html_join("", '<li><a href="{}">{}</a> ({})</li>', lines)
    text = _("The catalogue may have this practice already. If they differ, there is nothing to do:")
    messages.warning(request, format_html("{} <ul>{}</ul>", text, told))
