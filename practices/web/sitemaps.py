"""What search engines are told of: every public page in both languages, and nothing else."""

from datetime import datetime

from django.contrib.sitemaps import Sitemap
from django.db.models import Max, QuerySet
from django.urls import reverse

from practices.models.publication import Facet, FacetTerm, Publication, Status


class LanguageSitemap(Sitemap):
    i18n = True
    alternates = True
    x_default = True


class PageSitemap(LanguageSitemap):
    def items(self) -> list[str]:
        return ["web:home", "web:practice_list", "web:panorama", "web:criteria"]

    def location(self, item: str) -> str:
        return reverse(item)


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


SITEMAPS = {"pages": PageSitemap, "practices": PracticeSitemap, "authors": AuthorSitemap}
