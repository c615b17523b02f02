"""The article of a practice: all of its page that nobody chooses, drawn when it is published.

In Spanish only: nearly everybody reads that, and the other pages are drawn when they are asked for. What is not the
document's own are slots: the address of the site, contacts, the way to related practices, links that do not answer.
"""

import hashlib
import json
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import astuple, dataclass
from html import escape
from typing import Any
from urllib.parse import quote

import msgspec
from django.conf import settings
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import override

from practices.browse.collection import Collection
from practices.browse.unavailable import unavailable
from practices.document import PracticeDocument
from practices.drawing.stencil import filled, slot
from practices.exchange.writers.citation import citation_of
from practices.exchange.writers.drawn import drawable, late
from practices.exchange.writers.link_notes import notes_in
from practices.exchange.writers.metadata import Owner, metadata_of
from practices.exchange.writers.page import TITLES, Chapter, PracticePage, Section, edition_of
from practices.exchange.writers.sharing import shares
from practices.exchange.writers.stencils import drawn, fill
from practices.language.texts import shorten
from practices.models.contact import Contact
from practices.models.drawn import Drawn
from practices.models.publication import Publication
from practices.web import kin_block
from practices.web.addresses import lasting_address
from practices.web.frame import frame
from practices.web.surroundings import owner, picture_address, surroundings

PART = "article"
SPANISH = settings.LANGUAGE_CODE
DESCRIPTION = 160
BATCH = 100
CONTACTS = "contacto"


class Anywhere(HttpRequest):
    """A request to this site under whatever name it will be asked by."""

    def build_absolute_uri(self, location: str | None = None) -> str:
        return f"{slot('origin')}{location}"


@dataclass(frozen=True)
class Article:
    """The blocks of the page. Title and description are plain texts, the others HTML."""

    title: str
    description: str
    head: str
    trail: str
    content: str


@dataclass(frozen=True)
class Site:
    """What an article says of the site around it."""

    owner: Owner
    name: str

    @property
    def stamp(self) -> str:
        """Of the build that drew it and the site as it was: 16 characters."""
        said = json.dumps([settings.BUILD, self.name, astuple(self.owner)], default=str)
        return hashlib.sha256(said.encode()).hexdigest()[:16]


def this_site() -> Site:
    """Three queries inside a transaction, else none."""
    around = frame()
    # Commands publish, too, and know nothing of the static files that are served.
    return Site(owner(Anywhere(), picture=slot("picture")), around.site_name)


def stamp_of_frame() -> str:
    """Today's, kept with the frame that it is made of."""
    kept = frame().stamps
    if PART not in kept:
        kept[PART] = this_site().stamp
    return kept[PART]


def draw_published(sender: Any, publications: list[Publication], **kwargs: Any) -> None:
    """Receiver of `published`: the article, in the transaction that publishes. Where many are published at once they
    are left to `manage.py draw`, which does it on every core."""
    if len(publications) == 1:
        _draw(publications)


def draw_late(share: tuple[int, int] = (0, 1)) -> Iterator[int]:
    """Draw the articles that are late; yields how many were done."""
    ids = late(PART, this_site().stamp, share)
    for start in range(0, len(ids), BATCH):
        batch = ids[start : start + BATCH]
        _draw(list(Publication.objects.still_current().filter(pk__in=batch).order_by()))
        yield len(batch)


def _draw(publications: list[Publication]) -> None:
    Drawn.write(rows_of(publications))


def rows_of(publications: list[Publication]) -> list[Drawn]:
    """The articles of these publications as this build draws them on this site, not yet in the database."""
    site = this_site()
    stamp = site.stamp
    return [
        Drawn(publication=publication, part=PART, build=stamp, content=packed(article_of(publication, site)))
        for publication in publications
    ]


def article_of(publication: Publication, site: Site) -> Article:
    with override(SPANISH):
        return _article_of(publication, drawable(publication), site)


def _article_of(publication: Publication, document: PracticeDocument, site: Site) -> Article:
    anywhere, code = Anywhere(), publication.code
    permanent = lasting_address(anywhere, "practice_detail", code)
    page = PracticePage(
        document,
        language=SPANISH,
        edition=edition_of(publication),
        file_address=lambda number, _file: reverse("web:attachment", args=[code, number]),
    )
    version = lasting_address(anywhere, "version", code, publication.number)
    context = {
        "page": page,
        "document": document,
        "permanent": permanent,
        "citation": citation_of(publication, site.name, version),
        "shares": shares(document.title, permanent),
        "metadata": metadata_of(publication, surroundings(anywhere, publication, site.owner)),
    }
    head, trail, content = (
        # In addresses that are part of other addresses the mark of the slot is quoted, too.
        drawn(f"practices/partials/{name}.html", SPANISH, **context).replace(_QUOTED, slot("origin_quoted"))
        for name in ("metadata", "article_trail", "article")
    )
    described = shorten(document.summary, DESCRIPTION) or shorten(document.impact, DESCRIPTION) or document.title
    return Article(f"{document.title} ({document.code})", described, head, trail, content)


_QUOTED = quote(slot("origin"), safe="")


def packed(article: Article) -> bytes:
    return zlib.compress(msgspec.json.encode(astuple(article)))


def unpacked(content: bytes) -> Article:
    return Article(*msgspec.json.decode(zlib.decompress(content)))


@dataclass(frozen=True)
class DrawnPage:
    """What is at hand of the page of a current publication. `kin` is None where its block is of another catalogue."""

    publication: int
    practice: int
    article: Article
    kin: SafeString | None


def page_drawn(code: str, known: Collection) -> DrawnPage | None:
    """As it was drawn for this site by this build; None where it was not, or where the code is not just that of a
    current publication. One query."""
    found = Drawn.of_code(code, PART, kin_block.PART)
    article = found.get((PART, stamp_of_frame()))
    if article is None:
        return None
    kin = found.get((kin_block.PART, kin_block.stamp_of(known)))
    pk, practice, content = article
    return DrawnPage(pk, practice, unpacked(content), mark_safe(kin[2].decode()) if kin else None)


def completed(article: Article, request: HttpRequest, contacts: Sequence[Contact], *, has_related: bool) -> Article:
    """The article for this request."""
    origin = request.build_absolute_uri("/")[:-1]
    values = {
        "origin": escape(origin),
        "origin_quoted": quote(origin, safe=""),
        "picture": escape(picture_address(request)),
    }
    values |= notes_in(article.content, unavailable())
    if contacts:
        values |= _contacts(contacts)
    if has_related:
        values["related_entry"] = fill("practices/partials/related_entry.html", SPANISH)
    return Article(
        article.title,
        article.description,
        *(_filled(text, values) for text in (article.head, article.trail, article.content)),
    )


def _filled(text: str, values: dict[str, str]) -> SafeString:
    return mark_safe(filled(text, values))


def _contacts(contacts: Sequence[Contact]) -> dict[str, str]:
    section = Section(CONTACTS, TITLES[CONTACTS], "practices/sections/contacts.html")
    chapter = Chapter(CONTACTS, TITLES[CONTACTS], (section,))
    context = {"chapter": chapter, "page": {"contacts": contacts}}
    return {
        "contacts": render_to_string("practices/partials/chapter.html", context),
        "contacts_entry": f'<li><a href="#{CONTACTS}">{escape(str(chapter.title))}</a></li>',
    }
