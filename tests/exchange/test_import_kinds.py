"""The import command takes every kind of file."""

import io
import json
from zipfile import ZipFile

import pytest
from django.core.management import CommandError, call_command
from django.utils import translation
from openpyxl import Workbook

from practices.editorial.documents import build_document
from practices.models.contact import Contact
from practices.models.history import Event
from practices.models.practice import Practice
from practices.models.publication import Publication

from . import fichas

pytestmark = pytest.mark.django_db
SEED = fichas.FOLDER / "BP-ANDESCO-SSPD-002-2020"
CODE = "BP-EJEMPLO-SSPD-001-2022"


@pytest.fixture(scope="module", autouse=True)
def _vocabulary(module_database):
    call_command("load_vocabulary", verbosity=0)


@pytest.fixture(autouse=True)
def _in_english():
    with translation.override("en"):
        yield


def test_ficha_in_word_is_published_as_its_json_is():
    call_command("import_practices", SEED.with_suffix(".docx"), publish=True, verbosity=0)
    published = Publication.objects.current().get().content
    source = json.loads(SEED.with_suffix(".json").read_text(encoding="utf-8"))
    for name in ("code", "title", "author", "population", "summary", "impact", "validation", "conclusion"):
        assert getattr(published, name) == source[name].strip()
    assert [link.address for link in published.links] == source["links"]
    assert "@" not in str(published)
    assert [contact.email for contact in Contact.objects.all()] == ["responsabilidad.social@example.org"]


def test_ficha_read_again_changes_nothing():
    call_command("import_practices", SEED.with_suffix(".docx"), verbosity=0)
    before = build_document(Practice.objects.get())
    call_command("import_practices", SEED.with_suffix(".docx"), verbosity=0)
    assert build_document(Practice.objects.get()) == before
    assert Event.objects.count() == 1


def test_sheet_and_archive_are_imported_and_what_is_left_out_is_printed(tmp_path):
    book = Workbook()
    book.active.append(["Código", "Título", "Autor", "Presupuesto", "Criterio: Eficaz"])
    book.active.append([CODE, "Uno", "Firma S.A.", "120", "Cumple"])
    sheet = io.BytesIO()
    book.save(sheet)
    with ZipFile(tmp_path / "lote.zip", "w") as target:
        target.writestr("libro.xlsx", sheet.getvalue())
        target.writestr("foto.jpg", b"x")
    printed = io.StringIO()
    call_command("import_practices", tmp_path / "lote.zip", stdout=printed)
    document = build_document(Practice.objects.get())
    assert (document.code, document.title, [a.state for a in document.criteria]) == (CODE, "Uno", ["met"])
    assert "· foto.jpg: not read: only DOCX, XLSX, CSV and JSON are" in printed.getvalue()
    assert "unknown column, not read: D «Presupuesto»" in printed.getvalue()


def test_problem_is_printed_with_its_row_and_column(tmp_path):
    path = tmp_path / "libro.csv"
    path.write_text(f"Código;Título\n{CODE};{'x' * 200_000}\n", encoding="utf-8")
    printed = io.StringIO()
    with pytest.raises(CommandError):
        call_command("import_practices", path, stdout=printed)
    assert "✗ title, row 2, B «Título»: longer than 100000 characters" in printed.getvalue()
    assert Practice.objects.count() == 0


def test_file_that_is_no_import_changes_nothing(tmp_path):
    path = tmp_path / "ficha.docx"
    path.write_bytes(b"hola")
    with pytest.raises(CommandError, match=r"Nothing was imported: ficha\.docx: "):
        call_command("import_practices", SEED.with_suffix(".docx"), path)
    assert Practice.objects.count() == 0
