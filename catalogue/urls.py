"""Every address of the site: Spanish at /, English under /en/, and what has no language beside them."""

from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import include, path
from django.views.generic import RedirectView, TemplateView

from catalogue import health, security_txt
from practices.web import sitemaps
from practices.web.caching import public_page

urlpatterns = [
    # A middleware answers them before any of these is looked at (health.py).
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path(".well-known/security.txt", public_page(security_txt.security_txt), name="security_txt"),
    path(
        "security.txt",
        RedirectView.as_view(pattern_name="security_txt", permanent=True, http_method_names=["get", "head"]),
        name="security_txt_at_root",
    ),
    path(
        "robots.txt",
        TemplateView.as_view(template_name="robots.txt", content_type="text/plain"),
        name="robots",
    ),
    path("sitemap.xml", public_page(sitemaps.index), name="sitemap"),
    # A part has up to 5 MB and is asked for once in a while: a 304 saves its drawing, keeping it would fill a worker.
    path("sitemap-<slug:section>.xml", public_page(sitemaps.section, kept=False), name="sitemap_section"),
    *i18n_patterns(
        path("admin/", admin.site.urls),
        path("", include("practices.web.urls")),
        path("revision/", include("practices.guest.urls")),
        prefix_default_language=False,
    ),
]

handler404 = "catalogue.errors.not_found"
handler500 = "catalogue.errors.server_error"
