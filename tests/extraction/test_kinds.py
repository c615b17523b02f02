"""Files that are what their names say, and files that only pretend: each refused with its reason."""

import io
import struct
import zlib
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile

import docx
import pytest

from practices.extraction.kinds import CHECKS, OLE, Refused, require_kind
from practices.models.files import MEDIA_TYPES
from tests.files import pdf, word

HTML = b"<!DOCTYPE html><html><body><script>alert(1)</script></body></html>"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'
PNG = b"\x89PNG\r\n\x1a\n" + struct.pack(">I", 13) + b"IHDR" + bytes(13)
JPEG = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00"
GIF = b"GIF89a" + bytes(20)
PROGRAM = b"MZ" + bytes(100)
TYPES = ("[Content_Types].xml", b"<Types/>")


def archive(*members: tuple[str, bytes], how: int = ZIP_DEFLATED) -> bytes:
    content = io.BytesIO()
    with ZipFile(content, "w", how) as written:
        for name, data in members:
            written.writestr(name, data)
    return content.getvalue()


def open_document(kind: str, *members: tuple[str, bytes]) -> bytes:
    content = io.BytesIO()
    with ZipFile(content, "w") as written:
        written.writestr("mimetype", f"application/vnd.oasis.opendocument.{kind}", compress_type=ZIP_STORED)
        for name, data in (("content.xml", b"<x/>"), *members):
            written.writestr(name, data)
    return content.getvalue()


def old_office(*streams: str) -> bytes:
    return OLE + bytes(1000) + b"".join(name.encode("utf-16-le") for name in streams)


def locked_archive() -> bytes:
    """The flag that says that a member is encrypted, set in both of its headers."""
    content = bytearray(archive(TYPES, ("word/document.xml", b"<x/>")))
    for start, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = content.find(start)
        while place >= 0:
            content[place + offset] |= 1
            place = content.find(start, place + 1)
    return bytes(content)


DOCX = archive(TYPES, ("word/document.xml", b"<x/>"))
XLSX = archive(TYPES, ("xl/workbook.xml", b"<x/>"))
PPTX = archive(TYPES, ("ppt/presentation.xml", b"<x/>"))
BOMB = archive(TYPES, ("word/document.xml", bytes(60 * 1024 * 1024)))

TAKEN = [
    ("informe.pdf", pdf("Hola")),
    ("INFORME.PDF", b"%PDF-1.7 de prueba"),
    ("con espacios.pdf", b"\r\n%PDF-1.4"),
    ("marca.pdf", b"\xef\xbb\xbf%PDF-1.4"),
    ("acta.docx", word("Hola")),
    ("acta.docx", DOCX),
    ("datos.xlsx", XLSX),
    ("laminas.pptx", PPTX),
    ("acta.doc", old_office("WordDocument")),
    ("datos.xls", old_office("Workbook")),
    ("datos.xls", old_office("Book")),
    ("laminas.ppt", old_office("PowerPoint Document")),
    ("acta.odt", open_document("text")),
    ("datos.ods", open_document("spreadsheet")),
    ("laminas.odp", open_document("presentation")),
    ("foto.png", PNG),
    ("foto.jpg", JPEG),
    ("foto.JPEG", JPEG),
    ("foto.webp", b"RIFF\x10\x00\x00\x00WEBPVP8 "),
    ("datos.csv", "año;atención\n2020;355\n".encode()),
    ("datos.csv", "año;atención\n".encode("cp1252")),
    ("datos.csv", b"\xef\xbb\xbfcodigo;titulo\r\n"),
    ("datos.csv", "código\tvalor\n".encode("utf-16")),
    ("notas.txt", b"a < b y b > c"),
]

