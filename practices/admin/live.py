"""What the form asks while somebody writes: how the public will see a text, what a paste is as text, which figures the
impact states. Answers about what was sent; nothing is read from records, written or kept."""

from collections.abc import Callable

from django.contrib.admin import ModelAdmin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import URLPattern, path
from django.views.decorators.http import require_POST

from practices.language.markup import MAX_STRUCTURED
from practices.language.texts import read_blocks

from .fields import tidy
from .proposals import proposed

View = Callable[[HttpRequest], HttpResponse]

START, END = "<!--StartFragment-->", "<!--EndFragment-->"


def urls(practices: ModelAdmin) -> list[URLPattern]:
    return [
        path(f"live/{name}/", _guarded(practices, view), name=f"practices_practice_live_{name}")
        for name, view in (("seen", seen), ("paste", paste), ("figures", figures))
    ]


def _guarded(practices: ModelAdmin, view: View) -> View:
    """Only for those who write, only by POST; the admin's own wrapper asks for the login and the CSRF token, and
    forbids that an answer be stored."""

    @require_POST
    def guarded(request: HttpRequest) -> HttpResponse:
        if not practices.has_add_permission(request) and not practices.has_change_permission(request):
            raise PermissionDenied
        if len(request.POST.get("text", "")) > MAX_STRUCTURED:
            return HttpResponse(status=413)
        return view(request)

    return practices.admin_site.admin_view(guarded)


def seen(request: HttpRequest) -> HttpResponse:
    """The text as the public page draws it."""
    blocks = read_blocks(tidy(request.POST.get("text", "")))
    return render(request, "practices/partials/blocks.html", {"blocks": blocks})


def paste(request: HttpRequest) -> HttpResponse:
    """The HTML of a clipboard as the text that would be kept of it."""
    return HttpResponse(tidy(fragment(request.POST.get("text", ""))), content_type="text/plain; charset=utf-8")


def figures(request: HttpRequest) -> HttpResponse:
    return JsonResponse({"rows": proposed(request.POST.get("text", ""), request.POST.getlist("present"))})


def fragment(html: str) -> str:
    """What was copied, without the document that the clipboard puts around it."""
    start, end = html.find(START), html.rfind(END)
    return html[start + len(START) : end] if 0 <= start < end else html
