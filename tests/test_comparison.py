"""Two documents side by side, field by field."""

from dataclasses import replace
from decimal import Decimal

from practices.comparison import Change, compare, said
from practices.document import Attachment, Coverage, Implementation, Link, Metric, Place, PracticeDocument

CODE = "BP-PRUEBA-SSPD-001-2020"


def test_equal_documents_do_not_differ():
    assert compare(PracticeDocument(CODE, "Uno"), PracticeDocument(CODE, "Uno")) == []


def test_every_field_is_compared():
    """A field that compare did not know would change in silence."""
    assert set(PracticeDocument.__dataclass_fields__) - {"schema"} == set(said_by_a_full_document())


def said_by_a_full_document() -> dict[str, str]:
    from practices.document import Assessment, Author, Call, Category, Service

    return said(
        PracticeDocument(
            CODE,
            "Título",
            "Línea",
            (Author("Aguas", "Aguas S.A.", "aguas"),),
            Implementation("Abril", "2020-04"),
            Category("c", "Categoría"),
            (Service("aseo", "Aseo"),),
            Call("p", "Premio", 2020),
            *("distinción", "población", "resumen", "impacto"),
            (Metric("949 llamadas", "llamadas", Decimal("949"), "llamadas", Decimal("10"), "mayo", "more", True),),
            ("factor",),
            Coverage("Caldas", True, (Place("17", "Caldas"),)),
            *("validación", "réplica", "límites", "conclusión"),
            (Assessment("eficaz", "Eficaz", "minimum", "met", "Sí"),),
            (Attachment("a.pdf", "0" * 64, 1, "application/pdf", "Qué es"),),
            (Link("https://example.org/", "Sitio"),),
            True,
        )
    )


def test_what_a_field_says_is_read_as_people_would():
    found = said_by_a_full_document()
    assert {name: found[name] for name in ("authors", "implemented", "metrics", "coverage", "criteria", "links")} == {
        "authors": "Aguas (Aguas S.A.)",
        "implemented": "Abril · 2020-04 – …",
        "metrics": "949 llamadas · llamadas · 949 llamadas · ← 10 · mayo · ↑ · ★",
        "coverage": "Caldas\n★ nacional\nCaldas (17)",
        "criteria": "Eficaz: cumple · Sí",
        "links": "Sitio · https://example.org/",
    }


def test_changes_stand_in_the_order_of_the_document():
    before = PracticeDocument(CODE, "Uno", summary="Igual", conclusion="Se va")
    after = replace(before, title="Dos", conclusion="", impact="Llega")
    assert compare(before, after) == [
        Change("title", "Uno", "Dos"),
        Change("impact", "", "Llega"),
        Change("conclusion", "Se va", ""),
    ]


def test_against_nothing_all_that_is_said_is_new():
    assert compare(None, PracticeDocument(CODE, "Uno")) == [Change("code", "", CODE), Change("title", "", "Uno")]
