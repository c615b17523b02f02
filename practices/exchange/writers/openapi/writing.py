"""From the declarations to the description: OpenAPI 3.1, as plain values, in the language in force."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from practices.document import PracticeDocument
from practices.exchange.writers.metadata import Owner
from practices.exchange.writers.schemas import DIALECT, Schema, definitions, document_definitions, plain

from .answers import Refusal
from .components import REVISIT, component_headers, component_responses
from .declarations import Operation, Parameter
from .operations import GROUPS, OPERATIONS

OPENAPI = "3.1.1"
VERSION = "1.0.0"
"""Of what is promised: what comes raises the middle number, what goes the first."""
SCHEMAS = "#/components/schemas/{name}"

AddressOf = Callable[[str, Mapping[str, str | int]], str | None]
"""From the name of a view and the values of its path to the path; None where this site has no such view."""


@dataclass(frozen=True)
class Site:
    """What is described: whose it is, its page for people, an address to write to ("" where there is none)."""

    owner: Owner
    page: str
    email: str


def description(site: Site, address_of: AddressOf) -> Schema:
    """The whole of it. No queries."""
    paths = {path: operation for operation in OPERATIONS if (path := _path(operation, address_of))}
    operations = list(paths.values())
    used = {operation.group for operation in operations}
    return {
        "openapi": OPENAPI,
        "info": _info(site),
        "jsonSchemaDialect": DIALECT,
        "servers": [{"url": site.owner.home.rstrip("/")}],
        "externalDocs": {"url": site.page, "description": _("The same for people, with a data dictionary")},
        "tags": [{"name": name, "description": str(what)} for name, what in GROUPS.items() if name in used],
        "security": [],
        "paths": {path: {"get": _operation(operation)} for path, operation in paths.items()},
        "components": {
            "schemas": schemas_of(operations),
            "responses": component_responses(),
            "headers": component_headers(),
            "parameters": {_component(one): _parameter(one) for one in _shared(operations)},
        },
    }


def _info(site: Site) -> Schema:
    owner = site.owner
    contact = {"name": owner.name, "url": owner.home, "email": site.email}
    licence = {"name": _("Terms under which the contents may be used"), "url": owner.licence}
    told = {
        "title": _("%(site)s: open data") % {"site": owner.site},
        "version": VERSION,
        "description": _(
            "Everything public in this catalogue as data: no registration, no key, no personal data. "
            "Unknown parameters and values are ignored, never an error. Records are in Spanish, as they were written."
        ),
        "contact": {name: value for name, value in contact.items() if value},
    }
    return {**told, "termsOfService": owner.licence, "license": licence} if owner.licence else told


def _path(operation: Operation, address_of: AddressOf) -> str:
    """With the names of its values in braces: /practicas/{code}.json; "" where this site has none."""
    values = {one.name: one.stand_in for one in operation.parameters if one.place == "path"}
    path = address_of(operation.name, values) or ""
    for name, stand_in in values.items():
        path = path.replace(str(stand_in), f"{{{name}}}")
    return path


def _operation(operation: Operation) -> Schema:
    told: Schema = {
        "operationId": operation.name,
        "tags": [operation.group],
        "summary": str(operation.summary),
        "parameters": [_reference(one) for one in (*operation.parameters, *(REVISIT if operation.is_lasting else ()))],
        "responses": _responses(operation),
    }
    return {**told, "description": str(operation.meaning)} if operation.meaning else told


def _responses(operation: Operation) -> Schema:
    statuses = [*operation.refusals, 429, 503]
    if any(one.name == "code" and one.place == "path" for one in operation.parameters):
        statuses.append(301)
    if operation.is_lasting:
        statuses.append(304)
    found = {str(status): {"$ref": f"#/components/responses/{status}"} for status in sorted(statuses)}
    return {"200": _answer(operation), **found}


def _answer(operation: Operation) -> Schema:
    lasting = ("ETag", "Last-Modified", "Cache-Control") if operation.is_lasting else ()
    return {
        "description": str(operation.summary),
        "headers": {name: {"$ref": f"#/components/headers/{name}"} for name in (*lasting, *operation.headers)},
        "content": {operation.media_type: {"schema": _holds(operation)}},
    }


def _holds(operation: Operation) -> Schema:
    leads = [{"$ref": SCHEMAS.format(name=kind.__name__)} for kind in operation.classes]
    if leads:
        return leads[0] if len(leads) == 1 else {"anyOf": leads}
    # What is no text has no type here: OpenAPI 3.1 tells bytes by their media type alone.
    is_text = operation.media_type.startswith("text/") or operation.media_type.endswith(("xml", "json", "bibtex"))
    return {"type": "string"} if is_text else {}


def _reference(parameter: Parameter) -> Schema:
    return {"$ref": f"#/components/parameters/{_component(parameter)}"}


def _component(parameter: Parameter) -> str:
    return f"{parameter.place}-{parameter.key or parameter.name}"


def _parameter(parameter: Parameter) -> Schema:
    schema = plain(parameter.schema)
    told: Schema = {"name": parameter.name, "in": parameter.place, "description": str(parameter.meaning)}
    if parameter.place == "path":
        told["required"] = True
    if parameter.repeats:
        return {**told, "style": "form", "explode": True, "schema": {"type": "array", "items": schema}}
    return {**told, "schema": schema}


def _shared(operations: Iterable[Operation]) -> list[Parameter]:
    """Every parameter of them, once."""
    every = [one for operation in operations for one in (*operation.parameters, *REVISIT)]
    return list({_component(one): one for one in every}.values())


def schemas_of(operations: Iterable[Operation]) -> dict[str, Schema]:
    """Of every JSON answer and of what it is made of; the document and its parts as their own schema tells them."""
    held = dict.fromkeys(kind for operation in operations for kind in operation.classes)
    held |= dict.fromkeys((PracticeDocument, Refusal))
    return {**definitions(held, SCHEMAS), **document_definitions(SCHEMAS)}
