"""The public parameters, stable for ever: addresses that people keep depend on them."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from practices.models.publication import Facet

TEXT = "q"
ORDER = "orden"
PAGE = "pagina"

FACETS: Mapping[str, Facet] = {
    "categoria": Facet.CATEGORY,
    "servicio": Facet.SERVICE,
    "departamento": Facet.DEPARTMENT,
    "municipio": Facet.MUNICIPALITY,
    "anio": Facet.YEAR,
    "autor": Facet.AUTHOR,
    "criterio": Facet.CRITERION,
}

RELEVANCE = "relevancia"
NEWEST = "recientes"

ORDERS: Mapping[str, str | Promise] = {
    RELEVANCE: _("Most relevant"),
    NEWEST: _("Newest publication"),
    "fecha": _("Newest implementation"),
    "titulo": _("Title, A to Z"),
}
ORDER_COLUMNS: Mapping[str, tuple[str, ...]] = {
    NEWEST: ("-published_at", "-pk"),
    "fecha": ("-implemented_start", "-pk"),
    "titulo": ("title_key", "pk"),
}

MAX_VALUES = 50
"""Values of one facet that are looked at; the rest of a longer list is ignored."""
