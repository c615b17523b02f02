"""The pictures of the staff's manual and of the README, made of the demonstration records: `make pictures` writes
static/manual and docs/pictures.

One small function for each picture: the page, and the part of it that matters. No test is named here, so the suite
does not draw them; tests/admin/test_manual.py holds that each one is there, small and named.
"""

import io
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.auth.models import User
from PIL import Image
from playwright.sync_api import Page

from practices.editorial.history import record
from practices.models.approval import Invitation
from practices.models.history import Kind
from practices.models.practice import Practice, State

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
FOLDER = Path(settings.BASE_DIR) / "static" / "manual"
README = Path(settings.BASE_DIR) / "docs" / "pictures"
WIDTH, HEIGHT = 1000, 560
DAY = datetime(2026, 3, 2, 15, 0, tzinfo=UTC)
"""The day of the pictures, so that they come out the same whenever they are drawn."""


def clipped(page: Page, name: str, left: float = 0, top: float = 0, height: int = HEIGHT) -> None:
    """Keep the part of the page that begins there, as a small file."""
    drawn(page, FOLDER / name, {"x": left, "y": top, "width": WIDTH, "height": height})


def drawn(page: Page, path: Path, clip: dict[str, float]) -> None:
    page.evaluate("document.activeElement?.blur()")
    seen = page.screenshot(full_page=True, clip=clip, animations="disabled", caret="hide")
    path.parent.mkdir(exist_ok=True)
    with Image.open(io.BytesIO(seen)) as picture:
        picture.convert("RGB").save(path, "WEBP", quality=80, method=6)


def top_of(page: Page, selector: str) -> float:
    return page.locator(selector).first.evaluate("found => found.getBoundingClientRect().top + scrollY")


@pytest.fixture
def records(chief: User) -> list[Practice]:
    """Demonstration records in every state that the desk shows, all on one day."""
    User.objects.filter(pk=chief.pk).update(first_name="Oficina de prácticas")
    found = list(Practice.objects.filter(demonstration=True).order_by("code"))
    states = [State.RETURNED, State.IN_REVIEW, State.IN_REVIEW, State.APPROVED, State.DRAFT, State.DRAFT]
    for practice, state in zip(found, states, strict=False):
        Practice.objects.filter(pk=practice.pk).update(state=state, created_by=chief)
    told = {Kind.RETURNED: found[0], Kind.SENT: found[1], Kind.APPROVED: found[3]}
    for kind, practice in told.items():
        note = "Falta la unidad de las cifras. La validación debe decir cómo se comprobó." * (kind == Kind.RETURNED)
        record(practice, kind, chief, note, at=DAY)
    record(found[2], Kind.SENT, chief, at=DAY)
    Practice.objects.filter(pk=found[6].pk).update(publish_at=datetime(2099, 3, 16, 13, 0, tzinfo=UTC))
    Practice.objects.filter(pk=found[7].pk).update(differs=True)
    link = {"recipient": "Oficina de planeación", "created_by": chief, "expires_at": DAY + timedelta(days=365 * 70)}
    Invitation.objects.create(practice=found[3], **link)
    Practice.objects.update(changed_at=DAY, changed_by=chief)
    return found


@pytest.fixture
def opened(signed_in, records) -> Iterator:
    def open_page(path: str = "/admin/") -> Page:
        return signed_in(path, width=WIDTH)

    return open_page


def change_form(number: int, records: list[Practice]) -> str:
    return f"/admin/practices/practice/{records[number].pk}/change/"


def test_desk(opened) -> None:
    clipped(opened(), "escritorio.webp")


def test_form(opened, records) -> None:
    clipped(opened(change_form(0, records)), "formulario.webp", top=60)


def test_texts(opened, records) -> None:
    page = opened(change_form(0, records))
    clipped(page, "textos.webp", top=top_of(page, "#section-summary") - 10)


def test_figures(opened, records) -> None:
    page = opened(change_form(0, records))
    clipped(page, "cifras.webp", top=top_of(page, "#section-impact") - 10)


def test_list(opened) -> None:
    clipped(opened("/admin/practices/practice/?desk=in_review"), "lista.webp")


def test_publishing(opened, records) -> None:
    page = opened(change_form(3, records))
    # The bar sticks to the end of the window: it is drawn where it belongs when the page is as high as what it holds.
    page.set_viewport_size({"width": WIDTH, "height": page.evaluate("document.documentElement.scrollHeight")})
    clipped(page, "publicar.webp", top=top_of(page, ".submit-saving") - 60, height=360)


def test_vocabulary(opened) -> None:
    clipped(opened("/admin/practices/category/"), "vocabulario.webp")


@pytest.mark.parametrize(
    ("name", "path", "height"),
    [
        ("inicio", "/", 1000),
        ("lista", "/practicas/?departamento=17", 900),
        ("practica", "/practicas/BP-ANDESCO-SSPD-002-2020/", 1150),
        ("panorama", "/panorama/", 1150),
    ],
)
def test_public_page(visit, name: str, path: str, height: int) -> None:
    drawn(visit(path), README / f"{name}.webp", {"x": 0, "y": 0, "width": 1280, "height": height})


def test_public_page_in_the_hand(visit) -> None:
    page = visit("/practicas/BP-ANDESCO-SSPD-002-2020/", width=390, scheme="dark")
    drawn(page, README / "practica-movil.webp", {"x": 0, "y": 0, "width": 390, "height": 1000})


def test_admin_for_the_readme(opened, records) -> None:
    drawn(
        opened(change_form(0, records)),
        README / "administracion.webp",
        {"x": 0, "y": 0, "width": WIDTH, "height": 900},
    )
