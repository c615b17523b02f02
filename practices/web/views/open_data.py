"""What data there is and how to take it: for people, and as a schema.org DataCatalog for who gathers such pages."""

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
from practices.exchange.writers.datasets import Shape, data_graph
from practices.web.context import alternates
from practices.web.datasets import offered, public_data
from practices.web.surroundings import owner

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


@require_safe
def open_data(request: HttpRequest) -> HttpResponse:
    """Two queries: the catalogue version, and the newest practice, which serves as the example."""
    everything = Selection.from_query({})
    newest = everything.newest_first()[:1]
    code = newest[0].code if newest else EXAMPLE
    lists, counts = offered(request, OF_A_LIST), offered(request, OF_COUNTS)
    described = offered(request, OF_THE_CATALOGUE)
    about = public_data(request, everything, lists, counts)
    context = {
        "count": len(everything.ids),
        "groups": [
            (_("Of the whole catalogue, or of any selection"), "de-lista", lists),
            (_("Of one practice"), "de-practica", offered(request, OF_A_PRACTICE, code) if newest else []),
            (_("Of counts"), "de-conteos", counts),
            (_("Of what data there is"), "del-catalogo", described),
        ],
        "described": described,
        "examples": examples(request, code, {shape.name: shape.address for shape in lists}),
        "parameters": parameters(),
        "licence": owner(request).licence,
        "alternates": alternates(request, request.path),
        "about_data": data_graph(
            about, [(_("Home"), request.build_absolute_uri(reverse("web:home"))), (_("Open data"), about.here)]
        ),
    }
    return render(request, "practices/open_data.html", context)


def examples(request: HttpRequest, code: str, lists: dict[str, str]) -> list[tuple[str, str]]:
    """What to do, and the command that does it."""
    practice = request.build_absolute_uri(reverse("web:practice_json", args=[code]))
    told = [
        (
            _("The practices about tariffs, the newest first"),
            f"'{lists['practice_list_json']}?q=tarifa&orden=recientes'",
        ),
        (_("One practice, whole"), f"'{practice}'"),
    ]
    if table := lists.get("practice_list_csv"):
        told.append((_("Those of Caldas, as a table"), f"-o practicas.csv '{table}?departamento=17'"))
    return [(what, f"curl {command}") for what, command in told]


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
