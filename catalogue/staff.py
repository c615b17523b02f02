"""The staff's site: the stock admin, with the desk as its first page and the manual inside it."""

from typing import Any

from django.contrib import admin
from django.contrib.admin.apps import AdminConfig
from django.urls import URLPattern, URLResolver, path
from django.utils.translation import gettext_lazy as _

from .doors import FOR_STAFF, closed


class StaffAdmin(AdminConfig):
    default_site = "catalogue.staff.StaffSite"


class StaffSite(admin.AdminSite):
    # The form needs the width; the way to the other lists is the breadcrumbs and the first page.
    enable_nav_sidebar = False
    site_header = _("Catalogue of good practices: editing")
    site_title = _("Editing the catalogue")
    index_title = _("What do you want to do?")

    def get_urls(self) -> list[Any]:
        # The screens register with this site, so it is made before them.
        from practices.admin import desk, manual

        own: list[URLPattern | URLResolver] = [
            path("", self.admin_view(desk.first_page), name="index"),
            path("manual/", self.admin_view(manual.contents), name="manual"),
            path("manual/<slug:page>/", self.admin_view(manual.one_page), name="manual_page"),
        ]
        return closed([*own, *super().get_urls()], self.admin_view)

    def admin_view(self, view: Any, cacheable: bool = False) -> Any:
        wrapped = super().admin_view(view, cacheable)
        setattr(wrapped, FOR_STAFF, True)
        return wrapped
