"""The search box with and without script: a combobox by the keyboard, the pointer and the screen reader's rules."""

import pytest
from playwright.sync_api import expect

from .looking import faults, follow, too_wide

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def box(page):
    return page.get_by_role("combobox", name="Buscar en las prácticas")


def typed(page, text: str):
    """The box with that text typed and its suggestions open."""
    found = box(page)
    found.click()
    found.press_sequentially(text)
    page.get_by_role("option").first.wait_for()
    return found


def active(page) -> str:
    return page.evaluate(
        "document.getElementById(document.activeElement.getAttribute('aria-activedescendant'))?.textContent ?? ''"
    )


@pytest.mark.parametrize("path", ["/", "/practicas/"])
def test_open_list_is_accessible_at_every_width_light_and_dark(visit, path):
    page = visit("/")
    home = page.url.rstrip("/")
    for scheme in ("light", "dark"):
        for width in (320, 768, 1280):
            page.set_viewport_size({"width": width, "height": 900})
            page.emulate_media(color_scheme=scheme)
            page.goto(home + path)
            typed(page, "manizales").press("ArrowDown")
            assert (width, faults(page) + too_wide(page)) == (width, [])


def test_box_says_what_it_is_and_what_it_holds(visit):
    page = visit("/")
    closed = box(page)
    expect(closed).to_have_attribute("aria-expanded", "false")
    opened = typed(page, "manizales")
    expect(opened).to_have_attribute("aria-expanded", "true")
    expect(opened).to_have_attribute("aria-controls", page.get_by_role("listbox").get_attribute("id"))
    count = page.get_by_role("option").count()
    expect(page.locator(".search [role=status]")).to_have_text(
        f"{count} sugerencias: flechas para elegir, Intro para abrir"
    )


def test_arrows_go_round_and_enter_opens(visit):
    page = visit("/")
    found = typed(page, "manizales")
    labels = page.get_by_role("option").all_text_contents()
    found.press("ArrowDown")
    assert active(page) == labels[0]
    assert page.get_by_role("option", selected=True).count() == 1
    found.press("ArrowUp")
    assert active(page) == ""
    found.press("ArrowUp")
    assert active(page) == labels[-1]
    found.press("ArrowDown")
    found.press("ArrowDown")
    found.press("Enter")
    page.wait_for_url("**/practicas/BP-*/")


def test_enter_without_a_choice_searches_as_the_form_does(visit):
    page = visit("/")
    typed(page, "manizales").press("Enter")
    page.wait_for_url("**/practicas/?q=manizales")
    assert page.get_by_role("heading", level=1).inner_text() == "3 prácticas sobre «manizales»"


def test_escape_and_tab_close_and_keep_what_was_typed(visit):
    page = visit("/")
    found = typed(page, "manizales")
    found.press("Escape")
    expect(page.get_by_role("listbox")).to_be_hidden()
    expect(found).to_have_value("manizales")
    expect(found).to_have_attribute("aria-expanded", "false")
    found.press("ArrowDown")
    page.get_by_role("option").first.wait_for()
    found.press("Tab")
    expect(page.get_by_role("listbox")).to_be_hidden()
    assert page.evaluate("document.activeElement.type") == "submit"


def test_a_click_opens_the_suggestion(visit):
    page = visit("/")
    typed(page, "aguas de maniz")
    page.get_by_role("option").filter(has_text="Autor").first.click()
    page.wait_for_url("**/autores/*/")
    assert page.get_by_role("heading", level=1).inner_text() == "Aguas de Manizales S.A. E.S.P."


def test_nothing_is_asked_for_one_letter_and_an_empty_answer_is_said(visit):
    page = visit("/")
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    found = box(page)
    found.press_sequentially("a")
    page.wait_for_timeout(400)
    assert [address for address in asked if "sugerencias" in address] == []
    found.press_sequentially("qqqxzzw")
    expect(page.locator(".search [role=status]")).to_have_text("Sin sugerencias")
    expect(found).to_have_attribute("aria-expanded", "false")


def test_without_script_the_box_is_a_plain_search_box(visit):
    page = visit("/", script=False)
    page.get_by_role("searchbox").fill("BP-ANDESCO-SSPD-002-2020")
    follow(page.get_by_role("button", name="Buscar"))
    assert page.url.endswith("/practicas/BP-ANDESCO-SSPD-002-2020/")
    assert page.get_by_role("combobox").count() == 0
