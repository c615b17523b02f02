"""What data there is, told once: the schema.org of /datos/ and the DCAT catalogue are both made of it. No queries."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise

from .citation import line
from .metadata import (
    COUNTRY,
    RECORD,
    Data,
    Owner,
    catalogue_id,
    filled,
    organization,
    organization_id,
    short_organization,
    trail_of,
)

Text = str | Promise
"""Of the interface: lazy, so that it can be told in each language."""


@dataclass(frozen=True)
class Shape:
    """A form that data can be had in; `name` is that of its view, `media_type` an IANA type. One answer `is_whole`
    where it holds all of the data, and not a page of it or its newest part."""

    name: str
    title: str
    media_type: str
    what: Text
    address: str = ""
    is_whole: bool = True


@dataclass(frozen=True)
class Dataset:
    """`name` tells it from others in the address of the catalogue, `page` shows it to people and lasts. The years are
    those that the data are about."""

    name: str
    page: str
    title: Text
    description: Text
    keywords: Sequence[Text]
    shapes: Sequence[Shape]
    first_year: str = ""
    last_year: str = ""


@dataclass(frozen=True)
class DataCatalogue:
    """`address` is that of its page and lasts, `here` that in the language of the reader. The service is its JSON
    addresses; `openapi` and `schema` are where they and the document of a practice are described for machines, ""
    where they are not."""

    owner: Owner
    address: str
    here: str
    title: Text
    description: Text
    provenance: Text
    service_title: Text
    service_description: Text
    datasets: Sequence[Dataset]
    version: str
    updated_at: datetime | None
    issued_at: datetime | None = None
    schema: str = ""
    openapi: str = ""

    def address_of(self, dataset: Dataset) -> str:
        return f"{self.address}#{dataset.name}"


def data_graph(catalogue: DataCatalogue, steps: Sequence[tuple[str, str]]) -> Data:
    """The catalogue as a schema.org DataCatalog, its Datasets, whose it is and the way to its page, whose `steps` are
    names and addresses."""
    owner = catalogue.owner
    described = [_dataset(catalogue, dataset) for dataset in catalogue.datasets]
    whole = _filled_catalogue(catalogue, [{"@id": dataset["@id"]} for dataset in described])
    return {"@context": "https://schema.org", "@graph": [whole, *described, organization(owner), trail_of(steps)]}


def _filled_catalogue(catalogue: DataCatalogue, datasets: list[Data]) -> Data:
    return filled(
        {
            **_short_catalogue(catalogue.owner),
            "url": catalogue.here,
            "description": str(catalogue.description),
            "publisher": _publisher(catalogue.owner),
            "dateModified": _moment(catalogue.updated_at),
            "inLanguage": RECORD,
            "isAccessibleForFree": True,
            "license": catalogue.owner.licence,
            "dataset": datasets,
        }
    )


def _dataset(catalogue: DataCatalogue, dataset: Dataset) -> Data:
    """As Google's guidelines for datasets ask."""
    owner, address = catalogue.owner, catalogue.address_of(dataset)
    return filled(
        {
            "@type": "Dataset",
            "@id": address,
            "url": catalogue.here,
            "sameAs": dataset.page,
            "identifier": address,
            "name": str(dataset.title),
            "description": str(dataset.description),
            "keywords": [str(keyword) for keyword in dataset.keywords],
            "creator": _publisher(owner),
            "publisher": _publisher(owner),
            "version": catalogue.version,
            "dateModified": _moment(catalogue.updated_at),
            "temporalCoverage": "/".join(dict.fromkeys(filter(None, (dataset.first_year, dataset.last_year)))),
            "spatialCoverage": COUNTRY,
            "inLanguage": RECORD,
            "isAccessibleForFree": True,
            "license": owner.licence,
            "includedInDataCatalog": _short_catalogue(owner),
            "distribution": [
                {
                    "@type": "DataDownload",
                    "name": shape.title,
                    "encodingFormat": shape.media_type,
                    "contentUrl": shape.address,
                }
                for shape in dataset.shapes
            ],
        }
    )


def _short_catalogue(owner: Owner) -> Data:
    return {"@type": "DataCatalog", "@id": catalogue_id(owner), "name": line(owner.site)}


def _publisher(owner: Owner) -> Data:
    return {"@id": organization_id(owner), **short_organization(owner), "url": owner.home}


def _moment(moment: datetime | None) -> str:
    return moment.isoformat(timespec="seconds") if moment else ""
