"""A form sent twice makes one record, and the files of a form that fails are kept."""

from datetime import timedelta
from functools import partial
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.files.base import ContentFile
from django.core.management import call_command
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from practices.editorial import staging
from practices.editorial.documents import build_document
from practices.models.files import StoredFile
from practices.models.parts import Attachment
from practices.models.practice import Practice
from practices.models.staging import StagedFile

from .. import factories
from . import complete
from .conftest import make_vocabulary
from .forms import ADD, Values, add, errors, read_form, rows
from .keeping import PDF, address_of, at_once, read_any, shown, upload
from .opening import opened


@pytest.fixture
def vocabulary(db) -> None:
    """Anew for each test, as one of them is not rolled back."""
    make_vocabulary()


@pytest.mark.django_db(transaction=True)
def test_a_double_click_on_a_new_record_makes_one(as_writer: Client) -> None:
    typed = complete.typed()
    form = {**opened(as_writer, reverse(ADD)), **typed, "_save": "1"}
    clients = [as_writer, Client()]
    clients[1].force_login(User.objects.get(username="escribe"))

    answers = at_once(*(partial(client.post, reverse(ADD), form) for client in clients))

    practice = Practice.objects.get()
    assert [answer.url for answer in answers] == [address_of(practice)] * 2
    assert build_document(practice) == complete.expected()


@pytest.mark.django_db(transaction=True)
def test_a_double_click_on_new_rows_makes_them_once(as_writer: Client, record: Practice) -> None:
    form = opened(as_writer, address_of(record))
    typed = {"link_set-TOTAL_FORMS": "3", "link_set-2-label": "Nueva", "summary": "Nuevo."}
    clients = [as_writer, Client()]
    clients[1].force_login(User.objects.get(username="escribe"))
    sent = {**form, **typed, "_save": "1"}

    answers = at_once(*(partial(client.post, address_of(record), sent) for client in clients))

    assert [answer.status_code for answer in answers] == [302, 302]
    assert record.link_set.count() == 3


def test_going_back_and_saving_again_leads_to_the_record_that_was_made(as_writer: Client) -> None:
    form = {**opened(as_writer, reverse(ADD)), **complete.typed()}
    as_writer.post(reverse(ADD), {**form, "_preview": "1"})
    practice = Practice.objects.get()

    response = as_writer.post(reverse(ADD), {**form, "conclusion": "Corregida.", "_preview": "1"})
    assert (Practice.objects.count(), shown(response)) == (1, [("conclusion", "Sirvió.", "Corregida.", "mine")])
    assert "This form was saved already" in response.content.decode()

    as_writer.post(address_of(practice), {**read_any(response), "_save": "1"})
    practice.refresh_from_db()
    assert (Practice.objects.count(), practice.conclusion) == (1, "Corregida.")


def test_a_proposed_code_that_became_another_is_no_difference(as_writer: Client) -> None:
    form = opened(as_writer, reverse(ADD))
    Practice.objects.create(code=form["code"][0])
    as_writer.post(reverse(ADD), {**form, "title": "Una", "_save": "1"})

    response = as_writer.post(reverse(ADD), {**form, "title": "Una", "_save": "1"})

    assert response.url == address_of(Practice.objects.get(title="Una"))


def test_two_forms_make_two_records(as_writer: Client) -> None:
    add(as_writer, title="Igual")
    add(as_writer, title="Igual")

    assert Practice.objects.count() == 2


def failing(client: Client, *files: Values, **typed: Any) -> HttpResponse:
    return add(client, **{"implemented_start": "mal", **typed, **rows("attachment_set", *files)})


def test_a_kept_file_is_shown_by_name_and_size(as_writer: Client) -> None:
    html = failing(as_writer, {"upload": upload()}).content.decode()

    assert "Kept: Informe.pdf, 18\xa0bytes" in html
    assert StagedFile.objects.values_list("name", "chosen_by__username").get() == ("Informe.pdf", "escribe")


def test_a_kept_file_is_kept_through_several_failures_and_saved_once(as_writer: Client) -> None:
    response = failing(as_writer, {"upload": upload(), "name": "El informe"}, {"upload": upload("b.pdf", b"%PDF-b")})
    # Browsers send the empty choice of a file along, as a text.
    empty = {"attachment_set-0-upload": "", "attachment_set-1-upload": ""}
    response = as_writer.post(reverse(ADD), {**read_form(response), **empty, "_save": "1"})
    assert StagedFile.objects.count() == 2

    as_writer.post(reverse(ADD), {**read_form(response), "implemented_start": "", "_save": "1"})

    assert list(Attachment.objects.values_list("name", "stored_file__size")) == [("El informe.pdf", 18), ("b.pdf", 6)]
    assert StagedFile.objects.count() == 0
    assert [len(name) for name in StoredFile.objects.values_list("content", flat=True)] == [67, 67]


