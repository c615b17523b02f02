"""What stands around every public page: the institution's identity, its links, the date of the last change.

Each worker keeps it under the catalogue version. A page that has asked for the version already pays nothing for it,
any other page one query; after a change, two more.
"""

import hashlib
import threading
from dataclasses import dataclass, field
from datetime import datetime

from django.conf import settings
from django.db import InterfaceError, OperationalError
from django.urls import reverse, translate_url
from django.utils.translation import get_language, override

from practices.drawing.stencil import Stencil
from practices.models.identity import Identity, IdentityLink
from practices.models.reading import database, source
from practices.models.version import CatalogueVersion

SPANISH = settings.LANGUAGE_CODE


@dataclass(frozen=True)
class FrameLink:
    """`lang` is the language of its label, where that is not the page's."""

    label: str
    address: str
    lang: str = ""


Links = dict[str, list[FrameLink]]


@dataclass(frozen=True)
class Frame:
    """As it was in one catalogue version. Without an identity where no database has told one."""

    version: int = -1
    updated_at: datetime | None = None
    identity: Identity | None = None
    logo_address: str = ""
    colours_address: str = ""
    by_language: dict[str, Links] = field(default_factory=dict)
    drawn: dict[tuple[str, str], Stencil] = field(default_factory=dict)
    """Its parts as they were drawn, by name and language."""
    stamps: dict[str, str] = field(default_factory=dict)
    """What tells drawings that show it from those that showed another, by the name of their part."""

    @property
    def site_name(self) -> str:
        return (self.identity and self.identity.site_name) or str(settings.SITE_NAME)

    @property
    def links(self) -> Links:
        """By place, in the language of the page."""
        return self.by_language.get(get_language() or SPANISH, {})

    @property
    def words(self) -> dict[str, str]:
        """What the institution's own pages may ask for by name."""
        own = self.identity or Identity(name="")
        return {
            "entidad": own.name,
            "sigla": own.short_name,
            "sitio": self.site_name,
            "nit": own.nit,
            "direccion": own.address,
            "ciudad": own.city,
            "horario": own.hours,
            "telefonos": own.telephones,
            "linea": own.free_line,
            "correo": own.email,
            "correo_judicial": own.judicial_email,
        }


_lock = threading.Lock()
_kept: dict[str, Frame] = {}


def frame() -> Frame:
    """Today's. Where the database is away, the last one that is known: a page that tells of it needs no database."""
    name = source()
    known = _kept.get(name, Frame())
    try:
        standing = CatalogueVersion.standing_of_request()
        if known.version == standing.number:
            return known
        read = _read(standing.number, standing.raised_at)
    except (OperationalError, InterfaceError):
        return known
    if not database().in_atomic_block:
        # What a transaction wrote may yet be rolled back: nothing of it is kept.
        with _lock:
            _kept[name] = read
    return read


def forget() -> None:
    """Drop what is kept: between tests, and when a database was replaced."""
    with _lock:
        _kept.clear()


def _read(version: int, updated_at: datetime | None) -> Frame:
    """Two queries."""
    identity = Identity.current()
    rows = list(IdentityLink.objects.all())
    return Frame(
        version,
        updated_at,
        identity,
        logo_address=_address("web:logo", str(identity.logo_id)) if identity.logo_id else "",
        colours_address=_address("web:colours", colours_key(identity)) if identity.has_own_colours else "",
        by_language={code: _links(rows, code) for code, _name in settings.LANGUAGES},
    )


def colours_key(identity: Identity) -> str:
    colours = f"{identity.brand}{identity.on_brand}{identity.action}".lower()
    return hashlib.sha256(colours.encode()).hexdigest()


def _address(name: str, key: str) -> str:
    """The same in both languages, and another for every content, so that it may be kept for ever."""
    with override(SPANISH):
        return f"{reverse(name)}?v={key[:12]}"


def _links(rows: list[IdentityLink], language: str) -> Links:
    found: Links = {}
    for row in rows:
        found.setdefault(row.place, []).append(_link(row, language))
    return found


def _link(row: IdentityLink, language: str) -> FrameLink:
    if language == SPANISH:
        return FrameLink(row.label, row.address)
    with override(SPANISH):
        # An address of this site leads to its page in the language of the reader, where there is one.
        address = translate_url(row.address, language) if row.address.startswith("/") else row.address
    return FrameLink(row.label_en, address) if row.label_en else FrameLink(row.label, address, "es")
