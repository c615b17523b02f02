"""How much may come in: of one file, of a record, of a request; and several files at once."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from practices.models.parts import Attachment
from practices.models.practice import Practice
from practices.models.staging import StagedFile

from .. import factories
from .forms import add, change, errors, read_form, rows

MEGABYTE = 1024 * 1024


def upload(name: str, content: bytes = b"%PDF-1.7") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, "application/pdf")


def names() -> list[tuple[int, str]]:
    return list(Attachment.objects.order_by("position").values_list("position", "name"))


def test_several_files_chosen_at_once_become_a_row_each(as_writer: Client) -> None:
    row = rows("attachment_set", {"upload": upload("primero.pdf")})
    add(as_writer, more_files=[upload("segundo.pdf", b"%PDF-2"), upload("tercero.pdf", b"%PDF-3")], **row)

    assert names() == [(1, "primero.pdf"), (2, "segundo.pdf"), (3, "tercero.pdf")]


def test_files_added_later_stand_behind_those_there_are(as_writer: Client) -> None:
    add(as_writer, **rows("attachment_set", {"upload": upload("primero.pdf")}))
    change(as_writer, Practice.objects.get().pk, more_files=[upload("segundo.pdf", b"%PDF-2")])

    assert names() == [(1, "primero.pdf"), (2, "segundo.pdf")]


def test_one_of_several_files_that_is_not_taken_is_named_and_nothing_is_saved(as_writer: Client) -> None:
    response = add(as_writer, more_files=[upload("bueno.pdf"), upload("malo.pdf", b"<html>")])

    said = "malo.pdf is not what the end of its name says. Save it again from its own program."
    assert errors(response) == {"more_files": [said]}
    assert (Attachment.objects.count(), Practice.objects.count()) == (0, 0)
    assert StagedFile.objects.get().name == "bueno.pdf"


def test_files_chosen_at_once_are_kept_when_another_field_fails(as_writer: Client) -> None:
    chosen = [upload("uno.pdf", b"%PDF-1"), upload("dos.pdf", b"%PDF-2")]
    failed = add(as_writer, implemented_start="mal", more_files=chosen)
    assert [name in failed.content.decode() for name in ("Kept: uno.pdf", "Kept: dos.pdf")] == [True, True]

    as_writer.post(reverse("admin:practices_practice_add"), {**read_form(failed), "implemented_start": ""})
    assert [name for _place, name in names()] == ["uno.pdf", "dos.pdf"]


def test_the_files_of_a_record_are_bounded_together(as_writer: Client, settings) -> None:
    settings.MAX_RECORD_MB = 1
    large = b"%PDF-" + b"x" * (600 * 1024)
    row = rows("attachment_set", {"upload": upload("a.pdf", large + b"a")}, {"upload": upload("b.pdf", large + b"b")})
    response = add(as_writer, **row)

    assert "The files of a record may have 1 MB together; these have 1.2\xa0MB." in response.content.decode()
    assert Attachment.objects.count() == 0


def test_files_added_at_once_count_with_those_of_the_rows(as_writer: Client, settings) -> None:
    settings.MAX_RECORD_FILES = 2
    row = rows("attachment_set", {"upload": upload("a.pdf")})
    response = add(as_writer, more_files=[upload("b.pdf", b"%PDF-b"), upload("c.pdf", b"%PDF-c")], **row)

    assert "A record holds 2 files at most; these are 3." in response.content.decode()
    assert Practice.objects.count() == 0


def test_a_file_over_its_limit_is_cut_while_it_comes_in_and_the_rest_of_the_form_is_kept(
    as_writer: Client, settings
) -> None:
    settings.MAX_ATTACHMENT_MB = 1
    row = rows("attachment_set", {"upload": upload("grande.pdf", b"%PDF-" + b"x" * 8 * MEGABYTE)})
    response = add(as_writer, title="Se conserva", **row)

    assert errors(response) == {"attachment_set-0-upload": ["grande.pdf is too large: 1 MB at most are taken."]}
    assert response.context["adminform"].form["title"].value() == "Se conserva"
    (cut,) = response.wsgi_request.FILES.values()
    assert cut.size < 2 * MEGABYTE


class Unread(io.BytesIO):
    """A body that must not be read."""

    def read(self, *args: object) -> bytes:
        raise AssertionError("the body was read")

    readline = read


@pytest.mark.parametrize(("with_session", "megabytes", "status"), [(True, 300, 413), (False, 6, 413)])
def test_a_body_over_the_limit_is_refused_before_it_is_read(
    as_writer: Client, client: Client, with_session: bool, megabytes: int, status: int
) -> None:
    sender = as_writer if with_session else client
    response = sender.post(
        reverse("admin:practices_practice_add"),
        **{"CONTENT_LENGTH": str(megabytes * MEGABYTE), "wsgi.input": Unread(), "CONTENT_TYPE": "multipart/form-data"},
    )

    assert response.status_code == status
    assert "lo que escribió sigue en el formulario" in response.content.decode()


def test_a_replaced_file_stays_for_the_publications_that_used_it(as_publisher: Client) -> None:
    publication = factories.published(factories.rich_document(attachments=factories.attached(b"%PDF-viejo")))
    pk = publication.practice_id
    change(as_publisher, pk, **{"attachment_set-0-upload": upload("nuevo.pdf", b"%PDF-nuevo")})

    page = as_publisher.get(f"/practicas/{publication.code}/archivos/1/")
    assert b"".join(page.streaming_content) == b"%PDF-viejo"
