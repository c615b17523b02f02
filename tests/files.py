"""Files as people attach them, and as nobody should: made here, so that none has to be kept."""

import io
import zlib
from collections.abc import Iterable
from zipfile import ZIP_DEFLATED, ZipFile

import docx

WORD = '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>'
CHUNK = 1024 * 1024


def pdf(*pages: str, locked: bool = False) -> bytes:
    """A PDF with a line of text on each page; `locked` asks for a password that nobody knows."""
    kids = " ".join(f"{4 + 2 * number} 0 R" for number in range(len(pages)))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>".encode(),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ]
    for number, text in enumerate(pages):
        drawn = b"BT /F1 12 Tf 40 700 Td <" + text.encode("cp1252").hex().encode() + b"> Tj ET"
        resources = "/Resources << /Font << /F1 3 0 R >> >> /MediaBox [0 0 600 800]"
        objects += [
            f"<< /Type /Page /Parent 2 0 R {resources} /Contents {5 + 2 * number} 0 R >>".encode(),
            b"<< /Length %d >>\nstream\n%b\nendstream" % (len(drawn), drawn),
        ]
    return _written(objects, locked)


def endless_pdf(megabytes: int = 300) -> bytes:
    """A page of some hundred kilobytes that unpack to millions of words, one upon the other."""
    packer = zlib.compressobj()
    piece = b"BT /F1 9 Tf (agua) Tj ET\n" * (CHUNK // 25)
    packed = b"".join([*(packer.compress(piece) for _ in range(megabytes)), packer.flush()])
    page = b"<< /Type /Page /Parent 2 0 R /Resources << >> /MediaBox [0 0 600 800] /Contents 4 0 R >>"
    stream = b"<< /Filter /FlateDecode /Length %d >>\nstream\n%b\nendstream" % (len(packed), packed)
    pages = b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>"
    return _written([b"<< /Type /Catalog /Pages 2 0 R >>", pages, page, stream], locked=False)


def _written(objects: list[bytes], locked: bool) -> bytes:
    content, places = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(content))
        content += b"%d 0 obj\n%b\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    lock = b"/ID [<00> <00>] /Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O <%b> /U <%b> >>" % (b"0" * 64, b"1" * 64)
    trailer = b"/Root 1 0 R /Size %d %b" % (len(objects) + 1, lock if locked else b"")
    end = b"xref\n0 %d\n0000000000 65535 f \n%btrailer << %b >>\nstartxref\n%d\n%%%%EOF"
    return content + end % (len(objects) + 1, table, trailer, len(content))


def word(*paragraphs: str, table: tuple[str, str] | None = None) -> bytes:
    """A Word file; `table` is a cell and a cell of the table inside it."""
    document = docx.Document()
    for text in paragraphs:
        document.add_paragraph(text)
    if table:
        cell = document.add_table(1, 1).cell(0, 0)
        cell.text = table[0]
        cell.add_table(1, 1).cell(0, 0).text = table[1]
    content = io.BytesIO()
    document.save(content)
    return content.getvalue()


def archive(name: str, pieces: Iterable[str | bytes]) -> bytes:
    """A ZIP archive of one member."""
    content = io.BytesIO()
    with ZipFile(content, "w", ZIP_DEFLATED) as written, written.open(name, "w") as member:
        for piece in pieces:
            member.write(piece if isinstance(piece, bytes) else piece.encode())
    return content.getvalue()


def word_of(*xml: str) -> bytes:
    """A Word file whose text is this markup."""
    return archive("word/document.xml", [WORD, *xml, "</w:body></w:document>"])


def endless_word(megabytes: int = 100) -> bytes:
    """Some kilobytes that unpack to millions of empty paragraphs."""
    piece = "<w:p></w:p>" * (CHUNK // 11)
    return word_of(*[piece] * megabytes)


def swelling_word(megabytes: int = 300) -> bytes:
    """Some kilobytes that unpack to one paragraph of so many megabytes."""
    return word_of("<w:p><w:r><w:t>", *["a" * CHUNK] * megabytes, "</w:t></w:r></w:p>")


def laughing_word() -> bytes:
    """Entities made of entities, “a billion laughs”."""
    entities = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 10))
    xml = (
        f'<!DOCTYPE x [<!ENTITY e0 "ja">{entities}]>{WORD}<w:p><w:r><w:t>&e9;</w:t></w:r></w:p></w:body></w:document>'
    )
    return archive("word/document.xml", [xml])


def locked_word() -> bytes:
    """A ZIP archive whose member asks for a password."""
    content = bytearray(word_of("<w:p><w:r><w:t>secreto</w:t></w:r></w:p>"))
    for mark, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        content[content.index(mark) + flags] |= 1
    return bytes(content)
