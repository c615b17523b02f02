"""What an official does, in a browser: types a whole record, previews it, publishes it, and sees it as the public."""

import json
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.utils import timezone
from playwright.sync_api import Page

from practices.editorial.documents import build_document
from practices.editorial.recording import store_document
from practices.editorial.scheduling import schedule_withdrawal
from practices.editorial.workflow import send_to_review, written
from practices.models.history import Event
from practices.models.practice import Practice
from practices.models.publication import Publication

from .looking import faults, follow, too_wide

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SEED = json.loads(
    (Path(__file__).parents[2] / "fixtures/records/BP-ANDESCO-SSPD-002-2020.json").read_text(encoding="utf-8")
)


def choose(page: Page, field: str, typed: str, option: str) -> None:
    """An autocomplete of the admin: open it, type, pick the option."""
    page.locator(f"#id_{field} + .select2 .select2-selection").click()
    page.locator(".select2-search__field:visible").last.fill(typed)
    page.locator(".select2-results__option", has_text=option).first.click()


def row_for(page: Page, group: str, number: int) -> None:
    while page.locator(f"#id_{group}-{number}-position").count() == 0:
        page.locator(f"#{group}-group .add-row a").click()


def type_the_record(page: Page, code: str) -> None:
    page.locator("#id_code").fill(code)
    page.locator("#id_title").fill(SEED["title"])
    row_for(page, "authorship_set", 0)
    choose(page, "authorship_set-0-organization", "aguas de maniz", "Aguas de Manizales")
    page.locator("#id_authorship_set-0-as_written").fill(SEED["author"])
    page.locator("#id_implemented_text").fill(SEED["implemented"])
    choose(page, "category", "oficinas", "Funcionamiento de las oficinas")
    for service in ("Acueducto", "Alcantarillado"):
        page.get_by_role("checkbox", name=service, exact=True).check()
    for name in ("population", "summary", "impact", "validation", "replicability", "limitations", "conclusion"):
        page.locator(f"#id_{name}").fill(SEED[name])
    for number, metric in enumerate(SEED["metrics"]):
        row_for(page, "metric_set", number)
        for name in ("text", "label", "unit", "period"):
            page.locator(f"#id_metric_set-{number}-{name}").fill(metric[name])
        page.locator(f"#id_metric_set-{number}-value").fill(str(metric["value"]))
    page.locator("#id_metric_set-4-better").select_option("less")
    for number, factor in enumerate(SEED["success_factors"]):
        row_for(page, "successfactor_set", number)
        page.locator(f"#id_successfactor_set-{number}-text").fill(factor)
    page.locator("#id_coverage_text").fill(SEED["coverage"])
    choose(page, "municipalities", "manizal", "Manizales (Caldas)")
    for number, address in enumerate(SEED["links"]):
        row_for(page, "link_set", number)
        page.locator(f"#id_link_set-{number}-address").fill(address)


def test_official_signs_in_types_the_whole_real_record_and_publishes_it(signs_in):
    real = Publication.objects.current().get(code="BP-ANDESCO-SSPD-002-2020").content
    page = signs_in("/admin/practices/practice/add/")
    type_the_record(page, "BP-ANDESCO-SSPD-050-2020")
    follow(page.get_by_role("button", name="Guardar y ver la vista previa"))
    assert page.get_by_role("heading", level=1).inner_text() == SEED["title"]
    assert not Publication.objects.filter(code="BP-ANDESCO-SSPD-050-2020").exists()
    follow(page.get_by_role("link", name="Volver a la edición"))
    follow(page.get_by_role("button", name="Publicar", exact=True))
    follow(page.get_by_role("link", name="Verla como la ve el público"))
    assert page.get_by_role("heading", level=1).inner_text() == SEED["title"]
    typed = Publication.objects.current().get(code="BP-ANDESCO-SSPD-050-2020").content
    assert typed == replace(real, code="BP-ANDESCO-SSPD-050-2020")


def test_publishing_too_early_names_what_is_missing_and_keeps_what_was_typed(signed_in):
    page = signed_in("/admin/practices/practice/add/")
    proposed = page.locator("#id_code").input_value()
    page.locator("#id_conclusion").fill("Lo único que escribí.")
    follow(page.get_by_role("button", name="Publicar", exact=True))
    for missing in ("Escriba el título.", "Nombre al menos un autor.", "Escriba el resumen o el impacto."):
        page.get_by_role("link", name=missing).first.wait_for()
    assert page.locator("#id_conclusion").input_value() == "Lo único que escribí."
    assert not Publication.objects.filter(code=proposed).exists()
    follow(page.get_by_role("link", name="Escriba el título.").first)
    assert page.url.endswith("#id_title")


def to_be_compared(record: int) -> int:
    """Give the record a change in review and a time set, and say which version is public."""
    practice, person = Practice.objects.get(pk=record), User.objects.first()
    before = build_document(practice)
    practice = store_document(replace(before, title="Otro título", summary=before.summary + "\n\nUn párrafo más."))
    written(practice, before, person)
    send_to_review(practice, person, "Cambió el resumen.")
    schedule_withdrawal(practice, timezone.now() + timedelta(days=30), "Vence el convenio.", person)
    return Publication.objects.current().get(practice=practice).pk


def test_admin_pages_are_accessible_at_every_width_light_and_dark(signed_in):
    record = Practice.objects.get(code="BP-ANDESCO-SSPD-002-2020").pk
    paths = ["/admin/", "/admin/practices/practice/", f"/admin/practices/practice/{record}/change/"]
    paths += ["/admin/practices/practice/add/", f"/admin/practices/practice/{record}/preview/"]
    version = to_be_compared(record)
    paths += [
        f"/admin/practices/practice/{record}/{page}/"
        for page in ("history", "delete", "schedule", "withdraw", "return")
    ]
    paths += [f"/admin/practices/publication/{version}/{page}/" for page in ("change", "compare", "restore")]
    paths += ["/admin/practices/event/", f"/admin/practices/event/{Event.objects.latest('pk').pk}/change/"]
    page = signed_in()
    site = page.url.partition("/admin/")[0]
    found = []
    for path in paths:
        page.goto(site + path)
        for scheme, width in (("light", 1280), ("dark", 320)):
            page.set_viewport_size({"width": width, "height": 900})
            page.emulate_media(color_scheme=scheme)
            found += [f"{scheme} {width}: {fault}" for fault in faults(page) + too_wide(page)]
    assert found == [], "\n".join(found)
