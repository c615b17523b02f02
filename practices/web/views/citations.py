"""The reference of a practice for the programs that keep references."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from practices.exchange.writers.citation import bibtex, ris

from .practice import answer_elsewhere, cited, publication_in_force

WRITERS = {"bib": (bibtex, "application/x-bibtex"), "ris": (ris, "application/x-research-info-systems")}


@require_safe
def practice_bibtex(request: HttpRequest, code: str) -> HttpResponse:
    return _reference(request, code, "bib", "practice_bibtex")


@require_safe
def practice_ris(request: HttpRequest, code: str) -> HttpResponse:
    return _reference(request, code, "ris", "practice_ris")


def _reference(request: HttpRequest, code: str, kind: str, name: str) -> HttpResponse:
    publication = publication_in_force(code)
    elsewhere = answer_elsewhere(request, publication, code, name)
    if elsewhere:
        return elsewhere
    write, media_type = WRITERS[kind]
    response = HttpResponse(write(cited(request, publication)), content_type=f"{media_type}; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{publication.code}.{kind}"'
    return response
