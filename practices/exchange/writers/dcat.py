"""The catalogue as RDF for the portals that harvest it: DCAT-AP 3.0 (https://semiceu.github.io/DCAT-AP/releases/3.0.0/).

Whoever needs it imports this module when it is asked for: rdflib takes 9 MB of a worker. What a value is, is said
beside it (its class, its label, its vocabulary), so that a validator that fetches nothing can tell. No blank nodes and
everything in one order: the same catalogue is the same to the byte.
"""

import json
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any
from urllib.parse import quote

from django.conf import settings
from django.utils.text import slugify
from django.utils.translation import override
from rdflib import DCAT, DCTERMS, FOAF, RDF, RDFS, SKOS, XSD, Graph, Literal, Namespace, URIRef
from rdflib.term import Node

from . import authorities as words
from .authorities import Word
from .citation import line
from .datasets import DataCatalogue, Dataset, Shape, Text
from .metadata import RECORD, catalogue_id, organization_id

# Newer than the names that rdflib knows.
VERSION = URIRef(f"{DCAT}version")
VCARD = Namespace("http://www.w3.org/2006/vcard/ns#")
DCATAP = Namespace("http://data.europa.eu/r5r/")
PREFIXES = {
    "dcat": DCAT,
    "dcatap": DCATAP,
    "dct": DCTERMS,
    "foaf": FOAF,
    "rdf": RDF,
    "rdfs": RDFS,
    "skos": SKOS,
    "vcard": VCARD,
    "xsd": XSD,
}
WKT = URIRef("http://www.opengis.net/ont/geosparql#wktLiteral")
PROFILE = "http://data.europa.eu/r5r/"
OPENAPI = "https://spec.openapis.org/oas/v3.1.0"
JSON_LINES = "application/x-ndjson"
THEMES = (words.ENERGY, words.ENVIRONMENT, words.GOVERNMENT)
# Of Colombia with its inhabited islands, in degrees, rounded outwards to a tenth; and about its middle.
BOX = "POLYGON((-81.8 -4.3,-66.8 -4.3,-66.8 13.5,-81.8 13.5,-81.8 -4.3))"
MIDDLE = "POINT(-73.1 4.1)"
Values = Node | Iterable[Node]


def turtle(catalogue: DataCatalogue) -> str:
    return graph_of(catalogue).serialize(format="turtle")


def json_ld(catalogue: DataCatalogue) -> str:
    """With its context inside: nobody has to fetch one."""
    context = {prefix: str(space) for prefix, space in PREFIXES.items()}
    text = graph_of(catalogue).serialize(format="json-ld", context=context, auto_compact=False)
    return json.dumps(in_order(json.loads(text)), ensure_ascii=False, indent=1, sort_keys=True)


def in_order(value: Any) -> Any:
    """The same with every list in one order, whatever order the graph was walked in: none of them is a sequence."""
    if isinstance(value, dict):
        return {name: in_order(item) for name, item in value.items()}
    if isinstance(value, list):
        return sorted(map(in_order, value), key=lambda item: json.dumps(item, sort_keys=True))
    return value


def graph_of(catalogue: DataCatalogue) -> Graph:
    return _Told(catalogue).graph


