"""Up to four practices side by side, chosen in the address alone."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from practices.browse import Selection
from practices.browse.comparing import Compared
from practices.browse.parameters import TEXT
from practices.document import PracticeDocument
from practices.exchange.writers.comparison_json import comparison_json
from practices.exchange.writers.comparison_table import comparison_table
from practices.language.texts import shorten
from practices.models.publication import Publication
from practices.web.context import alternates
from practices.web.twins import twin

LETTERS = "ABCD"
MATCHES = 10


@dataclass(frozen=True)
class Column:
    """A practice of the table; `without` is the query string of the comparison less this one."""

    letter: str
    document: PracticeDocument
    without: str

    @property
    def short(self) -> str:
        """What tells it apart where its cells stand one under another."""
        return f"{self.letter} · {shorten(self.document.title, 32)}"


@dataclass(frozen=True)
class Match:
    """A practice that the page's own search found; `adding` is "" where it is compared already."""

    publication: Publication
    adding: str


@require_safe
def compare(request: HttpRequest) -> HttpResponse:
    compared = Compared.from_query(request.GET)
    documents = [publication.content for publication in compared.publications]
    query = compared.query_string()
    context = {
        "compared": compared,
        "columns": columns_of(compared, documents),
        "query_string": query,
        "canonical_query": compared.query_string(only_differences=False, in_order=False),
        "alternates": alternates(request, f"{request.path}{'?' if query else ''}{query}"),
        **_table(compared, documents),
        **(_search(request, compared) if compared.room else {}),
    }
    return render(request, "practices/compare.html", context)


@require_safe
def compare_json(request: HttpRequest) -> HttpResponse:
    """The documents of the same practices, and their aligned figures."""
    compared = Compared.from_query(request.GET)
    return twin(request, comparison_json(compared.publications), compared.query_string())


def columns_of(compared: Compared, documents: Sequence[PracticeDocument]) -> list[Column]:
    return [
        Column(letter, document, compared.query_string(drop=document.code))
        for letter, document in zip(LETTERS, documents, strict=False)
    ]


def _table(compared: Compared, documents: Sequence[PracticeDocument]) -> dict[str, Any]:
    """Nothing for fewer than two: one practice alone is read on its own page."""
    if len(documents) < 2:
        return {}
    table = comparison_table(documents, get_language() or "")
    return {
        "table": table.only_differences() if compared.only_differences else table,
        "rows": len(table.rows),
        "differing": table.differing,
        "whole_query": compared.query_string(only_differences=False),
        "differences_query": compared.query_string(only_differences=True),
    }


def _search(request: HttpRequest, compared: Compared) -> dict[str, Any]:
    selection = Selection.from_query({TEXT: request.GET.get(TEXT, "")}) if request.GET.get(TEXT) else None
    if selection is None or not selection.text:
        return {}
    matches = [
        Match(found, "" if found.code in compared.codes else compared.query_string(add=found.code))
        for found in selection.publications()[:MATCHES]
    ]
    return {"selection": selection, "matches": matches, "count": len(selection.ids)}
