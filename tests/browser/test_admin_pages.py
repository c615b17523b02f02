"""Every page of the admin is accessible, wide and narrow, light and dark, and may be used by the keyboard alone."""

import pytest
from playwright.sync_api import Page

from practices.models.practice import Practice

from .admin_pages import addresses
from .looking import DRAWN, EVERY, faults, follow, too_wide

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
WIDE, NARROW = {"width": 1280, "height": 900}, {"width": 320, "height": 640}


def looked_at(page: Page) -> list[str]:
    """What is wrong with the page: all rules when it is wide and light, what is drawn when narrow and dark."""
    ways = [(WIDE, "light", EVERY), (NARROW, "dark", DRAWN)]
    # As the page before was left, so that it is not drawn for a third time.
    if page.viewport_size == NARROW:
        ways.reverse()
    found = []
    for size, scheme, rules in ways:
        page.set_viewport_size(size)
        page.emulate_media(color_scheme=scheme)
        found += faults(page, rules) + too_wide(page)
    return found


def test_every_page_is_accessible_wide_and_narrow_light_and_dark(signed_in):
    page = signed_in()
    site = page.url.partition("/admin/")[0]
    pages, unknown = addresses()
    assert unknown == []
    found = []
    for address in pages:
        answer = page.goto(site + address)
        found += [] if answer.status == 200 else [f"{address} answers {answer.status}"]
        found += looked_at(page)
    assert found == [], "\n".join(found)


def test_pages_that_ask_and_refuse_are_accessible(visit, signed_in):
    login = visit("/admin/")
    assert looked_at(login) == []
    login.get_by_label("Nombre de usuario").fill("nadie")
    login.get_by_label("Contraseña").fill("nada")
    follow(login.get_by_role("button", name="Iniciar sesión"))
    login.locator(".errornote").wait_for()
    assert looked_at(login) == []

    page = signed_in("/admin/practices/category/add/")
    follow(page.locator("input[name=_save]:visible"))
    page.locator(".errornote").wait_for()
    assert looked_at(page) == []
    page.goto(page.url.partition("/admin/")[0] + "/admin/practices/practice/?q=nadalohalla")
    assert looked_at(page) == []
    page.set_viewport_size(WIDE)
    follow(page.locator("#logout-form button"))
    page.get_by_role("link", name="Iniciar sesión de nuevo").wait_for()
    assert looked_at(page) == []


def test_what_has_the_focus_is_never_under_the_save_bar(signed_in):
    record = Practice.objects.get(code="BP-ANDESCO-SSPD-002-2020").pk
    page = signed_in(f"/admin/practices/practice/{record}/change/")
    hidden = []
    for _step in range(60):
        page.keyboard.press("Tab")
        hidden += page.evaluate(COVERED)
    assert hidden == []


# The element with the focus, where its middle is covered by something that it neither holds nor stands in.
COVERED = """() => {
    const found = document.activeElement;
    const box = found.getBoundingClientRect();
    const top = document.elementFromPoint(box.left + box.width / 2, Math.min(box.top + 12, box.bottom - 1));
    const bar = document.querySelector(".submit-saving");
    return top && bar.contains(top) && !bar.contains(found) ? [found.outerHTML.slice(0, 120)] : [];
}"""
