"""What implementation dates, as people write them, are read as."""

import re
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from practices.language.dates import (
    MAX_LENGTH,
    ImplementationDate,
    format_partial_date,
    read_implementation_date,
)

READ = [
    ("Abril de 2020", "2020-04", "2020-04", "month"),
    ("abril 2020", "2020-04", "2020-04", "month"),
    ("Abr. 2020", "2020-04", "2020-04", "month"),
    ("ABRIL DEL 2020", "2020-04", "2020-04", "month"),
    ("04/2020", "2020-04", "2020-04", "month"),
    ("2020-04", "2020-04", "2020-04", "month"),
    ("setiembre de 2019", "2019-09", "2019-09", "month"),
    ("2019 - 2021", "2019", "2021", "year"),
    ("2019-2021", "2019", "2021", "year"),
    ("2019 – 2021", "2019", "2021", "year"),
    ("2019 a 2021", "2019", "2021", "year"),
    ("2019/2021", "2019", "2021", "year"),
    ("2019 / 2021", "2019", "2021", "year"),
    ("Entre 2020 y 2022", "2020", "2022", "year"),
    ("De 2019 a 2021", "2019", "2021", "year"),
    ("2019 y 2020", "2019", "2020", "year"),
    ("Desde 2019 hasta 2021", "2019", "2021", "year"),
    ("Primer semestre de 2021", "2021-01", "2021-06", "semester"),
    ("II semestre 2020", "2020-07", "2020-12", "semester"),
    ("segundo semestre del año 2022", "2022-07", "2022-12", "semester"),
    ("Primer trimestre de 2020", "2020-01", "2020-03", "quarter"),
    ("Desde marzo de 2020 hasta la fecha", "2020-03", "", "month"),
    ("Desde 2007", "2007", "", "year"),
    ("A partir de junio de 2018", "2018-06", "", "month"),
    ("A partir del año 2018", "2018", "", "year"),
    ("marzo de 2020 a la fecha", "2020-03", "", "month"),
    ("2018 - actualidad", "2018", "", "year"),
    ("2018 - presente", "2018", "", "year"),
    ("15.01.2024", "2024-01-15", "2024-01-15", "day"),
    ("15/01/2024", "2024-01-15", "2024-01-15", "day"),
    ("15-01-2024", "2024-01-15", "2024-01-15", "day"),
    ("2024-01-15", "2024-01-15", "2024-01-15", "day"),
    ("20 de noviembre de 2025", "2025-11-20", "2025-11-20", "day"),
    ("Martes 6 de agosto de 2024", "2024-08-06", "2024-08-06", "day"),
    ("martes, 6 de agosto de 2024", "2024-08-06", "2024-08-06", "day"),
    ("1° de enero de 2020", "2020-01-01", "2020-01-01", "day"),
    ("1º de enero de 2020", "2020-01-01", "2020-01-01", "day"),
    ("1 de enero de 2020", "2020-01-01", "2020-01-01", "day"),
    ("primero de enero de 2020", "2020-01-01", "2020-01-01", "day"),
    ("1.º de enero de 2020", "2020-01-01", "2020-01-01", "day"),
    ("Junio de 2019 – diciembre de 2022", "2019-06", "2022-12", "month"),
    ("marzo a mayo de 2020", "2020-03", "2020-05", "month"),
    ("16 de marzo al 31 de mayo de 2020", "2020-03-16", "2020-05-31", "day"),
    ("Del 16 de marzo de 2020 al 31 de mayo de 2020", "2020-03-16", "2020-05-31", "day"),
    ("entre el 16 marzo y el 31 de mayo de 2020", "2020-03-16", "2020-05-31", "day"),
    ("Septiembre de 2022", "2022-09", "2022-09", "month"),
    ("2025", "2025", "2025", "year"),
    ("Año 2021", "2021", "2021", "year"),
    ("Vigencia 2019", "2019", "2019", "year"),
    ("Mediados de 2020", "2020", "2020", "year"),
    ("A finales de 2021", "2021", "2021", "year"),
    ("comienzos de 2019", "2019", "2019", "year"),
    ("Abril 15 de 2020", "2020-04-15", "2020-04-15", "day"),
    ("15-abr-2020", "2020-04-15", "2020-04-15", "day"),
    ("abr-2020", "2020-04", "2020-04", "month"),
    ("abr/2020", "2020-04", "2020-04", "month"),
    ("2019, 2020 y 2021", "2019", "2021", "year"),
    ("2019, 2020, 2021", "2019", "2021", "year"),
    ("primer y segundo semestre de 2020", "2020-01", "2020-12", "semester"),
    ("I y II semestre de 2020", "2020-01", "2020-12", "semester"),
    ("I semestre de 2020 - II semestre de 2021", "2020-01", "2021-12", "semester"),
    ("marzo y abril de 2020", "2020-03", "2020-04", "month"),
    ("del 1 al 15 de marzo de 2020", "2020-03-01", "2020-03-15", "day"),
    ("1-15 de marzo de 2020", "2020-03-01", "2020-03-15", "day"),
    ("16 al 31/05/2020", "2020-05-16", "2020-05-31", "day"),
    ("2007-03", "2007-03", "2007-03", "month"),
    ("01/2020-03/2021", "2020-01", "2021-03", "month"),
    ("2020-04/2020-06", "2020-04", "2020-06", "month"),
    ("2020 (fase 1) y 2021 (fase 2)", "2020", "2021", "year"),
    ("2020 en adelante", "2020", "", "year"),
    ("Desde 2019 y hasta la fecha", "2019", "", "year"),
    ("Inicio: enero de 2020", "2020-01", "", "month"),
    ("Inició en 2019", "2019", "", "year"),
    ("Primera quincena de abril de 2020", "2020-04", "2020-04", "month"),
    ("mediados de marzo a finales de mayo de 2020", "2020-03", "2020-05", "month"),
    ("1er semestre 2020", "2020-01", "2020-06", "semester"),
    ("2° trimestre de 2021", "2021-04", "2021-06", "quarter"),
    ("primera mitad de 2020", "2020-01", "2020-06", "semester"),
    ("2020, segundo semestre", "2020-07", "2020-12", "semester"),
    ("Fecha de implementación: abril de 2020", "2020-04", "2020-04", "month"),
    ("2019 a marzo de 2021", "2019", "2021-03", "year"),
    ("abril de 2019 - 2021", "2019-04", "2021", "year"),
    ("Diciembre 2019 y enero 2020", "2019-12", "2020-01", "month"),
    ("Desde el segundo semestre de 2020", "2020-07", "", "semester"),
    ("29 de febrero de 2020", "2020-02-29", "2020-02-29", "day"),
    ("2020/04", "2020-04", "2020-04", "month"),
    ("２０２０", "2020", "2020", "year"),
    ("Abril2020", "2020-04", "2020-04", "month"),
    ("abril de2020", "2020-04", "2020-04", "month"),
    ("2020.", "2020", "2020", "year"),
    ("Abril de 2020,", "2020-04", "2020-04", "month"),
    ("enero - diciembre de 2021", "2021-01", "2021-12", "month"),
    ("enero-diciembre 2021", "2021-01", "2021-12", "month"),
    ("2020 al 2022", "2020", "2022", "year"),
    ("Desde 2019-2021", "2019", "2021", "year"),
    ("Año 2020 hasta el día de hoy", "2020", "", "year"),
    ("primer trimestre a tercer trimestre de 2021", "2021-01", "2021-09", "quarter"),
    ("15 de enero 2024 a 2025", "2024-01-15", "2025", "year"),
    ("1 de julio a 30 de septiembre de 2021", "2021-07-01", "2021-09-30", "day"),
    ("Mayo - Agosto 2021", "2021-05", "2021-08", "month"),
    ("2do semestre 2021", "2021-07", "2021-12", "semester"),
    ("Segundo Semestre 2021.", "2021-07", "2021-12", "semester"),
    ("I Trimestre de 2022", "2022-01", "2022-03", "quarter"),
    ("Enero 2018 a la actualidad", "2018-01", "", "month"),
    ("Desde el mes de marzo del año 2020", "2020-03", "", "month"),
    ("Año 2019 - 2020", "2019", "2020", "year"),
    ("Años 2019 a 2021", "2019", "2021", "year"),
    ("Vigencias 2020, 2021 y 2022", "2020", "2022", "year"),
    ("Noviembre 25 de 2021", "2021-11-25", "2021-11-25", "day"),
    ("25-nov-2021", "2021-11-25", "2021-11-25", "day"),
    ("25 Nov 2021", "2021-11-25", "2021-11-25", "day"),
    ("Nov-2021", "2021-11", "2021-11", "month"),
    ("Jul. 2020 - Dic. 2020", "2020-07", "2020-12", "month"),
    ("julio/2020", "2020-07", "2020-07", "month"),
    ("2020 - a la fecha", "2020", "", "year"),
    ("2016 hasta hoy", "2016", "", "year"),
    ("A partir del 1 de abril de 2020", "2020-04-01", "", "day"),
    ("Implementada en abril de 2020", "2020-04", "2020-04", "month"),
    ("2020 (COVID-19)", "2020", "2020", "year"),
    ("entre enero y junio de 2021", "2021-01", "2021-06", "month"),
    ("de enero de 2021 a junio de 2021", "2021-01", "2021-06", "month"),
    ("Enero/2021 - Junio/2021", "2021-01", "2021-06", "month"),
    ("01-2021", "2021-01", "2021-01", "month"),
    ("30-06-2021 a 31-12-2021", "2021-06-30", "2021-12-31", "day"),
    ("30/06/2021-31/12/2021", "2021-06-30", "2021-12-31", "day"),
    ("2020-01-01/2020-12-31", "2020-01-01", "2020-12-31", "day"),
    ("lunes 16 de marzo de 2020", "2020-03-16", "2020-03-16", "day"),
    ("Marzo 16 2020", "2020-03-16", "2020-03-16", "day"),
    ("finales de diciembre de 2019 y comienzos de enero de 2020", "2019-12", "2020-01", "month"),
    ("Tercer trimestre 2020 al primer trimestre 2021", "2020-07", "2021-03", "quarter"),
    ("Mar 2020", "2020-03", "2020-03", "month"),
    ("Sept. de 2020", "2020-09", "2020-09", "month"),
    ("set 2020", "2020-09", "2020-09", "month"),
    ("Diciembre 2019-Enero 2020", "2019-12", "2020-01", "month"),
    ("1 y 2 de mayo de 2021", "2021-05-01", "2021-05-02", "day"),
    ("marzo de 2020 en adelante", "2020-03", "", "month"),
    ("del 2020 al 2021", "2020", "2021", "year"),
    ("2020 (en curso)", "2020", "", "year"),
    ("2023 (en ejecución)", "2023", "", "year"),
    ("2023 (en marcha)", "2023", "", "year"),
    ("2023 (en operación)", "2023", "", "year"),
    ("2023 (en curso)", "2023", "", "year"),
    ("2023 (a la fecha)", "2023", "", "year"),
    ("2023 (actualmente en ejecución)", "2023", "", "year"),
    ("Desde 2019 (en operación)", "2019", "", "year"),
    ("2020 (municipio de Manizales)", "2020", "2020", "year"),
    ("mayo, junio y julio de 2020", "2020-05", "2020-07", "month"),
    ("Inicio: marzo 2018. Fin: junio 2019", "2018-03", "2019-06", "month"),
    ("Fecha de inicio: 01/02/2020; fecha de finalización: 30/06/2020", "2020-02-01", "2020-06-30", "day"),
]

