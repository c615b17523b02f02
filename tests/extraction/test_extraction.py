"""The words inside files; and files that are broken, locked or made to do harm, which have none."""

import io
import time

import pytest

from practices.extraction import MOST_CHARS, Limits, extract
from tests import files
from tests.files import WORD, archive, pdf, word, word_of

TEXT = "urn:oasis:names:tc:opendocument:xmlns:text:1.0"


def text_in(content: bytes, limits: Limits | None = None) -> str:
    return extract(io.BytesIO(content), limits)


@pytest.mark.parametrize(
    ("content", "text"),
    [
        (pdf("Atención al niño", "Segunda página"), "Atención al niño\nSegunda página"),
        (pdf(""), ""),
        (word("Peticiones", "Energía y gas"), "Peticiones\nEnergía y gas"),
        (word("Antes", table=("Celda", "Celda dentro de la celda")), "Antes\nCelda\nCelda dentro de la celda"),
        (word(), ""),
    ],
)
def test_extraction_gives_the_paragraphs_of_a_file(content, text):
    assert text_in(content) == text


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        # A form field and a text box, which python-docx leaves out; the box again for programs that know none.
        ("<w:sdt><w:sdtContent><w:p><w:r><w:t>Campo</w:t></w:r></w:p></w:sdtContent></w:sdt>", "Campo"),
        (
            '<mc:AlternateContent xmlns:mc="urn:mc"><mc:Choice><w:p><w:r><w:t>Cuadro</w:t></w:r></w:p></mc:Choice>'
            "<mc:Fallback><w:p><w:r><w:t>Cuadro</w:t></w:r></w:p></mc:Fallback></mc:AlternateContent>",
            "Cuadro",
        ),
        ("<w:p><w:r><w:t>uno</w:t><w:tab/><w:t>dos</w:t><w:br/><w:t>tres</w:t></w:r></w:p>", "uno dos tres"),
        ("<w:p><w:r><w:t>ta</w:t></w:r><w:r><w:t>rifa</w:t></w:r></w:p>", "tarifa"),
        ("<w:p><w:del><w:r><w:delText>borrado</w:delText></w:r></w:del></w:p>", ""),
    ],
)
def test_word_file_is_read_wherever_its_text_stands(markup, text):
    assert text_in(word_of(markup)) == text


@pytest.mark.parametrize(
    ("name", "xml", "text"),
    [
        ("ppt/slides/slide1.xml", '<x xmlns:a="a"><a:p><a:r><a:t>Título</a:t></a:r></a:p></x>', "Título"),
        ("xl/sharedStrings.xml", "<x><si><t>Usuarios</t></si><si><t>Ta</t><t>rifa</t></si></x>", "Usuarios\nTarifa"),
        ("content.xml", f'<x xmlns:t="{TEXT}"><t:h>Uno</t:h><t:p>Dos <t:a>tres</t:a></t:p></x>', "Uno\nDos tres"),
    ],
)
def test_other_office_files_are_read_too(name, xml, text):
    assert text_in(archive(name, [xml])) == text


def test_text_is_what_people_type():
    assert text_in(word("Oﬁcina de atencio\u0301n")) == "Oficina de atención"


def test_only_the_beginning_of_a_long_text_is_kept():
    assert text_in(word("a" * 150_000, "b" * 150_000)) == "a" * 150_000 + "\n" + "b" * (MOST_CHARS - 150_001)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\x89PNG\r\n",
        b"%PDF-1.7",
        pdf("cortado")[:300],
        b"%PDF-1.4\n" + b"\xff" * 5_000,
        pdf("secreto", locked=True),
        b"PK\x03\x04",
        word("cortado")[:500],
        archive("otra.xml", ["<x/>"]),
        archive("word/document.xml", [WORD, "<w:p>"]),
        archive("word/document.xml", [b"\xff\xfe\x00"]),
        files.locked_word(),
        files.laughing_word(),
    ],
)
def test_broken_and_locked_files_have_no_text(content):
    assert text_in(content) == ""


@pytest.mark.parametrize(
    ("make", "limits"),
    [
        (files.endless_word, Limits(cpu=1)),
        (files.endless_word, Limits(seconds=1)),
        (files.swelling_word, Limits(megabytes=256)),
        (files.endless_pdf, Limits(cpu=1)),
        (files.endless_pdf, Limits(megabytes=256)),
    ],
    ids=["work", "clock", "memory", "work on a PDF", "memory for a PDF"],
)
def test_endless_file_is_given_up_in_time(make, limits):
    content = make()
    start = time.monotonic()
    assert text_in(content, limits) == ""
    assert time.monotonic() - start < 8


def test_pages_read_in_time_are_kept_when_the_others_are_too_many():
    text = text_in(pdf(*["página"] * 4_000), Limits(cpu=60))
    assert text == "\n".join(["página"] * 1_000)


def test_reader_is_told_no_secrets(monkeypatch):
    """What runs a stranger's file sees neither the key nor the password of the database."""
    given = {}

    def run(command, **options):
        given.update(options["env"])
        raise OSError("no process")

    monkeypatch.setattr("practices.extraction.subprocess.run", run)
    with pytest.raises(OSError, match="no process"):
        text_in(pdf(""))
    assert set(given) <= {"PATH", "PYTHONPATH", "LD_LIBRARY_PATH"}


def test_log_says_why_but_not_what(caplog):
    caplog.set_level("INFO")
    text_in(files.locked_word())
    assert caplog.messages == ["no text was read in a file: its reader ended with 1"]
