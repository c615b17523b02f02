import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from practices.language.organizations import (
    OrganizationReading,
    guess_kind,
    organization_key,
    read_organization,
    split_authors,
)

anything = settings(deadline=None, max_examples=100)


@pytest.mark.parametrize(
    ("key", "spellings"),
    [
        (
            "aguas manizales",
            [
                "AGUAS DE MANIZALES S.A E.S.P.",
                "Aguas de Manizales S.A. E.S.P.",
                "AGUAS DE MANIZALES S.A. E S.P.",
                "Aguas de Manizales SAESP",
                "aguas de manizales, s. a. e. s. p.",
                "Aguas Manizales",
                "AGUAS  DE\nMANIZALES S.A.-E.S.P.",
                "Aguas de Manizales S.A.S. E.S.P. BIC",
                "Aguas de Manizales Sociedad Anónima E.S.P.",
            ],
        ),
        (
            "electrificadora santander",
            [
                "ELECTRIFICADORA DE SANTANDER S.A. E.S.P. – ESSA",
                "Electrificadora de Santander S.A. E.S.P. (ESSA)",
                "ESSA - Electrificadora de Santander S.A. E.S.P.",
                "ELECTRIFICADORA DE SANTANDER S.A. E.S.P. – ESSA E.S.P.",
            ],
        ),
        (
            "empresas publicas medellin",
            ["Empresas Públicas de Medellín E.S.P.", "Empresas Públicas de Medellín (EPM) E.S.P."],
        ),
        ("epm", ["EPM E.S.P.", "E.P.M.", "epm"]),
        (
            "empresa servicios publicos chia",
            ["Empresa de Servicios Públicos de Chía Ltda.", "EMPRESA DE SERVICIOS PUBLICOS DE CHIA LIMITADA"],
        ),
        ("perez hijos", ["Pérez e Hijos S. en C.", "Perez e hijos S en C"]),
        ("emserfusa", ["EMSERFUSA E.S.P.", "Emserfusa E. S. P.", "EMSERFUSA E.I.C.E. E.S.P."]),
        ("air e", ["AIR-E S.A.S. E.S.P.", "Air-e"]),
        ("triple a", ["Triple A S.A. E.S.P."]),
        ("sa esp", ["S.A. E.S.P."]),
        ("la", ["De la"]),
    ],
)
def test_organization_key_is_one_for_all_spellings(key, spellings):
    assert {spelling: organization_key(spelling) for spelling in spellings} == dict.fromkeys(spellings, key)


def test_organization_key_parts_firms_that_only_look_alike():
    names = ["EPM E.S.P.", "EPM – UNE", "Aguas de Manizales", "Aguas de Malambo", "CENS – Grupo EPM", "CENS"]
    assert len({organization_key(name) for name in names}) == len(names)


@pytest.mark.parametrize(
    ("text", "name", "acronym"),
    [
        ("ELECTRIFICADORA DE SANTANDER S.A. E.S.P. – ESSA", "ELECTRIFICADORA DE SANTANDER S.A. E.S.P.", "ESSA"),
        ("Empresas Municipales de Cali – Emcali", "Empresas Municipales de Cali", "Emcali"),
        (
            "EMPRESA DE ACUEDUCTO Y ALCANTARILLADO DE BOGOTÁ - EAAB E.S.P.",
            "EMPRESA DE ACUEDUCTO Y ALCANTARILLADO DE BOGOTÁ E.S.P.",
            "EAAB",
        ),
        ("Empresas Públicas de Medellín (EPM) E.S.P.", "Empresas Públicas de Medellín E.S.P.", "EPM"),
        ("Central Hidroeléctrica de Caldas S.A. E.S.P.-CHEC", "Central Hidroeléctrica de Caldas S.A. E.S.P.-CHEC", ""),
        (
            "Unidad Administrativa Especial de Servicios Públicos (UAESP)",
            "Unidad Administrativa Especial de Servicios Públicos",
            "UAESP",
        ),
        ("EPM E.S.P.", "EPM E.S.P.", ""),
        ("GASES DEL CARIBE S.A. E.S.P. – HOCOL S.A.", "GASES DEL CARIBE S.A. E.S.P. – HOCOL S.A.", ""),
        ("Gas Natural S.A. E.S.P. – VANTI", "Gas Natural S.A. E.S.P. – VANTI", ""),
        ("Aguas de Manizales – Caldas", "Aguas de Manizales – Caldas", ""),
        ("Aguas de Manizales (S.A. E.S.P.)", "Aguas de Manizales (S.A. E.S.P.)", ""),
        ("", "", ""),
    ],
)
def test_organization_name_is_read_without_its_acronym(text, name, acronym):
    assert read_organization(text) == OrganizationReading(text, name, acronym, organization_key(text))


