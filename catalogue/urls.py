"""Every address of the site: Spanish at /, English under /en/, and what has no language beside them."""

from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import include, path
from django.views.generic import TemplateView

from practices.web import sitemaps

urlpatterns = [
    path(
        "robots.txt",
        TemplateView.as_view(template_name="robots.txt", content_type="text/plain"),
        name="robots",
    ),
    path("sitemap.xml", sitemaps.index, name="sitemap"),
    path("sitemap-<slug:section>.xml", sitemaps.section, name="sitemap_section"),
    *i18n_patterns(
        path("admin/", admin.site.urls),
        path("", include("practices.web.urls")),
        path("revision/", include("practices.guest.urls")),
        prefix_default_language=False,
    ),
]

handler404 = "catalogue.errors.not_found"