# No year, no such day, several readings, or a word that may change the meaning.
KEPT_AS_TEXT = [
    "",
    "2018 y 2020",
    "2021-1",
    "2021-I",
    "01/15/2024",
    "Martes 6 de agosto (entrega del punto n.º 13)",
    "Hace tres años",
    "Por definir",
    "N.A.",
    "31 de febrero de 2020",
    "13/2020",
    "2022 - 2019",
    "Resolución 1519 de 2020, implementada después",
    "abr/20",
    "2019, 2021",
    "Primer semestre de 2021 - 2022",
    "noviembre a febrero de 2021",
    "marzo y mayo de 2020",
    "15/16 de marzo de 2020",
    "2020 - 04",
    "2010-11",
    "2019-12-2020",
    "2023 (en proceso)",
    "2023 (permanente)",
    "2023 (en desarrollo)",
    "2023 (y sigue)",
    "2023 (cada año)",
    "2023 (se repite todos los años)",
    "2023 (indefinido)",
    "2023 (todavía)",
    "2023 (piloto)",
    "2023 (fase en desarrollo)",
    "2023 (proyecto permanente)",
    "2019 - 2021 (en ejecución)",
    "2020 (en curso) - 2021",
    "Hasta 2020 (en curso)",
    "mayo, julio y agosto de 2020",
    "noviembre, diciembre y enero de 2020",
    "2020 y 2021 (Resolución 1519 de 2020)",
    "Inicio de 2019",
    "2.020",
    "Hasta 2020",
    "Lunes a viernes de 2020",
    "12 meses de 2020",
    "00/04/2020",
    "0 de abril de 2020",
    "5 semestre de 2020",
    "V trimestre 2020",
    "3 semestre 2020",
    "marzo de 2020 - 2020",
    "2020 o 2021",
    "c. 2020",
    "1899",
    "2101",
    "2020-2101",
    "diciembre y enero de 2020",
    "Desde agosto 2019 - Vigente",
    "31/04/2021",
    "15-20 de 2020",
    "2020²",
    "«2020»",
    "2020-2021-2022",
    "IV trim 2021",
    "25/11/21",
    "Se implementó en 2020",
    "Piloto 2020, despliegue 2021",
    "Abril de 2020 y continúa",
    "En ejecución desde 2018",
    "Primer bimestre de 2020",
    "Semana Santa de 2019",
    "Navidad 2020",
    "Abril de 2020 (inicio)",
    "Abril de 2020 - Manizales",
    "10 meses en 2020",
    "1/2021",
    "2021/1",
    "2021-02-30",
    "desde el lunes 16 de marzo",
    "2020 Abril",
    "2020, abril",
    "Hoy",
    "al 31 de diciembre de 2020",
    "Mayo 2021 / Junio 2021",
    "Mayo de 2021, junio de 2021",
    "19 de Marzo del 2.020",
]

