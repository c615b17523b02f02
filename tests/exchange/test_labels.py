import pytest

from practices.exchange.columns import COLUMNS
from practices.exchange.readers.criteria import state_of
from practices.exchange.readers.labels import KNOWN, Label, criterion_of, label_of
from practices.language.words import squash


@pytest.mark.parametrize(
    ("text", "field"),
    [
        ("Título", "title"),
        ("TITULO:", "title"),
        ("1. Título", "title"),
        ("2.3) Resumen del proyecto *", "summary"),
        ("Fec. implement.", "implemented"),
        ("Resumen de la experiencia", "summary"),
        ("Breve resumen ejecutivo", "summary"),
        ("Limitacones", "limitations"),
        ("Enlace 2", "links"),
        ("Factor de éxito No. 3", "success_factors"),
        ("Posibilidades de réplica", "replicability"),
        ("Cobertura (departamento y municipio)", "coverage"),
        ("E-mail", "contact.email"),
        ("Autor(es)", "author"),
    ],
)
def test_label_is_known_in_many_wordings(text, field):
    label = label_of(text)
    assert label is not None
    assert label.field == field


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Observaciones",
        "Número de radicado",
        "Presupuesto",
        "Resumen de limitaciones",
        "Correo del autor",
        "Impacto de las limitaciones",
        "Valor",
        "x" * 5_000,
        "La validación con los usuarios se hizo en marzo",
    ],
)
def test_label_that_could_be_several_or_none_is_unknown(text):
    assert label_of(text) is None


def test_label_says_that_it_goes_on():
    assert label_of("Resumen (continuación)") == Label("summary", continued=True)


def test_no_wording_means_two_fields():
    wordings = [squash(wording) for column in COLUMNS for wording in (column.label, *column.synonyms)]
    assert sorted(KNOWN) == sorted(set(wordings))
    for column in COLUMNS:
        for wording in (column.label, *column.synonyms):
            assert KNOWN[squash(wording)] == column.field


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Criterio: Eficaz", ("Eficaz", False)),
        ("CRITERIO: Generación de alianzas (razón)", ("Generación de alianzas", True)),
        ("Criterio – Eficiente: justificación", ("Eficiente", True)),
        ("Criterios", None),
    ],
)
def test_header_of_a_criterion_names_it(text, found):
    assert criterion_of(text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Cumple", ("met", "")),
        ("SÍ", ("met", "")),
        ("Cumple parcialmente: falta medir", ("partly", "falta medir")),
        ("No cumple.", ("not_met", "")),
        ("No. Porque falta", ("not_met", "Porque falta")),
        ("N.A.", ("not_assessed", "")),
        ("", None),
        ("Excelente", None),
        ("Cumplen todos los días", None),
    ],
)
def test_state_is_read_in_words_with_its_reason(text, found):
    assert state_of(text) == found
