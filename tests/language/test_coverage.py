import csv
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from practices.language.coverage import CoverageReading, Gazetteer, Place, read_coverage

ROWS = list(
    csv.DictReader(
        (Path(__file__).parents[2] / "fixtures/reference/municipalities.csv").read_text(encoding="utf-8").splitlines()
    )
)
DEPARTMENTS = {row["department_code"]: row["department"] for row in ROWS}
GAZETTEER = Gazetteer(
    [Place(code, name) for code, name in DEPARTMENTS.items()],
    [Place(row["municipality_code"], row["municipality"], row["department_code"]) for row in ROWS],
)
SANTANDER = (
    "Santander – Albania, Barichara, Betulia, Bolívar, Bucaramanga, Charalá, Charta, Cimitarra, Concepción, Confines, "
    "Curití, Florián, Girón, Guaca, Guapota, Jesús María, Los Santos, Málaga, Mogotes, Ocamonte y Oiba"
)
TWELVE = (
    "Atlántico, Bolívar, Cauca, Cesar, Córdoba, Guajira, Quindío, Magdalena, Caldas, Risaralda, "
    "Sucre y Valle del Cauca"
)
N = True  # national

CASES = [  # text, national, departments, municipalities, unread
    # As the source writes it: department – places.
    ("Caldas – Manizales", 0, "17", "17001", ""),
    ("Caldas - Manizales", 0, "17", "17001", ""),
    ("CALDAS-MANIZALES", 0, "17", "17001", ""),
    ("Caldas—Manizales.", 0, "17", "17001", ""),
    ("Magdalena – Ciénaga", 0, "47", "47189", ""),
    ("Magdalena – Cie\u0301naga", 0, "47", "47189", ""),
    ("Valle del Cauca – Cali, Yumbo, Jamundí; Cauca – Puerto Tejada", 0, "76 19", "76001 76892 76364 19573", ""),
    ("Valle del Cauca – Cali, Yumbo, Jamundí, Cauca – Puerto Tejada", 0, "76 19", "76001 76892 76364 19573", ""),
    ("Valle – Cali", 0, "76", "76001", ""),
    ("Caldas – Manizales, Risaralda – Pereira", 0, "17 66", "17001 66001", ""),
    ("Boyacá - Tunja / Cundinamarca - Zipaquirá", 0, "15 25", "15001 25899", ""),
    ("• Caldas: Manizales\n• Risaralda: Pereira", 0, "17 66", "17001 66001", ""),
    ("Antioquia y Chocó – Quibdó", 0, "05 27", "27001", ""),
    ("Cauca – Piendamó - Tunía, Popayán", 0, "19", "19548 19001", ""),
    ("Cesar – Río de Oro", 0, "20", "20614", ""),
    ("Sucre – Sucre", 0, "70", "70771", ""),
    ("Caldas – Manizales y Pereira", 0, "17", "17001", "Pereira"),
    ("Antioquia – Valle de Aburrá", 0, "05", "", "Valle de Aburrá"),
    ("Caldas - Manizales (corregimiento La Cristalina)", 0, "17", "17001", "corregimiento La Cristalina"),
    ("Caldas – Manizales – Vereda La Florida", 0, "17", "17001", "Vereda La Florida"),
    ("Bogotá – Usaquén y Suba", 0, "11", "11001", "Usaquén|Suba"),
    # Colons, brackets, labels.
    ("Dpto. del Tolima: Ibagué", 0, "73", "73001", ""),
    ("Cundinamarca: Chía, Cajicá", 0, "25", "25175 25126", ""),
    ("Guainía (Inírida)", 0, "94", "94001", ""),
    ("Valle del Cauca (Cali, Yumbo), Cauca (Popayán)", 0, "76 19", "76001 76892 19001", ""),
    ("Cundinamarca (Soacha y Mosquera) y Bogotá", 0, "25 11", "25754 25473 11001", ""),
    ("Departamento: Santander\nMunicipio: Albania", 0, "68", "68020", ""),
    ("Departamento de Boyacá. Municipios de Tunja, Duitama y Sogamoso.", 0, "15", "15001 15238 15759", ""),
    ("Departamento del Valle del Cauca, municipios de Cali, Palmira y Buga", 0, "76", "76001 76520 76111", ""),
    ("Región Caribe: Atlántico, Magdalena, La Guajira", 0, "08 47 44", "", "Región Caribe"),
    ("Caldas: los 27 municipios", 0, "17", "", "los 27 municipios"),
    # The other way round: place, department.
    ("Manizales, Caldas", 0, "17", "17001", ""),
    ("Manizales (Caldas)", 0, "17", "17001", ""),
    ("Manizales Caldas", 0, "17", "17001", ""),
    ("Manizales, Caldas, Colombia", 0, "17", "17001", ""),
    ("Florencia, Caquetá, Colombia", 0, "18", "18001", ""),
    ("Albania, Santander", 0, "68", "68020", ""),
    ("Armenia – Quindío", 0, "63", "63001", ""),
    ("Palestina (Huila)", 0, "41", "41530", ""),
    ("Municipios de Manizales y Villamaría, Caldas", 0, "17", "17001 17873", ""),
    ("Municipios de Albania y Oiba, Santander", 0, "68", "68020 68500", ""),
    ("Municipio de Manizales, departamento de Caldas", 0, "17", "17001", ""),
    ("Cali, Valle del Cauca; Puerto Tejada, Cauca", 0, "76 19", "76001 19573", ""),
    ("Riohacha, Maicao y Uribia (La Guajira)", 0, "44", "44001 44430 44847", ""),
    ("Zona rural de Ibagué (Tolima)", 0, "73", "73001", ""),
    ("Villa del Rosario – Norte de Santander", 0, "54", "54874", ""),
    (
        "Barranquilla (Atlántico), Santa Marta (Magdalena) y Cartagena (Bolívar)",
        0,
        "08 47 13",
        "08001 47001 13001",
        "",
    ),
    ("Pereira (Caldas)", 0, "17", "", "Pereira"),
    # A name alone.
    ("Manizales", 0, "17", "17001", ""),
    ("Cali", 0, "76", "76001", ""),
    ("Santiago de Cali", 0, "76", "76001", ""),
    ("Cúcuta", 0, "54", "54001", ""),
    ("San José de Cúcuta, N. de Santander", 0, "54", "54001", ""),
    ("Cartagena", 0, "13", "13001", ""),
    ("Cartagena de Indias D. T. y C.", 0, "13", "13001", ""),
    ("Barranquilla, D.E.I.P.", 0, "08", "08001", ""),
    ("Distrito de Santa Marta", 0, "47", "47001", ""),
    ("Tumaco", 0, "52", "52835", ""),
    ("Buga", 0, "76", "76111", ""),
    ("Río de Oro", 0, "20", "20614", ""),
    ("Manizales - Villamaría - Chinchiná", 0, "17", "17001 17873 17174", ""),
    ("Bogotá, Medellín, Cali y Barranquilla", 0, "11 05 76 08", "11001 05001 76001 08001", ""),
    ("Manizales, Pereira, Armenia", 0, "17 66", "17001 66001", "Armenia"),
    ("Comuna 5, Cali", 0, "76", "76001", "Comuna 5"),
    ("Medellín y su área metropolitana", 0, "05", "05001", "su área metropolitana"),
    ("Albania", 0, "", "", "Albania"),
    ("Manaure", 0, "", "", "Manaure"),
    ("Cesar – Manaure", 0, "20", "20443", ""),
    ("Manaure, La Guajira", 0, "44", "44560", ""),
    ("Santa Marta D.T.C.H.", 0, "47", "47001", ""),
    ("Santa Marta, D. T. C. e H.", 0, "47", "47001", ""),
    ("San Andrés", 0, "", "", "San Andrés"),
    ("Los Andes", 0, "52", "52418", ""),
    ("Los Pasto", 0, "", "", "Los Pasto"),
    ("Huila: Colombia", 0, "41", "41206", ""),
    # Bogotá, and the archipelago.
    *((text, 0, "11", "11001", "") for text in ["Bogotá, D. C.", "Bogotá D.C.", "Bogotá", "BOGOTA DC", "Bogotá, D.C"]),
    *((text, 0, "11", "11001", "") for text in ["Santafé de Bogotá", "Santa Fe de Bogotá, D.C.", "Distrito Capital"]),
    ("Bogotá D.C., Cundinamarca y Meta", 0, "11 25 50", "11001", ""),
    ("Sabana de Bogotá", 0, "", "", "Sabana de Bogotá"),
    ("San Andrés, Providencia y Santa Catalina", 0, "88", "", ""),
    ("Archipiélago de San Andrés, Providencia y Santa Catalina", 0, "88", "", ""),
    ("San Andrés y Providencia, Cesar", 0, "88 20", "", ""),
    # Departments.
    ("Antioquia", 0, "05", "", ""),
    ("Caldas", 0, "17", "", ""),
    ("Departamento de Caldas", 0, "17", "", ""),
    ("en el Quindío", 0, "63", "", ""),
    ("Todos los municipios de Caldas", 0, "17", "", ""),
    ("Municipios de Caldas", 0, "17", "", ""),
    ("15 municipios de Antioquia", 0, "05", "", "15 municipios"),
    ("Norte del Cauca", 0, "19", "", "Norte"),
    (TWELVE, 0, "08 13 19 20 23 44 63 47 17 66 70 76", "", ""),
    (TWELVE.replace(", ", "\n"), 0, "08 13 19 20 23 44 63 47 17 66 70 76", "", ""),
    ("Caldas, Risaralda y Quindío", 0, "17 66 63", "", ""),
    ("Caldas – Risaralda – Quindío", 0, "17 66 63", "", ""),
    ("Eje Cafetero (Caldas, Risaralda y Quindío)", 0, "17 66 63", "", "Eje Cafetero"),
    (
        "Departamento de Caldas; municipios de Aguadas, Pácora, Salamina",
        0,
        "17",
        "17013 17513 17653",
        "",
    ),
    ("Departamento de Caldas; municipio de Pereira", 0, "17 66", "66001", ""),
    ("Departamentos de Caldas, Risaralda", 0, "17 66", "", ""),
    # A department or a municipality: never guessed.
    ("Caldas y Antioquia", 0, "17 05", "", ""),
    ("Caldas; Antioquia", 0, "17 05", "", ""),
    ("Caldas, Antioquia", 0, "05", "", "Caldas"),
    ("Caldas - Antioquia", 0, "05", "", "Caldas"),
    ("Antioquia, Caldas", 0, "05", "", "Caldas"),
    ("Antioquia – Caldas", 0, "05", "", "Caldas"),
    ("Bolívar, Santander", 0, "68", "", "Bolívar"),
    ("Caldas (Antioquia)", 0, "05", "05129", ""),
    ("Antioquia: Caldas", 0, "05", "05129", ""),
    ("Municipio de Caldas, Antioquia", 0, "05", "05129", ""),
    ("Antioquia – Caldas, Itagüí, Sabaneta", 0, "05", "05129 05360 05631", ""),
    ("Antioquia: Medellín - Caldas - La Estrella - Sabaneta", 0, "05", "05001 05129 05380 05631", ""),
    ("Municipios de Caldas e Itagüí, Antioquia", 0, "05", "05129 05360", ""),
    ("Municipios de Sucre y Bolívar", 0, "", "", "Municipios de Sucre|Bolívar"),
    ("Armenia, Antioquia y Tolima", 0, "05 73", "", "Armenia"),
    ("Antioquia, Armenia", 0, "05", "", "Armenia"),
    # The whole country.
    *(
        (text, N, "", "", "")
        for text in ["Nacional", "NACIONAL.", "Todo el país", "En todo el país", "A nivel nacional"]
    ),
    *(
        (text, N, "", "", "")
        for text in ["Territorio nacional", "Todo el territorio nacional", "Cobertura: Nacional."]
    ),
    ("Colombia", N, "", "", ""),
    *((text, N, "", "", "") for text in ["Toda Colombia", "Colombia (todo el país)", "País: Colombia"]),
    ("Colombia – Caldas", 0, "17", "", ""),
    ("Colombia, Antioquia", 0, "05", "", ""),
    ("Colombia – Antioquia", 0, "05", "", ""),
    ("Colombia - Medellín", 0, "05", "05001", ""),
    ("Colombia, Neiva", 0, "41", "41001", ""),
    ("Colombia, Huila", 0, "41", "41206", ""),
    ("Colombia (Huila)", 0, "41", "41206", ""),
    ("Colombia – Huila", 0, "41", "", "Colombia"),
    ("Colombia: Huila, Tolima", 0, "41 73", "", "Colombia"),
    ("Municipio de Colombia, Huila", 0, "41", "41206", ""),
    ("Neiva y Colombia, Huila", 0, "41", "41001", "Colombia"),
    ("República de Colombia, departamento de Huila", 0, "41", "", ""),
    ("País: Colombia. Departamento: Antioquia", 0, "05", "", ""),
    ("Huila - Colombia", 0, "41", "", "Colombia"),
    # Abroad, or beside a name that nobody knows.
    ("Colombia, Ecuador", 0, "", "", "Colombia|Ecuador"),
    ("Madrid, España", 0, "", "", "Madrid|España"),
    ("Madrid (España)", 0, "", "", "Madrid|España"),
    ("España: Madrid", 0, "", "", "España|Madrid"),
    ("Madrid y Sevilla, España", 0, "", "", "Madrid|Sevilla|España"),
    ("Madrid y Buga, Comunidad de Madrid", 0, "", "", "Madrid|Buga|Comunidad de Madrid"),
    ("Madrid, Cundinamarca", 0, "25", "25430", ""),
    ("Sevilla, España", 0, "", "", "Sevilla|España"),
    ("Sevilla, Valle", 0, "76", "76736", ""),
    ("Córdoba, Argentina", 0, "", "", "Córdoba|Argentina"),
    ("Córdoba – España", 0, "", "", "Córdoba|España"),
    ("Cali, Valle; Madrid, España", 0, "76", "76001", "Madrid|España"),
    ("Cali, barrio Siloé", 0, "76", "76001", "barrio Siloé"),
    ("Cali, zona rural", 0, "76", "76001", "zona rural"),
    ("Nacional, con énfasis en Caldas", N, "17", "", ""),
    ("Nacional, excepto Amazonas, Vaupés y Guainía", N, "", "", "excepto Amazonas, Vaupés y Guainía"),
    ("Huila – Colombia", 0, "41", "", "Colombia"),
    ("Huila – Neiva, Colombia", 0, "41", "41001", "Colombia"),
    ("32 departamentos del país", 0, "", "", "32 departamentos del país"),
    # Nothing, or nothing known.
    *((text, 0, "", "", "") for text in ["", " ", "N.A.", "N/A", "No aplica", "-"]),
    ("Eje Cafetero", 0, "", "", "Eje Cafetero"),
    ("Costa Caribe", 0, "", "", "Costa Caribe"),
    ("Magdalena Medio", 0, "", "", "Magdalena Medio"),
    ("Cuenca del río Magdalena", 0, "", "", "Cuenca del río Magdalena"),
    ("Veredas La Florida, Palestina y Albania, Caldas", 0, "", "", "Veredas La Florida|Palestina|Albania|Caldas"),
    ("Área Metropolitana de Bucaramanga", 0, "", "", "Área Metropolitana de Bucaramanga"),
]