_WORDS = [
    "2020",
    "2019",
    "abril",
    "marzo",
    "mayo",
    "de",
    "a",
    "al",
    "y",
    "-",
    "/",
    ",",
    "desde",
    "hasta",
    "la fecha",
    "entre",
    "15",
    "31",
    "29",
    "primer",
    "II",
    "semestre",
    "trimestre",
    "mediados de",
    "1°",
    "2020-04",
    "15/01/2024",
    "2019-2021",
    "(fase 1)",
    "año",
    "lunes",
    ".",
    "2021-1",
    "02",
]
TEXTS = st.one_of(st.text(max_size=250), st.lists(st.sampled_from(_WORDS), max_size=9).map(" ".join))
PARTIAL = re.compile(r"(?:[0-9]{4}(?:-[0-9]{2}(?:-[0-9]{2})?)?)?")


@pytest.mark.parametrize(("text", "start", "end", "precision"), READ)
def test_date_understood_whole_is_derived(text, start, end, precision):
    assert read_implementation_date(text) == ImplementationDate(text, start, end, precision)


@pytest.mark.parametrize("text", KEPT_AS_TEXT)
def test_date_unsure_is_kept_as_text(text):
    assert read_implementation_date(text) == ImplementationDate(text)


def test_date_is_stripped_and_otherwise_kept_as_written():
    assert read_implementation_date("  ABRIL   de\u00a02020.\n") == ImplementationDate(
        "ABRIL   de\u00a02020.", "2020-04", "2020-04", "month"
    )