REFUSED = [
    # By the name alone.
    *((name, b"%PDF-1.4", "unknown") for name in ("virus.exe", "pagina.html", "dibujo.svg", "guion.js", "sin_nada")),
    *((name, b"%PDF-1.4", "unknown") for name in ("acta.docm", "datos.xlsm", "a.pdf.html", "a.php", ".pdf", "a.gif")),
    *((name, DOCX, "unknown") for name in ("todo.zip", "todo.jar", "todo.7z")),
    # Nothing in it.
    *((f"vacio.{ending}", b"", "empty") for ending in ("pdf", "docx", "csv", "png")),
    # Something else under the name.
    *((f"x.{ending}", HTML, "mismatch") for ending in ("pdf", "docx", "doc", "odt", "png", "jpg", "webp", "csv")),
    *((f"x.{ending}", SVG, "mismatch") for ending in ("pdf", "png", "txt", "csv")),
    *((f"x.{ending}", PROGRAM, "mismatch") for ending in ("pdf", "xlsx", "xls", "txt", "jpeg")),
    ("x.txt", b"#!/bin/sh\nrm -rf /", "mismatch"),
    ("x.txt", b"\xef\xbb\xbf  \n<?xml version='1.0'?><a/>", "mismatch"),
    ("x.csv", "<html>".encode("utf-16"), "mismatch"),
    ("x.txt", b"<?php system($_GET['c']); ?>", "mismatch"),
    ("x.png", JPEG, "mismatch"),
    ("x.jpg", GIF, "mismatch"),
    ("x.webp", b"RIFF\x10\x00\x00\x00WAVEfmt ", "mismatch"),
    ("x.pdf", b"GIF89a" + pdf("Hola"), "mismatch"),
    ("x.docx", XLSX, "mismatch"),
    ("x.xlsx", PPTX, "mismatch"),
    ("x.docx", archive(("word/document.xml", b"<x/>")), "mismatch"),
    ("x.docx", archive(("clases/Malo.class", b"\xca\xfe\xba\xbe")), "mismatch"),
    ("x.docx", pdf("Hola"), "mismatch"),
    ("x.docx", old_office("WordDocument"), "mismatch"),
    ("x.doc", old_office("Workbook"), "mismatch"),
    ("x.doc", DOCX, "mismatch"),
    ("x.odt", open_document("spreadsheet"), "mismatch"),
    ("x.odt", DOCX, "mismatch"),
    # What runs when somebody opens it.
    ("x.docx", archive(TYPES, ("word/document.xml", b""), ("word/vbaProject.bin", b"")), "macros"),
    ("x.xlsx", archive(TYPES, ("xl/workbook.xml", b""), ("xl/VBAPROJECT.BIN", b"")), "macros"),
    ("x.xls", old_office("Workbook", "_VBA_PROJECT_CUR"), "macros"),
    ("x.odt", open_document("text", ("Basic/Standard/Module1.xml", b"")), "macros"),
    # What nobody can read.
    ("x.docx", old_office("EncryptedPackage"), "locked"),
    ("x.xls", old_office("Workbook", "EncryptedPackage"), "locked"),
    ("x.docx", locked_archive(), "locked"),
    ("x.docx", DOCX[:-30], "broken"),
    ("x.docx", b"PK\x03\x04" + bytes(100), "broken"),
    ("x.docx", archive(TYPES, ("word/../../etc/passwd", b"x")), "broken"),
    ("x.xlsx", archive(TYPES, ("/xl/workbook.xml", b"x")), "broken"),
    ("x.csv", bytes(range(256)), "not_text"),
    ("x.txt", zlib.compress(b"algo") * 9, "not_text"),
    # What would fill the machine.
    ("x.docx", BOMB, "bomb"),
    ("x.docx", archive(TYPES, *((f"word/{n}.xml", b"") for n in range(10_001))), "bomb"),
    # Two files in one.
    ("x.pdf", pdf("Hola") + DOCX, "two_kinds"),
    ("x.png", PNG + archive(("Malo.class", b"")), "two_kinds"),
    ("x.jpg", JPEG + DOCX, "two_kinds"),
]


@pytest.mark.parametrize(("name", "content"), TAKEN)
def test_a_file_that_is_what_its_name_says_is_taken(name, content):
    file = io.BytesIO(content)
    assert require_kind(file, name) == name.rpartition(".")[2].lower()
    assert file.tell() == 0


@pytest.mark.parametrize(("name", "content", "reason"), REFUSED, ids=lambda value: str(value)[:24])
def test_a_file_that_only_pretends_is_refused_with_the_reason(name, content, reason):
    with pytest.raises(Refused) as refused:
        require_kind(io.BytesIO(content), name)
    assert refused.value.reason == reason


def test_every_kind_that_the_catalogue_takes_has_its_check():
    assert set(CHECKS) == set(MEDIA_TYPES)


def test_a_document_with_many_pictures_is_no_bomb():
    content = io.BytesIO()
    document = docx.Document()
    for number in range(3_000):
        document.add_paragraph(f"Párrafo {number} de un documento de veras, con sus palabras de siempre.")
    document.save(content)
    assert require_kind(content, "largo.docx") == "docx"
