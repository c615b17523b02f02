"""A backup: all that the catalogue cannot make again, in one folder, of one moment, while it is in use.

It holds personal data and the hashes of passwords: nobody but who made it may read it.
"""

import subprocess
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace as changed
from datetime import UTC, datetime
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from django.db.models import Model

from practices.exchange.writers.dump.folder import whole_or_nothing
from practices.exchange.writers.dump.snapshot import one_moment
from practices.models.files import StoredFile
from practices.models.version import CatalogueVersion

from .manifest import FILES, FORMAT, KIND, MANIFEST, TABLES, Manifest, Missing, Table, is_backup
from .numbering import last_given
from .rows import column_names, lines_of
from .tables import data_models
from .taking import Taking, private_file

PRIVATE = 0o700
Say = Callable[[str, int], None]
"""Told the label of a table and how many of its rows are written."""


def make_backup(
    target: Path, *, replace: bool = False, earlier: Path | None = None, say: Say = lambda *_: None
) -> Manifest:
    """All data and files into a new folder; memory stays flat. Stored files that are the same as in the folder
    `earlier` are linked to those.

    Files are copied before the moment that the rows are of, and then the few that came meanwhile: a file that is
    removed while this runs has been copied already, and one that the rows name is there.

    A file that the database names and the storage does not have is told in the manifest, and all the rest is kept.
    Raises dump.NotReplaced, OSError; nothing is left behind then.
    """
    with whole_or_nothing(target, replace=replace, is_ours=is_backup, mode=PRIVATE) as folder:
        for name in (TABLES, FILES):
            (folder / name).mkdir(mode=PRIVATE)
        files = Taking(folder, earlier)
        files.take_all()
        with one_moment():
            tables = [_written(folder, model, say) for model in data_models()]
            manifest = _manifest(tables)
            taken, missing = files.take_all()
        files.leave_only(taken)
        manifest = changed(manifest, files=taken, missing=_still_needed(missing))
        with private_file(folder / MANIFEST) as file:
            file.write(manifest.as_json())
    return manifest


def migrations_here() -> list[str]:
    """The migrations that this database has been through."""
    return sorted(".".join(key) for key in MigrationRecorder(connection).applied_migrations())


def _written(folder: Path, model: type[Model], say: Say) -> Table:
    label, rows = model._meta.label_lower, 0
    name = f"{TABLES}/{label}.jsonl"
    with private_file(folder / name) as file:
        for line in lines_of(model):
            file.write(line)
            rows += 1
            say(label, rows)
    return Table(label, name, column_names(model), rows, last_given(model), file.size, file.sha256)


def _manifest(tables: list[Table]) -> Manifest:
    return Manifest(
        kind=KIND,
        format=FORMAT,
        made_at=datetime.now(UTC).isoformat(timespec="seconds"),
        vendor=connection.vendor,
        build=settings.BUILD,
        commit=_commit(),
        catalogue_version=CatalogueVersion.current(),
        migrations=migrations_here(),
        tables=tables,
        files=[],
        missing=[],
    )


def _still_needed(missing: list[Missing]) -> list[Missing]:
    """Those that the database names still: what was removed in these very seconds nobody misses."""
    if not missing:
        return []
    known = StoredFile.objects.in_bulk([file.sha256 for file in missing])
    return [file for file in missing if file.sha256 in known]


def _commit() -> str:
    """Which version of the program this is, where it was got with git; else ""."""
    with suppress(OSError, subprocess.SubprocessError):
        command = ["git", "-C", str(settings.BASE_DIR), "rev-parse", "HEAD"]
        return subprocess.run(command, capture_output=True, check=True, text=True, timeout=10).stdout.strip()  # noqa: S603
    return ""
