"""What data there is and how to take it: for people, and as a schema.org DataCatalog for who gathers such pages."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from practices.browse import Selection
from practices.browse.facets import LABELS
from practices.browse.parameters import ORDER, ORDERS, PAGE, SIZE, SIZES, TEXT, WITH_NATIONAL, YES
from practices.document import SCHEMA
from practices.exchange.writers.datasets import Shape, data_graph
from practices.exchange.writers.dictionary import columns, fields, other_language, with_other_label
from practices.web.context import alternates
from practices.web.datasets import offered, public_data
from practices.web.frame import frame
from practices.web.surroundings import owner
from practices.web.twins import twin

from .commands import examples

EXAMPLE = "BP-ANDESCO-SSPD-002-2020"
"""A code to write in an example where nothing has been published yet."""


OF_A_LIST = [
    Shape("practice_list_csv", "CSV", "text/csv", gettext_lazy("A row for each practice, for a spreadsheet.")),
    Shape(
        "practice_list_xlsx",
        "XLSX",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        gettext_lazy("The same as an Excel workbook, with typed cells."),
    ),
    Shape(
        "practice_list_json",
        "JSON",
        "application/json",
        gettext_lazy("A page at a time, with all the filters."),
        is_whole=False,
    ),
    Shape("practice_list_jsonl", "JSON Lines", "application/x-ndjson", gettext_lazy("A whole practice on each line.")),
    Shape(
        "practice_feed",
        "Atom",
        "application/atom+xml",
        gettext_lazy("The newest fifty, for a feed reader."),
        is_whole=False,
    ),
    Shape("practice_list_pdf", "PDF", "application/pdf", gettext_lazy("To read and to print.")),
]
OF_A_PRACTICE = [
    Shape("practice_json", "JSON", "application/json", gettext_lazy("Everything that was published of it.")),
    Shape("practice_pdf", "PDF", "application/pdf", gettext_lazy("To read and to print.")),
    Shape("practice_bibtex", "BibTeX", "application/x-bibtex", gettext_lazy("To cite it.")),
    Shape("practice_ris", "RIS", "application/x-research-info-systems", gettext_lazy("To cite it.")),
    Shape("versions", "HTML", "text/html", gettext_lazy("Every version of it, and what changed between two.")),
    Shape("versions_json", "JSON", "application/json", gettext_lazy("Its versions, with the address of each.")),
]
OF_COUNTS = [
    Shape(
        "panorama_csv",
        "CSV",
        "text/csv",
        gettext_lazy("A table of the panorama: by year, category, department."),
        is_whole=False,
    ),
    Shape("panorama_json", "JSON", "application/json", gettext_lazy("All the tables of the panorama.")),
]
OF_THE_CATALOGUE = [
    Shape("dcat_turtle", "Turtle", "text/turtle", gettext_lazy("DCAT-AP 3, for the portals that harvest it.")),
    Shape("dcat_jsonld", "JSON-LD", "application/ld+json", gettext_lazy("The same, for programs that read JSON.")),
]
OF_PAGES = [
    Shape("home_json", "JSON", "application/json", gettext_lazy("The home page: counts and the newest practices.")),
    Shape("criteria_json", "JSON", "application/json", gettext_lazy("The criteria of a good practice.")),
    Shape("site_map_json", "JSON", "application/json", gettext_lazy("Every page there is.")),
    Shape("open_data_json", "JSON", "application/json", gettext_lazy("What this page tells.")),
]
FOR_PROGRAMS = [
    Shape("openapi", "OpenAPI", "application/json", gettext_lazy("Every address with what it takes and answers.")),
    Shape("data_dictionary", "CSV", "text/csv", gettext_lazy("The data dictionary, in Spanish and English.")),
]
SCHEMA_OF_A_PRACTICE = [
    Shape("document_schema", "JSON Schema", "application/schema+json", gettext_lazy("The document of a practice.")),
]


@require_safe
def open_data(request: HttpRequest) -> HttpResponse:
    told = told_of_data(request)
    context = {**told, "alternates": alternates(request, request.path), "about_data": about(request, told)}
    return render(request, "practices/open_data.html", context)


@require_safe
def open_data_json(request: HttpRequest) -> HttpResponse:
    told, updated_at = told_of_data(request), frame().updated_at
    data = {
        "count": told["count"],
        "licence": told["licence"] or None,
        "updated": updated_at.isoformat() if updated_at else None,
        "groups": [
            {"title": title, "shapes": [_as_data(shape) for shape in shapes]}
            for title, _anchor, shapes in told["groups"]
        ],
        "parameters": [{"name": name, "what": str(what)} for name, what in told["parameters"]],
        "examples": [{"what": what, "command": command} for what, command in told["examples"]],
    }
    return twin(request, data)


def _as_data(shape: Shape) -> dict[str, str]:
    return {
        "name": shape.name,
        "title": shape.title,
        "media_type": shape.media_type,
        "what": str(shape.what),
        "url": shape.address,
    }


def told_of_data(request: HttpRequest) -> dict[str, Any]:
    """Two queries: the catalogue version, and the newest practice, which serves as the example."""
    everything = Selection.from_query({})
    newest = everything.newest_first()[:1]
    code = newest[0].code if newest else EXAMPLE
    lists, counts = offered(request, OF_A_LIST), offered(request, OF_COUNTS)
    described = offered(request, OF_THE_CATALOGUE)
    return {
        "everything": everything,
        "lists": lists,
        "counts": counts,
        "described": described,
        "count": len(everything.ids),
        "groups": [
            (_("Of the whole catalogue, or of any selection"), "de-lista", lists),
            (_("Of one practice"), "de-practica", offered(request, OF_A_PRACTICE, code) if newest else []),
            (_("Of counts"), "de-conteos", counts),
            (_("Of the other pages"), "de-paginas", offered(request, OF_PAGES)),
            (_("For programs"), "para-programas", for_programs(request)),
            (_("Of what data there is"), "del-catalogo", described),
        ],
        "examples": examples(request, code),
        **dictionary(),
        "parameters": parameters(),
        "licence": owner(request).licence,
    }


def about(request: HttpRequest, told: dict[str, Any]) -> dict[str, Any]:
    """The same for machines."""
    data = public_data(request, told["everything"], told["lists"], told["counts"])
    steps = [(_("Home"), request.build_absolute_uri(reverse("web:home"))), (_("Open data"), data.here)]
    return data_graph(data, steps)


def for_programs(request: HttpRequest) -> list[Shape]:
    return [*offered(request, FOR_PROGRAMS), *offered(request, SCHEMA_OF_A_PRACTICE, str(SCHEMA))]


def dictionary() -> dict[str, Any]:
    """Every column and every field in the language of the page, with its name in the other one."""
    return {
        "other_language": other_language(),
        "columns": with_other_label(columns),
        "fields": with_other_label(fields),
    }


def parameters() -> list[tuple[str, str | Promise]]:
    """Of every list, each with what it chooses."""
    return [
        (TEXT, _("Words, or a code")),
        *LABELS.items(),
        (f"{WITH_NATIONAL}={YES}", _("National practices count in every department")),
        (ORDER, _("One of these: %(values)s") % {"values": ", ".join(ORDERS)}),
        (SIZE, _("One of these: %(values)s") % {"values": ", ".join(map(str, SIZES))}),
        (PAGE, _("From 1 on; of the JSON list")),
    ]
