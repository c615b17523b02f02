"""The style guide shows every value that the sheet names, and costs the database nothing of its own."""

import re
from pathlib import Path

import pytest
from django.conf import settings

from tests.factories import published, rich_document

pytestmark = pytest.mark.django_db
STATIC = Path(settings.BASE_DIR) / "static"
GUIDE = "/guia-de-estilo/"


def test_every_named_colour_size_and_space_is_drawn():
    root = (STATIC / "catalogue.css").read_text(encoding="utf-8").partition("@media")[0]
    sizes = [name for name in re.findall(r"(--[\w-]+):", root) if re.fullmatch(r"--s\d|--t-\w+", name)]
    named = {*sizes, *re.findall(r"(--[\w-]+): #", root)}
    drawn = set(re.findall(r"\.(?:swatch|sample|space)(--[\w-]+) \{", (STATIC / "styleguide.css").read_text()))
    assert drawn == named


def test_the_guide_names_each_value_once_and_is_kept_from_search_engines(client):
    page = client.get(GUIDE).content.decode()
    shown = re.findall(r'<span class="code">(--[\w-]+)</span>', page)
    drawn = re.findall(r"\.(?:swatch|sample|space)(--[\w-]+) \{", (STATIC / "styleguide.css").read_text())
    assert sorted(shown) == sorted(drawn)
    assert '<meta name="robots" content="noindex">' in page


def test_the_style_sheet_of_every_page_stays_under_thirty_kilobytes():
    """Unzipped. Two pages bring a small one of their own besides: the comparison and the panorama."""
    assert (STATIC / "catalogue.css").stat().st_size < 30_000
    assert max((STATIC / name).stat().st_size for name in ("compare.css", "panorama.css")) < 3_100


@pytest.mark.django_db(transaction=True)
def test_the_guide_costs_the_catalogue_version_for_one_practice_and_for_three(client, django_assert_num_queries):
    for number in (1, 2, 3):
        published(rich_document(number))
        client.get(GUIDE)
        with django_assert_num_queries(1):
            client.get(GUIDE)
