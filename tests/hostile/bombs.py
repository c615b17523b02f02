"""Files that are small until somebody opens them, and files that are two things at once; made here, none is kept."""

import io
import struct
import zlib
from collections.abc import Callable
from functools import partial
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import docx
import openpyxl

from tests import files

from .strings import MARK

MEGABYTE = 1024 * 1024
ENTITIES = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 10))
LAUGHS = f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e0 "ja">{ENTITIES}]><x>&e9;</x>'
OUTSIDE = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><x>&e;</x>'
SHEET = (
    '<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
    '<row r="1"><c r="A1" t="inlineStr"><is><t>Código</t></is></c><c r="B1" t="inlineStr"><is><t>Título</t></is></c>'
    "</row>"
)
MERGED = SHEET + "</sheetData><mergeCells>" + '<mergeCell ref="A1:XFD1048576"/>' * 500 + "</mergeCells></worksheet>"
SHEET_END = "</sheetData></worksheet>"
SCRIPT = f"<html><script>alert('{MARK}')</script></html>".encode()


def zipped(members: dict[str, bytes | str]) -> bytes:
    content = io.BytesIO()
    with ZipFile(content, "w", ZIP_DEFLATED) as archive:
        for name, member in members.items():
            archive.writestr(name, member)
    return content.getvalue()


def with_member(content: bytes, name: str, member: bytes | str) -> bytes:
    """The archive with one member changed or more."""
    with ZipFile(io.BytesIO(content)) as archive:
        members = {one: archive.read(one) for one in archive.namelist()}
    return zipped({**members, name: member})


def workbook(part: str = "xl/worksheets/sheet1.xml", xml: str = "") -> bytes:
    content = io.BytesIO()
    book = openpyxl.Workbook()
    book.active.append(["Código", "Título"])
    book.active.append(["BP-EJEMPLO-SSPD-001-2022", "Uno"])
    book.save(content)
    return with_member(content.getvalue(), part, xml) if xml else content.getvalue()


def ficha(part: str = "word/document.xml", xml: str = "") -> bytes:
    content = io.BytesIO()
    docx.Document().save(content)
    return with_member(content.getvalue(), part, xml) if xml else content.getvalue()


def body(xml: str) -> str:
    return f'<?xml version="1.0"?>{files.WORD}{xml}</w:body></w:document>'


def sheet(xml: str) -> str:
    return f"{SHEET}{xml}{SHEET_END}"


def linked() -> bytes:
    """A link of the file system, as an archive can hold one."""
    content, link = io.BytesIO(), ZipInfo("enlace.csv")
    link.external_attr = 0o120777 << 16
    with ZipFile(content, "w") as archive:
        archive.writestr(link, "/etc/passwd")
    return content.getvalue()


def lying(content: bytes, size: int) -> bytes:
    """The archive, whose first entry declares another size unpacked."""
    changed = bytearray(content)
    entry = changed.index(b"PK\x01\x02")
    changed[entry + 24 : entry + 28] = struct.pack("<I", size)
    return bytes(changed)


def picture(width: int, height: int, behind: bytes = b"") -> bytes:
    """A PNG that declares these pixels and has none."""
    header = struct.pack(">IIBBBBB", width, height, 8, 6, 0, 0, 0)
    chunk = struct.pack(">I", 13) + b"IHDR" + header + struct.pack(">I", zlib.crc32(b"IHDR" + header))
    return b"\x89PNG\r\n\x1a\n" + chunk + behind


def recursive_pdf() -> bytes:
    """Pages that are their own parents and children, and a form that draws itself."""
    pages = b"<< /Type /Pages /Kids [2 0 R 2 0 R] /Count 99999999 /Parent 2 0 R >>"
    return files._written([b"<< /Type /Catalog /Pages 2 0 R >>", pages], locked=False)


