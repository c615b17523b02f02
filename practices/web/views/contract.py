"""What programs may rely on: the document as JSON Schema."""

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_safe

from practices.document import schema_of as version_of
from practices.exchange.writers.schemas import document_schema as schema_of
from practices.web.addresses import lasting_address

SCHEMA_TYPE = "application/schema+json"


@require_safe
def document_schema(request: HttpRequest, number: int) -> HttpResponse:
    """Of one version of the document; it is known by one address in both languages. Raises Http404."""
    schema = schema_of(number, schema_address(request, number))
    if schema is None:
        raise Http404
    return JsonResponse(schema, content_type=SCHEMA_TYPE, json_dumps_params={"ensure_ascii": False})


def schema_address(request: HttpRequest, number: int) -> str:
    return lasting_address(request, "document_schema", number)


def described_by(request: HttpRequest, document: str) -> str:
    """The header by which a frozen document leads to the schema of its own version."""
    return f'<{schema_address(request, version_of(document))}>; rel="describedby"; type="{SCHEMA_TYPE}"'
