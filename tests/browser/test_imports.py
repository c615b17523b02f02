"""An official imports a file, looks at its preview, applies it and takes it back: with and without script."""

import json
from pathlib import Path

import pytest

from practices.models.practice import Practice

from .looking import faults, follow, too_wide

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SEED = json.loads(
    (Path(__file__).parents[2] / "fixtures/records/BP-ANDESCO-SSPD-002-2020.json").read_text(encoding="utf-8")
)
RECORDS = [
    {**SEED, "conclusion": "Otra conclusión."},
    {**SEED, "code": "BP-ANDESCO-SSPD-903-2020"},
    {**SEED, "code": "BP-ANDESCO-SSPD-904-2020", "title": "Una ruta limpia por el barrio", "coverage": "Marte"},
    {**SEED, "code": "sin código " + "x" * 60, "title": "y" * 120},
]


@pytest.fixture
def file(tmp_path) -> Path:
    path = tmp_path / "fichas.json"
    path.write_text(json.dumps(RECORDS), encoding="utf-8")
    return path


@pytest.mark.parametrize("script", [True, False])
def test_official_imports_and_takes_back(signed_in, file, script):
    before = Practice.objects.count()
    page = signed_in("/admin/practices/importbatch/add/", script=script)
    page.locator("#id_chosen").set_input_files(file)
    follow(page.locator("input.default"))
    page.locator(".import-row").first.wait_for()
    kinds = [row.get_attribute("class") for row in page.locator(".import-row").all()]
    assert [kind.rpartition("-")[2] for kind in kinds] == ["refused", "duplicate", "changed", "new"]
    page.locator("[name=_refused]").click()
    follow(page.locator("[name=_apply]"))
    follow(page.locator("input.default"))
    page.locator(".messagelist .success").wait_for()
    assert Practice.objects.count() == before + 1
    follow(page.locator(".object-tools a").last)
    follow(page.locator("input.default"))
    page.locator(".messagelist .success").wait_for()
    assert Practice.objects.count() == before


def test_pages_of_an_import_are_accessible_at_every_width_light_and_dark(signed_in, file):
    for scheme, width in (("light", 1280), ("dark", 320)):
        page = signed_in("/admin/practices/importbatch/add/", width=width, scheme=scheme)
        assert faults(page) + too_wide(page) == []
        page.locator("#id_chosen").set_input_files(file)
        follow(page.locator("input.default"))
        page.locator(".import-row").first.wait_for()
        address = page.url
        page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
        assert faults(page) + too_wide(page) == []
        for path in (f"{address}apply/", f"{address}undo/", f"{address}../"):
            page.goto(path)
            assert (path, faults(page) + too_wide(page)) == (path, [])
