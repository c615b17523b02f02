"""What every page behind a link shares: who gets in, and how often keys may be tried. What no browser, cache or robot
may keep of it, nor of the answer to a wrong key, catalogue/headers.py says by the address."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.exceptions import PermissionDenied, RequestDataTooBig
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt

from catalogue.limits import Kind, count, refused, refused_already
from practices.editorial.approval import LinkEnded, UnknownLink, read_token

from .forms import typed_comments

MOST_BYTES = 1_500_000
OWN = ("same-origin", "none")

View = Callable[..., HttpResponseBase]


def by_link(view: View) -> View:
    """Call the view with the invitation instead of its token. An unknown link is a 404 like any other; one that has
    ended is a 410 that says why, and gives back what somebody was just sending.

    Django's own protection against other sites wants a cookie, and the public gets none. Nothing here rests on a
    cookie either: to send a form one must know the link and have its seal (editorial/approval.py).
    """

    @wraps(view)
    def opened(request: HttpRequest, token: str, **arguments: Any) -> HttpResponseBase:
        too_often = refused_already(request, Kind.WRONG_LINK) or refused(request, Kind.LINK)
        if too_often:
            return too_often
        if request.method == "POST":
            _refuse_what_no_form_of_ours_sends(request)
        try:
            return view(request, read_token(token), **arguments)
        except UnknownLink as error:
            count(request, Kind.WRONG_LINK)
            raise Http404 from error
        except LinkEnded as ended:
            return _closed(request, ended)

    return csrf_exempt(opened)


def _refuse_what_no_form_of_ours_sends(request: HttpRequest) -> None:
    """Before a byte of the body is read. Browsers that do not say where a form comes from are let through."""
    if request.headers.get("Sec-Fetch-Site", OWN[0]) not in OWN:
        raise PermissionDenied
    # A number: what is none did not get here (catalogue.middleware.RequestSize).
    if int(request.META.get("CONTENT_LENGTH") or 0) > MOST_BYTES:
        raise RequestDataTooBig


def _closed(request: HttpRequest, ended: LinkEnded) -> HttpResponseBase:
    public = ended.invitation.practice.publications.still_current().values_list("code", flat=True).first()
    context = {"end": ended.end, "public_code": public, "typed": typed_comments(request.POST)}
    return render(request, "guest/closed.html", context, status=410)