@pytest.mark.parametrize(("text", "national", "departments", "municipalities", "unread"), CASES)
def test_coverage_is_read_only_when_sure(text, national, departments, municipalities, unread):
    left = tuple(unread.split("|")) if unread else ()
    expected = CoverageReading(text, bool(national), tuple(departments.split()), tuple(municipalities.split()), left)
    assert read_coverage(text, GAZETTEER) == expected


def test_coverage_list_of_municipalities_stays_in_its_department():
    codes = "020 079 092 101 001 167 169 190 207 209 229 271 307 318 322 368 418 432 464 498 500"
    expected = tuple(f"68{code}" for code in codes.split())
    assert read_coverage(SANTANDER, GAZETTEER) == CoverageReading(SANTANDER, False, ("68",), expected)


def test_coverage_name_with_a_separator_survives():
    places = [Place("99001", "Carmen y Rosario", "99"), Place("99002", "Rosario", "99")]
    gazetteer = Gazetteer([Place("99", "Vichada")], places)
    text = "Vichada – Rosario y Carmen y Rosario"
    assert read_coverage(text, gazetteer) == CoverageReading(text, False, ("99",), ("99002", "99001"))


def test_coverage_of_an_empty_gazetteer_is_unread():
    assert read_coverage("Caldas", Gazetteer([], [])) == CoverageReading("Caldas", unread=("Caldas",))


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["municipality_code"])
def test_coverage_reads_every_municipality_under_its_department(row):
    text = f"{row['department']}: {row['municipality']}"
    reading = read_coverage(text, GAZETTEER)
    place, department = row["municipality_code"], row["department_code"]
    assert reading == CoverageReading(text, False, (department,), (place,))


