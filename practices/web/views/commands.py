"""Commands to copy from the page of open data. Each gets an address that this site has."""

from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _

from practices.browse.parameters import SINCE
from practices.document import SCHEMA

AGAIN = "--etag-compare etag.txt --etag-save etag.txt -o practicas.jsonl"
"""The options by which curl asks for what has changed only."""
A_DAY = "2026-01-31"


@dataclass(frozen=True)
class Curl:
    """A command that gets an address by the name of its view."""

    name: str
    query: str = ""
    options: str = ""
    arguments: tuple[str, ...] = ()

    def command(self, request: HttpRequest) -> str:
        """In one line; "" where this site has no such address."""
        try:
            path = reverse(f"web:{self.name}", args=self.arguments)
        except NoReverseMatch:
            return ""
        address = request.build_absolute_uri(f"{path}{'?' if self.query else ''}{self.query}")
        return " ".join(filter(None, ("curl", self.options, f"'{address}'")))


def examples(request: HttpRequest, code: str) -> list[tuple[str, str]]:
    """What to do, and the command that does it."""
    schema = Curl("document_schema", options="-o practica.schema.json", arguments=(str(SCHEMA),))
    told = [
        (_("The practices about tariffs, the newest first"), Curl("practice_list_json", "q=tarifa&orden=recientes")),
        (_("One practice, whole"), Curl("practice_json", arguments=(code,))),
        (_("Those of Caldas, as a table"), Curl("practice_list_csv", "departamento=17", "-o practicas.csv")),
        (_("Every practice, one on each line"), Curl("practice_list_jsonl", options="-o practicas.jsonl")),
        (_("The same, only if it has changed since the last time"), Curl("practice_list_jsonl", options=AGAIN)),
        (_("What changed since a day, and what was withdrawn"), Curl("practice_list_json", f"{SINCE}={A_DAY}")),
        (_("The practices by year, category, service and department"), Curl("panorama_json")),
        (_("The schema that a practice keeps to"), schema),
        (_("The description of every address"), Curl("openapi", options="-o openapi.json")),
    ]
    return [(what, command) for what, curl in told if (command := curl.command(request))]
