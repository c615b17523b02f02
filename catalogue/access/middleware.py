"""What the staff's site answers is not kept by browsers, whoever answers: its pages, refusals, what is not there."""

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.cache import add_never_cache_headers

from ..middleware import Handler

# A script with nothing but words, the same for everybody.
KEPT = {"jsi18n"}


class NotKept:
    """The stock admin says so of most of its pages, and of no refusal. Where a view has said something, that holds."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        match = request.resolver_match
        if (
            match
            and match.app_name == "admin"
            and match.url_name not in KEPT
            and "Cache-Control" not in response.headers
        ):
            add_never_cache_headers(response)
        return response
