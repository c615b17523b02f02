"""The staff's site: the stock admin, with the desk as its first page, the manual inside it, and its own way in."""

from functools import partial, wraps
from typing import Any

from django.contrib import admin
from django.contrib.admin.apps import AdminConfig
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import URLPattern, URLResolver, path
from django.utils.decorators import method_decorator
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache

from .doors import FOR_STAFF, closed


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
        from catalogue.access import factor_pages
        from practices.admin import desk, manual

        own: list[URLPattern | URLResolver] = [
            path("", self.admin_view(desk.first_page), name="index"),
            path("login/code/", self.login_code, name="login_code"),
            path("manual/", self.admin_view(manual.contents), name="manual"),
            path("manual/<slug:page>/", self.admin_view(manual.one_page), name="manual_page"),
            # Who has to set up a second factor gets to these pages without one.
            path("second-factor/", self.stock_view(factor_pages.overview), name="second_factor"),
            path("second-factor/codes/", self.stock_view(factor_pages.new_codes), name="second_factor_codes"),
            path("second-factor/remove/", self.stock_view(factor_pages.remove), name="second_factor_remove"),
            path(
                "auth/user/<int:user_id>/second-factor/",
                self.admin_view(factor_pages.reset),
                name="auth_user_second_factor",
            ),
        ]
        return closed([*own, *super().get_urls()], self.admin_view)

    def get_app_list(self, request: HttpRequest, app_label: str | None = None) -> Any:
        """Worked out where somebody reads it: every page asks for it, for a sidebar that none of them has."""
        return SimpleLazyObject(partial(super().get_app_list, request, app_label))

    def admin_view(self, view: Any, cacheable: bool = False) -> Any:
        """The stock guard of every page; before anything else, the second factor of who has to have one."""
        from catalogue.access import factor

        guarded = self.stock_view(view, cacheable)

        @wraps(guarded)
        def come_in(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
            if self.has_permission(request) and factor.is_missing(request):
                return redirect("admin:second_factor")
            return guarded(request, *args, **kwargs)

        setattr(come_in, FOR_STAFF, True)
        return come_in

    def stock_view(self, view: Any, cacheable: bool = False) -> Any:
        wrapped = super().admin_view(view, cacheable)
        setattr(wrapped, FOR_STAFF, True)
        return wrapped

    @method_decorator(never_cache)
    @login_not_required
    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> Any:
        from catalogue.access import pages

        return pages.password_page(self, request, extra_context)

    @method_decorator(never_cache)
    @login_not_required
    def login_code(self, request: HttpRequest) -> HttpResponseBase:
        from catalogue.access import pages

        return pages.code_page(self, request)
