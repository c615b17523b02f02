"""What goes wrong while an official types, in a browser: the session, the other window, the wrong field, Back."""

from typing import Any

import pytest
from playwright.sync_api import Dialog, Page, expect

from practices.models.parts import Attachment
from practices.models.practice import Practice

from .conftest import PASSWORD
from .looking import faults, follow, too_wide

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
NEW = "/admin/practices/practice/add/"
PDF = {"name": "Informe.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7 de prueba"}
TEXT = "Un párrafo “con comillas”.\n\n• Una viñeta & <algo>"


def press(page: Page, name: str) -> None:
    follow(page.locator(f"input[name={name}]:visible"))


def wrong(page: Page, options: dict[str, Any]) -> list[str]:
    """What axe finds, where it can run, and what stands wider than the window."""
    return faults(page) + too_wide(page) if options.get("script", True) else []


@pytest.mark.parametrize("options", [{"width": 1280}, {"width": 320, "scheme": "dark"}, {"script": False}])
def test_a_session_lost_while_typing_costs_nothing(signed_in, options):
    page = signed_in(NEW, **options)
    page.locator("#id_title").fill("Se fue la sesión")
    page.locator("#id_summary").fill(TEXT)
    if options.get("script", True):
        # What is seen beside the text is asked for while the session lasts: else the browser complains of a refusal.
        expect(page.locator(".writing:has(#id_summary) .as-seen-text li")).to_have_count(1)
    page.locator("#id_services input").first.check()
    page.locator("#id_link_set-0-address").fill("https://example.org/")
    page.locator("#id_attachment_set-0-upload").set_input_files(PDF)
    page.context.clear_cookies()
    press(page, "_save")
    assert wrong(page, options) == []
    page.locator("#id_username").fill("jefe")
    page.locator("#id_password").fill(PASSWORD)
    follow(page.locator("#login-form input[type=submit]"))
    assert page.locator("#id_summary").input_value() == TEXT
    assert (page.locator(".kept-files li").count(), wrong(page, options)) == (1, [])
    assert not Practice.objects.filter(title="Se fue la sesión").exists()
    press(page, "_save")
    practice = Practice.objects.get(title="Se fue la sesión")
    assert (practice.summary, practice.services.count(), practice.link_set.get().address) == (
        TEXT,
        1,
        "https://example.org/",
    )
    assert practice.attachment_set.get().name == "Informe.pdf"


def test_a_chosen_file_outlives_an_error(signed_in):
    page = signed_in(NEW)
    page.locator("#id_implemented_start").fill("mal")
    page.locator("#id_attachment_set-0-upload").set_input_files(PDF)
    press(page, "_save")
    assert "Informe.pdf" in page.locator(".kept-files").inner_text()
    page.locator("#id_implemented_start").fill("2020")
    press(page, "_save")
    assert Attachment.objects.get(name="Informe.pdf").practice.implemented_start == "2020"


@pytest.mark.parametrize("options", [{"width": 1280}, {"width": 320, "scheme": "dark"}, {"script": False}])
def test_two_windows_on_one_record_end_side_by_side(signed_in, options):
    practice = Practice.objects.get(code="BP-ANDESCO-SSPD-002-2020")
    first = signed_in(f"/admin/practices/practice/{practice.pk}/change/", **options)
    second = first.context.new_page()
    second.goto(first.url)
    first.locator("#id_conclusion").fill("La primera ventana.")
    press(first, "_save")
    second.locator("#id_conclusion").fill("La segunda ventana.")
    second.locator("#id_limitations").fill("Solo en la segunda.")
    press(second, "_save")
    assert second.locator(".difference").count() == 2
    assert second.locator(".difference:has([name=keep-conclusion]) del").last.inner_text().endswith("primera")
    assert wrong(second, options) == []
    practice.refresh_from_db()
    assert practice.conclusion == "La primera ventana."
    second.locator("input[name=keep-conclusion][value=theirs]").check()
    press(second, "_save")
    practice.refresh_from_db()
    assert (practice.conclusion, practice.limitations) == ("La primera ventana.", "Solo en la segunda.")


@pytest.mark.parametrize("script", [True, False])
def test_going_back_from_the_preview_makes_no_second_draft(signed_in, script):
    page = signed_in(NEW, script=script)
    page.locator("#id_title").fill("Una sola")
    press(page, "_preview")
    page.wait_for_url("**/preview/")
    page.go_back()
    page.locator("#id_title").fill("Una sola")
    press(page, "_preview")
    page.wait_for_url("**/preview/")
    assert Practice.objects.filter(title="Una sola").count() == 1


def test_leaving_with_something_typed_asks_first(signed_in):
    page = signed_in(NEW)
    asked: list[str] = []

    def stay(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.accept()

    page.on("dialog", stay)
    page.goto(page.url)
    assert asked == []
    page.locator("#id_title").press_sequentially("Algo")
    follow(page.locator(".breadcrumbs a >> nth=-1"))
    page.wait_for_url("**/practices/practice/")
    assert asked == ["beforeunload"]
    page.goto(page.url + "add/")
    page.locator("#link_set-group .add-row a").click()
    follow(page.locator(".breadcrumbs a >> nth=-1"))
    page.wait_for_url("**/practices/practice/")
    assert asked == ["beforeunload"] * 2
    page.goto(page.url + "add/")
    page.locator("#id_title").press_sequentially("Algo guardado")
    press(page, "_save")
    page.wait_for_url("**/change/")
    assert asked == ["beforeunload"] * 2
