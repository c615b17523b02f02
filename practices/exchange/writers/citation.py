"""How a publication is cited: in words, as BibTeX and as RIS. Each names the version and an address that stays."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import datetime

from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from practices.document import PracticeDocument
from practices.language.texts import plain
from practices.models.publication import Publication

_UNSEEN = re.compile(r"[\s\x00-\x1f\x7f-\x9f\ufeff\u2028\u2029]+")
_TEX = {
    # Braces stand for groups in BibTeX, even escaped ones: these are written without any of their own.
    "{": r"\textbraceleft{}",
    "}": r"\textbraceright{}",
    "\\": r"\textbackslash{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    **{mark: f"\\{mark}" for mark in "%&#_$"},
}


@dataclass(frozen=True)
class Citation:
    """`address` leads to that very version for ever; `site` is the name of the catalogue."""

    document: PracticeDocument
    version: int
    published_at: datetime
    site: str
    address: str

    @property
    def authors(self) -> list[str]:
        return author_names(self.document)

    @property
    def title(self) -> str:
        return line(self.document.title)

    @property
    def year(self) -> int:
        return localtime(self.published_at).year

    @property
    def before_title(self) -> str:
        """“Aguas de Prueba S.A. E.S.P. (2026). ”"""
        named = _joined(self.authors) or line(self.site)
        return f"{named} ({self.year}). "

    @property
    def after_title(self) -> str:
        described = _("(version %(number)s) [Good practice %(code)s]") % {
            "number": self.version,
            "code": self.document.code,
        }
        site = f" {line(self.site)}." if self.authors else ""
        return f" {described}.{site} {self.address}"

    @property
    def text(self) -> str:
        """In the manner of APA."""
        return f"{self.before_title}{self.title}{self.after_title}"


def citation_of(publication: Publication, site: str, address: str) -> Citation:
    return Citation(publication.content, publication.number, publication.published_at, site, address)


def author_names(document: PracticeDocument) -> list[str]:
    """Each as this record writes it; the author line where it has no authors one by one."""
    found = [author.as_written or author.name for author in document.authors]
    return [line(name) for name in found or [document.author] if line(name)]


def line(text: str) -> str:
    """In one line, without what nobody sees."""
    return _UNSEEN.sub(" ", unicodedata.normalize("NFC", text)).strip()


def bibtex(citation: Citation) -> str:
    """One entry, in UTF-8. Whatever a title holds, its braces are balanced."""
    code, published = citation.document.code, localtime(citation.published_at)
    fields = {
        "author": " and ".join(f"{{{_tex(name)}}}" for name in citation.authors),
        "title": f"{{{_tex(citation.title)}}}",
        "year": str(published.year),
        "month": str(published.month),
        "publisher": f"{{{_tex(line(citation.site))}}}",
        "edition": str(citation.version),
        "number": _tex(code),
        "url": citation.address,
        "language": "spanish",
    }
    key = re.sub(r"[^A-Za-z0-9-]", "", code)
    lines = [f"  {name} = {{{value}}}," for name, value in fields.items() if value]
    return "\n".join([f"@misc{{{key}-v{citation.version},", *lines, "}", ""])


def ris(citation: Citation) -> str:
    """One reference: a tag a line, each line ended as the format wants it."""
    published = localtime(citation.published_at)
    fields = [
        ("TY", "GEN"),
        *(("AU", name) for name in citation.authors),
        ("TI", citation.title),
        ("PY", str(published.year)),
        ("DA", f"{published:%Y/%m/%d}"),
        ("ET", str(citation.version)),
        ("PB", line(citation.site)),
        ("M1", citation.document.code),
        ("AB", plain(citation.document.summary)),
        ("LA", "es"),
        ("UR", citation.address),
        ("ER", ""),
    ]
    return "".join(f"{tag}  - {line(value)}\r\n" for tag, value in fields if value or tag == "ER")


def _tex(text: str) -> str:
    return "".join(_TEX.get(character, character) for character in text)


def _joined(names: list[str]) -> str:
    """“A; B y C” would be read as one name with commas in it: firms are parted by semicolons."""
    return "; ".join(names)
