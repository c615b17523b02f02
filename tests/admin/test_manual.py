"""The staff's manual: complete, illustrated, linked from where one works, and not for the public."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from practices.admin.layout import SECTIONS as FORM_SECTIONS
from practices.admin.manual import PAGES, SECTIONS, address_for

PICTURES = Path(settings.BASE_DIR) / "static" / "manual"
TEMPLATES = Path(settings.BASE_DIR) / "templates" / "admin" / "manual"
SMALL = 60 * 1024


def written() -> str:
    return "".join(path.read_text(encoding="utf-8") for path in sorted(TEMPLATES.rglob("*.html")))


def test_every_picture_that_is_named_exists_and_every_one_that_exists_is_named() -> None:
    named = set(re.findall(r'"manual/([^"]+)"', written()))

    assert named == {path.name for path in PICTURES.iterdir()}
    assert [path.name for path in PICTURES.iterdir() if path.stat().st_size > SMALL] == []


def test_a_picture_is_as_large_as_the_page_says() -> None:
    from PIL import Image

    said = re.findall(r'"manual/([^"]+)" %}" width="(\d+)" height="(\d+)"', written())
    sizes = {name: (int(width), int(height)) for name, width, height in said}
    drawn = {}
    for name in sizes:
        with Image.open(PICTURES / name) as picture:
            drawn[name] = picture.size

    assert drawn == sizes


def test_the_contents_lead_to_every_page(as_reader: Client) -> None:
    html = as_reader.get(reverse("admin:manual")).content.decode()
    answers = [as_reader.get(reverse("admin:manual_page", args=[page])).status_code for page in PAGES]

    assert [f'href="{reverse("admin:manual_page", args=[page])}"' in html for page in PAGES] == [True] * len(PAGES)
    assert answers == [200] * len(PAGES)
    assert {path.stem for path in (TEMPLATES / "pages").iterdir()} == set(PAGES)


def test_every_page_of_the_admin_leads_to_the_manual(as_writer: Client) -> None:
    link = f'href="{reverse("admin:manual")}"'
    pages = [reverse("admin:index"), reverse("admin:practices_practice_add"), reverse("admin:password_change")]

    assert [link in as_writer.get(page).content.decode() for page in pages] == [True] * 3


@pytest.mark.parametrize("section", SECTIONS)
def test_a_section_of_the_form_leads_to_where_it_is_explained(as_writer: Client, section: str) -> None:
    address = address_for(section)
    page, _mark, anchor = address.partition("#")
    html = as_writer.get(page).content.decode()

    assert section in {part.slug for part in FORM_SECTIONS}
    assert (f'id="{anchor}"' in html) == bool(anchor)
    assert f'href="{address}"' in as_writer.get(reverse("admin:practices_practice_add")).content.decode()


def test_strangers_are_sent_to_the_login(client: Client, db) -> None:
    address = reverse("admin:manual_page", args=["publicar"])

    assert client.get(address).url == f"{reverse('admin:login')}?next={address}"


def test_a_page_that_there_is_not_is_not_found_inside_the_admin(as_writer: Client) -> None:
    answer = as_writer.get(reverse("admin:manual_page", args=["otra"]))

    assert (answer.status_code, answer.templates[0].name) == (404, "admin/404.html")


def test_a_stranger_finds_the_public_page_that_says_there_is_nothing(client: Client, db) -> None:
    answer = client.get("/nada-de-esto/")

    assert (answer.status_code, answer.templates[0].name) == (404, "404.html")
