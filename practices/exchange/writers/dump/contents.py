"""What the files of a dump hold. Each is written from the same doors as the exports of the list."""

import json
from array import array
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from practices.exchange.writers.csv_out import INTERNATIONAL, SPANISH, Dialect
from practices.exchange.writers.csv_table import lines_of
from practices.exchange.writers.tombstones import tombstone_of
from practices.models.publication import Publication

CSV = "text/csv; charset=utf-8"
LINES = "application/x-ndjson"
BATCH = 500
AddressOf = Callable[[str], str]
"""From the code of a practice to its permanent address."""


@dataclass(frozen=True)
class Table:
    """A file: as many records as that, and the text that is made of them as they are read."""

    name: str
    media_type: str
    kind: str
    total: int
    records: Iterable[Publication]
    text: Callable[[Iterable[Publication]], Iterable[str]]


def tables(address_of: AddressOf) -> list[Table]:
    """Practices in the order of their exports, the newest first; versions by code and number; tombstones by code."""
    current, versions = Batches(Publication.objects.current().order_by("-pk")), Batches(public_versions())
    withdrawn = Publication.objects.withdrawn().defer("document").order_by("code")
    return [
        Table("practicas.jsonl", LINES, "practices", len(current), current, _documents),
        Table("practicas.csv", CSV, "practices", len(current), current, _rows(address_of, SPANISH)),
        Table(
            "practicas-internacional.csv", CSV, "practices", len(current), current, _rows(address_of, INTERNATIONAL)
        ),
        Table("versiones.jsonl", LINES, "versions", len(versions), versions, _versions),
        Table("retiradas.jsonl", LINES, "withdrawn", withdrawn.count(), withdrawn, _tombstones(address_of)),
    ]


def public_versions() -> QuerySet[Publication]:
    """Every version that has a public address: of practices in force, and not withdrawn itself."""
    in_force = Publication.objects.current().order_by().values("practice_id")
    found = Publication.objects.filter(practice_id__in=in_force, withdrawn_at__isnull=True)
    return found.order_by("code_key", "number")


class Batches(Iterable[Publication]):
    """Publications in an order, read a batch at a time, as often as wanted: only ids are kept of those that wait."""

    def __init__(self, publications: QuerySet[Publication]) -> None:
        self._ids = array("Q", publications.values_list("pk", flat=True).iterator(20_000))

    def __len__(self) -> int:
        return len(self._ids)

    def __iter__(self) -> Iterator[Publication]:
        for start in range(0, len(self), BATCH):
            batch = self._ids[start : start + BATCH]
            found = Publication.objects.order_by().in_bulk(batch)
            yield from (found[pk] for pk in batch)


def _documents(publications: Iterable[Publication]) -> Iterator[str]:
    return (f"{publication.document}\n" for publication in publications)


def _rows(address_of: AddressOf, dialect: Dialect) -> Callable[[Iterable[Publication]], Iterable[str]]:
    # What an address begins with, before a code.
    start = address_of("").removesuffix("/")
    return lambda publications: lines_of(publications, dialect, f"{start.rstrip('/')}/")


def _versions(publications: Iterable[Publication]) -> Iterator[str]:
    """Each document stands in its line byte for byte as it was frozen."""
    for publication in publications:
        said = {
            "code": publication.code,
            "number": publication.number,
            "status": publication.status,
            "published_at": publication.published_at.isoformat(),
            "note": publication.note,
        }
        yield f'{_json(said)[:-1]}, "document": {publication.document}}}\n'


def _tombstones(address_of: AddressOf) -> Callable[[Iterable[Publication]], Iterable[str]]:
    return lambda publications: (f"{_json(tombstone_of(p, address_of(p.code)))}\n" for p in publications)


def _json(values: dict[str, Any]) -> str:
    return json.dumps(values, ensure_ascii=False)
