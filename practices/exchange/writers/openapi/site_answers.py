"""The JSON answers of the pages around the practices: who, which versions, which criteria, what there is."""

from datetime import datetime
from typing import Annotated, Literal

from django.utils.translation import gettext_noop as _
from msgspec import Struct

from practices.document import CriterionGroup, OrganizationKind
from practices.language.differences import Fate

from .answers import Count, Paged, Summary, Twin, Value
from .declarations import says

Note = Annotated[str, says(_("What changed, in the words of who published it."))]


class DescribedAuthor(Struct):
    value: Annotated[str, says(_("Its value in the parameter autor, and in the address of its page."))]
    name: Annotated[str, says(_("The name that the catalogue gives to the same organisation everywhere."))]
    acronym: Annotated[str, says(_("Its initials, where it uses them."))]
    kind: Annotated[OrganizationKind, says(_("What kind of organisation it is."))]
    website: Annotated[str, says(_("Its own address."))]


class AuthorPage(Paged):
    author: DescribedAuthor


class Version(Struct):
    version: Annotated[int, says(_("Number of the version."), minimum=1)]
    status: Annotated[
        Literal["current", "superseded", "withdrawn"],
        says(_("Whether it is in force, was replaced or was withdrawn.")),
    ]
    published: Annotated[datetime, says(_("When it was published."))]
    note: Note
    withdrawn: Annotated[datetime | None, says(_("When it was withdrawn; null where it was not."))]
    reason: Annotated[str, says(_("Why it was withdrawn; empty where it was not."))]
    url: Annotated[str | None, says(_("Address of its page; null where it was withdrawn."))]
    data: Annotated[str | None, says(_("Address of its document; null where it was withdrawn."))]


class ListedVersion(Version):
    before: Annotated[int | None, says(_("Number of the version before it that can still be read."))]
    changes: Annotated[str | None, says(_("Address of what changed since the version before."))]


class Versions(Twin):
    code: Annotated[str, says(_("Permanent code of the practice."))]
    title: Annotated[str, says(_("Title of the practice."))]
    version: Annotated[int, says(_("Number of the version in force."), minimum=1)]
    versions: Annotated[list[ListedVersion], says(_("Every version, the newest first."))]


class Stretch(Struct):
    fate: Annotated[Fate, says(_("Whether the text was kept, added or removed."))]
    text: str


class Change(Struct):
    field: Annotated[str, says(_("Name of the field in the document."))]
    name: Annotated[str, says(_("Name of the field as people read it."))]
    stretches: Annotated[list[Stretch], says(_("Both texts in one, in stretches."))]


class ComparedVersions(Twin):
    code: Annotated[str, says(_("Permanent code of the practice."))]
    title: Annotated[str, says(_("Title of the practice."))]
    before: Version
    after: Version
    readable: Annotated[list[int], says(_("Numbers of the versions that can be compared."))]
    changes: Annotated[list[Change], says(_("Fields in which they differ."))]


class Counted(Value):
    count: Count
    url: Annotated[str, says(_("Address of the list of these practices."), format="uri")]


class NamedCriterion(Struct):
    criterion: Annotated[str, says(_("Its value in the parameter criterio."))]
    name: Annotated[str, says(_("Name of the criterion."))]
    url: Annotated[str, says(_("Address of what it asks."), format="uri")]


class Home(Twin):
    site: Annotated[str, says(_("Name of this site."))]
    count: Count
    categories: list[Counted]
    services: list[Counted]
    departments: list[Counted]
    newest: Annotated[list[Summary], says(_("The practices that were published last."))]
    criteria: list[NamedCriterion]


class DescribedCriterion(Struct):
    criterion: Annotated[str, says(_("Its value in the parameter criterio."))]
    name: Annotated[str, says(_("Name of the criterion."))]
    group: Annotated[CriterionGroup, says(_("minimum: asked of every good practice; contest: asked in contests."))]
    description: Annotated[str, says(_("What it asks, in the words of the institution."))]
    url: Annotated[str, says(_("Address of the list of the practices that meet it."), format="uri")]


class Criteria(Twin):
    criteria: list[DescribedCriterion]


class SitePage(Twin):
    title: Annotated[str, says(_("Title of the page."))]
    language: Annotated[str, says(_("Language of its text, which may be another than that of the address."))]
    updated: Annotated[datetime, says(_("When its text was written last."))]
    text: Annotated[str, says(_("Plain text: an empty line begins a paragraph, ## a heading, • an item of a list."))]


class Way(Struct):
    title: Annotated[str, says(_("Title of the page."))]
    url: Annotated[str, says(_("Address of the page."), format="uri")]
    data: Annotated[str | None, says(_("Address of the same as data; null where there is none."))]


class SiteMap(Twin):
    count: Count
    catalogue: Annotated[list[Way], says(_("Pages of the catalogue."))]
    institution: Annotated[list[Way], says(_("The institution's own pages."))]
    categories: list[Counted]
    services: list[Counted]
    departments: list[Counted]


class Shape(Struct):
    name: str
    title: Annotated[str, says(_("Name of the format."))]
    media_type: Annotated[str, says(_("As registered by IANA."))]
    what: Annotated[str, says(_("What it holds."))]
    url: Annotated[str, says(_("Address of the data."), format="uri")]


class ShapeGroup(Struct):
    title: Annotated[str, says(_("What the data are of."))]
    shapes: list[Shape]


class NamedParameter(Struct):
    name: Annotated[str, says(_("Name of the parameter."))]
    what: Annotated[str, says(_("What it chooses."))]


class Example(Struct):
    what: Annotated[str, says(_("What the command gets."))]
    command: str


class OpenData(Twin):
    count: Count
    licence: Annotated[str | None, says(_("Address of the terms under which the contents may be used."))]
    updated: Annotated[datetime | None, says(_("When the catalogue changed last."))]
    groups: list[ShapeGroup]
    parameters: list[NamedParameter]
    examples: list[Example]


class AnyObject(Struct):
    """Whose own standard tells what it holds."""