@pytest.mark.parametrize("code", DEPARTMENTS)
def test_coverage_reads_every_department_alone(code):
    reading = read_coverage(DEPARTMENTS[code].upper(), GAZETTEER)
    assert (reading.departments, reading.unread) == ((code,), ())


def test_coverage_too_long_is_left_whole():
    text = "Caldas, " * 700
    assert read_coverage(text, GAZETTEER) == CoverageReading(text, unread=(text.strip(),))


@pytest.mark.parametrize("text", ["de ", "a ", "municipios de ", "Caldas - ", "(", "bogota d. c, ", "vereda A, ", " "])
def test_coverage_cost_is_bounded(text):
    start = time.perf_counter()
    read_coverage((text * 5_000)[:4_999] + "x", GAZETTEER)
    assert time.perf_counter() - start < 2


pieces = st.sampled_from(
    [
        "Caldas",
        "Manizales",
        "Bogotá, D.C.",
        "Albania",
        "Antioquia",
        "Nacional",
        "Colombia",
        "municipios de",
        "vereda",
        ", ",
        " – ",
        "; ",
        ": ",
        " (",
        ")",
        " y ",
        "\n",
        "-",
        "excepto",
        "San Andrés",
        "x",
        "Dpto. de ",
    ]
)


@settings(deadline=None, max_examples=200)
@given(st.text() | st.lists(pieces, max_size=12).map("".join))
def test_coverage_never_raises_and_names_known_places(text):
    reading = read_coverage(text, GAZETTEER)
    assert reading.text == text
    assert set(reading.departments) <= set(DEPARTMENTS)
    assert {GAZETTEER.department_of(code) for code in reading.municipalities} <= set(reading.departments)
    assert len(set(reading.municipalities)) == len(reading.municipalities)
    assert read_coverage(text, GAZETTEER) == reading
