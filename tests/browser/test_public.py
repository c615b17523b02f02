"""What the public does, in a browser: every page at three widths, light and dark, with and without script."""

import pytest

from .looking import faults, follow, too_wide

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PAGES = [
    "/",
    "/practicas/",
    "/practicas/?categoria=oficinas&departamento=17",
    "/practicas/?q=inexistente&anio=2020",
    "/practicas/BP-ANDESCO-SSPD-002-2020/",
    "/practicas/BP-EJEMPLO-SSPD-007-2021/",
    "/autores/aguas-manizales/",
    "/criterios/",
    "/datos-personales/",
    "/en/mapa-del-sitio/",
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
    follow(page.get_by_role("button", name="Aplicar filtros").first)
    assert (
        page.get_by_role("heading", level=1).inner_text().startswith("1 práctica sobre «manizales», categoría 1. Func")
    )
    follow(page.get_by_role("link", name="Un contacto virtual"))
    assert (
        page.get_by_role("heading", level=1).inner_text() == "Un contacto virtual para hacer nuestra relación más real"
    )
    follow(page.get_by_role("link", name="Por qué funcionó"))
    assert page.url.endswith("#factores")
    page.go_back()
    page.go_back()
    follow(page.get_by_role("link", name="Quitar filtro").filter(has_text="manizales"))
    assert page.get_by_role("heading", level=1).inner_text().startswith("3 prácticas, categoría 1. Funcionamiento")


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
