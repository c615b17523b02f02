"""What the templates are given to draw with: texts, addresses, the layout of the filters."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from django.conf import settings
from django.template.loader import render_to_string
from django.utils.translation import override

from practices.browse import Selection
from practices.document import Coverage, Link, Place, Service
from practices.editorial.bulk import publish_documents
from practices.exchange.writers.figures import Figure
from practices.exchange.writers.page import PlaceGroup, PracticePage, reference_of
from practices.templatetags.catalogue import (
    canonical_query,
    dialable,
    file_type,
    lang_tag,
    long_date,
    page_query,
    web_address,
)
from practices.templatetags.panels import Panel, panels, sorts
from tests.factories import attached, author, document, published, rich_document

TEMPLATES = list((Path(settings.BASE_DIR) / "templates").rglob("*.html"))
PUBLIC = [path for path in TEMPLATES if "admin" not in path.parts]


@pytest.mark.parametrize(("code", "tag"), [("es-co", "es-CO"), ("en", "en")])
def test_a_language_code_is_written_as_html_wants_it(code, tag):
    assert lang_tag(code) == tag


@pytest.mark.parametrize(("language", "said"), [("es-co", "5 de abril de 2020"), ("en", "5 April 2020")])
def test_a_date_is_said_in_the_language_of_the_page(language, said):
    with override(language):
        assert long_date(date(2020, 4, 5)) == said
        assert long_date(datetime(2020, 4, 5, 12, tzinfo=UTC)) == said


@pytest.mark.parametrize(
    ("phone", "dialled"),
    [
        ("+57 (601) 555 01 00", "+576015550100"),
        ("601-555-0100", "6015550100"),
        ("116", ""),
        ("555 0100 ext. 12", ""),
        ("javascript:alert(1)", ""),
        ("", ""),
    ],
)
def test_only_one_plain_number_can_be_dialled(phone, dialled):
    assert dialable(phone) == dialled


@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", "javascript://x.org/%0aalert(1)", "http://[", "//x.org", ""]
)
def test_no_other_scheme_than_the_web_becomes_a_link(address):
    assert reference_of(Link(address, "texto")).address == ""
    assert web_address("javascript://x.org") == ""


def test_the_kind_of_a_file_is_the_end_of_its_name():
    assert [file_type(name) for name in ("a.pdf", "b.tar.GZ", "sin")] == ["PDF", "GZ", ""]


@pytest.mark.parametrize(
    ("label", "unit", "measured"),
    [
        ("peticiones resueltas", "peticiones", "resueltas"),
        ("Peticiones", "peticiones", ""),
        ("peticionesx", "peticiones", "peticionesx"),
        ("de satisfacción", "%", "de satisfacción"),
        ("", "%", "98 % de satisfacción"),
    ],
)
def test_a_unit_is_not_said_twice(label, unit, measured):
    assert Figure("98 % de satisfacción", label, number="98", unit=unit).measured == measured


def test_municipalities_stand_under_their_department():
    caldas, tolima = Place("17", "Caldas"), Place("73", "Tolima")
    manizales, aranzazu, cali = (
        Place("17001", "Manizales", "17"),
        Place("17050", "Aranzazu", "17"),
        Place("76001", "Cali", "76"),
    )
    coverage = Coverage("", departments=(tolima, caldas), municipalities=(manizales, aranzazu, cali))
    page = PracticePage(document(coverage=coverage), language="es-co")
    assert page.places == [
        PlaceGroup(caldas, (aranzazu, manizales)),
        PlaceGroup(tolima, ()),
        PlaceGroup(cali, ()),
    ]


@pytest.mark.django_db
def test_the_order_that_goes_without_saying_follows_the_search():
    published()
    assert [(s.value, s.selected) for s in sorts(Selection.from_query({}))] == [
        ("", True),
        ("fecha", False),
        ("titulo", False),
    ]
    assert [(s.value, s.selected) for s in sorts(Selection.from_query({"q": "agua", "orden": "recientes"}))] == [
        ("", False),
        ("recientes", True),
        ("fecha", False),
        ("titulo", False),
    ]


@pytest.mark.django_db
def test_a_chosen_value_is_never_folded_away():
    implemented = rich_document().implemented
    list(publish_documents(document(number, coverage=Coverage(), implemented=implemented) for number in range(1, 13)))
    selection = Selection.from_query({"anio": "2020"})
    panel = next(panel for panel in panels(selection) if panel.name == "anio")
    assert ([value.value for value in panel.shown], panel.rest, panel.is_open) == (["2020"], [], True)
    authors = next(panel for panel in panels(selection) if panel.name == "autor")
    assert (authors.selected, authors.is_open) == (0, False)


@pytest.mark.django_db
def test_the_pages_of_a_list_keep_the_selection_and_its_order():
    published()
    selection = Selection.from_query({"q": "agua", "orden": "titulo"})
    assert page_query(selection, 2) == "?q=agua&orden=titulo&pagina=2"
    assert canonical_query(selection, 2) == "?q=agua&pagina=2"
    assert (page_query(None, 1), page_query(None, 3)) == ("", "?pagina=3")


@pytest.mark.parametrize("name", ["400.html", "500.html", "503.html"])
def test_the_pages_of_failures_need_nothing(name):
    assert "<h1>" in render_to_string(name)


@pytest.mark.parametrize("path", PUBLIC, ids=lambda path: path.name)
def test_no_template_needs_what_the_policy_forbids(path):
    text = path.read_text()
    assert [mark for mark in ("style=", "<style", "|safe", "onclick=") if mark in text] == []
    # A block of data is no script: nothing in it runs.
    harmless = ('<script src="{% static ', '<script type="application/ld+json">{{ data|ld_json }}</script>')
    assert text.count("<script") == sum(text.count(kind) for kind in harmless)


def many_authors(count: int) -> None:
    authors = [author(f"Aguas del Norte {n:02d}", slug=f"aguas-norte-{n:02d}") for n in range(1, count + 1)]
    authors.append(author("Zafiro S.A. E.S.P.", slug="zafiro"))
    list(publish_documents(document(number, authors=(each,)) for number, each in enumerate(authors, 1)))


def authors_panel(**query: str | list[str]) -> Panel:
    return next(panel for panel in panels(Selection.from_query(query)) if panel.name == "autor")


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_every_comment_ends_on_its_line(path):
    """Django shows one that does not."""
    lines = path.read_text(encoding="utf-8").splitlines()
    assert [line for line in lines if line.count("{#") != line.count("#}")] == []


@pytest.mark.django_db
def test_a_long_facet_shows_ten_values_the_chosen_ones_and_a_search_box():
    many_authors(41)
    panel = authors_panel(autor=["zafiro"])
    assert [box.value for box in panel.shown] == [*(f"aguas-norte-{n:02d}" for n in range(1, 11)), "zafiro"]
    assert (panel.search_name, panel.sought, panel.rest, panel.is_open) == ("en_autor", "", [], True)


@pytest.mark.django_db
def test_the_search_box_of_a_facet_finds_beginnings_of_words_and_keeps_what_is_chosen():
    many_authors(41)
    panel = authors_panel(autor=["aguas-norte-07"], en_autor="  ZÁFI ")
    assert [(box.value, box.selected) for box in panel.shown] == [("aguas-norte-07", True), ("zafiro", False)]
    assert (panel.found, panel.sought) == (1, "ZÁFI")
    nothing = authors_panel(en_autor="afiro")
    assert (nothing.shown, nothing.found, nothing.is_open) == ([], 0, True)
    assert (authors_panel(en_autor="aguas nor").found, len(authors_panel(en_autor="agu").shown)) == (41, 40)


@pytest.mark.django_db
def test_values_with_nothing_left_to_give_are_shown_and_cannot_be_ticked(client):
    published(rich_document(1, services=(Service("aseo", "Aseo"),)))
    published(document(2, authors=(author("Otra S.A."),)))
    panel = next(p for p in panels(Selection.from_query({"autor": "otra"})) if p.name == "servicio")
    assert [(box.value, box.count, box.disabled) for box in panel.shown] == [("aseo", 0, True)]
    page = client.get("/practicas/?servicio=aseo").content.decode()
    assert '<input type="checkbox" name="autor" value="otra" disabled>' in page


@pytest.mark.django_db
def test_what_a_practice_has_stands_in_one_panel_with_a_box_each():
    published(rich_document(1, attachments=attached(b"%PDF-")))
    panel = panels(Selection.from_query({"archivos": "si"}))[-1]
    assert [(box.name, box.value, box.count, box.selected) for box in panel.shown] == [
        ("indicadores", "si", 1, False),
        ("archivos", "si", 1, True),
    ]
    assert (panel.in_spanish, panel.is_open, panel.selected) == (False, True, 1)


@pytest.mark.django_db
def test_the_department_panel_offers_to_count_national_practices_only_where_there_are_some(client):
    published(rich_document(1))
    offer = "Contar las nacionales en cada departamento"
    assert offer not in client.get("/practicas/").content.decode()
    published(rich_document(2, coverage=Coverage("Nacional", national=True)))
    assert offer in client.get("/practicas/").content.decode()
    said = "Cada departamento cuenta también las prácticas nacionales."
    assert said not in client.get("/practicas/").content.decode()
    assert said in client.get("/practicas/?departamento=17&nacionales=si").content.decode()
