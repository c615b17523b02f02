"""What data this site has to offer, as its page, its JSON-LD and its DCAT catalogue tell it. No queries."""

from collections.abc import Sequence
from dataclasses import replace

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext_lazy as _

from practices.browse import Selection
from practices.document import SCHEMA
from practices.exchange.writers import pdf
from practices.exchange.writers.datasets import DataCatalogue, Dataset, Shape, Text
from practices.web.addresses import lasting_address
from practices.web.frame import frame
from practices.web.surroundings import owner

KEYWORDS: tuple[Text, ...] = (
    *(_("good practices"), _("public utilities"), _("water supply"), _("sewerage"), _("waste collection")),
    *(_("electricity"), _("gas"), "Colombia"),
)


def public_data(
    request: HttpRequest, everything: Selection, lists: Sequence[Shape], counts: Sequence[Shape]
) -> DataCatalogue:
    """`lists` and `counts` are the shapes of the practices and of the panorama, with their addresses."""
    around, address = frame(), lasting_address(request, "open_data")
    years = sorted(value.value for group in everything.facets if group.name == "anio" for value in group.values)
    first, last = (years[0], years[-1]) if years else ("", "")
    practices = Dataset(
        "practicas",
        lasting_address(request, "practice_list"),
        _("Good practices of Colombian public utilities"),
        _("Every published practice: author, place, date, what was done, impact with its figures, criteria."),
        KEYWORDS,
        [shape for shape in lists if shape.name != "practice_list_pdf" or is_printable(everything)],
        first,
        last,
    )
    panorama = Dataset(
        "conteos",
        lasting_address(request, "panorama"),
        _("Counts of the good practices of Colombian public utilities"),
        _("How many practices there are by year, category, service, department and author; totals of figures."),
        (*KEYWORDS, _("statistics")),
        counts,
        first,
        last,
    )
    return DataCatalogue(
        owner(request),
        address,
        request.build_absolute_uri(reverse("web:open_data")),
        _("Catalogue of good practices of public utilities"),
        _("What providers of public utilities in Colombia did to serve their users better, and its results."),
        _("Providers write their practices, the institution reviews them, and each version is frozen when published."),
        _("JSON addresses of the catalogue"),
        _("Any selection of practices and its counts as JSON, with the filters of the list as parameters."),
        [practices, panorama],
        version=str(around.version),
        updated_at=around.updated_at,
        schema=address_of(request, "document_schema", SCHEMA),
        openapi=address_of(request, "openapi"),
    )


def is_printable(everything: Selection) -> bool:
    """Whether all practices fit in the one document that is set of a selection."""
    return 0 < len(everything.ids) <= pdf.MOST_PRACTICES


def offered(request: HttpRequest, shapes: Sequence[Shape], *arguments: str) -> list[Shape]:
    """Those that this site has, with their addresses."""
    found = []
    for shape in shapes:
        try:
            path = reverse(f"web:{shape.name}", args=arguments)
        except NoReverseMatch:
            continue
        found.append(replace(shape, address=request.build_absolute_uri(path)))
    return found


def address_of(request: HttpRequest, name: str, *arguments: int) -> str:
    """It lasts; "" where this site has no such address."""
    try:
        return lasting_address(request, name, *arguments)
    except NoReverseMatch:
        return ""
