import pytest

from practices.models.contact import Contact
from practices.models.publication import Publication
from tests.admin.people import member
from tests.factories import attached, practice, published, rich_document
from tests.files import pdf

from .house import furnish


@pytest.fixture
def house(db) -> None:
    """Something in every table."""
    furnish()


@pytest.fixture
def one(db) -> Publication:
    """A publication with everything that is derived of it, beside another, a draft and a person."""
    member("writer")
    published(rich_document(2))
    practice(rich_document(3))
    found = published(rich_document(1, attachments=attached(pdf("Medidores nuevos"), "informe.pdf")))
    Contact.objects.create(practice=found.practice, name="Persona de prueba", email="persona@example.org")
    return found