@pytest.mark.parametrize(
    ("text", "authors"),
    [
        ("", []),
        (" ; \n", []),
        ("GASES DEL CARIBE S.A. E.S.P. – HOCOL S.A.", ["GASES DEL CARIBE S.A. E.S.P.", "HOCOL S.A."]),
        (
            "Gases del Caribe S.A. E.S.P., Surtigas S.A. E.S.P. y Gases de Occidente S.A. E.S.P.",
            ["Gases del Caribe S.A. E.S.P.", "Surtigas S.A. E.S.P.", "Gases de Occidente S.A. E.S.P."],
        ),
        (
            "Acueducto, Alcantarillado y Aseo de Barranquilla S.A. E.S.P. / Hocol S.A.",
            ["Acueducto, Alcantarillado y Aseo de Barranquilla S.A. E.S.P.", "Hocol S.A."],
        ),
        ("EPM; Alcaldía de Medellín", ["EPM", "Alcaldía de Medellín"]),
        ("EPM\r\nAlcaldía  de Medellín\u2028SENA", ["EPM", "Alcaldía de Medellín", "SENA"]),
        *(
            (one, [one])
            for one in [
                "Superintendencia Delegada para Acueducto, Alcantarillado y Aseo, con la UAESP",
                "ELECTRIFICADORA DE SANTANDER S.A. E.S.P. – ESSA",
                "ELECTRIFICADORA DE SANTANDER S.A. E.S.P. – ESSA E.S.P.",
                "EMPRESA DE ACUEDUCTO Y ALCANTARILLADO DE BOGOTÁ - EAAB E.S.P.",
                "Aguas de Manizales, S.A., E.S.P.",
                "Aguas de Manizales S.A. - E.S.P.",
                "Gases del Caribe S.A. E.S.P. y la comunidad",
                "Gases del Caribe S.A. E.S.P., Hocol S.A. y la comunidad",
                "EPM y Emcali",
                "Agua y Aseo S.A. E.S.P.",
            ]
        ),
    ],
)
def test_authors_are_split_only_when_sure(text, authors):
    assert split_authors(text) == authors


@pytest.mark.parametrize(
    ("kind", "names"),
    [
        (
            "provider",
            [
                "AGUAS DE MANIZALES S.A E.S.P.",
                "EPM E.S.P.",
                "Empresas Municipales de Cali – Emcali",
                "HOCOL S.A.",
                "Acueducto de Bogotá",
                "Electrificadora del Caribe",
                "Aguas Kpital",
                "Veolia Aseo S.A.S.",
            ],
        ),
        (
            "unit",
            [
                "Superintendencia Delegada para Acueducto, Alcantarillado y Aseo, con la UAESP",
                "DIRECCIÓN TÉCNICA DE GESTIÓN DE ASEO",
                "Oficina de Tecnología",
                "Grupo interno de trabajo SUI",
                "Subdirección de Acueducto",
                "Delegada para Energía y Gas",
                "Secretaría General",
                "La Superintendencia de Servicios Públicos",
                "Superintendencia",
                "Dirección Territorial Suroccidente",
                "Oficina Asesora de Planeación",
                "Oficina de Comunicaciones de la Superservicios",
            ],
        ),
        ("other", ["", "Universidad Nacional", "Alcaldía de Medellín", "Grupo EPM", "Fundación Gasnova"]),
        (
            "other",
            [
                "Ministerio de Vivienda, Ciudad y Territorio",
                "Secretaría de Hacienda de Cali",
                "Secretaría General de la Alcaldía de Bogotá",
                "Departamento Administrativo de Planeación de Armenia",
                "Gobernación del Valle del Cauca",
                "Superintendencia de Sociedades",
                "Unidad Administrativa Especial de Servicios Públicos",
                "Oficina Asesora de Planeación – Emcali",
                "Dirección Territorial de Salud de Caldas",
                "Dirección",
                "Dirección de Aseo " * 500,
            ],
        ),
    ],
)
def test_kind_is_guessed_from_the_name(kind, names):
    assert {name: guess_kind(name) for name in names} == dict.fromkeys(names, kind)


@pytest.mark.parametrize("piece", [";a", ";", "S.A. y ", "a – ", "• "])
def test_organizations_cost_of_ten_megabytes_is_bounded(piece):
    text = piece * (10_000_000 // len(piece))
    start = time.perf_counter()
    assert len(split_authors(text)) == 1
    assert guess_kind(text) == "other"
    assert time.perf_counter() - start < 1


hostile = st.text() | st.text(alphabet="SAESP. –-(),yEPM\n/;") | st.text(alphabet="S.A –").map(lambda text: text * 200)


@anything
@given(hostile)
def test_organizations_never_raise_and_lose_nothing(text):
    reading = read_organization(text)
    assert reading.as_written == " ".join(text.split())
    assert guess_kind(text) in {"provider", "unit", "other"}
    if any(character.isalnum() for character in text):
        assert organization_key(text)
    kept = [c for c in "".join(split_authors(text)) if c.isalnum() and c not in "yY"]
    assert kept == [c for c in text if c.isalnum() and c not in "yY"]
