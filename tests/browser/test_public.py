"""What the public does, in a browser: every page at three widths, light and dark, with and without script."""

import pytest
from playwright.sync_api import expect

from .looking import DRAWN, faults, follow, too_wide

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PAGES = [
    "/",
    "/practicas/",
    "/practicas/?categoria=oficinas&departamento=17",
    "/practicas/?q=inexistente&anio=2020",
    "/practicas/BP-ANDESCO-SSPD-002-2020/",
    "/practicas/BP-EJEMPLO-SSPD-007-2021/",
    "/practicas/BP-EJEMPLO-SSPD-008-2022/?orden=titulo",
    "/practicas/BP-ANDESCO-SSPD-002-2020/versiones/",
    "/autores/aguas-manizales/",
    "/criterios/",
    "/datos/",
    "/datos-personales/",
    "/en/mapa-del-sitio/",
    "/guia-de-estilo/",
    "/en/practicas/BP-ANDESCO-SSPD-002-2020/",
]


def test_every_page_is_accessible_at_every_width_light_and_dark(visit):
    page = visit("/")
    home = page.url.rstrip("/")
    found = []
    for path in PAGES:
        page.goto(home + path)
        for width in (320, 768, 1280):
            page.set_viewport_size({"width": width, "height": 900})
            for scheme in ("light", "dark"):
                page.emulate_media(color_scheme=scheme)
                found += [f"{scheme} {width}: {fault}" for fault in faults(page) + too_wide(page)]
    assert found == [], "\n".join(found)


def test_pages_that_say_no_are_accessible(visit):
    """A missing page makes the browser complain by itself, so it is reached from inside a page."""
    page = visit("/")
    page.goto(page.url + "practicas/bp%20andesco%20sspd%202%202020/")
    assert page.url.endswith("/practicas/BP-ANDESCO-SSPD-002-2020/")


@pytest.mark.parametrize("script", [True, False])
def test_visitor_searches_filters_reads_and_goes_back(visit, script):
    page = visit("/", script=script)
    page.get_by_label("Buscar en las prácticas").fill("manizales")
    follow(page.get_by_role("button", name="Buscar"))
    assert page.get_by_role("heading", level=1).inner_text() == "3 prácticas sobre «manizales»"
    page.get_by_role("checkbox", name="1. Funcionamiento de las oficinas").check()
    if not script:
        follow(page.get_by_role("button", name="Aplicar filtros").first)
    expect(page.get_by_role("heading", level=1)).to_contain_text("1 práctica sobre «manizales», categoría 1. Func")
    follow(page.get_by_role("link", name="Un contacto virtual"))
    assert (
        page.get_by_role("heading", level=1).inner_text() == "Un contacto virtual para hacer nuestra relación más real"
    )
    follow(page.get_by_role("link", name="Por qué funcionó"))
    assert page.url.endswith("#factores")
    page.go_back()
    page.go_back()
    page.get_by_role("link", name="Quitar filtro").filter(has_text="manizales").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("3 prácticas, categoría 1. Funcionamiento")


def test_language_switch_keeps_the_selection(visit):
    page = visit("/practicas/?categoria=oficinas")
    follow(page.get_by_role("link", name="English"))
    assert page.url.endswith("/en/practicas/?categoria=oficinas")
    assert page.get_by_role("heading", level=1).inner_text().startswith("3 practices, category 1. Funcionamiento")


def test_keyboard_reaches_the_content_past_the_navigation(visit):
    page = visit("/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Ir al contenido"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "contenido"


def test_visitor_walks_from_practice_to_practice_and_back_to_the_list(visit):
    page = visit("/en/practicas/?orden=titulo", script=False)
    cards = page.locator(".card-title a")
    first, second = cards.nth(0), cards.nth(1).inner_text()
    follow(first)
    follow(page.get_by_role("link", name="Next:"))
    assert page.get_by_role("heading", level=1).inner_text() == second
    assert page.get_by_role("navigation", name="In your list").locator("p").inner_text() == (
        "Practice 2 of 11 in your list"
    )
    follow(page.get_by_role("link", name="Back to the list").first)
    assert page.url.endswith("/en/practicas/?orden=titulo")


def test_panorama_is_accessible_and_its_marks_lead_to_their_lists(visit):
    """The width and the colours change what is drawn, not what is said: the rest of the rules look once."""
    page = visit("/panorama/", width=320, scheme="dark")
    found = faults(page) + too_wide(page)
    page.set_viewport_size({"width": 1280, "height": 900})
    page.emulate_media(color_scheme="light")
    assert found + faults(page, DRAWN) + too_wide(page) == []
    page.locator('.map a[href$="departamento=17"]').click()
    page.wait_for_url("**/practicas/?departamento=17")
    assert page.get_by_role("heading", level=1).inner_text() == "4 prácticas en Caldas"
