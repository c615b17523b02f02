"""Every page and the same as JSON: which is whose twin, and how each of the two names the other.

A page names its twin in its head (`templates/base.html`), the twin its page in the header `Link` and, where it is not
a frozen document byte for byte, as `url`.
"""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse

TWINS: Mapping[str, str] = {
    "home": "home_json",
    "practice_list": "practice_list_json",
    "practice_detail": "practice_json",
    "versions": "versions_json",
    "version": "version_json",
    "compare_versions": "compare_versions_json",
    "author": "author_json",
    "panorama": "panorama_json",
    "compare": "compare_json",
    "criteria": "criteria_json",
    "open_data": "open_data_json",
    "site_map": "site_map_json",
    "page": "page_json",
}
"""The view of a page → the view of its twin; both take the same arguments."""
PAGES: Mapping[str, str] = {twin: page for page, twin in TWINS.items()}
LONGEST = 1_000
"""Characters of an address in a header: a proxy takes a few kilobytes of headers, all together."""


def is_data(request: HttpRequest) -> bool:
    """Whether it is JSON that was asked for, so that what there is to say is said in it."""
    return request.path.endswith(".json")


def twin_of(request: HttpRequest) -> str:
    """The address of the twin of the page asked for, without a query string; "" where it has none."""
    return _other(request, TWINS)


def _other(request: HttpRequest, names: Mapping[str, str]) -> str:
    match = request.resolver_match
    name = names.get(match.url_name or "") if match and match.namespace == "web" else None
    return reverse(f"web:{name}", args=match.args, kwargs=match.kwargs) if match and name else ""


def twin(request: HttpRequest, data: Mapping[str, Any] | bytes | str, query: str = "") -> HttpResponse:
    """The data of a page, which says whose twin it is. `query` is the page's own query string: only what is known.

    Text and bytes are JSON already and stay as they are.
    """
    page = request.build_absolute_uri(f"{_other(request, PAGES)}{'?' if query else ''}{query}")
    if isinstance(data, Mapping):
        response: HttpResponse = as_json({"url": page, **data})
    else:
        response = HttpResponse(data, content_type="application/json")
    if len(page) <= LONGEST:
        response.headers["Link"] = f'<{page}>; rel="alternate"; type="text/html"'
    return response


def as_json(data: Mapping[str, Any], status: int = 200) -> JsonResponse:
    return JsonResponse(data, status=status, json_dumps_params={"ensure_ascii": False})
