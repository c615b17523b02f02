import pytest

from practices.models.contact import Contact
from practices.models.publication import Publication
from tests.admin.people import member
from tests.factories import attached, practice, published, rich_document
from tests.files import pdf

from .house import furnish


@pytest.fixture(scope="module")
def house(module_database) -> None:
    """Something in every table."""
    furnish()


@pytest.fixture(scope="module")
def beside_others(module_database) -> int:
    """The key of `one`."""
    return publish_one().pk


@pytest.fixture
def one(beside_others: int) -> Publication:
    """A publication with everything that is derived of it, beside another, a draft and a person."""
    return Publication.objects.get(pk=beside_others)


def publish_one() -> Publication:
    member("writer")
    published(rich_document(2))
    practice(rich_document(3))
    found = published(rich_document(1, attachments=attached(pdf("Medidores nuevos"), "informe.pdf")))
    Contact.objects.create(practice=found.practice, name="Persona de prueba", email="persona@example.org")
    return found