def test_a_kept_file_can_be_left_out(as_writer: Client) -> None:
    form = read_form(failing(as_writer, {"upload": upload(), "description": "Con descripción"}))
    sent = {**form, "implemented_start": "", "drop-kept": form["attachment_set-0-upload-kept"], "_save": "1"}

    assert errors(as_writer.post(reverse(ADD), sent)) == {"attachment_set-0-upload": ["Choose the file."]}
    assert StagedFile.objects.count() == 0


def test_another_file_chosen_instead_takes_the_place_of_the_kept_one(as_writer: Client) -> None:
    form = read_form(failing(as_writer, {"upload": upload()}))
    other = {"attachment_set-0-upload": upload("Otro.pdf", b"%PDF-otro")}
    as_writer.post(reverse(ADD), {**form, **other, "implemented_start": "", "_save": "1"})

    assert Attachment.objects.values_list("name", "stored_file__size").get() == ("Otro.pdf", 9)
    assert StagedFile.objects.count() == 0


@pytest.mark.parametrize(
    ("name", "content"), [("virus.exe", PDF), ("grande.pdf", b"x" * (1024 * 1024 + 1)), ("vacio.pdf", b"")]
)
def test_a_refused_file_is_not_kept(as_writer: Client, settings, name: str, content: bytes) -> None:
    settings.MAX_ATTACHMENT_MB = 1
    failing(as_writer, {"upload": upload(name, content)})

    assert (StagedFile.objects.count(), StoredFile.objects.count()) == (0, 0)


@pytest.mark.parametrize("key", ["", "x", "\0", "a" * 60, "../../etc/passwd", "' OR 1=1 --"])
def test_a_key_that_nobody_gave_opens_nothing(as_writer: Client, key: str) -> None:
    response = add(as_writer, **rows("attachment_set", {"description": "Sin archivo", "upload-kept": key}))

    assert errors(response) == {"attachment_set-0-upload": ["Choose the file."]}


def test_the_key_of_another_person_opens_nothing(as_writer: Client, as_publisher: Client) -> None:
    key = read_form(failing(as_writer, {"upload": upload()}))["attachment_set-0-upload-kept"]

    response = add(as_publisher, **rows("attachment_set", {"description": "Ajena", "upload-kept": key}))
    assert errors(response) == {"attachment_set-0-upload": ["Choose the file."]}
    add(as_publisher, title="Otra", **{"drop-kept": key})
    assert (Attachment.objects.count(), StagedFile.objects.count()) == (0, 1)


def test_what_nobody_came_back_for_is_forgotten_after_seven_days(as_writer: Client, writer: User, capsys) -> None:
    used = factories.published(factories.document(attachments=factories.attached(b"%PDF-publicado")))
    Attachment.objects.all().delete()
    old = staging.keep(ContentFile(b"%PDF-viejo"), "viejo.pdf", writer)
    staging.keep(ContentFile(b"%PDF-nuevo"), "nuevo.pdf", writer)
    StagedFile.objects.filter(pk=old.pk).update(chosen_at=timezone.now() - timedelta(days=7, minutes=1))
    path = old.stored_file.content.path

    with CaptureQueriesContext(connection):
        call_command("clean_staged")

    assert capsys.readouterr().out == "1 kept files forgotten, 1 stored files removed.\n"
    left = {used.content.attachments[0].sha256, StagedFile.objects.get().stored_file_id}
    assert set(StoredFile.objects.values_list("pk", flat=True)) == left
    assert path.startswith(str(old.stored_file.content.storage.location))
    assert staging.forget_old() == (0, 0)


@pytest.mark.django_db(transaction=True)
def test_the_bytes_of_what_is_forgotten_go_too(writer: User) -> None:
    old = staging.keep(ContentFile(b"%PDF-viejo"), "viejo.pdf", writer)
    storage, path = old.stored_file.content.storage, old.stored_file.content.name

    assert (storage.exists(path), staging.forget_old(timezone.now() + timedelta(days=8)), storage.exists(path)) == (
        True,
        (1, 1),
        False,
    )
