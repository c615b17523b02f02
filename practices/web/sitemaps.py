"""What search engines are told of: every public page in both languages, and nothing else."""

from datetime import datetime

from django.conf import settings
from django.contrib.sitemaps import Sitemap
from django.contrib.sitemaps import views as stock
from django.contrib.sites.requests import RequestSite
from django.db.models import Max, QuerySet
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse

from practices.models.page import Page
from practices.models.publication import Facet, FacetTerm, Publication, Status


class LanguageSitemap(Sitemap):
    i18n = True
    alternates = True
    x_default = True

    def __init__(self, site: RequestSite) -> None:
        self.site = site

    def get_domain(self, site: object = None) -> str:
        """The one that was asked under. The row that django.contrib.sites keeps is nobody's address."""
        return super().get_domain(self.site)


class PageSitemap(LanguageSitemap):
    def items(self) -> list[str]:
        return ["web:home", "web:practice_list", "web:panorama", "web:criteria", "web:site_map"]

    def location(self, item: str) -> str:
        return reverse(item)


class TextSitemap(LanguageSitemap):
    """The institution's own pages; in English where there is an English text."""

    def items(self) -> QuerySet[Page]:
        return Page.objects.order_by("url")

    def get_languages_for_item(self, item: Page) -> list[str]:
        return [code for code, _name in settings.LANGUAGES if code == settings.LANGUAGE_CODE or item.is_in_english]

    def location(self, item: Page) -> str:
        return reverse("web:page", args=[item.url.strip("/")])

    def lastmod(self, item: Page) -> datetime:
        return item.updated_at


class PracticeSitemap(LanguageSitemap):
    # Each practice stands twice, once per language, and a sitemap holds 50,000 addresses.
    limit = 20_000

    def items(self) -> QuerySet[Publication]:
        return Publication.objects.current().only("code", "published_at").order_by("-published_at", "-pk")

    def location(self, item: Publication) -> str:
        return reverse("web:practice_detail", args=[item.code])

    def lastmod(self, item: Publication) -> datetime:
        return item.published_at


class AuthorSitemap(LanguageSitemap):
    limit = 20_000

    def items(self) -> QuerySet[FacetTerm]:
        authors = FacetTerm.objects.filter(facet=Facet.AUTHOR, publications__status=Status.CURRENT)
        return authors.annotate(changed=Max("publications__published_at")).order_by("value")

    def location(self, item: FacetTerm) -> str:
        return reverse("web:author", args=[item.value])

    def lastmod(self, item: FacetTerm) -> datetime:
        return item.changed  # type: ignore[attr-defined]


SITEMAPS = {"pages": PageSitemap, "texts": TextSitemap, "practices": PracticeSitemap, "authors": AuthorSitemap}


def sitemap(request: HttpRequest) -> HttpResponseBase:
    site = RequestSite(request)
    return stock.sitemap(request, {name: kind(site) for name, kind in SITEMAPS.items()})