class _Told:
    """A catalogue as it is told, one thing after another."""

    def __init__(self, catalogue: DataCatalogue) -> None:
        self.graph = Graph(bind_namespaces="none")
        for prefix, space in PREFIXES.items():
            self.graph.bind(prefix, space)
        self.catalogue = catalogue
        self.publisher = self._publisher()
        self.contact = self._contact()
        self.country = self._country()
        self.licence = self._licence()
        self.page = self._document(catalogue.address)
        self.service = URIRef(f"{catalogue.address}#servicio")
        self.provenance = URIRef(f"{catalogue.address}#procedencia")
        self.tell(self.provenance, DCTERMS.ProvenanceStatement, {RDFS.label: said(catalogue.provenance)})
        datasets = [self._dataset(dataset) for dataset in catalogue.datasets]
        self._service(datasets)
        self._catalogue(datasets)

    def tell(self, subject: URIRef, kind: URIRef | tuple[URIRef, ...], facts: dict[URIRef, Values]) -> URIRef:
        """What `subject` is, and what is known of it."""
        for each in kind if isinstance(kind, tuple) else (kind,):
            self.graph.add((subject, RDF.type, each))
        for name, values in facts.items():
            for value in [values] if isinstance(values, Node) else values:
                self.graph.add((subject, name, value))
        return subject

    def word(self, word: Word) -> URIRef:
        """A word of a public vocabulary, with its label and the vocabulary that it is of."""
        scheme = URIRef(word.scheme.address)
        self.tell(scheme, SKOS.ConceptScheme, {DCTERMS.title: _both(word.scheme.es, word.scheme.en)})
        kinds = (SKOS.Concept, word.scheme.kind) if word.scheme.kind else (SKOS.Concept,)
        facts: dict[URIRef, Values] = {SKOS.prefLabel: _both(word.es, word.en), SKOS.inScheme: scheme}
        return self.tell(URIRef(word.address), kinds, facts)

    def _catalogue(self, datasets: list[URIRef]) -> None:
        catalogue, owner = self.catalogue, self.catalogue.owner
        english = [text for text in said(catalogue.title) if text.language != RECORD]
        facts: dict[URIRef, Values] = {
            # The site has a name of its own in Spanish.
            DCTERMS.title: [Literal(line(owner.site), lang=RECORD), *english],
            DCTERMS.description: said(catalogue.description),
            DCTERMS.publisher: self.publisher,
            DCTERMS.creator: self.publisher,
            DCTERMS.language: [self.word(words.SPANISH), self.word(words.ENGLISH)],
            DCTERMS.spatial: self.country,
            DCTERMS.conformsTo: self._standard(PROFILE, "DCAT-AP 3.0"),
            DCAT.themeTaxonomy: URIRef(words.THEMES.address),
            FOAF.homepage: self._document(owner.home),
            DCAT.dataset: datasets,
            DCAT.service: self.service,
            **self._licensed(),
            **self._dated(),
        }
        self.tell(URIRef(catalogue_id(owner)), DCAT.Catalog, facts)

    def _dataset(self, dataset: Dataset) -> URIRef:
        catalogue = self.catalogue
        address = URIRef(catalogue.address_of(dataset))
        shapes = [self._distribution(dataset, shape) for shape in dataset.shapes]
        facts: dict[URIRef, Values] = {
            DCTERMS.identifier: Literal(str(address)),
            DCTERMS.creator: self.publisher,
            DCTERMS.language: self.word(words.SPANISH),
            DCTERMS.spatial: self.country,
            DCTERMS.temporal: self._period(dataset),
            DCTERMS.accrualPeriodicity: self.word(words.IRREGULAR),
            DCTERMS.provenance: self.provenance,
            DCTERMS.conformsTo: self._schema(dataset),
            VERSION: Literal(catalogue.version),
            DCAT.distribution: shapes,
            FOAF.page: self._document(dataset.page),
            **self._dated(),
            **self._offered(dataset.title, dataset.description, dataset.keywords),
        }
        return self.tell(address, DCAT.Dataset, facts)

    def _service(self, datasets: list[URIRef]) -> None:
        """The JSON addresses, which take the filters of the list."""
        catalogue = self.catalogue
        paged = [shape for dataset in catalogue.datasets for shape in dataset.shapes if is_of_service(shape)]
        whole = catalogue.datasets[0]
        standard = [self._standard(OPENAPI, "OpenAPI 3.1")] if catalogue.openapi else []
        facts: dict[URIRef, Values] = {
            DCAT.endpointURL: [self._resource(shape.address) for shape in paged],
            DCAT.endpointDescription: self._resource(catalogue.openapi or catalogue.address),
            DCAT.servesDataset: datasets,
            DCTERMS.conformsTo: standard,
            DCTERMS.format: self.word(words.file_type("application/json")),
            **self._licensed(),
            **self._offered(catalogue.service_title, catalogue.service_description, whole.keywords),
        }
        self.tell(self.service, DCAT.DataService, facts)

    def _distribution(self, dataset: Dataset, shape: Shape) -> URIRef:
        media_type = words.media_type_address(shape.media_type)
        access = self._resource(shape.address)
        facts: dict[URIRef, Values] = {
            DCTERMS.title: Literal(shape.title),
            DCTERMS.description: said(shape.what),
            DCAT.accessURL: access,
            DCAT.downloadURL: access if shape.is_whole else [],
            DCAT.accessService: self.service if is_of_service(shape) else [],
            DCAT.mediaType: self.tell(URIRef(media_type), DCTERMS.MediaType, {}) if media_type else [],
            DCTERMS.format: self.word(words.file_type(shape.media_type)),
            DCTERMS.language: self.word(words.SPANISH),
            DCTERMS.conformsTo: self._schema(dataset) if shape.media_type == JSON_LINES else [],
            DCATAP.availability: self.word(words.STABLE),
            **self._licensed(),
            **self._dated(),
        }
        address = f"{self.catalogue.address_of(dataset)}-{slugify(shape.title)}"
        return self.tell(URIRef(address), DCAT.Distribution, facts)

    def _offered(self, title: Text, description: Text, keywords: Iterable[Text]) -> dict[URIRef, Values]:
        """What is said of whatever people may look for."""
        return {
            DCTERMS.title: said(title),
            DCTERMS.description: said(description),
            DCTERMS.publisher: self.publisher,
            DCTERMS.accessRights: self.word(words.PUBLIC),
            DCAT.keyword: [text for keyword in keywords for text in said(keyword)],
            DCAT.theme: [self.word(theme) for theme in THEMES],
            DCAT.contactPoint: self.contact,
            DCAT.landingPage: self.page,
        }

    def _dated(self) -> dict[URIRef, Values]:
        return {
            DCTERMS.issued: _moment(self.catalogue.issued_at),
            DCTERMS.modified: _moment(self.catalogue.updated_at),
        }

    def _licensed(self) -> dict[URIRef, Values]:
        return {DCTERMS.license: self.licence}

    def _publisher(self) -> URIRef:
        """Of what type it is, is told only of a public body: the site is about a whole country."""
        owner = self.catalogue.owner
        facts: dict[URIRef, Values] = {
            FOAF.name: Literal(line(owner.name), lang=RECORD),
            FOAF.homepage: self._document(owner.home),
            DCTERMS.type: self.word(words.NATIONAL_AUTHORITY) if owner.is_public_body else [],
        }
        return self.tell(URIRef(organization_id(owner)), FOAF.Agent, facts)

    def _contact(self) -> URIRef:
        """The institution's own, never a person's."""
        owner = self.catalogue.owner
        email = URIRef(f"mailto:{quote(owner.email, safe='@.+-_')}")
        facts: dict[URIRef, Values] = {
            VCARD.fn: Literal(line(owner.name), lang=RECORD),
            VCARD.hasEmail: email if owner.email else [],
            VCARD.hasURL: self._document(owner.home),
        }
        return self.tell(URIRef(f"{owner.home}#contacto"), (VCARD.Kind, VCARD.Organization), facts)

    def _licence(self) -> Values:
        """The institution's page of terms, which ask for the source to be named."""
        address = self.catalogue.owner.licence
        if not address:
            return []
        return self.tell(URIRef(address), DCTERMS.LicenseDocument, {DCTERMS.type: self.word(words.ATTRIBUTION)})

    def _country(self) -> URIRef:
        country = self.word(words.COLOMBIA)
        box, middle = Literal(BOX, datatype=WKT), Literal(MIDDLE, datatype=WKT)
        return self.tell(country, DCTERMS.Location, {DCAT.bbox: box, DCAT.centroid: middle})

    def _period(self, dataset: Dataset) -> Values:
        """From the first day of the first year to the last of the last: what whole years are, in the one way that
        every validator reads."""
        if not dataset.first_year:
            return []
        facts: dict[URIRef, Values] = {
            DCAT.startDate: Literal(f"{dataset.first_year}-01-01", datatype=XSD.date),
            DCAT.endDate: Literal(f"{dataset.last_year}-12-31", datatype=XSD.date),
        }
        address = URIRef(f"{self.catalogue.address_of(dataset)}-periodo")
        return self.tell(address, DCTERMS.PeriodOfTime, facts)

    def _schema(self, dataset: Dataset) -> Values:
        """That of the document of a practice, of the data that hold such documents."""
        lines = any(shape.media_type == JSON_LINES for shape in dataset.shapes)
        return self._standard(self.catalogue.schema, "JSON Schema") if lines and self.catalogue.schema else []

    def _standard(self, address: str, title: str) -> URIRef:
        return self.tell(URIRef(address), DCTERMS.Standard, {DCTERMS.title: Literal(title)})

    def _document(self, address: str) -> URIRef:
        return self.tell(URIRef(address), FOAF.Document, {})

    def _resource(self, address: str) -> URIRef:
        """As version 3.0.0 of the profile wants it said, although everything is one."""
        return self.tell(URIRef(address), RDFS.Resource, {})


def is_of_service(shape: Shape) -> bool:
    return shape.media_type == "application/json"


def said(text: Text) -> list[Literal]:
    """In each language of the interface."""
    found = []
    for code, _name in settings.LANGUAGES:
        with override(code):
            found.append(Literal(line(str(text)), lang=code.partition("-")[0]))
    return found


def _both(es: str, en: str) -> list[Literal]:
    return [Literal(es, lang="es"), Literal(en, lang="en")]


def _moment(moment: datetime | None) -> Values:
    return Literal(moment.astimezone(UTC).isoformat(timespec="seconds"), datatype=XSD.dateTime) if moment else []
