"""What a backup holds, under which state of the database it was made, and how to know that it is whole."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import msgspec
from django.utils.translation import gettext as _

from practices.exchange.writers.dump.files import checksum

MANIFEST, TABLES, FILES = "manifest.json", "data", "files"
KIND, FORMAT = "catalogue-backup", 1
NAME = re.compile(rf"{TABLES}/[a-z0-9_.]+\.jsonl|{FILES}/[0-9a-f]{{2}}/[0-9a-f]{{64}}")


class NotABackup(ValueError):
    """The folder holds no manifest of a backup that this version reads; the message says what is wrong."""


@dataclass(frozen=True)
class File:
    """A stored file of the catalogue."""

    name: str
    bytes: int
    sha256: str


@dataclass(frozen=True)
class Table:
    """`model` is its label, `last_id` the highest id that it ever gave out, None where it numbers nothing."""

    model: str
    name: str
    columns: list[str]
    rows: int
    last_id: int | None
    bytes: int
    sha256: str


@dataclass(frozen=True)
class Missing:
    """A stored file that the database names and that could not be copied."""

    sha256: str
    name: str
    why: str


@dataclass(frozen=True)
class Manifest:
    kind: str
    format: int
    made_at: str
    vendor: str
    build: str
    commit: str
    catalogue_version: int
    migrations: list[str]
    tables: list[Table]
    files: list[File]
    missing: list[Missing]

    @property
    def contents(self) -> list[Table | File]:
        """Every file of the backup but the manifest itself."""
        return [*self.tables, *self.files]

    @property
    def rows(self) -> int:
        return sum(table.rows for table in self.tables)

    def as_json(self) -> bytes:
        return msgspec.json.format(msgspec.json.encode(self), indent=1) + b"\n"


def read_manifest(folder: Path) -> Manifest:
    """Raises OSError, NotABackup."""
    try:
        manifest = msgspec.json.decode((folder / MANIFEST).read_bytes(), type=Manifest)
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise NotABackup(_("The manifest of %s cannot be read.") % folder) from error
    if (manifest.kind, manifest.format) != (KIND, FORMAT):
        raise NotABackup(_("%s is no backup of a format that this version reads.") % folder)
    if not all(NAME.fullmatch(file.name) for file in manifest.contents):
        raise NotABackup(_("The manifest of %s names a file that no backup has.") % folder)
    return manifest


def is_backup(folder: Path) -> bool:
    """Whether it is a backup and holds nothing else: only that may be thrown away."""
    try:
        read_manifest(folder)
        return {entry.name for entry in folder.iterdir()} <= {MANIFEST, TABLES, FILES}
    except (OSError, NotABackup):
        return False


def faults_of(folder: Path, manifest: Manifest) -> Iterator[str]:
    """What is not as the manifest says, in words. Reads every file. Raises OSError."""
    named = {file.name for file in manifest.contents}
    for file in manifest.contents:
        if fault := _fault(folder / file.name, file):
            yield f"{file.name}: {fault}"
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if not path.is_dir() and name not in named and name != MANIFEST:
            yield _("%s: the manifest does not name it") % name


def _fault(path: Path, file: Table | File) -> str:
    try:
        if (actual := path.stat().st_size) != file.bytes:
            return _("%(actual)d bytes instead of %(size)d") % {"actual": actual, "size": file.bytes}
        return "" if checksum(path) == file.sha256 else _("its content is another one")
    except FileNotFoundError:
        return _("it is missing")
