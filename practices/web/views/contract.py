"""What programs may rely on: the interface as OpenAPI, the document as JSON Schema, the dictionary of the data."""

from collections.abc import Mapping

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.urls import NoReverseMatch, reverse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from practices.browse.parameters import FORMAT, INTERNATIONAL
from practices.document import schema_of as version_of
from practices.exchange.writers import csv_out, openapi
from practices.exchange.writers.dictionary import both_languages
from practices.exchange.writers.schemas import document_schema as schema_of
from practices.web.addresses import lasting_address
from practices.web.frame import frame
from practices.web.surroundings import owner

SCHEMA_TYPE = "application/schema+json"
DICTIONARY = "diccionario-de-datos.csv"


@require_safe
def openapi_description(request: HttpRequest) -> HttpResponse:
    """Every address of data that this site has, in the language of the address. No queries but the version's."""
    identity = frame().identity
    page = request.build_absolute_uri(reverse("web:open_data"))
    site = openapi.Site(owner(request), page, identity.email if identity else "")
    return JsonResponse(openapi.description(site, _address), json_dumps_params={"ensure_ascii": False})


def _address(name: str, values: Mapping[str, str | int]) -> str | None:
    try:
        return reverse(f"web:{name}", kwargs=dict(values))
    except NoReverseMatch:
        return None


@require_safe
def document_schema(request: HttpRequest, number: int) -> HttpResponse:
    """Of one version of the document; it is known by one address in both languages. Raises Http404."""
    schema = schema_of(number, schema_address(request, number))
    if schema is None:
        raise Http404
    return JsonResponse(schema, content_type=SCHEMA_TYPE, json_dumps_params={"ensure_ascii": False})


def schema_address(request: HttpRequest, number: int) -> str:
    return lasting_address(request, "document_schema", number)


def described(request: HttpRequest, response: HttpResponse, document: str) -> HttpResponse:
    """A frozen document as an answer, with the header that leads to the schema of its own version."""
    link = f'<{schema_address(request, version_of(document))}>; rel="describedby"; type="{SCHEMA_TYPE}"'
    response.headers["Link"] = ", ".join(filter(None, (response.headers.get("Link"), link)))
    return response


@require_safe
def data_dictionary(request: HttpRequest) -> HttpResponse:
    """Every column and every field in Spanish and in English; the same file in both languages."""
    dialect = csv_out.INTERNATIONAL if request.GET.get(FORMAT) == INTERNATIONAL else csv_out.SPANISH
    header, *rows = both_languages()
    response = HttpResponse("".join(csv_out.csv_lines(header, rows, dialect)), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = content_disposition_header(True, DICTIONARY)
    return response
