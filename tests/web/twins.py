"""What the tests of the JSON twins share. The mark stands where nobody may see it."""

from dataclasses import replace
from datetime import datetime

from practices.editorial.documents import build_document
from practices.editorial.publishing import publish
from practices.editorial.recording import store_document
from practices.models.contact import Contact
from practices.models.publication import Publication
from tests.factories import published, rich_document

SITE = "http://testserver"
CODE = "BP-PRUEBA-SSPD-001-2020"
PAGE = f"/practicas/{CODE}/"
MARK = "xilocarpo"


def changed(publication: Publication, note: str = "", **fields) -> Publication:
    return publish(store_document(replace(build_document(publication.practice), **fields)), note=note)


def two_versions() -> tuple[Publication, Publication]:
    """Two versions, an unpublished change and a contact, with the mark in both."""
    first = published(rich_document(1, summary="Se usaron tres camiones."))
    second = changed(first, "Más camiones.", summary="Se usaron cinco camiones.")
    store_document(replace(build_document(first.practice), title=MARK, conclusion=MARK))
    consent = {"consent_given_on": datetime(2020, 1, 1).date(), "consent_given_by": MARK}
    Contact.objects.create(practice=first.practice, name=MARK, email=f"{MARK}@example.org", **consent)
    return first, second


def data(client, address: str) -> dict:
    response = client.get(address)
    assert (response.status_code, response["Content-Type"]) == (200, "application/json"), address
    assert MARK not in response.content.decode()
    return response.json()
