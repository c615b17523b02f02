"""Files whose bytes are not where they should be: found by name and size, told until they are back."""

from datetime import UTC, datetime, timedelta
from io import StringIO

import pytest
from django.core.files.base import ContentFile
from django.core.management import CommandError, call_command

from practices.models.files import StoredFile
from practices.models.identity import Identity
from practices.models.missing_file import MissingFile, Problem
from practices.models.parts import Attachment
from practices.upkeep import missing_files
from practices.upkeep.missing_files import look_for_files, who_needs
from tests.factories import attachment, document, practice, published

pytestmark = pytest.mark.django_db
AT = datetime(2026, 3, 2, 15, tzinfo=UTC)


@pytest.fixture
def stored() -> StoredFile:
    practice(document(1, attachments=(attachment(b"%PDF-1.4 uno", "informe.pdf"),)))
    return StoredFile.objects.get()


def lose(stored: StoredFile) -> None:
    stored.content.storage.delete(stored.content.name)


def put(stored: StoredFile, content: bytes) -> None:
    lose(stored)
    stored.content.storage.save(stored.content.name, ContentFile(content))


def command() -> tuple[str, str]:
    """What it wrote, and how it ended."""
    out = StringIO()
    try:
        call_command("check_links", stdout=out, stderr=out)
    except CommandError as error:
        return out.getvalue(), str(error)
    return out.getvalue(), ""


def test_a_file_that_is_there_is_not_told(stored: StoredFile) -> None:
    assert (look_for_files(AT), command()[1]) == ([], "")


def test_a_missing_file_is_told_since_it_was_found_missing_until_it_is_back(stored: StoredFile) -> None:
    lose(stored)
    found = [look_for_files(AT + timedelta(days=days))[0] for days in (0, 1)]

    assert [(row.problem, row.found_at) for row in found] == [(Problem.MISSING, AT)] * 2
    put(stored, b"%PDF-1.4 uno")
    assert (look_for_files(AT), MissingFile.objects.count()) == ([], 0)


def test_a_file_of_another_size_is_told(stored: StoredFile) -> None:
    put(stored, b"%PDF")

    assert [row.problem for row in look_for_files(AT)] == [Problem.SIZE]


def test_a_file_that_may_not_be_read_is_told(stored: StoredFile, monkeypatch) -> None:
    def refuse(name: str) -> int:
        raise PermissionError

    monkeypatch.setattr(stored.content.storage, "size", refuse)

    assert [row.problem for row in look_for_files(AT)] == [Problem.UNREADABLE]


def test_the_command_names_the_file_and_the_records_and_ends_with_an_error(stored: StoredFile) -> None:
    lose(stored)
    said, error = command()

    assert said.splitlines()[0] == "informe.pdf (BP-PRUEBA-SSPD-001-2020) ✗ falta"
    assert error == "Falta o está dañado 1 archivo."


def test_a_storage_that_is_away_tells_nothing_of_its_files_and_stops_no_link(stored: StoredFile, monkeypatch) -> None:
    MissingFile.objects.create(stored_file=stored, problem=Problem.MISSING, found_at=AT)

    def away(stored: StoredFile) -> None:
        raise ConnectionError("no route")

    monkeypatch.setattr(missing_files, "problem_of", away)
    said, error = command()

    assert error == "No se puede consultar el almacenamiento de archivos: ConnectionError: no route"
    assert said == "0 enlaces comprobados: 0 sin buena respuesta por ahora, 0 no disponibles.\n"
    assert MissingFile.objects.count() == 1


def test_what_only_a_publication_holds_is_told_by_its_code_and_the_logo_by_its_name() -> None:
    record = published(document(2, attachments=(attachment(b"%PDF-1.4 dos", "dos.pdf"),))).practice
    Attachment.objects.filter(practice=record).delete()
    logo = StoredFile.objects.store(ContentFile(b"no es un logo", name="logo.png"))
    Identity.objects.update(logo=logo)
    for stored in StoredFile.objects.all():
        lose(stored)

    assert sorted(name for row in look_for_files(AT) for name in who_needs(row)) == ["BP-PRUEBA-SSPD-002-2020", "logo"]
