"""The public parameters, stable for ever: addresses that people keep depend on them."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from practices.models.publication import Facet

TEXT = "q"
ORDER = "orden"
PAGE = "pagina"
SIZE = "tamano"
VIEW = "vista"
EXACT = "exacta"
WITH_NATIONAL = "nacionales"
SOUGHT = "en_"
"""Before the name of a facet: what its own search box holds. It narrows what is offered, not what is found."""
YES = "si"
DEPARTMENT = "departamento"

FACETS: Mapping[str, Facet] = {
    "categoria": Facet.CATEGORY,
    "servicio": Facet.SERVICE,
    DEPARTMENT: Facet.DEPARTMENT,
    "municipio": Facet.MUNICIPALITY,
    "anio": Facet.YEAR,
    "autor": Facet.AUTHOR,
    "convocatoria": Facet.CALL,
    "distincion": Facet.DISTINCTION,
    "criterio": Facet.CRITERION,
    "indicadores": Facet.METRICS,
    "archivos": Facet.FILES,
}

RELEVANCE = "relevancia"
NEWEST = "recientes"
START = "fecha"
TITLE = "titulo"

ORDERS: Mapping[str, str | Promise] = {
    RELEVANCE: _("Most relevant"),
    NEWEST: _("Newest publication"),
    START: _("Newest implementation"),
    TITLE: _("Title, A to Z"),
}
USUAL_SIZE = 20
SIZES = (USUAL_SIZE, 50, 100)
"""How many practices a page may hold."""
TABLE = "tabla"
"""The view that is not the usual one."""
MAX_VALUES = 50
"""Values of one facet that are looked at; the rest of a longer list is ignored."""

CODE = "codigo"
"""A practice to compare, in any spelling of its code; repeated for each."""
ONLY = "solo"
DIFFERENCES = "diferencias"
FORMAT = "formato"
INTERNATIONAL = "internacional"
"""Of a CSV: commas and decimal points."""
SINCE = "desde"
"""From when changes are told, of the lists as JSON and JSON Lines."""

SHAPING = frozenset(
    {TEXT, ORDER, PAGE, SIZE, VIEW, EXACT, WITH_NATIONAL, *FACETS, "codigo", "solo", "de", "a", "tabla"}
)
"""Every name that changes what some public page shows; an address with any other is nobody's but its author's. Without
SINCE: everybody who keeps a copy asks from a point of his own, and once."""
