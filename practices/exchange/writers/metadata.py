"""What a page says of itself to machines: schema.org as JSON-LD, Dublin Core, Highwire's citation tags, Open Graph.

Plain values made of a frozen document and of the site around it. No queries, and no contacts: documents hold none.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from practices.document import Author, Implementation, Place, PracticeDocument
from practices.language.texts import shorten
from practices.models.publication import Publication

from .citation import author_names, line
from .open_graph import Preview, open_graph

ABSTRACT, DESCRIPTION = 600, 200
MOST_PLACES = 40
"""A practice of more municipalities than this is told by its departments."""
RECORD = "es"
COUNTRY: dict[str, Any] = {"@type": "Country", "name": "Colombia"}
Data = dict[str, Any]
Tags = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Owner:
    """Whose site it is. Addresses are absolute; `licence` leads to the terms of use, "" where none are known; `email`
    is where citizens write to, `picture` what its pages are shown with where they are shared."""

    site: str
    home: str
    practices: str
    name: str
    short_name: str = ""
    nit: str = ""
    is_government: bool = False
    logo: str = ""
    same_as: tuple[str, ...] = ()
    licence: str = ""
    email: str = ""
    is_public_body: bool = False
    picture: str = ""


@dataclass(frozen=True)
class Surroundings:
    """Where a practice stands: addresses that last, and those of the page in the language of the reader.

    `authors` is what the addresses of authors begin with.
    """

    owner: Owner
    permanent: str
    version: str
    data: str
    pdf: str
    authors: str
    here: str
    home: str
    listing: str
    language: str


@dataclass(frozen=True)
class Metadata:
    """`tags` are for `<meta name>`, `open_graph` for `<meta property>`, `graph` is JSON-LD."""

    tags: Tags
    open_graph: Tags
    graph: Data


def metadata_of(publication: Publication, around: Surroundings) -> Metadata:
    document = publication.content
    abstract = shorten(document.summary or document.impact, ABSTRACT)
    description = shorten(abstract, DESCRIPTION)
    tags = (*dublin_core(publication, around, description), *citation_tags(publication, around))
    graph = {
        "@context": "https://schema.org",
        "@graph": [report(publication, around, abstract), trail(document, around)],
    }
    return Metadata(_said(tags), _said(article(publication, around, description)), graph)


def _said(tags: Iterable[tuple[str, str]]) -> Tags:
    """Those that say something, each in one line."""
    return tuple((name, said) for name, content in tags if (said := line(content)))


def dublin_core(publication: Publication, around: Surroundings, description: str) -> Iterator[tuple[str, str]]:
    document = publication.content
    yield "DC.title", document.title
    for name in author_names(document):
        yield "DC.creator", name
    yield "DC.description", description
    yield "DC.publisher", around.owner.name
    yield "DC.date", _day(publication.published_at)
    yield "DCTERMS.issued", _day(publication.first_published_at)
    yield "DCTERMS.modified", _day(publication.published_at)
    yield "DC.identifier", document.code
    yield "DC.type", "Text"
    yield "DC.format", "text/html"
    yield "DC.language", RECORD
    yield from (("DC.subject", subject) for subject in subjects(document))
    yield "DC.coverage", shorten(document.coverage.text, DESCRIPTION)
    yield "DC.rights", around.owner.licence


def citation_tags(publication: Publication, around: Surroundings) -> Iterator[tuple[str, str]]:
    """The date and the address are those of the version, as in the citation that the page shows; what Google Scholar
    opens is the page."""
    document = publication.content
    yield "citation_title", document.title
    for name in author_names(document):
        yield "citation_author", name
    yield "citation_publication_date", f"{localtime(publication.published_at):%Y/%m/%d}"
    yield "citation_technical_report_institution", around.owner.name
    yield "citation_technical_report_number", document.code
    yield "citation_language", RECORD
    yield from (("citation_keywords", subject) for subject in subjects(document))
    yield "citation_public_url", around.version
    yield "citation_abstract_html_url", around.permanent
    yield "citation_pdf_url", around.pdf


def article(publication: Publication, around: Surroundings, description: str) -> Iterator[tuple[str, str]]:
    """Open Graph."""
    owner = around.owner
    page = Preview(
        publication.title, description, around.here, owner.site, owner.picture, around.language, kind="article"
    )
    yield from open_graph(page)
    yield "article:published_time", publication.first_published_at.isoformat(timespec="seconds")
    yield "article:modified_time", publication.published_at.isoformat(timespec="seconds")


def subjects(document: PracticeDocument) -> list[str]:
    return [*([document.category.name] if document.category else []), *(service.name for service in document.services)]


def report(publication: Publication, around: Surroundings, abstract: str) -> Data:
    """A schema.org Report: the kind of Article that an institution gives a number of its own. A bare CreativeWork has
    no such number, an Article is read as news, and a HowTo needs steps that a practice does not have."""
    document = publication.content
    return filled(
        {
            "@type": "Report",
            "@id": around.permanent,
            "url": around.here,
            "name": line(document.title),
            "headline": line(document.title),
            "abstract": abstract,
            "image": around.owner.picture,
            "author": [_author(author, around.authors) for author in document.authors] or _named(document),
            "publisher": {"@id": organization_id(around.owner), **short_organization(around.owner)},
            "reportNumber": document.code,
            "identifier": document.code,
            "version": publication.number,
            "datePublished": publication.first_published_at.isoformat(timespec="seconds"),
            "dateModified": publication.published_at.isoformat(timespec="seconds"),
            "temporalCoverage": interval(document.implemented),
            "spatialCoverage": places(document),
            "about": list(_about(document, around.owner.practices)),
            "award": line(document.distinction),
            "creativeWorkStatus": "Demonstration record" if document.demonstration else "Published",
            "inLanguage": RECORD,
            "license": around.owner.licence,
            "isAccessibleForFree": True,
            "isPartOf": {"@type": "DataCatalog", "@id": catalogue_id(around.owner), "name": around.owner.site},
            "encoding": [
                {"@type": "MediaObject", "encodingFormat": kind, "contentUrl": address}
                for kind, address in (("application/json", around.data), ("application/pdf", around.pdf))
            ],
        }
    )


def trail(document: PracticeDocument, around: Surroundings) -> Data:
    """The way to the page, as the page shows it."""
    steps = [(_("Home"), around.home), (_("Practices"), around.listing)]
    if document.category:
        steps.append((document.category.name, _list_of(around.listing, "categoria", document.category.slug)))
    steps.append((document.code, around.here))
    return trail_of(steps)


def trail_of(steps: Iterable[tuple[str, str]]) -> Data:
    """Of the names and the addresses of its steps."""
    items = [
        {"@type": "ListItem", "position": place, "name": line(name), "item": address}
        for place, (name, address) in enumerate(steps, 1)
    ]
    return {"@type": "BreadcrumbList", "itemListElement": items}


def interval(implemented: Implementation) -> str:
    """ISO 8601 as schema.org writes it: “2020-04”, “2020/2021”, and “2020/..” where it goes on."""
    start, end = implemented.start, implemented.end
    return start if start == end else f"{start}/{end or '..'}"


def places(document: PracticeDocument) -> list[Data]:
    """The country, else the municipalities, and the departments as a whole that none of them stand for."""
    coverage = document.coverage
    if coverage.national:
        return [COUNTRY]
    municipalities = coverage.municipalities if len(coverage.municipalities) <= MOST_PLACES else ()
    departments = {place.code: place for place in coverage.departments}
    told = {place.department for place in municipalities}
    whole = [_place(place) for code, place in departments.items() if code not in told]
    return [_place(place, departments.get(place.department)) for place in municipalities] + whole


def _place(place: Place, department: Place | None = None) -> Data:
    around = {"containedInPlace": {"@type": "AdministrativeArea", "name": department.name}} if department else {}
    identifier = {"@type": "PropertyValue", "propertyID": "DIVIPOLA", "value": place.code}
    return {"@type": "AdministrativeArea", "name": place.name, "identifier": identifier, **around}


def _about(document: PracticeDocument, practices: str) -> Iterator[Data]:
    """What it is about, each with the list of the practices that are about the same."""
    if document.category:
        yield _term(document.category.name, _list_of(practices, "categoria", document.category.slug))
    for service in document.services:
        yield _term(service.name, _list_of(practices, "servicio", service.slug))


def _term(name: str, address: str) -> Data:
    return {"@type": "DefinedTerm", "name": line(name), "url": address}


def _list_of(practices: str, facet: str, value: str) -> str:
    return f"{practices}?{urlencode({facet: value})}"


def _author(author: Author, beginning: str) -> Data:
    website = author.website if author.website.startswith(("http://", "https://")) else ""
    address = f"{beginning}{author.slug}/" if author.slug else ""
    return filled({"@type": "Organization", "name": line(author.name), "url": address, "sameAs": website})


def _named(document: PracticeDocument) -> list[Data]:
    return [{"@type": "Organization", "name": name} for name in author_names(document)]


def author_graph(author: Author, lasting: str, here: str, steps: Iterable[tuple[str, str]]) -> Data:
    """An organisation whose practices are here, at an address that lasts, and the way to its page."""
    described = {"@id": lasting, **_author(author, ""), "alternateName": line(author.acronym), "url": here}
    return {"@context": "https://schema.org", "@graph": [filled(described), trail_of(steps)]}


def site_graph(owner: Owner) -> Data:
    """The institution and its site, whose search others may offer."""
    return {"@context": "https://schema.org", "@graph": [organization(owner), website(owner)]}


def organization(owner: Owner) -> Data:
    return filled(
        {
            "@id": organization_id(owner),
            **short_organization(owner),
            "alternateName": line(owner.short_name),
            "url": owner.home,
            "logo": owner.logo,
            "taxID": line(owner.nit),
            "sameAs": list(owner.same_as),
        }
    )


def website(owner: Owner) -> Data:
    return {
        "@type": "WebSite",
        "@id": f"{owner.home}#sitio",
        "name": line(owner.site),
        "url": owner.home,
        "inLanguage": [RECORD, "en"],
        "publisher": {"@id": organization_id(owner), **short_organization(owner)},
        "potentialAction": {
            "@type": "SearchAction",
            "target": {"@type": "EntryPoint", "urlTemplate": f"{owner.practices}?q={{search_term_string}}"},
            "query-input": "required name=search_term_string",
        },
    }


def short_organization(owner: Owner) -> Data:
    return {"@type": "GovernmentOrganization" if owner.is_government else "Organization", "name": line(owner.name)}


def organization_id(owner: Owner) -> str:
    return f"{owner.home}#entidad"


def catalogue_id(owner: Owner) -> str:
    return f"{owner.home}#catalogo"


def filled(values: Data) -> Data:
    """Without what says nothing."""
    return {name: value for name, value in values.items() if value not in ("", [], None)}


def _day(moment: datetime) -> str:
    return f"{localtime(moment):%Y-%m-%d}"
