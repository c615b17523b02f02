from dataclasses import replace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from practices.editorial.documents import build_document
from practices.editorial.duplicates import likely_duplicates, one_slip, prefixes_alike, titles_alike

from .. import factories


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ("Oficina móvil de atención al usuario", "OFICINAS MOVILES PARA ATENCION DE USUARIOS", True),
        ("Oficina móvil de atención", "Oficina móbil de atenzión", True),
        ("Oficina móvil de atención", "Lectura remota de medidores", False),
        ("Rendición de cuentas 2019", "Rendición de cuentas 2020", False),
        ("Oficina virtual", "Oficina móvil", False),
        ("", "", False),
        ("¿?", "¿?", False),
    ],
)
def test_titles_are_alike_in_other_words_but_not_with_other_numbers(one, other, alike):
    assert titles_alike(one, other) is alike


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ("BP-ANDESCO-SSPD", "BP-SSPD-ANDESCO", True),
        ("BP-ANDESCO-SSPD", "BP-ANDESCO", True),
        ("BP-ANDESCO-SSPD", "BP-ANDESCOSSPD", True),
        ("BP-ANDESCO-SSPD", "BP-ANDECSO-SSPD", True),
        ("BP-ANDESCO-SSPD", "BP-ANDSCO-SSPD", True),
        ("BP-ANDESCO-SSPD", "BP-ANDEZCO-SSPD", True),
        ("BP-ANDESCO-SSPD", "BP-NATURGAS-SSPD", False),
        ("BP-ANDESCO-SSPD", "BP-ANEDCSO-SSPD", False),
    ],
)
def test_prefixes_are_alike_in_another_shape_or_with_one_slip(one, other, alike):
    assert (prefixes_alike(one, other), prefixes_alike(other, one)) == (alike, alike)


@given(st.text("ABC", max_size=8), st.integers(0, 8), st.sampled_from("ABCD"))
def test_one_letter_more_less_or_other_is_one_slip(text, at, letter):
    at = min(at, len(text))
    assert one_slip(text, text[:at] + letter + text[at:])
    assert one_slip(text[:at] + letter + text[at:], text)
    assert one_slip(text, text[:at] + letter + text[at + 1 :])


@pytest.mark.django_db
def test_likenesses_say_why():
    file = factories.attached(b"bytes")
    near = factories.practice(code="BP-PRUEVA-SSPD-001-2020", title="Otra", authors=(factories.author("Otra S.A."),))
    same = factories.practice(code="BP-PRUEBA-SSPD-007-2020", title="Oficinas móviles", attachments=file)
    factories.practice(code="BP-PRUEBA-SSPD-008-2020", title="Lectura remota")
    factories.practice(
        code="BP-PRUEBA-SSPD-009-2020", title="Oficina móvil", authors=(factories.author("Ajena S.A."),)
    )
    document = factories.document(1, title="Oficina móvil", attachments=file)
    found = [(likeness.practice.pk, likeness.why) for likeness in likely_duplicates(document)]
    assert found == [(same.pk, ("title", "file")), (near.pk, ("code",))]


@pytest.mark.django_db
def test_codes_that_follow_each_other_are_no_duplicates():
    for number in (2, 3):
        factories.practice(number=number, title=f"Cosa {number}")
    factories.practice(code="BP-PRUEBA-SSPD-001-2021", title="Ajena")
    assert likely_duplicates(factories.document(1, title="Mía")) == []


@pytest.mark.django_db
def test_a_record_is_no_duplicate_of_itself():
    practice = factories.practice(attachments=factories.attached(b"bytes"))
    assert likely_duplicates(build_document(practice), exclude=practice.pk) == []


@pytest.mark.django_db
@pytest.mark.parametrize("count", [1, 3])
def test_likely_duplicates_cost_three_queries(count):
    for number in range(2, count + 2):
        factories.practice(number=number, title="Oficina móvil")
    document = replace(factories.document(1, title="Oficina móvil"))
    with CaptureQueriesContext(connection) as queries:
        found = likely_duplicates(document)
    assert (len(found), len(queries)) == (count, 3)
