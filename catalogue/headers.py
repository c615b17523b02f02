"""What every answer tells browsers about safety, whoever made it: a view, a file, a middleware, Django itself.

It stands first among the middleware, so that redirects to https, refused hosts and errors pass through it too.
"""

import re
from collections.abc import Callable, Mapping
from typing import Any, cast

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.middleware.security import SecurityMiddleware

Handler = Callable[[HttpRequest], HttpResponseBase]

UNUSED_FEATURES = (
    *("accelerometer", "autoplay", "browsing-topics", "camera", "display-capture", "encrypted-media"),
    *("geolocation", "gyroscope", "hid", "idle-detection", "local-fonts", "magnetometer", "microphone", "midi"),
    *("payment", "screen-wake-lock", "serial", "usb", "xr-spatial-tracking"),
)
PERMISSIONS_POLICY = ", ".join(f"{feature}=()" for feature in UNUSED_FEATURES)

OPEN_TO_OTHER_SITES = "open_to_other_sites"
"""The mark of a view whose answers any site may read: public data, the same for everybody."""
SHARED = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "Content-Disposition, ETag, Link, Retry-After",
    "Cross-Origin-Resource-Policy": "cross-origin",
}
PREFLIGHT = {
    "Allow": "GET, HEAD, OPTIONS",
    "Access-Control-Allow-Methods": "GET, HEAD, OPTIONS",
    "Access-Control-Allow-Headers": "*",
    "Access-Control-Max-Age": "86400",
}

BEHIND_A_LINK = re.compile(r"/(?:[a-z]{2}/)?revision(?:/|$)")
"""Addresses that are keys: whatever is answered there, also to a wrong one."""
DISCRETION = {
    "X-Robots-Tag": "noindex, nofollow",
    "Cache-Control": "private, no-store",
    "Referrer-Policy": "no-referrer",
}


class ResponseHeaders:
    """What a view has set itself stays, but for addresses that are keys and for data that is everybody's."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response
        # Django's own stands further in, where it redirects and refuses: its headers would be missing on just that.
        self.stock = SecurityMiddleware(get_response)

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if BEHIND_A_LINK.match(request.path_info):
            _put(response, DISCRETION)
        if _is_open(request):
            _put(response, SHARED)
        response.headers.setdefault("Permissions-Policy", PERMISSIONS_POLICY)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        if response.headers.get("Content-Type", "").startswith("text/html"):
            response.headers.setdefault("Cross-Origin-Embedder-Policy", "require-corp")
        return self.stock.process_response(request, cast(HttpResponse, response))

    def process_view(self, request: HttpRequest, view: Any, _args: Any, _kwargs: Any) -> HttpResponse | None:
        """What a browser asks before a program of another site may ask for data with headers of its own."""
        if request.method == "OPTIONS" and getattr(view, OPEN_TO_OTHER_SITES, False):
            answer = HttpResponse(status=204, headers=PREFLIGHT)
            del answer["Content-Type"]
            return answer
        return None


def _put(response: HttpResponseBase, headers: Mapping[str, str]) -> None:
    for name, value in headers.items():
        response.headers[name] = value


def _is_open(request: HttpRequest) -> bool:
    match = request.resolver_match
    return match is not None and getattr(match.func, OPEN_TO_OTHER_SITES, False)
