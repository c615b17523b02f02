"""Working record → document → JSON → document → working record: nothing is lost on the way."""

from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from practices.document import (
    Assessment,
    Attachment,
    Author,
    Call,
    Category,
    Coverage,
    Implementation,
    Link,
    Metric,
    Place,
    PracticeDocument,
    Service,
    from_json,
    to_json,
)
from practices.editorial.documents import author_line, build_document
from practices.editorial.recording import store_document
from practices.models.files import StoredFile
from practices.models.practice import LONG_TEXTS, Practice
from practices.models.vocabulary import Criterion, Department, Municipality
from tests.factories import document, rich_document

pytestmark = pytest.mark.django_db

WORDS = ["Agua", "tarifa «social»", "línea\n\n• punto", "¿Qué?", "<b>no</b>", "2.350", "ñandú 🎉", "a\tb"]
phrase = st.lists(st.sampled_from(WORDS), min_size=1, max_size=3).map(" ".join)
maybe = st.just("") | phrase
line = phrase.map(lambda text: " ".join(text.split()))
# Fifteen digits: what both databases give back exactly.
number = st.none() | st.decimals(min_value=-(10**9), max_value=10**9 - 1, places=6)
CALDAS, MANIZALES = Place("17", "Caldas"), Place("17001", "Manizales", "17")


@st.composite
def metrics(draw):
    value = draw(number)
    baseline = draw(number) if value is not None else None
    return Metric(draw(line), draw(st.just("") | line), value, draw(st.sampled_from(["", "%", "COP"])), baseline)


@st.composite
def records(draw):
    """Documents as a working record can hold them."""
    names = draw(st.lists(st.sampled_from(["Uno S.A.", "Dos E.S.P.", "Oficina Tres"]), unique=True, max_size=3))
    authors = tuple(
        Author(as_written=draw(st.sampled_from([n, n.upper()])), name=n, slug=n.split()[0].lower()) for n in names
    )
    return PracticeDocument(
        code="BP-PRUEBA-SSPD-001-2020",
        title=draw(st.just("") | line),
        author=draw(st.sampled_from([author_line(authors), "Uno y otros"])),
        authors=authors,
        implemented=draw(
            st.sampled_from([Implementation(), Implementation("Abril de 2020", "2020-04", "2020-04", "month")])
        ),
        category=draw(st.none() | st.just(Category("oficinas", "Oficinas", 1, "1. Oficinas"))),
        services=draw(st.sampled_from([(), (Service("aseo", "Aseo"),)])),
        call=draw(st.none() | st.just(Call("premio-2020", "Premio", 2020))),
        distinction=draw(st.just("") | line),
        metrics=tuple(draw(st.lists(metrics(), max_size=3))),
        success_factors=tuple(draw(st.lists(phrase, max_size=3))),
        coverage=draw(
            st.sampled_from([Coverage(), Coverage("Caldas", False, (CALDAS,), (MANIZALES,)), Coverage("País", True)])
        ),
        criteria=draw(st.sampled_from([(), (Assessment("eficaz", "Eficaz", "minimum", "partly", "Porque sí"),)])),
        links=tuple(
            draw(st.lists(st.sampled_from([Link("https://example.org/a"), Link("", "Sin dirección")]), max_size=2))
        ),
        demonstration=draw(st.booleans()),
        **{name: draw(maybe) for name in LONG_TEXTS},
    )


@pytest.fixture
def places_and_criteria():
    Department.objects.create(code="17", name="Caldas")
    Municipality.objects.create(code="17001", name="Manizales", department_id="17")
    Criterion.objects.create(slug="eficaz", name="Eficaz", group="minimum", description="…")


@given(records())
@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_record_and_document_are_each_other(places_and_criteria, wanted):
    record = store_document(wanted)
    built = build_document(Practice.objects.get(pk=record.pk))
    assert built == wanted
    assert from_json(to_json(built)) == wanted
    store_document(built)
    assert build_document(Practice.objects.get(pk=record.pk)) == wanted


def test_attachment_is_found_by_its_bytes():
    stored = StoredFile.objects.store(ContentFile(b"contenido", name="informe.pdf"))
    attachment = Attachment("informe.pdf", stored.sha256, 9, "application/pdf", "Informe", "agua", "es")
    wanted = document(attachments=(attachment,))
    assert build_document(store_document(wanted)).attachments == (attachment,)


def test_attachment_without_bytes_is_refused_and_nothing_is_written():
    with pytest.raises(ValidationError, match=r"informe\.pdf"):
        store_document(document(attachments=(Attachment("informe.pdf", "0" * 64, 9, "application/pdf"),)))
    assert Practice.objects.count() == 0


def test_departments_of_the_municipalities_are_in_the_document(places_and_criteria):
    record = store_document(document())
    record.municipalities.set(["17001"])
    assert build_document(record).coverage.departments == (CALDAS,)


def test_document_costs_the_same_for_one_and_for_three_of_each_part(django_assert_num_queries):
    for size in (1, 3):
        metric = Metric("x", value=Decimal(1))
        factors = tuple(f"Factor {n}" for n in range(size))
        store_document(rich_document(1, metrics=(metric,) * size, success_factors=factors))
        record = Practice.objects.get()
        with django_assert_num_queries(11):
            build_document(record)
