"""/healthz and /readyz: whether this process answers, and whether what it needs is there.

Both are for machines: no language, no session, no cookie, whatever host they ask for and by plain http too.
"""

import logging
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe

from .readiness import OK, is_ready, verdicts

log = logging.getLogger(__name__)

DISCRETION = {"Cache-Control": "no-store", "X-Robots-Tag": "noindex, nofollow"}
ASK_AGAIN = "10"
"""Seconds."""


@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """200 while the process answers at all: nothing else is asked, so a database that is away ends no process."""
    return HttpResponse("ok", content_type="text/plain", headers=DISCRETION)


@require_safe
def readyz(request: HttpRequest) -> HttpResponse:
    """200, or 503 with the checks that fail. Answers within a second, whatever does not."""
    checks = verdicts()
    if is_ready(checks):
        return JsonResponse({"status": OK, "checks": checks}, headers=DISCRETION)
    log.error("not ready: %s", ", ".join(f"{name}: {verdict}" for name, verdict in checks.items() if verdict != OK))
    headers = {**DISCRETION, "Retry-After": ASK_AGAIN}
    response = JsonResponse({"status": "failing", "checks": checks}, status=503, headers=headers)
    # Or Django would log once more that a page was not available.
    response._has_been_logged = True  # type: ignore[attr-defined]
    return response


PROBES = {"/healthz": healthz, "/readyz": readyz}


class Probes:
    """Answers them before anything asks which host was meant, or whether there is a session."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        probe = PROBES.get(request.path_info)
        if probe is None:
            return self.get_response(request)
        response = probe(request)
        response.headers["Content-Length"] = str(len(response.content))
        return response
