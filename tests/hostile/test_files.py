"""Uploads at the doors of the site: taken, or refused in words; never an error of ours, never long, never much memory.

What the readers make of such files one by one is in tests/exchange and tests/extraction.
"""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from practices.admin.uploads import check, read_ahead, safe_name
from practices.exchange.downloads import INERT
from practices.models.batch import ImportBatch
from practices.models.files import StoredFile
from practices.models.identity import ROW, Identity
from practices.models.parts import Attachment
from tests.admin.forms import add, rows, send
from tests.factories import attached, published, rich_document

from .bombs import ATTACHMENTS, IMPORTS, SCRIPT, picture
from .conftest import answer_of
from .harmless import require_harmless
from .strings import MARK
from .wire import ask

pytestmark = pytest.mark.django_db

SECONDS, MEGABYTES = 6, 220
"""Of work and of memory at its highest, for one file. Measured: 0.1 s usually, 1 to 3 for tables just within their
limits, whose XML a library reads; on a busy machine three times as much."""


@contextmanager
def bounded() -> Iterator[None]:
    """The kernel tells the most memory since it was last asked to forget it."""
    Path("/proc/self/clear_refs").write_text("5")
    before, begun = highest(), time.process_time()
    yield
    seconds, megabytes = time.process_time() - begun, (highest() - before) // 1024
    assert (seconds < SECONDS, megabytes < MEGABYTES) == (True, True), (seconds, megabytes)


def highest() -> int:
    """Kilobytes."""
    told = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in told if line.startswith("VmHWM"))


@pytest.mark.parametrize("name", IMPORTS)
def test_import_is_taken_or_refused_in_words(chief, name):
    content = IMPORTS[name]()
    assert len(content) < settings.MAX_ATTACHMENT_MB * 1024**2
    address = reverse("admin:practices_importbatch_add")
    with bounded():
        answer = require_without_time(answer_of(chief.post, address, {"chosen": SimpleUploadedFile(name, content)}))
    batch = ImportBatch.objects.first()
    if answer.status == 302:
        page = require_without_time(
            answer_of(chief.get, reverse("admin:practices_importbatch_change", args=[batch.pk]))
        )
        assert page.status == 200
    else:
        assert (answer.status, batch) == (200, None)
        assert "errorlist" in answer.text


def require_without_time(answer):
    """An upload may take longer than a page; `bounded` looks after it."""
    answer.seconds = 0
    return require_harmless(answer)


def test_no_name_of_an_archive_leaves_a_file_outside(chief, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    content = IMPORTS["slip.zip"]()
    chief.post(reverse("admin:practices_importbatch_add"), {"chosen": SimpleUploadedFile("a.zip", content)})
    assert list(tmp_path.iterdir()) == []
    assert not Path("/x.csv").exists()


@pytest.mark.parametrize("name", ATTACHMENTS)
def test_attachment_is_of_its_kind_or_refused_in_words(name):
    """What the form asks of each file before anything else; its words are read by a process of their own."""
    upload = SimpleUploadedFile(name, ATTACHMENTS[name](), "text/html")
    with bounded():
        refused = not taken(upload)
        read_ahead([upload])
    if refused:
        return
    stored = StoredFile.objects.store(upload)
    assert stored.media_type in KNOWN
    assert not set(safe_name(name)) & set('/\\:*?"<>|\u202e\0')


def taken(upload: SimpleUploadedFile) -> bool:
    """A refusal is one sentence."""
    try:
        check(upload)
    except ValidationError as error:
        (_message,) = error.messages
        return False
    return True


@pytest.mark.parametrize("name", ["page.pdf", "recursive.pdf", "<script>.pdf", "\u202efdp.exe.pdf", "laughs.docx"])
def test_attachment_is_taken_by_the_form_or_refused_in_words(chief, name):
    row = rows("attachment_set", {"upload": SimpleUploadedFile(name, ATTACHMENTS[name](), "text/html")})
    before = Attachment.objects.count()
    response = add(chief, title="Con archivo", **row)
    if response.status_code == 302:
        kept = Attachment.objects.latest("pk")
        require_download(
            answer_of(chief.get, reverse("admin:practices_practice_file", args=[kept.practice_id, kept.pk]))
        )
    else:
        assert (response.status_code, Attachment.objects.count()) == (200, before)
        assert "errorlist" in response.content.decode()


KNOWN = {"application/pdf", "text/plain", "image/png"} | {
    f"application/vnd.openxmlformats-officedocument.{kind}"
    for kind in ("wordprocessingml.document", "spreadsheetml.sheet")
}


def require_download(answer) -> None:
    """Nothing of it runs in the origin of the site, whatever the bytes are."""
    assert answer.header("Content-Disposition").startswith("attachment")
    assert answer.header("X-Content-Type-Options") == "nosniff"
    assert answer.header("Content-Security-Policy") == INERT
    assert "html" not in answer.kind
    assert "svg" not in answer.kind


@pytest.mark.parametrize(
    "name", ["page.html", "drawing.svg", "x.pdf\r\nSet-Cookie: a=b", '"; filename="x.html', "ñ" * 250, "\u202e.pdf"]
)
def test_page_that_got_in_is_a_download_all_the_same(name):
    """As records of another installation may bring it."""
    published(rich_document(1, attachments=attached(SCRIPT, name)))
    answer = ask("/practicas/BP-PRUEBA-SSPD-001-2020/archivos/1/")
    assert answer.status == 200
    require_download(answer)
    assert not any("\n" in value or "\r" in value for _name, value in answer.headers)


@pytest.mark.parametrize(
    "content",
    [
        SCRIPT,
        b"GIF89a" + SCRIPT,
        f"<svg onload='alert(\"{MARK}\")'/>".encode(),
        picture(50_000, 50_000),
        picture(0, 0),
        b"\xff\xd8\xff" + b"\xff\xc0" * 50_000,
        b"RIFF\xff\xff\xff\xffWEBPVP8 " + b"\0" * 40,
        b"",
    ],
    ids=lambda content: ascii(content[:10]),
)
def test_logo_is_a_picture_or_refused(chief, content):
    address = reverse("admin:practices_identity_change", args=[ROW])
    response = send(chief, address, new_logo=SimpleUploadedFile("logo.png", content, "image/svg+xml"))
    assert (response.status_code, Identity.objects.get().logo_id) == (200, None)
