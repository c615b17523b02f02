"""Which page says that there is nothing: the public's, or the staff's for those who work there. And which one says
that there is no answer."""

import sys

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.defaults import server_error as fault

from practices.web.views import errors

from .middleware import refusal


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404, inside the admin for those who work in it. Strangers get the public page, wherever they looked."""
    match, user = request.resolver_match, getattr(request, "user", None)
    if match and match.app_name == "admin" and user and user.is_staff:
        context = {**admin.site.each_context(request), "title": _("Page not found")}
        return render(request, "admin/404.html", context, status=404)
    return errors.not_found(request, exception)


def server_error(request: HttpRequest) -> HttpResponse:
    """An outage that was met outside of every view, where `process_exception` is not asked: while a form was received,
    or a session saved."""
    error = sys.exc_info()[1]
    return (refusal(error) if error else None) or fault(request)
