"""A backup brought back: everything or nothing, on either database, and guarded as before.

The rows are put in the place of all rows, with their ids: content types and permissions too, so that nothing that
points at them has to be translated. What is derived is made anew from them.
"""

from collections.abc import Callable, Iterator
from pathlib import Path

import msgspec
from django.contrib.contenttypes.models import ContentType
from django.contrib.sites.models import Site
from django.core.files import File
from django.core.files.storage import Storage
from django.db import IntegrityError, connection, transaction
from django.utils.translation import gettext as _

from practices import search
from practices.models.code_guard import install_code_guard
from practices.models.files import StoredFile, digest
from practices.models.immutability import install_trigger
from practices.models.version import ROW, CatalogueVersion

from .backup import migrations_here
from .manifest import Manifest, Table, faults_of, read_manifest
from .numbering import go_on_after
from .rows import column_names, write_lines
from .tables import MADE_BY_MIGRATE, data_models, other_models
from .taking import name_of

Say = Callable[[str, int, int], None]
"""Told what is being written, how many of it are done, of how many."""
MOST_NAMED = 10


class NotRestored(ValueError):
    """The backup cannot be put into this database, which is as it was; the message says why."""


def restore(folder: Path, *, replace: bool = False, say: Say = lambda *_: None) -> Manifest:
    """Put the backup into this database, which holds no records unless `replace`; search finds everything when this
    returns, cards and articles are drawn by `manage.py draw`.

    Nothing is touched before the whole backup has been read and found sound. Files come first: they are named by
    their content, so those of a restoring that was interrupted are in nobody's way. Rows are one transaction.
    Raises OSError, manifest.NotABackup, NotRestored, rows.BrokenRow, DatabaseError.
    """
    manifest = read_manifest(folder)
    _refuse_another_state(manifest)
    if faults := list(faults_of(folder, manifest)):
        raise NotRestored(_("The backup is damaged: %s") % _some(faults))
    _refuse_records(replace)
    for done in _put_files(folder, manifest):
        say(StoredFile._meta.label_lower, done, len(manifest.files))
    with transaction.atomic():
        # Once more, now that nobody else can begin.
        _refuse_records(replace)
        told = CatalogueVersion.current()
        _empty()
        for table in manifest.tables:
            _fill(folder, table, say)
        _check()
        _raise_version(told)
        for done in search.rebuild():
            say("index", done, 0)
        install_trigger()
        install_code_guard()
    ContentType.objects.clear_cache()
    Site.objects.clear_cache()
    return manifest


def records_here() -> dict[str, int]:
    """How many rows each table holds that a database has only when somebody has worked with it."""
    counted = {
        model._meta.label_lower: model._base_manager.count()
        for model in data_models()
        if model._meta.label_lower not in MADE_BY_MIGRATE
    }
    return {label: count for label, count in counted.items() if count}


def _refuse_records(replace: bool) -> None:
    if not replace and (found := records_here()):
        held = _some([f"{label} ({count})" for label, count in found.items()])
        raise NotRestored(_("This database holds records: %s. --replace throws them away.") % held)


def _refuse_another_state(manifest: Manifest) -> None:
    """A row fits the tables that it comes from and no others: the program that made the backup restores it."""
    here, there = set(migrations_here()), set(manifest.migrations)
    tables = {model._meta.label_lower: column_names(model) for model in data_models()}
    told = {table.model: table.columns for table in manifest.tables}
    if here == there and tables == told:
        return
    differing = _some(sorted(here ^ there) or sorted(set(tables.keys() ^ told.keys()) or tables.keys()))
    version = manifest.commit[:12] or manifest.build
    raise NotRestored(
        _(
            "The backup was made under another state of the database (%(differing)s). Check out the version of the "
            "program that made it (%(version)s, %(made_at)s), migrate an empty database with it, restore there, and "
            "upgrade as usual."
        )
        % {"differing": differing, "version": version, "made_at": manifest.made_at}
    )


def _some(names: list[str]) -> str:
    more = len(names) - MOST_NAMED
    return "; ".join(names[:MOST_NAMED]) + (f"; … (+{more})" if more > 0 else "")


def _put_files(folder: Path, manifest: Manifest) -> Iterator[int]:
    """Every file under the name that its row gives it; one that is there already is left alone. Yields how many are
    done."""
    storage: Storage = StoredFile._meta.get_field("content").storage
    held = {file.sha256 for file in manifest.files}
    done = 0
    for sha256, name in _names(folder, manifest):
        if sha256 in held:
            with (folder / name_of(sha256)).open("rb") as source:
                _put(storage, name, sha256, File(source))
            done += 1
            yield done


def _put(storage: Storage, name: str, sha256: str, content: File) -> None:
    if storage.exists(name):
        with storage.open(name, "rb") as known:
            if digest(known)[0] == sha256:
                return
        storage.delete(name)
    if (got := storage.save(name, content)) != name:
        storage.delete(got)
        raise NotRestored(_("The file %s is being written by somebody else.") % name)


def _names(folder: Path, manifest: Manifest) -> Iterator[tuple[str, str]]:
    """Of each stored file its SHA-256 and its name in the storage, as the rows of the backup say."""
    table = next(table for table in manifest.tables if table.model == StoredFile._meta.label_lower)
    with (folder / table.name).open("rb") as lines:
        for line in lines:
            row = msgspec.json.decode(line)
            yield row["sha256"], row["content"]


def _empty() -> None:
    quote = connection.ops.quote_name
    with connection.cursor() as cursor:
        for model in (*other_models(), *data_models()):
            cursor.execute(f"DELETE FROM {quote(model._meta.db_table)}")  # noqa: S608 - names of our own


def _fill(folder: Path, table: Table, say: Say) -> None:
    model = next(model for model in data_models() if model._meta.label_lower == table.model)
    written = 0
    with (folder / table.name).open("rb") as lines:
        for written in write_lines(model, lines):
            say(table.model, written, table.rows)
    if written != table.rows:
        raise NotRestored(
            _("%(name)s holds %(found)d rows instead of %(told)d.")
            % {
                "name": table.name,
                "found": written,
                "told": table.rows,
            }
        )
    go_on_after(model, table.last_id or 0)


def _check() -> None:
    """Every reference leads somewhere, and what the database put off until the end is done now: no trigger is made on
    a table that it still has to look at."""
    try:
        connection.check_constraints()
    except IntegrityError as error:
        raise NotRestored(_("The backup is at odds with itself: %s") % error) from error


def _raise_version(told: int) -> None:
    """Past every number that was ever told, by the catalogue of the backup or by the one that was here."""
    CatalogueVersion.objects.filter(pk=ROW, number__lt=told).update(number=told)
    CatalogueVersion.raise_after_restoring()
