"""The staff's site: the stock admin, with the desk as its first page and the manual inside it."""

from typing import Any

from django.contrib import admin
from django.contrib.admin.apps import AdminConfig
from django.urls import URLPattern, URLResolver, path
from django.utils.translation import gettext_lazy as _


class StaffAdmin(AdminConfig):
    default_site = "catalogue.staff.StaffSite"

    def ready(self) -> None:
        super().ready()
        make_careful(admin.site)


def make_careful(site: admin.AdminSite) -> None:
    """The screens that libraries bring (users, groups) are as careful as ours with what stands in an address: they
    would hand the database any expression (`?name__regex=(`)."""
    from practices.admin.requests import CarefulAdmin

    for model, screen in list(site._registry.items()):
        if not isinstance(screen, CarefulAdmin):
            stock = type(screen)
            site.unregister(model)
            site.register(model, type(stock.__name__, (CarefulAdmin, stock), {}))


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
        return [*own, *super().get_urls()]
