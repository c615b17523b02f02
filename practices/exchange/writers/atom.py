"""A selection as an Atom feed (RFC 4287): what Django's own leaves out is written here."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from xml.sax.xmlreader import AttributesImpl

from django.utils.feedgenerator import Atom1Feed, rfc3339_date
from django.utils.xmlutils import SimplerXMLGenerator

from practices.language.texts import shorten
from practices.models.publication import Publication

from .citation import author_names, line

SUMMARY = 600
"""Characters of what an entry says of a practice."""
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True)
class FeedHead:
    """What a feed says of itself. `address` is its own and its id; `updated` counts where it has no entries."""

    title: str
    address: str
    page_address: str
    language: str
    publisher: str
    updated: datetime


@dataclass(frozen=True)
class Entry:
    """`lasting` is the address under the first code of the practice, its id for ever; `address` leads to the page in
    the language of the reader."""

    publication: Publication
    lasting: str
    address: str


def atom(head: FeedHead, entries: Iterable[Entry]) -> str:
    """XML in UTF-8. No queries; no contacts: documents hold none."""
    feed = PracticeFeed(
        title=xml_text(head.title),
        link=head.page_address,
        description=None,
        language=head.language,
        author_name=xml_text(head.publisher),
        feed_url=head.address,
        feed_guid=head.address,
        when_empty=head.updated,
    )
    for entry in entries:
        published, document = entry.publication, entry.publication.content
        categories = [(document.category.slug, document.category.name)] if document.category else []
        feed.add_item(
            title=xml_text(document.title),
            link=entry.address,
            description=xml_text(shorten(document.summary or document.impact, SUMMARY)),
            unique_id=entry.lasting,
            pubdate=published.first_published_at,
            updateddate=published.published_at,
            names=[xml_text(name) for name in author_names(document)],
            labelled=[*categories, *((service.slug, service.name) for service in document.services)],
        )
    return str(feed.writeString("utf-8"))


def xml_text(text: str) -> str:
    """In one line, without the characters that XML cannot hold."""
    return line(_NOT_XML.sub(" ", text))


class PracticeFeed(Atom1Feed):
    """Entries with all of their authors and labels, their summary as the text that it is, in Spanish."""

    def root_attributes(self) -> dict[str, str]:
        return {"xmlns": self.ns, "xml:lang": self.feed["language"]}

    def latest_post_date(self) -> datetime:
        """Without entries not the moment of the visit: a feed that has not changed says so."""
        return max((item["updateddate"] for item in self.items), default=self.feed["when_empty"])

    def item_attributes(self, item: dict[str, Any]) -> dict[str, str]:
        return {"xml:lang": "es"}

    def add_item_elements(self, handler: SimplerXMLGenerator, item: dict[str, Any]) -> None:
        handler.addQuickElement("id", item["unique_id"])
        handler.addQuickElement("title", item["title"])
        handler.addQuickElement("link", "", {"rel": "alternate", "type": "text/html", "href": item["link"]})
        handler.addQuickElement("published", rfc3339_date(item["pubdate"]))
        handler.addQuickElement("updated", rfc3339_date(item["updateddate"]))
        for name in item["names"]:
            handler.startElement("author", AttributesImpl({}))
            handler.addQuickElement("name", name)
            handler.endElement("author")
        for term, label in item["labelled"]:
            handler.addQuickElement("category", "", {"term": term, "label": xml_text(label)})
        handler.addQuickElement("summary", item["description"], {"type": "text"})