def huge_numbers_pdf() -> bytes:
    page = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 1e38 1e38] /Contents 4 0 R >>"
    stream = b"<< /Length 99999999999 >>\nstream\nBT ET\nendstream"
    catalog = [b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>"]
    return files._written([*catalog, page, stream], locked=False)


Make = Callable[[], bytes]
IMPORTS: dict[str, Make] = {
    "zeros.zip": lambda: files.archive("a.csv", [b"0" * MEGABYTE] * 100),
    "declared.zip": lambda: lying(zipped({"a.csv": "Código;Título\n"}), 4_000_000_000),
    "nested.zip": lambda: zipped({"a.zip": zipped({"b.zip": zipped({"c.csv": "a"})})}),
    "many.zip": lambda: zipped({f"{number}.csv": "a" for number in range(6_000)}),
    "same.zip": lambda: zipped({"a.csv": "Código;Título\n"}) * 2,
    "slip.zip": lambda: zipped(
        dict.fromkeys(("../../x.csv", "/x.csv", "C:\\x.csv", "..\\x.csv", "a/../../x.csv"), "a;b\n")
    ),
    "link.zip": linked,
    "names.zip": lambda: zipped({f"{'a' * 60_000}.csv": "a", "\u202egpj.csv": "a", "<script>.csv": "a"}),
    "locked.zip": lambda: files.locked_word(),
    "cut.zip": lambda: zipped({"a.csv": "a" * 1_000})[:-30],
    "rows.xlsx": lambda: workbook(xml=sheet('<row><c t="inlineStr"><is><t>a</t></is></c></row>' * 300_000)),
    "empty rows.xlsx": lambda: workbook(xml=sheet("<row/>" * 2_000_000)),
    "wide.xlsx": lambda: workbook(xml=sheet(f"<row>{'<c/>' * 2_000_000}</row>")),
    "far.xlsx": lambda: workbook(xml=sheet('<row r="999999999"><c r="ZZZ999999999"><v>1</v></c></row>')),
    "merged.xlsx": lambda: workbook(xml=MERGED),
    "strings.xlsx": lambda: workbook("xl/sharedStrings.xml", f"<sst>{'<si><t>a</t></si>' * 1_000_000}</sst>"),
    "styles.xlsx": lambda: workbook("xl/styles.xml", f"<styleSheet><fonts>{'<font/>' * 400_000}</fonts></styleSheet>"),
    "laughs.xlsx": lambda: workbook("xl/workbook.xml", LAUGHS),
    "laughing strings.xlsx": lambda: workbook("xl/sharedStrings.xml", LAUGHS),
    "outside.xlsx": lambda: workbook(xml=OUTSIDE),
    "formulas.xlsx": lambda: workbook(
        xml=sheet('<row r="2"><c r="A2"><f>WEBSERVICE("http://127.0.0.1")</f></c></row>')
    ),
    "links.xlsx": lambda: workbook(
        "xl/worksheets/_rels/sheet1.xml.rels",
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" '
        'Type="x" Target="file:///etc/passwd" TargetMode="External"/></Relationships>',
    ),
    "paragraphs.docx": lambda: ficha(xml=body("<w:p/>" * 2_000_000)),
    "text.docx": lambda: ficha(xml=body(f"<w:p><w:r><w:t>{'a' * 60 * MEGABYTE}</w:t></w:r></w:p>")),
    "deep.docx": lambda: ficha(
        xml=body("<w:tbl><w:tr><w:tc>" * 20_000 + "<w:p/>" + "</w:tc></w:tr></w:tbl>" * 20_000)
    ),
    "cells.docx": lambda: ficha(xml=body(f"<w:tbl>{'<w:tr><w:tc><w:p/></w:tc></w:tr>' * 400_000}</w:tbl>")),
    "laughs.docx": files.laughing_word,
    "outside.docx": lambda: ficha(xml=OUTSIDE),
    "laughing relations.docx": lambda: ficha("word/_rels/document.xml.rels", LAUGHS),
    "not xml.docx": lambda: ficha(xml="\0\1\2<<<"),
    "utf-16.docx": lambda: ficha(xml=OUTSIDE.replace("?>", " encoding='utf-16'?>").encode("utf-16").decode("latin-1")),
    "nothing.docx": lambda: zipped({"word/document.xml": ""}),
    "deep.json": lambda: b"[" * 1_000_000,
    "deep objects.json": lambda: b'{"a":' * 300_000,
    "digits.json": lambda: b"[" + b"9" * 5_000_000 + b"]",
    "many.json": lambda: b"[" + b'{"code":"x"},' * 300_000 + b"{}]",
    "keys.json": lambda: b'{"code":"x",' + b",".join(b'"k%d":1' % n for n in range(300_000)) + b"}",
    "numbers.json": lambda: b'[{"code": NaN, "title": 1e999, "summary": -Infinity, "metrics": [{"value": 1e308}]}]',
    "halves.json": lambda: b'[{"code": "BP-A-B-001-2020", "title": "\\ud800", "summary": "\\u0000"}]',
    "odd.json": lambda: b'[null, 1, "a", [], {"title": {"a": []}, "services": {"x": [[[]]]}, "authors": 5}]',
    "line.csv": lambda: "Código;Título\n".encode() + b"a" * 8 * MEGABYTE,
    "quotes.csv": lambda: "Código;Título\n".encode() + b'"' * 8 * MEGABYTE,
    "separators.csv": lambda: b";" * 8 * MEGABYTE,
    "line breaks.csv": lambda: "Código;Título\n".encode() + b";\n" * 4 * MEGABYTE,
    "headers.csv": lambda: ("Código;" + "Título;" * 100_000).encode(),
    "nul.csv": lambda: b"\0" * 100_000,
    "utf-16.csv": lambda: "Código;Título\nBP-A-B-001-2020;Uno\n".encode("utf-16"),
    "half of utf-16.csv": lambda: "Código;Título\n".encode("utf-16")[:-1] + b"\xd8",
    "latin.csv": lambda: "Código;Título\nBP-A-B-001-2020;Añó\n".encode("latin-1"),
    "mixed.csv": lambda: "Código;Título\n".encode() + "BP-A-B-001-2020;Añó\n".encode("latin-1") + b"\xff\xfe\x81\n",
    "formulas.csv": lambda: "Código;Título\n=1+1;\"=cmd|' /C calc'!A0\"\n".encode(),
    "page.csv": lambda: SCRIPT,
    "empty.csv": lambda: b"",
    "page.docx": lambda: SCRIPT,
    "page.html": lambda: SCRIPT,
    "drawing.svg": lambda: f"<svg onload=alert('{MARK}')/>".encode(),
    "program.exe": lambda: b"MZ",
    "old.xlsx": lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 2_000,
}
ATTACHMENTS: dict[str, Make] = {
    "zeros.docx": lambda: files.swelling_word(60),
    "endless.docx": lambda: files.endless_word(20),
    "laughs.docx": files.laughing_word,
    "locked.docx": files.locked_word,
    "slip.docx": lambda: zipped({"[Content_Types].xml": "", "word/document.xml": "", "../../x": "a"}),
    "declared.xlsx": lambda: lying(workbook(), 4_000_000_000),
    "nested.zip": lambda: zipped({"a.zip": zipped({"b": "c"})}),
    "endless.pdf": partial(files.endless_pdf, 30),
    "recursive.pdf": recursive_pdf,
    "huge.pdf": huge_numbers_pdf,
    "locked.pdf": lambda: files.pdf("secreto", locked=True),
    "cut.pdf": lambda: files.pdf("a")[:60],
    "two.pdf": lambda: files.pdf("a") + zipped({"a.html": SCRIPT}),
    "page.pdf": lambda: SCRIPT,
    "page in front.pdf": lambda: SCRIPT + files.pdf("a"),
    "gif.png": lambda: b"GIF89a/*" + SCRIPT,
    "large.png": lambda: picture(50_000, 50_000),
    "none.png": lambda: picture(0, 0),
    "two.png": lambda: picture(10, 10) + zipped({"a.html": SCRIPT}),
    "page behind.png": lambda: picture(10, 10, SCRIPT),
    "drawing.svg": lambda: f"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(\"{MARK}\")'/>".encode(),
    "drawing.png": lambda: f"<svg onload='alert(\"{MARK}\")'/>".encode(),
    "page.html": lambda: SCRIPT,
    "page.txt": lambda: SCRIPT,
    "late page.txt": lambda: b"a" * 9_000 + SCRIPT,
    "page in utf-16.txt": lambda: SCRIPT.decode().encode("utf-16"),
    "page in utf-7.txt": lambda: b"+ADw-script+AD4-alert(1)",
    "empty.pdf": lambda: b"",
    "no ending": lambda: files.pdf("a"),
    "two endings.pdf.html": lambda: files.pdf("a"),
    "<script>.pdf": lambda: files.pdf("a"),
    "../../../etc/x.pdf": lambda: files.pdf("a"),
    f"{'a' * 3_000}.pdf": lambda: files.pdf("a"),
    "\u202efdp.exe.pdf": lambda: files.pdf("a"),
    'a"; filename="x.html.pdf': lambda: files.pdf("a"),
}
