"""What the addresses share: headers, refusals, and how one asks whether what one has is still good."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .declarations import JSON, Parameter

TEXT = {"type": "string"}
REFUSAL = {"$ref": "#/components/schemas/Refusal"}

REVISIT = (
    Parameter("If-None-Match", gettext_lazy("The ETag that one has: 304 if it is still the same"), TEXT, "header"),
    Parameter(
        "If-Modified-Since", gettext_lazy("The Last-Modified that one has: 304 if nothing changed"), TEXT, "header"
    ),
)


def component_headers() -> dict[str, Any]:
    told = {
        "ETag": _(
            "Names this state of the answer; it changes with the catalogue, the language, the day and the build."
        ),
        "Last-Modified": _("When the answer may have changed last."),
        "Cache-Control": _("For how long it may be kept without asking."),
        "Content-Disposition": _("Name of the file: a selection says itself in it."),
        "Link": _("Address of the JSON Schema that the document keeps to (describedby)."),
        "Location": _("Address that lasts."),
        "Retry-After": _("Seconds after which to come back."),
    }
    kinds = {"Retry-After": {"type": "integer", "minimum": 0}, "Location": {**TEXT, "format": "uri-reference"}}
    return {name: {"description": what, "schema": kinds.get(name, TEXT)} for name, what in told.items()}


def component_responses() -> dict[str, Any]:
    return {
        "301": _response(_("The same at the address with the canonical code."), ("Location",)),
        "304": _response(_("What one has is still the same."), ("ETag", "Last-Modified", "Cache-Control")),
        "404": _refusal(_("There is nothing at this address.")),
        "410": _refusal(_("It was withdrawn; the answer tells the reason.")),
        "422": _response(_("The selection is empty, or too large for one document."), (), "text/html"),
        "429": _refusal(_("Too many requests from one address: wait as long as Retry-After says."), ("Retry-After",)),
        "503": _refusal(_("The site is busy or being maintained."), ("Retry-After",)),
    }


def _response(what: str, headers: tuple[str, ...] = (), media_type: str = "") -> dict[str, Any]:
    told: dict[str, Any] = {"description": what}
    if headers:
        told["headers"] = {name: {"$ref": f"#/components/headers/{name}"} for name in headers}
    return {**told, "content": {media_type: {"schema": TEXT}}} if media_type else told


def _refusal(what: str, headers: tuple[str, ...] = ()) -> dict[str, Any]:
    """JSON where that was asked for, a line of text at other addresses of data, else a page for people."""
    kinds = {"text/html": {"schema": TEXT}, "text/plain": {"schema": TEXT}, JSON: {"schema": REFUSAL}}
    return {**_response(what, headers), "content": kinds}
