"""The staff's manual: one page for each task, in Spanish, with pictures that the browser tests make.

Its texts are written by hand in templates/admin/manual/pages, in the language of the staff, and not translated.
"""

from django.contrib import admin
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _

PAGES = {
    "escribir": "Escribir una ficha",
    "pegar": "Pegar desde Word",
    "cifras": "Anotar las cifras del impacto",
    "revisar": "Revisar y devolver",
    "publicar": "Publicar, programar y retirar",
    "autor": "Mostrarla a su autor",
    "importar": "Importar muchas fichas",
    "vocabulario": "Cuidar el vocabulario",
    "contactos": "Contactos y autorizaciones",
}

SECTIONS = {
    "identity": "escribir#titulo",
    "authors": "escribir#autores",
    "classification": "escribir#fecha",
    "summary": "pegar",
    "impact": "cifras",
    "coverage": "escribir#cobertura",
    "lessons": "escribir#validacion",
    "criteria": "escribir#criterios",
    "evidence": "escribir#archivos",
    "contacts": "contactos",
}
"""Where the manual explains a section of the practice's form."""


def address_for(section: str) -> str:
    """Where a section of the form is explained; "" where the manual says nothing of it."""
    page, _mark, anchor = SECTIONS.get(section, "").partition("#")
    return f"{reverse('admin:manual_page', args=[page])}{'#' if anchor else ''}{anchor}" if page else ""


def contents(request: HttpRequest) -> HttpResponse:
    return drawn(request, "admin/manual/contents.html", _("Manual"))


def one_page(request: HttpRequest, page: str) -> HttpResponse:
    if page not in PAGES:
        raise Http404
    return drawn(request, f"admin/manual/pages/{page}.html", PAGES[page], page)


def drawn(request: HttpRequest, template: str, title: str, page: str = "") -> HttpResponse:
    slugs = list(PAGES)
    following = slugs[slugs.index(page) + 1 :][:1] if page else []
    context = {
        **admin.site.each_context(request),
        "title": title,
        "page": page,
        "pages": PAGES.items(),
        "following": [(slug, PAGES[slug]) for slug in following],
    }
    return TemplateResponse(request, template, context)
