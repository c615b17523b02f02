"""Who uses the staff's screens, and the words they choose from."""

import pytest
from django.contrib.auth.models import Permission, User
from django.test import Client
from django.utils import translation

from practices.models.practice import Practice
from practices.models.vocabulary import (
    Category,
    CodeSeries,
    Criterion,
    Department,
    Municipality,
    Organization,
    Service,
)

from . import complete
from .forms import add


@pytest.fixture(autouse=True)
def _english():
    """Under /en/, where messages are in the language of their msgids."""
    with translation.override("en"):
        yield


def make_vocabulary() -> None:
    CodeSeries.objects.create(prefix="BP-PRUEBA-SSPD", is_default=True)
    Category.objects.create(slug="oficinas", name="Oficinas de atención", number=1)
    Service.objects.create(slug="acueducto", name="Acueducto")
    Organization.objects.create(name="Aguas de Prueba S.A. E.S.P.", kind="provider")
    Organization.objects.create(name="Energía del Ejemplo S.A. E.S.P.", acronym="EJE", kind="provider")
    for number, slug in enumerate(("eficaz", "eficiente", "usuario", "replicable"), 1):
        Criterion.objects.create(slug=slug, name=slug, group="minimum", description=slug, position=number)
    for number, slug in enumerate(("innovacion", "alianzas", "comunicacion", "impacto"), 5):
        Criterion.objects.create(slug=slug, name=slug, group="contest", description=slug, position=number)
    caldas = Department.objects.create(code="17", name="Caldas")
    bogota = Department.objects.create(code="11", name="Bogotá, D.C.")
    Municipality.objects.create(code="17001", name="Manizales", department=caldas)
    Municipality.objects.create(code="11001", name="Bogotá, D.C.", department=bogota)


@pytest.fixture(scope="module")
def words_of_module(module_database) -> None:
    make_vocabulary()


@pytest.fixture
def vocabulary(db, words_of_module) -> None:
    """Made once for the module. One that has a test which is not rolled back makes it anew for each."""


@pytest.fixture
def publisher(vocabulary) -> User:
    return User.objects.create_superuser("publica", password="x")


@pytest.fixture
def writer(vocabulary) -> User:
    """May write practices and their words, but not publish."""
    user = User.objects.create_user("escribe", password="x", is_staff=True)
    user.user_permissions.set(
        Permission.objects.filter(content_type__app_label="practices").exclude(codename="publish_practice")
    )
    return user


@pytest.fixture
def reader(vocabulary) -> User:
    user = User.objects.create_user("lee", password="x", is_staff=True)
    user.user_permissions.set(
        Permission.objects.filter(content_type__app_label="practices", codename__startswith="view_")
    )
    return user


@pytest.fixture
def as_publisher(client: Client, publisher: User) -> Client:
    client.force_login(publisher)
    return client


@pytest.fixture
def as_writer(vocabulary, writer: User) -> Client:
    client = Client()
    client.force_login(writer)
    return client


@pytest.fixture
def as_reader(vocabulary, reader: User) -> Client:
    client = Client()
    client.force_login(reader)
    return client


@pytest.fixture
def colleague(publisher: User) -> Client:
    client = Client()
    client.force_login(publisher)
    return client


@pytest.fixture
def record(vocabulary, as_writer: Client) -> Practice:
    add(as_writer, **complete.typed())
    return Practice.objects.get()
