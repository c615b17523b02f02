"""The dump itself, file after file, out of one moment of the database."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from django.conf import settings
from django.utils.timezone import now

from practices.models.publication import Publication
from practices.models.version import CatalogueVersion

from .contents import AddressOf, Table, tables
from .files import Written, write_file
from .folder import MANIFEST, whole_or_nothing
from .manifest import Manifest
from .readme import readme
from .snapshot import one_moment

README = "LEEME.txt"
TEXT = "text/plain; charset=utf-8"
Say = Callable[[str, int, int], None]
"""Told how many records of a file are written, of how many."""


@dataclass(frozen=True)
class Around:
    """What a dump says of the site: its name, its addresses and its licence, a line each."""

    site: str
    address: str
    data_page: str
    changes: str
    """The address of the changes of all practices, but for the version to ask from."""
    licence: Sequence[str]


def write_dump(
    target: Path,
    around: Callable[[], Around],
    address_of: AddressOf,
    *,
    replace: bool = False,
    packed: bool = False,
    say: Say = lambda *_: None,
) -> Manifest:
    """All of the catalogue into a new folder. Memory stays flat however much it is. `around` is asked in the same
    moment of the database as everything else.

    Raises NotReplaced, OSError; nothing is left behind then.
    """
    with whole_or_nothing(target, replace=replace) as folder, one_moment():
        standing, site, found = CatalogueVersion.standing(), around(), tables(address_of)
        files = [_written(folder, table, packed, say) for table in found]
        text = readme(
            site.site, site.data_page, f"{site.changes}{standing.number}", standing.number, site.licence, files
        )
        files.append(write_file(folder / README, TEXT, [text]))
        counts = {table.kind: table.total for table in found}
        manifest = Manifest(
            site.site, site.address, standing.number, standing.raised_at, now(), settings.BUILD, counts, files
        )
        write_file(folder / MANIFEST, "application/json", [manifest.as_json()])
    return manifest


def _written(folder: Path, table: Table, packed: bool, say: Say) -> Written:
    path = folder / f"{table.name}{'.gz' if packed else ''}"
    passed = 0

    def counted(records: Iterable[Publication]) -> Iterator[Publication]:
        nonlocal passed
        for record in records:
            yield record
            passed += 1
            say(path.name, passed, table.total)

    written = write_file(path, table.media_type, table.text(counted(table.records)), packed=packed)
    return replace(written, records=passed)
