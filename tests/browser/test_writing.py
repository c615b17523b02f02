"""Help where one writes, in a browser: lengths counted, texts seen as the public will, pastes from Word, figures."""

import pytest
from playwright.sync_api import Page, expect

from practices.models.practice import Practice

from ..admin.word import NESTED, WHOLE
from .looking import faults, follow, leaving, too_wide

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
ADD = "/admin/practices/practice/add/"
PASTE = """([field, html, plain]) => {
    const data = new DataTransfer();
    data.setData("text/html", html);
    data.setData("text/plain", plain);
    const event = new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true });
    const target = document.getElementById(field);
    target.focus();
    target.dispatchEvent(event);
}"""


def paste(page: Page, field: str, html: str, plain: str = "sin forma") -> None:
    page.evaluate(PASTE, [field, html, plain])


def test_what_is_written_is_counted_and_drawn_as_the_public_will_see_it(signed_in):
    page = signed_in(ADD)
    page.locator("#id_summary").fill("Se hizo:\n\n• Uno\n• Dos\n\nVer https://example.org")

    expect(page.locator("#id_summary_length")).to_contain_text("46 ")
    seen = page.locator(".writing:has(#id_summary) .as-seen-text")
    expect(seen.locator("li")).to_have_text(["Uno", "Dos"])
    expect(seen.locator("a")).to_have_attribute("href", "https://example.org")


def test_a_paste_from_word_keeps_its_lists_and_can_be_undone(signed_in):
    page = signed_in(ADD)
    field = page.locator("#id_impact")
    field.fill("Antes. ")
    field.press("End")
    paste(page, "id_impact", NESTED[0])
    expect(field).to_have_value("Antes. " + NESTED[1])
    field.press("Control+z")
    expect(field).to_have_value("Antes. ")


def test_a_paste_without_structure_is_the_browsers_own(signed_in):
    page = signed_in(ADD)
    paste(page, "id_impact", "<p>Solo un <b>párrafo</b></p>")

    # The script leaves it alone, and a paste that a test makes up does nothing by itself.
    assert page.locator("#id_impact").input_value() == ""


def test_figures_are_proposed_and_added_one_by_one(signed_in):
    page = signed_in(ADD)
    page.locator("#id_impact").fill("Se logró:\n\n• 355 peticiones resueltas.\n• 949 requerimientos tramitados.")
    page.locator("[name=_propose]").click()
    offers = page.locator(".proposals li")
    expect(offers).to_have_count(2)
    expect(offers.nth(1).locator("span")).to_have_text("949 requerimientos tramitados")
    offers.nth(1).locator("button").click()
    offers.nth(0).locator("button").click()

    names = ("text", "label", "value", "unit")
    rows = [[page.locator(f"#id_metric_set-{n}-{name}").input_value() for name in names] for n in (0, 1)]
    assert rows == [
        ["949 requerimientos tramitados.", "requerimientos tramitados", "949", "requerimientos"],
        ["355 peticiones resueltas.", "peticiones resueltas", "355", "peticiones"],
    ]
    page.locator("[name=_propose]").click()
    expect(page.locator(".proposals [role=status]")).not_to_be_empty()
    expect(offers).to_have_count(0)
    assert not Practice.objects.filter(impact__startswith="Se logró").exists()


def test_figures_are_proposed_without_script_too_and_nothing_is_saved(signed_in):
    page = signed_in(ADD, script=False)
    before = Practice.objects.count()
    page.locator("#id_impact").fill("• 355 peticiones resueltas.")
    follow(page.locator("[name=_propose]"))

    assert page.locator("#id_metric_set-0-value").input_value() == "355"
    assert page.url.endswith("#metric_set-group")
    assert (Practice.objects.count(), page.locator(".as-seen:visible").count()) == (before, 0)


def test_enter_in_a_field_saves_and_does_not_propose_figures(signed_in):
    page = signed_in(ADD)
    page.locator("#id_distinction").fill("Primer lugar")
    with leaving(page):
        page.locator("#id_distinction").press("Enter")

    assert Practice.objects.filter(distinction="Primer lugar").count() == 1


def test_each_line_of_the_checklist_leads_into_its_field(signed_in):
    record = Practice.objects.create(code="BP-ANDESCO-SSPD-090-2020")
    page = signed_in(f"/admin/practices/practice/{record.pk}/change/")
    for details in page.locator(".standing details").all():
        details.evaluate("box => { box.open = true }")
    reached = {}
    for link in page.locator(".tasks a").all():
        link.click()
        anchor = link.get_attribute("href")
        focused = page.evaluate(
            "anchor => document.querySelector(anchor).closest('.form-row, .rows').contains(document.activeElement)",
            anchor,
        )
        reached[anchor] = focused

    assert len(reached) == 17
    assert {anchor for anchor, focused in reached.items() if not focused} == set()


@pytest.mark.parametrize(("width", "scheme"), [(320, "dark"), (768, "light"), (1280, "dark")])
def test_the_opened_help_is_accessible(signed_in, width, scheme):
    record = Practice.objects.get(code="BP-ANDESCO-SSPD-002-2020").pk
    page = signed_in(f"/admin/practices/practice/{record}/change/", width=width, scheme=scheme)
    page.evaluate("document.querySelectorAll('details').forEach(box => { box.open = true })")
    page.locator("#id_impact").fill("• 12 cosas nuevas.\n• 13 cosas viejas.")
    page.locator("[name=_propose]").click()
    expect(page.locator(".proposals li")).to_have_count(2)

    assert faults(page) + too_wide(page) == []
    page.goto(page.url.partition("/admin/")[0] + "/admin/practices/requirement/")
    assert faults(page) + too_wide(page) == []


def test_a_whole_word_document_is_pasted_without_what_it_brings_along(signed_in):
    page = signed_in(ADD)
    paste(page, "id_summary", WHOLE[0])

    expect(page.locator("#id_summary")).to_have_value(WHOLE[1])
