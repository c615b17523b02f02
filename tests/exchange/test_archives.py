"""Archives of fichas, and office files that no office program makes."""

import io
import json
import struct
import time
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import pytest
from django.utils import translation
from docx import Document

from practices.exchange.readers import NotAnImport, archive, guard, read_file
from practices.exchange.readers.archive import shown_name
from practices.language.coverage import Gazetteer

from . import fichas

GAZETTEER = Gazetteer([], [])
CSV = "Código;Título\nBP-EJEMPLO-SSPD-001-2022;Uno\nBP-EJEMPLO-SSPD-002-2022;Dos\n".encode()


@pytest.fixture(autouse=True)
def _in_english():
    with translation.override("en"):
        yield


@pytest.fixture
def read(tmp_path):
    def run(content, name="lote.zip"):
        path = tmp_path / "file"
        path.write_bytes(content)
        return read_file(path, name, GAZETTEER)

    return run


def zipped(members) -> bytes:
    written = io.BytesIO()
    with ZipFile(written, "w", ZIP_DEFLATED) as target:
        for name, content in members.items():
            target.writestr(name, content)
    return written.getvalue()


def ficha() -> bytes:
    written = io.BytesIO()
    fichas.two_columns(fichas.FIELDS).save(written)
    return written.getvalue()


def test_every_file_of_an_archive_is_read_and_says_where(read):
    record = json.dumps([{"code": "BP-EJEMPLO-SSPD-009-2022", "title": "Nueve"}])
    readings = read(zipped({"a/ficha 1.docx": ficha(), "b.csv": CSV, "c.json": record}))
    assert [(r.place, r.code, r.where) for r in readings] == [
        (1, "BP-EJEMPLO-SSPD-041-2022", "lote.zip › a/ficha 1.docx"),
        (2, "BP-EJEMPLO-SSPD-001-2022", "lote.zip › b.csv, row 2"),
        (3, "BP-EJEMPLO-SSPD-002-2022", "lote.zip › b.csv, row 3"),
        (4, "BP-EJEMPLO-SSPD-009-2022", "lote.zip › c.json, record 1"),
    ]
    assert readings.notes == []


def test_file_that_cannot_be_read_leaves_the_others_alone(read):
    first, second = read(zipped({"a.docx": b"PK\x03\x04 broken", "b.docx": ficha()}))
    assert (first.code, [note.field for note in first.errors]) == ("", [""])
    assert first.errors[0].message.startswith("lote.zip › a.docx: ")
    assert (second.code, second.errors) == ("BP-EJEMPLO-SSPD-041-2022", [])


def test_what_is_not_read_is_told_and_litter_is_not(read):
    members = {
        "b.csv": CSV,
        "foto.jpg": b"x",
        "otro.zip": zipped({"b.csv": CSV}),
        "__MACOSX/._b.csv": b"x",
        ".DS_Store": b"x",
        "~$ficha.docx": b"x",
        "carpeta/": b"",
    }
    readings = read(zipped(members))
    assert len(readings) == 2
    assert [note.message for note in readings.notes] == [
        "foto.jpg: not read: only DOCX, XLSX, CSV and JSON are",
        "otro.zip: an archive within an archive is not read",
    ]


def test_archive_within_an_archive_under_another_name_is_refused(read):
    first, *others = read(zipped({"a.csv": zipped({"b.csv": CSV}), "b.csv": CSV}))
    assert [note.message for note in first.errors] == ["lote.zip › a.csv: an archive within an archive is not read"]
    assert len(others) == 2


def test_archive_without_anything_to_read_is_refused(read):
    with pytest.raises(NotAnImport, match=r"^lote\.zip: "):
        read(zipped({"foto.jpg": b"x"}))


@pytest.mark.parametrize("name", ["../../etc/passwd.csv", "/etc/passwd.csv", "C:\\x\\b.csv", "a/../b.csv"])
def test_no_name_leads_out_of_the_archive(name, read, tmp_path):
    before = sorted(tmp_path.rglob("*"))
    assert len(read(zipped({name: CSV}))) == 2
    assert sorted(tmp_path.rglob("*")) == [*before, tmp_path / "file"]


@pytest.mark.parametrize(
    ("raw", "flags", "shown"),
    [
        ("año.csv".encode(), 0x800, "año.csv"),
        ("año.csv".encode(), 0, "año.csv"),
        ("año.csv".encode("cp850"), 0, "año.csv"),
        (b"plain.csv", 0, "plain.csv"),
    ],
)
def test_names_are_shown_in_their_letters(raw, flags, shown):
    member = ZipInfo(raw.decode("utf-8" if flags else "cp437"))
    member.flag_bits = flags
    assert shown_name(member) == shown


