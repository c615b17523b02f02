"""The list with script: what is chosen changes it in place; and how much of it goes over the wire."""

import pytest
from playwright.sync_api import expect

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

MOST_BYTES = 60_000
MOST_REQUESTS = 6


def test_list_follows_what_is_chosen_in_place(visit):
    page = visit("/en/practicas/")
    heading, status = page.get_by_role("heading", level=1), page.locator("main > [role=status]")
    page.evaluate("window.stays = true")
    page.locator("[data-key=anio] > summary").click()
    box = page.locator("[name=departamento][value='17']")
    box.focus()
    page.keyboard.press("Space")
    expect(heading).to_have_text("4 practices in Caldas")
    expect(status).to_have_text("4 practices")
    expect(box).to_be_focused()
    expect(box).to_be_checked()
    expect(page.locator("[data-key=anio]")).to_have_attribute("open", "")
    expect(page).to_have_title("4 practices in Caldas · Catálogo de buenas prácticas")
    assert page.url.endswith("/en/practicas/?departamento=17")
    page.locator("[data-key=tabla]").click()
    expect(page.get_by_role("table")).to_be_visible()
    page.get_by_role("link", name="Remove filter").click()
    expect(heading).to_have_text("11 practices")
    expect(page.locator("#resultados")).to_be_focused()
    page.go_back()
    page.go_back()
    expect(heading).to_have_text("4 practices in Caldas")
    expect(box).to_be_checked()
    page.go_back()
    expect(heading).to_have_text("11 practices")
    page.go_forward()
    expect(heading).to_have_text("4 practices in Caldas")
    assert page.evaluate("window.stays")
    # Of two choices the later one is shown, in whatever order the answers come.
    page.route("**/practicas/?*departamento=11*", lambda route: page.wait_for_timeout(300) or route.continue_())
    page.locator("[name=departamento][value='11']").check()
    page.locator("[name=departamento][value='11']").uncheck()
    expect(status).to_have_text("4 practices")
    assert page.url.endswith("/en/practicas/?departamento=17")
    # Where the answer is not the list, the browser goes there by itself.
    page.locator("[name=q]").fill("BP ANDESCO SSPD 002 2020")
    page.locator("[name=departamento][value='17']").uncheck()
    expect(page).to_have_url(page.url.split("/en/")[0] + "/en/practicas/BP-ANDESCO-SSPD-002-2020/")


def test_first_load_of_the_list_is_light(visit):
    page = visit("/")
    sizes = {}
    page.context.clear_cookies()
    page.on("requestfinished", lambda request: sizes.update({request.url: request.sizes()["responseBodySize"]}))
    page.goto(page.url + "practicas/")
    page.wait_for_load_state("networkidle")
    assert len(sizes) <= MOST_REQUESTS
    assert sum(sizes.values()) <= MOST_BYTES, sizes
