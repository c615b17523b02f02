"""The comparison without script: practices added by the page's own search, set side by side, one removed."""

import pytest

from .looking import faults, follow, too_wide

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def add(page, words: str) -> None:
    """Search on the page of the comparison and add the first practice that it finds."""
    details = page.locator("details:has(#q)")
    if details.count() and not details.get_attribute("open"):
        details.locator("summary").first.click()
    page.locator("#q").fill(words)
    follow(page.locator("main form button"))
    follow(page.locator("main .cards a.chip").first)


def columns(page) -> int:
    return page.get_by_role("columnheader").count()


@pytest.mark.parametrize(("width", "scheme"), [(320, "dark"), (1280, "light")])
def test_practices_are_added_compared_and_removed_without_script(visit, width, scheme):
    page = visit("/en/comparar/", width=width, scheme=scheme, script=False)
    add(page, "contacto virtual")
    add(page, "horas sin luz")
    add(page, "cristalina")
    assert columns(page) == 3
    assert page.locator("tbody").first.get_by_role("rowheader").first.is_visible()
    assert too_wide(page) == []
    follow(page.locator("a.remove").nth(1))
    assert columns(page) == 2
    assert page.url.count("codigo=") == 2
    looked = visit(page.url[page.url.index("/en/") :], width=width, scheme=scheme)
    looked.evaluate("document.querySelectorAll('details').forEach(each => { each.open = true })")
    assert faults(looked) + too_wide(looked) == []
