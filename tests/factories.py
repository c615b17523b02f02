"""Records for tests, made through the same doors that people use."""

from typing import Any

from django.core.files.base import ContentFile

from practices.document import Attachment, Author, Coverage, Implementation, Metric, Place, PracticeDocument
from practices.document import Category as DocumentCategory
from practices.document import Service as DocumentService
from practices.editorial.publishing import publish
from practices.editorial.recording import store_document
from practices.editorial.workflow import approve, send_to_review
from practices.models.files import StoredFile
from practices.models.practice import Practice
from practices.models.publication import Publication
from practices.models.vocabulary import Department, Municipality

OFFICES = DocumentCategory("oficinas", "Funcionamiento de las oficinas", 1, "1. Funcionamiento de las oficinas")
WATER = DocumentService("acueducto", "Acueducto")


def author(name: str = "Aguas de Prueba S.A. E.S.P.", **fields: Any) -> Author:
    return Author(**{"as_written": name, "name": name, "slug": "", "kind": "provider", **fields})


def document(number: int = 1, **fields: Any) -> PracticeDocument:
    """A document that may be published; `number` tells it from others."""
    authors = fields.pop("authors", (author(),))
    defaults = {
        "code": f"BP-PRUEBA-SSPD-{number:03d}-2020",
        "title": f"Práctica {number}",
        "author": "; ".join(a.as_written for a in authors),
        "authors": authors,
        "summary": "Lo que se hizo.",
    }
    return PracticeDocument(**{**defaults, **fields})


def attachment(content: bytes, name: str = "Informe.pdf", **fields: Any) -> Attachment:
    """A file of a document, stored."""
    stored = StoredFile.objects.store(ContentFile(content, name=name))
    return Attachment(name, stored.sha256, stored.size, stored.media_type, **fields)


def caldas_and_manizales() -> Coverage:
    """The places, in the database too."""
    Department.objects.get_or_create(code="17", defaults={"name": "Caldas"})
    Municipality.objects.get_or_create(code="17001", defaults={"name": "Manizales", "department_id": "17"})
    return Coverage(
        "Caldas – Manizales", departments=(Place("17", "Caldas"),), municipalities=(Place("17001", "Manizales", "17"),)
    )


def attached(content: bytes, name: str = "informe.pdf", **fields: Any) -> tuple[Attachment, ...]:
    """A file of these bytes, stored, as the only attachment of a document."""
    stored = StoredFile.objects.store(ContentFile(content, name=name))
    return (Attachment(name, stored.sha256, stored.size, stored.media_type, **fields),)


def rich_document(number: int = 1, **fields: Any) -> PracticeDocument:
    """A document with something in nearly every field."""
    defaults: dict[str, Any] = {
        "implemented": Implementation("Abril de 2020", "2020-04", "2020-04", "month"),
        "category": OFFICES,
        "services": (WATER,),
        "coverage": caldas_and_manizales(),
        "impact": "Se logró:\n\n• 355 peticiones resueltas.",
        "metrics": (Metric("355 peticiones resueltas.", "peticiones resueltas", 355, "peticiones"),),
        "success_factors": ("Publicidad impresa.", "Campañas en medios."),
    }
    return document(number, **{**defaults, **fields})


def practice(doc: PracticeDocument | None = None, **fields: Any) -> Practice:
    """A working record, not published."""
    return store_document(doc or document(**fields))


def approved(record: Practice) -> Practice:
    """The record after its review."""
    send_to_review(record)
    approve(record)
    record.refresh_from_db()
    return record


def published(doc: PracticeDocument | None = None, **fields: Any) -> Publication:
    """A practice with its first publication."""
    return publish(practice(doc, **fields))
