"""Attachments: which are taken, how they are called and who gets them."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.urls import reverse

from practices.admin.uploads import safe_name
from practices.exchange.downloads import INERT
from practices.models.files import FileText, StoredFile
from practices.models.parts import Attachment
from practices.models.publication import Publication

from .. import factories
from ..files import pdf
from .conftest import make_vocabulary
from .forms import ADD, add, change, errors, read_form, rows

FILE = "admin:practices_practice_file"
PDF = b"%PDF-1.7 de prueba"


@pytest.fixture
def vocabulary(db) -> None:
    """Anew for each test, as one of them is not rolled back."""
    make_vocabulary()


def upload(name: str = "Informe final.pdf", content: bytes = PDF) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, "application/pdf")


def test_an_upload_is_stored_under_its_own_name(as_writer: Client) -> None:
    add(as_writer, **rows("attachment_set", {"upload": upload(), "description": "El informe", "language": "es"}))

    attachment = Attachment.objects.get()
    assert (attachment.name, attachment.description, attachment.position) == ("Informe final.pdf", "El informe", 1)
    assert (attachment.stored_file.size, attachment.stored_file.media_type) == (len(PDF), "application/pdf")


def test_the_name_typed_keeps_the_ending_of_the_file(as_writer: Client) -> None:
    add(as_writer, **rows("attachment_set", {"upload": upload(), "name": "El informe"}))

    assert Attachment.objects.get().name == "El informe.pdf"


def test_the_same_bytes_are_kept_once(as_writer: Client) -> None:
    add(as_writer, **rows("attachment_set", {"upload": upload("a.pdf")}, {"upload": upload("b.pdf")}))

    assert (Attachment.objects.count(), StoredFile.objects.count()) == (2, 1)


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        (
            "virus.exe",
            PDF,
            "Files of this kind are not taken (virus.exe). Use one of: "
            "pdf, doc, docx, xls, xlsx, ppt, pptx, odt, ods, odp, csv, txt, png, jpg, jpeg, webp.",
        ),
        (
            "pagina.pdf.html",
            PDF,
            "Files of this kind are not taken (pagina.pdf.html). Use one of: "
            "pdf, doc, docx, xls, xlsx, ppt, pptx, odt, ods, odp, csv, txt, png, jpg, jpeg, webp.",
        ),
        ("grande.pdf", b"x" * (1024 * 1024 + 1), "grande.pdf is too large: 1 MB at most are taken."),
        ("vacio.pdf", b"", "The submitted file is empty."),
    ],
)
def test_a_file_that_is_not_taken_is_refused_in_words(as_writer: Client, settings, name, content, message) -> None:
    settings.MAX_ATTACHMENT_MB = 1
    response = add(as_writer, **rows("attachment_set", {"upload": upload(name, content)}))

    assert errors(response) == {"attachment_set-0-upload": [message]}
    assert StoredFile.objects.count() == 0


def test_a_described_row_without_its_file_is_refused(as_writer: Client) -> None:
    response = add(as_writer, **rows("attachment_set", {"description": "Sin archivo"}))

    assert errors(response) == {"attachment_set-0-upload": ["Choose the file."]}


def test_another_field_that_fails_keeps_the_file(as_writer: Client) -> None:
    response = add(as_writer, implemented_start="mal", **rows("attachment_set", {"upload": upload()}))
    assert errors(response) == {"implemented_start": ["Write it as 2020, 2020-04 or 2020-04-15."]}

    as_writer.post(reverse(ADD), {**read_form(response), "implemented_start": "2020", "_save": "1"})

    attachment = Attachment.objects.get()
    assert (attachment.name, attachment.stored_file.size) == ("Informe final.pdf", len(PDF))


def test_a_file_can_be_replaced_and_the_published_one_stays(as_publisher: Client) -> None:
    publication = factories.published()
    address = reverse("admin:practices_publication_file", args=[publication.pk + 1, 1])
    change(as_publisher, publication.practice_id, "_publish", **rows("attachment_set", {"upload": upload()}))
    change(as_publisher, publication.practice_id, **{"attachment_set-0-upload": upload("Nuevo.pdf", b"%PDF-2")})

    attachment = Attachment.objects.get()
    assert (attachment.name, attachment.stored_file.size) == ("Informe final.pdf", 6)
    assert b"".join(as_publisher.get(address).streaming_content) == PDF
    assert Publication.objects.current().get().content.attachments[0].size == len(PDF)


def test_a_download_is_always_an_attachment(as_reader: Client, as_writer: Client) -> None:
    add(as_writer, **rows("attachment_set", {"upload": upload()}))
    attachment = Attachment.objects.get()

    response = as_reader.get(reverse(FILE, args=[attachment.practice_id, attachment.pk]))

    assert b"".join(response.streaming_content) == PDF
    assert response["Content-Disposition"] == 'attachment; filename="Informe final.pdf"'
    assert response["Content-Security-Policy"] == INERT


@pytest.mark.parametrize(
    ("given", "name"),
    [
        ("../../etc/passwd.txt", "passwd.txt"),
        ("C:\\Documentos\\Informe.pdf", "Informe.pdf"),
        ("a\u202efdp.exe", "afdp.exe"),
        ("tres   espacios .pdf", "tres espacios .pdf"),
        ('a<b>:"c".pdf', "a-b---c-.pdf"),
        ("...", ""),
        ("x" * 400 + ".pdf", "x" * 296 + ".pdf"),
    ],
)
def test_file_names_are_made_safe(given: str, name: str) -> None:
    assert safe_name(given) == name


def test_the_words_inside_an_upload_are_kept_with_it(as_writer: Client) -> None:
    add(as_writer, **rows("attachment_set", {"upload": upload(content=pdf("caudal"))}))

    assert FileText.objects.get().text == "caudal"


@pytest.mark.django_db(transaction=True)
def test_an_upload_is_read_before_anything_is_locked(as_publisher: Client, monkeypatch) -> None:
    inside = []
    monkeypatch.setattr(
        "practices.admin.uploads.extract", lambda file: inside.append(connection.in_atomic_block) or "caudal"
    )
    publication = factories.published()
    files = rows("attachment_set", {"upload": upload()}, {"upload": upload("virus.exe")})
    change(as_publisher, publication.practice_id, "_publish", **files)
    # The file that was taken is kept for the next save, and its words with it.
    assert (inside, FileText.objects.get().text) == ([False], "caudal")

    change(as_publisher, publication.practice_id, "_publish", **rows("attachment_set", {"upload": upload()}))
    assert (inside, FileText.objects.get().text) == ([False, False], "caudal")
    assert Publication.objects.current().get().number == 2


def test_an_upload_that_cannot_be_read_now_is_read_when_it_is_published(as_publisher: Client, monkeypatch) -> None:
    def extract(file):
        raise OSError

    monkeypatch.setattr("practices.admin.uploads.extract", extract)
    publication = factories.published()
    files = rows("attachment_set", {"upload": upload(content=pdf("caudal"))})
    change(as_publisher, publication.practice_id, **files)
    assert FileText.objects.count() == 0

    change(as_publisher, publication.practice_id, "_publish")
    assert FileText.objects.get().text == "caudal"
