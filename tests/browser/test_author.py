"""Staff show a practice to its author, who has no account, no cookie and perhaps no script."""

import re

import pytest
from playwright.sync_api import Page

from practices.editorial.approval import invite, revoke, token_of
from practices.models.approval import Invitation
from practices.models.practice import Practice

from .looking import faults, follow, too_wide

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
CODE = "BP-ANDESCO-SSPD-002-2020"


def link_made_by_staff(page: Page) -> str:
    """The path of the link that staff copy."""
    page.locator("#id_recipient").fill("Aguas de Manizales S.A. E.S.P.")
    follow(page.locator(".author-form [type=submit]"))
    address = page.locator(".author-address input[readonly]").input_value()
    return re.sub(r"^https?://[^/]+", "", address)


def answer(page: Page, yes: bool, **comments: str) -> None:
    for section, text in comments.items():
        page.locator(f"#id_comment_{section}").fill(text)
    page.locator("#id_answer_0" if yes else "#id_answer_1").check()
    page.locator("#id_answered_for").fill("Dirección de Servicio al Cliente")
    follow(page.locator(".answer button[type=submit]"))


def test_an_author_asks_for_changes_staff_read_them_and_the_author_approves(signed_in, visit):
    record = Practice.objects.get(code=CODE)
    staff = signed_in(f"/admin/practices/practice/{record.pk}/author/")
    path = link_made_by_staff(staff)

    guest = visit(path, script=False)
    assert guest.get_by_role("heading", level=1).inner_text() == record.title
    answer(guest, False, resumen="Falta decir desde cuándo.", impacto="Son 355 <peticiones>.")
    assert guest.url.endswith(f"{path}respuesta/")
    assert guest.locator(".comments dd").all_inner_texts() == ["Falta decir desde cuándo.", "Son 355 <peticiones>."]
    assert guest.context.cookies() == []

    staff.reload()
    assert staff.locator(".author-comments dt").all_inner_texts() == ["Resumen", "Impacto"]
    assert staff.locator(".author-comments dd").all_inner_texts() == [
        "Falta decir desde cuándo.",
        "Son 355 <peticiones>.",
    ]
    follow(staff.locator(".author-comments a").first)
    assert staff.url.endswith(f"/{record.pk}/change/#id_summary")

    again = visit(path)
    assert again.locator("#id_comment_resumen").input_value() == "Falta decir desde cuándo."
    answer(again, True, resumen="", impacto="")
    staff.reload()
    assert staff.locator(".author-lines li").count() == 1
    kept = Invitation.objects.get()
    assert (kept.answer, kept.answered_for) == ("approved", "Dirección de Servicio al Cliente")
    assert (kept.comments.count(), again.context.cookies()) == (0, [])


def test_a_mistake_is_shown_at_the_top_with_the_way_to_its_field(visit, chief):
    link, _token = invite(Practice.objects.get(code=CODE), "Aguas de Manizales", chief)
    page = visit(f"/revision/{token_of(link)}/")
    page.locator("#id_comment_resumen").fill("Lo que escribí.")
    follow(page.locator(".answer button[type=submit]"))
    assert page.locator("[role=alert] a").count() == 2
    assert page.locator("#id_comment_resumen").input_value() == "Lo que escribí."
    page.locator("[role=alert] a").first.click()
    assert page.evaluate("document.activeElement.id || location.hash") in {"id_answer_0", "#id_answer_0"}


def test_pages_of_a_link_are_accessible_at_every_width_light_and_dark(visit, signed_in, chief):
    record = Practice.objects.get(code=CODE)
    link, _token = invite(record, "Aguas de Manizales S.A. E.S.P. – Dirección de Servicio al Cliente", chief)
    ended, _token = invite(record, "Otra", chief)
    revoke(ended, chief)
    for scheme, width in (("light", 1280), ("dark", 320)):
        page = visit(f"/revision/{token_of(link)}/", scheme=scheme, width=width)
        assert faults(page) + too_wide(page) == []
        page.locator("#id_answered_for").fill("")
        follow(page.locator(".answer button[type=submit]"))
        assert faults(page) + too_wide(page) == []
        answer(page, False, resumen="Falta la fecha.")
        assert faults(page) + too_wide(page) == []
        staff = signed_in(f"/admin/practices/practice/{record.pk}/author/", scheme=scheme, width=width)
        assert faults(staff) + too_wide(staff) == []
        staff.goto(staff.url.replace("/author/", "/change/"))
        assert faults(staff) + too_wide(staff) == []