def test_date_over_the_length_limit_is_kept_as_text():
    text = "Abril de 2020" + "." * MAX_LENGTH
    assert read_implementation_date(text) == ImplementationDate(text)


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("2019 - 2021", (2019, 2020, 2021)),
        ("Junio de 2019 – diciembre de 2020", (2019, 2020)),
        ("Desde 2007", (2007,)),
        ("15.01.2024", (2024,)),
        ("Por definir", ()),
    ],
)
def test_date_years_are_those_covered(text, years):
    assert read_implementation_date(text).years == years


@pytest.mark.parametrize(
    ("value", "language", "text"),
    [
        ("2020", "es", "2020"),
        ("2020-04", "es", "abril de 2020"),
        ("2020-04", "es-co", "abril de 2020"),
        ("2020-04", "en", "April 2020"),
        ("2024-01-15", "es", "15 de enero de 2024"),
        ("2024-01-05", "en-us", "5 January 2024"),
        ("2024-13", "es", "2024-13"),
        ("", "es", ""),
        ("abril", "en", "abril"),
    ],
)
def test_partial_date_is_written_for_the_language(value, language, text):
    assert format_partial_date(value, language) == text


@settings(deadline=None, max_examples=300)
@given(TEXTS)
def test_date_any_text_is_kept_and_well_formed(text):
    read = read_implementation_date(text)
    assert read.text == text.strip()
    assert read_implementation_date(read.text) == read
    assert PARTIAL.fullmatch(read.start)
    assert PARTIAL.fullmatch(read.end)
    assert bool(read.start) == bool(read.precision) == bool(read.years)
    assert not read.end or read.start <= read.end


@settings(deadline=None, max_examples=100)
@given(st.dates(min_value=date(1000, 1, 1)))
def test_date_written_in_spanish_is_read_back(day):
    value = day.isoformat()
    year_is_known = 1900 <= day.year <= 2100
    expected = (value, value, "day") if year_is_known else ("", "", "")
    text = format_partial_date(value, "es")
    assert read_implementation_date(text) == ImplementationDate(text, *expected)


@settings(deadline=None, max_examples=100)
@given(TEXTS)
def test_date_never_comes_from_a_text_without_its_year(text):
    read = read_implementation_date(text)
    assert all(str(year) in text for year in {*read.years[:1], *read.years[-1:]} if text.isascii())
