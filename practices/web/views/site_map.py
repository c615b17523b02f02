"""Every page there is for people, but the practices and authors themselves, which the list has."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from practices.browse import Selection
from practices.browse.facets import FacetGroup
from practices.exchange.writers.site_json import Way, values_as_data, ways_as_data
from practices.models.page import Page
from practices.templatetags.catalogue import grouped
from practices.web.context import alternates
from practices.web.twins import TWINS, twin

from .pages import list_by

SPANISH = settings.LANGUAGE_CODE
LISTS = ("categoria", "servicio", "departamento")
PAGES: dict[str, str | Promise] = {
    "panorama": gettext_lazy("Panorama"),
    "compare": gettext_lazy("Compare"),
    "criteria": gettext_lazy("Criteria of a good practice"),
    "open_data": gettext_lazy("Open data"),
}
"""Of the catalogue, after the home page and the list, by the name of their view."""


@dataclass(frozen=True)
class SiteMap:
    """The pages of the catalogue, those of the institution, and the lists by one value."""

    count: int
    catalogue: Sequence[Way]
    institution: Sequence[Way]
    lists: Sequence[FacetGroup]


@require_safe
def site_map(request: HttpRequest) -> HttpResponse:
    told = everything()
    context = {
        "catalogue": told.catalogue,
        "institution": told.institution,
        "lists": [group for group in told.lists if group.values],
        "alternates": alternates(request, request.path),
    }
    return render(request, "practices/site_map.html", context)


@require_safe
def site_map_json(request: HttpRequest) -> HttpResponse:
    told, full = everything(), request.build_absolute_uri
    data = {
        "count": told.count,
        "catalogue": ways_as_data(told.catalogue, full),
        "institution": ways_as_data(told.institution, full),
        **values_as_data({group.name: group.values for group in told.lists}, list_by(request)),
    }
    return twin(request, data)


def everything() -> SiteMap:
    """Two queries: the catalogue version, and the institution's pages."""
    whole = Selection.from_query({})
    groups = {group.name: group for group in whole.facets}
    count = len(whole.ids)
    return SiteMap(
        count,
        list(of_catalogue(count)),
        [as_way(page) for page in Page.objects.order_by("title")],
        [groups[name] for name in LISTS],
    )


def of_catalogue(count: int) -> list[Way]:
    all_of_them = ngettext("%(number)s published practice", "All %(number)s published practices", count)
    named = {"home": _("Home"), "practice_list": all_of_them % {"number": grouped(count)}, **PAGES}
    ways = [Way(str(label), *_addresses(name)) for name, label in named.items()]
    return [*ways, Way(_("Site map for machines (XML)"), reverse("sitemap"))]


def as_way(page: Page) -> Way:
    """To the page, in the language of the reader where it has one."""
    address, data = _addresses("page", page.url.strip("/"))
    if get_language() == SPANISH:
        return Way(page.title, address, data)
    return Way(page.title_en, address, data) if page.is_in_english else Way(page.title, address, data, "es")


def _addresses(name: str, *arguments: str) -> tuple[str, str]:
    """Of a page, and of its twin."""
    return reverse(f"web:{name}", args=arguments), reverse(f"web:{TWINS[name]}", args=arguments)
