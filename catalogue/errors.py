"""Which page says that there is nothing: the public's, or the staff's for those who work there."""

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from practices.web.views import errors


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404, inside the admin for those who work in it. Strangers get the public page, wherever they looked."""
    match, user = request.resolver_match, getattr(request, "user", None)
    if match and match.app_name == "admin" and user and user.is_staff:
        context = {**admin.site.each_context(request), "title": _("Page not found")}
        return render(request, "admin/404.html", context, status=404)
    return errors.not_found(request, exception)
