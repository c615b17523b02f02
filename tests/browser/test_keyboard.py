"""From the search box to a comparison with the keyboard alone, the focus to be seen at every stop."""

import pytest
from playwright.sync_api import Page, expect

from .looking import leaving

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

MOST_STOPS = 120
# The name of what has the focus, and whether an outline or a shadow shows it: on itself or on what it stands in.
STOP = """() => {
    const at = document.activeElement;
    const drawn = getComputedStyle(at);
    const seen = drawn.outlineStyle !== 'none' && parseFloat(drawn.outlineWidth) > 0 || drawn.boxShadow !== 'none';
    const box = at.getBoundingClientRect();
    return {
        name: (at.getAttribute('aria-label') || at.labels?.[0]?.innerText || at.innerText || at.value || '').trim(),
        tag: at.tagName, seen, shown: box.width > 0 && box.height > 0 && box.bottom > 0 && box.top < innerHeight
    }
}"""


def tab_to(page: Page, tag: str, words: str) -> None:
    """Press Tab until what holds these words has the focus; every stop on the way must be seen."""
    for _ in range(MOST_STOPS):
        page.keyboard.press("Tab")
        stop = page.evaluate(STOP)
        if stop["tag"] == "BODY":
            continue
        assert (stop["seen"], stop["shown"]) == (True, True), stop
        if stop["tag"] == tag and words in stop["name"]:
            return
    pytest.fail(f"no {tag} with {words!r} in {MOST_STOPS} stops of {page.url}")


def enter(page: Page) -> None:
    with leaving(page):
        page.keyboard.press("Enter")


def heading(page: Page) -> str:
    return page.get_by_role("heading", level=1).inner_text()


def test_search_filter_contact_and_comparison_need_no_pointer(visit):
    page = visit("/en/")
    # A page that glides to what has the focus is asked before it has arrived.
    page.emulate_media(reduced_motion="reduce")
    tab_to(page, "INPUT", "Search the practices")
    page.keyboard.type("manizales")
    tab_to(page, "BUTTON", "Search")
    enter(page)
    assert heading(page).startswith("3 practices")
    tab_to(page, "INPUT", "Funcionamiento de las oficinas")
    page.keyboard.press("Space")
    # The list is refreshed in place, and the focus stays on the box that was ticked.
    expect(page.get_by_role("heading", level=1)).to_contain_text("1 practice about")
    tab_to(page, "A", "Un contacto virtual")
    enter(page)
    assert heading(page) == "Un contacto virtual para hacer nuestra relación más real"
    tab_to(page, "A", "Contact")
    page.keyboard.press("Enter")
    tab_to(page, "A", "responsabilidad.social@example.org")
    page.go_back()
    page.reload()
    tab_to(page, "A", "Compare with others")
    enter(page)
    tab_to(page, "INPUT", "Search for a practice to add")
    page.keyboard.type("horas sin luz")
    tab_to(page, "BUTTON", "Search")
    enter(page)
    tab_to(page, "A", "Add to the comparison")
    enter(page)
    assert heading(page) == "Comparison of 2 practices"
    tab_to(page, "A", "Only what differs")
    enter(page)
    tab_to(page, "SUMMARY", "Read it all")
    page.keyboard.press("Space")
    assert page.locator("td details[open]").count() == 1
    tab_to(page, "A", "This comparison as data")
