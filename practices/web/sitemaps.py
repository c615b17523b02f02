"""What search engines are told of: every public page in both languages, and nothing else.

`/sitemap.xml` lists the sitemaps of the sections, each in parts; the index and each part say when they last changed.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib.sitemaps import Sitemap
from django.contrib.sitemaps import views as stock
from django.contrib.sites.requests import RequestSite
from django.core.paginator import EmptyPage, Page, PageNotAnInteger, Paginator
from django.db.models import Max, QuerySet
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from practices.models.page import Page as Text
from practices.models.publication import Facet, FacetTerm, Publication, Status
from practices.web.frame import frame

ADDRESSES = 10_000
"""In one part, of the 50,000 that the format allows: 5 MB before they are compressed."""


MOST_PARTS = 50_000
"""That an index may list."""


class InEachLanguage(Sequence[tuple[Any, str]]):
    """Each row once in each language. Only what is sliced is fetched."""

    def __init__(self, rows: QuerySet[Any]) -> None:
        self._rows = rows
        self._languages = [code for code, _name in settings.LANGUAGES]

    def __len__(self) -> int:
        return self._rows.count() * len(self._languages)

    def __getitem__(self, place: Any) -> Any:
        """A slice whose ends lie between two rows, as those of parts of an even length do."""
        each = len(self._languages)
        rows = self._rows[place.start // each : -(-place.stop // each)]
        return [(row, code) for row in rows for code in self._languages]


class Parts(Paginator):
    """A part is read without counting what the others hold: one that there is not is empty."""

    def validate_number(self, number: Any) -> int:
        try:
            wanted = int(number)
        except (TypeError, ValueError) as error:
            raise PageNotAnInteger("") from error
        if not 0 < wanted <= MOST_PARTS:
            raise EmptyPage("")
        return wanted

    def page(self, number: Any) -> "Page[Any]":
        wanted = self.validate_number(number)
        rows = self.object_list[(wanted - 1) * self.per_page : wanted * self.per_page]
        if wanted > 1 and not rows:
            raise EmptyPage("")
        return Page(rows, wanted, self)


class LanguageSitemap(Sitemap):
    limit = ADDRESSES
    i18n = True
    alternates = True
    x_default = True

    def __init__(self, site: RequestSite) -> None:
        self.site = site

    def get_domain(self, site: object = None) -> str:
        """The one that was asked under. The row that django.contrib.sites keeps is nobody's address."""
        return super().get_domain(self.site)


class ManySitemap(LanguageSitemap):
    """Of rows that may be very many."""

    def items(self) -> QuerySet[Any]:
        raise NotImplementedError

    def _items(self) -> InEachLanguage:
        return InEachLanguage(self.items())

    @property
    def paginator(self) -> Parts:
        return Parts(self._items(), self.limit)

    def get_latest_lastmod(self) -> datetime | None:
        """When something came or went. Two queries; the stock one reads every row."""
        came = Publication.objects.current().order_by("-published_at", "-pk").values_list("published_at", flat=True)
        # What came back after a withdrawal was published later than it was withdrawn.
        went = Publication.objects.withdrawn().aggregate(last=Max("withdrawn_at"))["last"]
        return max((at for at in (came.first(), went) if at), default=None)


class PageSitemap(LanguageSitemap):
    def items(self) -> list[str]:
        return ["web:home", "web:practice_list", "web:panorama", "web:criteria", "web:open_data", "web:site_map"]

    def location(self, item: str) -> str:
        return reverse(item)

    def lastmod(self, item: str) -> datetime | None:
        """They show counts, texts and criteria of the catalogue: they change when it does."""
        return frame().updated_at


class TextSitemap(LanguageSitemap):
    """The institution's own pages; in English where there is an English text."""

    def items(self) -> QuerySet[Text]:
        return Text.objects.order_by("url")

    def get_languages_for_item(self, item: Text) -> list[str]:
        return [code for code, _name in settings.LANGUAGES if code == settings.LANGUAGE_CODE or item.is_in_english]

    def location(self, item: Text) -> str:
        return reverse("web:page", args=[item.url.strip("/")])

    def lastmod(self, item: Text) -> datetime:
        return item.updated_at


class PracticeSitemap(ManySitemap):
    def items(self) -> QuerySet[Publication]:
        return Publication.objects.current().only("code", "published_at").order_by("-published_at", "-pk")

    def location(self, item: Publication) -> str:
        return reverse("web:practice_detail", args=[item.code])

    def lastmod(self, item: Publication) -> datetime:
        return item.published_at


class AuthorSitemap(ManySitemap):
    def items(self) -> QuerySet[FacetTerm]:
        authors = FacetTerm.objects.filter(facet=Facet.AUTHOR, publications__status=Status.CURRENT)
        return authors.annotate(changed=Max("publications__published_at")).order_by("value")

    def location(self, item: FacetTerm) -> str:
        return reverse("web:author", args=[item.value])

    def lastmod(self, item: FacetTerm) -> datetime:
        return item.changed  # type: ignore[attr-defined]


SITEMAPS = {"pages": PageSitemap, "texts": TextSitemap, "practices": PracticeSitemap, "authors": AuthorSitemap}


@require_safe
def index(request: HttpRequest) -> HttpResponseBase:
    """Django's own view would take the host from the row of django.contrib.sites, which is nobody's address."""
    listed = []
    for name, kind in SITEMAPS.items():
        section = kind(RequestSite(request))
        address = request.build_absolute_uri(reverse("sitemap_section", args=[name]))
        changed = section.get_latest_lastmod()
        for number in section.paginator.page_range:
            listed.append({"location": f"{address}?p={number}" if number > 1 else address, "last_mod": changed})
    response = render(request, "sitemap_index.xml", {"sitemaps": listed}, content_type="application/xml")
    response.headers["X-Robots-Tag"] = "noindex, noodp, noarchive"
    return response


@require_safe
def section(request: HttpRequest, section: str) -> HttpResponseBase:
    """A part of one section; 404 for another name, or a part that there is not."""
    site = RequestSite(request)
    response = stock.sitemap(request, {name: kind(site) for name, kind in SITEMAPS.items()}, section)
    # The newest of its practices says nothing of those that went: the catalogue version does (caching.py).
    response.headers.pop("Last-Modified", None)
    return response.render()
