"""What a file is, by what stands in it and by its extension."""

from pathlib import Path
from zipfile import BadZipFile, ZipFile

from django.utils.translation import gettext as _

from .reading import NotAnImport

JSON, DOCX, XLSX, CSV, ZIP = "json", "docx", "xlsx", "csv", "zip"
_ZIP, _OLE, _PDF = b"PK", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"%PDF-"
_HEAD = 4_096
_BOM = b"\xef\xbb\xbf"


def kind_of(path: Path, name: str) -> str:
    """Raises NotAnImport for a kind that is not read, saying what to do."""
    with path.open("rb") as file:
        head = file.read(_HEAD)
    suffix = Path(name).suffix.lower()
    if not head.strip():
        raise NotAnImport(_("the file is empty"))
    if head.startswith(_ZIP):
        return _kind_of_archive(path)
    if head.startswith(_OLE):
        raise NotAnImport(_("the file is of an old format or has a password: save it as DOCX or XLSX without one"))
    if _PDF in head:
        raise NotAnImport(_("a PDF is not read here: give the ficha as DOCX"))
    if suffix in {".docx", ".docm", ".xlsx", ".xlsm", ".zip"}:
        raise NotAnImport(_("the file is not what its extension says (%s)") % suffix)
    if suffix == ".json" or (suffix not in {".csv", ".tsv", ".txt"} and _looks_like_json(head)):
        return JSON
    if b"\0" in head and not head.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise NotAnImport(_("not read: only DOCX, XLSX, CSV and JSON are"))
    return CSV


def _looks_like_json(head: bytes) -> bool:
    return head.removeprefix(_BOM).lstrip()[:1] in {b"{", b"["}


def _kind_of_archive(path: Path) -> str:
    try:
        with ZipFile(path) as archive:
            names = set(archive.namelist())
    except (BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise NotAnImport(_("the file is damaged: %s") % error) from error
    if "word/document.xml" in names:
        return DOCX
    if "xl/workbook.xml" in names:
        return XLSX
    if "content.xml" in names and "mimetype" in names:
        raise NotAnImport(_("OpenDocument is not read here: save the file as DOCX or XLSX"))
    return ZIP