def test_bomb_is_refused_before_it_is_unpacked(read):
    begun = time.perf_counter()
    with pytest.raises(NotAnImport, match="no file that can be read"):
        read(zipped({"a.csv": b"0" * 60_000_000}))
    readings = read(zipped({"a.csv": b"0" * 60_000_000, "b.csv": CSV}))
    assert [note.message for note in readings.notes] == ["a.csv: not read: unpacked it would be far too large"]
    assert time.perf_counter() - begun < 5


def test_size_that_an_archive_lies_about_is_the_most_that_is_read(read):
    content = bytearray(zipped({"a.csv": CSV + b"x" * 50_000_000, "b.csv": CSV}))
    # The central directory's entry: its size unpacked stands 24 bytes after the signature.
    entry = content.index(b"PK\x01\x02")
    content[entry + 24 : entry + 28] = struct.pack("<I", 100)
    first, *others = read(bytes(content))
    assert first.errors[0].message.startswith("lote.zip › a.csv: ")
    assert len(others) == 2


def test_numbers_of_files_and_bytes_are_limited(read, monkeypatch):
    monkeypatch.setattr(archive, "MOST_FILES", 2)
    with pytest.raises(NotAnImport, match="more than 2 files"):
        read(zipped({f"{number}.csv": CSV for number in range(3)}))
    monkeypatch.setattr(guard, "MOST_UNPACKED", 100)
    with pytest.raises(NotAnImport, match="larger than"):
        read(zipped({"a.csv": CSV * 2}))


def changed(member: str, change) -> bytes:
    """A ficha with one part of its package changed."""
    written = io.BytesIO()
    with ZipFile(io.BytesIO(ficha())) as source, ZipFile(written, "w", ZIP_DEFLATED) as target:
        for name in source.namelist():
            content = source.read(name)
            target.writestr(name, change(content) if name == member else content)
    return written.getvalue()


ENTITIES = b'<!DOCTYPE lolz [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY c SYSTEM "file:///etc/passwd">]>'


@pytest.mark.parametrize("member", ["word/document.xml", "word/styles.xml", "_rels/.rels", "[Content_Types].xml"])
def test_entities_are_refused_in_every_part(member, read):
    def change(xml: bytes) -> bytes:
        head, end, rest = xml.partition(b"?>")
        return head + end + ENTITIES + rest

    with pytest.raises(NotAnImport, match="declares entities"):
        read(changed(member, change), "ficha.docx")


@pytest.mark.parametrize(
    "change",
    [
        lambda xml: xml[: len(xml) // 2],
        lambda xml: b"",
        lambda xml: b"<x/>",
        lambda xml: xml.replace(b"w:tc>", b"w:tr>"),
    ],
)
def test_broken_document_is_refused_by_name(change, read):
    with pytest.raises(NotAnImport, match=r"^ficha\.docx: "):
        read(changed("word/document.xml", change), "ficha.docx")


@pytest.mark.parametrize("tag", ["tcPr", "tblGrid", "pPr"])
def test_document_without_its_own_measures_is_read(tag, read):
    def change(xml: bytes) -> bytes:
        return xml.replace(f"w:{tag}>".encode(), f"w:{tag}X>".encode())

    (reading,) = read(changed("word/document.xml", change), "ficha.docx")
    assert reading.code == "BP-EJEMPLO-SSPD-041-2022"


def test_tables_within_tables_end_somewhere(read):
    document = Document()
    cell = document.add_table(rows=1, cols=2).rows[0].cells[1]
    for _depth in range(60):
        cell = cell.add_table(rows=1, cols=2).rows[0].cells[1]
    written = io.BytesIO()
    document.save(written)
    with pytest.raises(NotAnImport, match="no ficha"):
        read(written.getvalue(), "ficha.docx")


@pytest.mark.parametrize(
    ("content", "name", "message"),
    [
        (b"", "ficha.docx", "empty"),
        (b"%PDF-1.7 ...", "ficha.pdf", "PDF"),
        (b"%PDF-1.7 ...", "ficha.docx", "PDF"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "ficha.doc", "old format"),
        (b"hola", "ficha.docx", "extension"),
        (b"\x89PNG\r\n\x1a\n\0\0\0", "foto.png", "only DOCX"),
        (b"MZ\x90\x00\x03", "libro.csv", "headers"),
        (b'{"code": ', "x.json", "line 1"),
        (zipped({"content.xml": b"<x/>", "mimetype": b"x"}), "libro.ods", "OpenDocument"),
    ],
)
def test_other_files_are_refused_saying_what_to_do(content, name, message, read):
    with pytest.raises(NotAnImport, match=rf"^{name}: .*{message}"):
        read(content, name)


def test_kind_is_that_of_the_content(read):
    assert [reading.code for reading in read(ficha(), "sin-extension")] == ["BP-EJEMPLO-SSPD-041-2022"]
    record = b'\xef\xbb\xbf {"code": "BP-EJEMPLO-SSPD-009-2022"}'
    assert [reading.code for reading in read(record, "sin-extension")] == ["BP-EJEMPLO-SSPD-009-2022"]
