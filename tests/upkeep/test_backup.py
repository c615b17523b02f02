"""A backup: everything, of one moment, while the catalogue is in use; whole or not at all; readable by nobody else."""

import errno
import io
import json
import os
import stat
import threading
from contextlib import suppress
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.management import CommandError, call_command
from django.db import connections

from practices.editorial.publishing import withdraw
from practices.models.contact import Contact
from practices.models.files import StoredFile
from practices.models.history import Event
from practices.models.practice import Practice
from practices.models.publication import Publication
from practices.models.staging import StagedFile
from practices.upkeep import backup, rotation, rows, taking
from practices.upkeep.manifest import read_manifest
from practices.upkeep.tables import data_models
from tests.factories import attached, practice, published, rich_document

from .elsewhere import files_in

pytestmark = pytest.mark.django_db


def make(target: Path, **options) -> Path:
    call_command("backup", target, verbosity=0, **options)
    return target


def failed(*arguments, **options) -> str:
    """What a command that failed said."""
    said = io.StringIO()
    with pytest.raises(CommandError) as error:
        call_command(*arguments, stderr=said, verbosity=0, **options)
    return f"{said.getvalue()}{error.value}"


def lines(target: Path, label: str) -> list[dict]:
    return [json.loads(line) for line in (target / f"data/{label}.jsonl").read_bytes().splitlines()]


def store(content: bytes) -> StoredFile:
    return StoredFile.objects.store(ContentFile(content, name="informe.pdf"))


def test_backup_holds_every_row_and_every_file(house, tmp_path, settings):
    target = make(tmp_path / "copia")
    manifest = read_manifest(target)
    counts = {table.model: table.rows for table in manifest.tables}
    assert counts == {model._meta.label_lower: model._base_manager.count() for model in data_models()}
    kept = {Path(name).name: content for name, content in files_in(target / "files").items()}
    assert kept == {Path(name).name: content for name, content in files_in(Path(settings.MEDIA_ROOT)).items()}
    assert sorted(path.name for path in target.iterdir()) == ["data", "files", "manifest.json"]


def test_manifest_says_under_which_state_and_of_which_build_it_was_made(one, tmp_path, settings):
    from django.db import connection

    said = json.loads((make(tmp_path / "copia") / "manifest.json").read_bytes())
    assert (said["kind"], said["format"], said["vendor"]) == ("catalogue-backup", 1, connection.vendor)
    assert (said["build"], said["missing"]) == (settings.BUILD, [])
    assert {"practices.0001_initial", "auth.0001_initial"} <= set(said["migrations"])
    assert all(file["bytes"] and len(file["sha256"]) == 64 for file in said["files"])


def test_values_are_exact(house, tmp_path):
    target = make(tmp_path / "copia")
    one = Publication.objects.latest("pk")
    (told,) = [row for row in lines(target, "practices.publication") if row["id"] == one.pk]
    assert (told["document"], told["note"]) == (one.document, one.note)
    assert told["published_at"] == one.published_at.isoformat().replace("+00:00", "Z")
    assert {row["baseline"] for row in lines(target, "practices.metric")} >= {"12345678.000001"}


def test_nobody_else_may_read_it(one, tmp_path):
    target = make(tmp_path / "copia")
    modes = {(path.is_dir(), stat.S_IMODE(path.stat().st_mode)) for path in (target, *target.rglob("*"))}
    assert modes == {(True, 0o700), (False, 0o600)}


def test_sessions_and_what_is_derived_stay_behind(one, tmp_path):
    names = {path.name for path in (make(tmp_path / "copia") / "data").iterdir()}
    assert names.isdisjoint(
        f"{label}.jsonl"
        for label in ("sessions.session", "practices.searchindex", "practices.searchword", "practices.drawn")
    )


def test_verify_finds_whatever_is_not_as_it_was(one, tmp_path):
    target = make(tmp_path / "copia")
    call_command("backup", target, verify=True, verbosity=0)
    table, file = target / "data/practices.contact.jsonl", next((target / "files").glob("*/*"))
    table.write_bytes(table.read_bytes().replace(b"persona@", b"persane@"))
    file.write_bytes(file.read_bytes()[:-1])
    (target / "data/auth.user.jsonl").unlink()
    (target / "data/otro.jsonl").write_bytes(b"")
    said = failed("backup", target, verify=True).splitlines()
    assert [line.split(":")[0] for line in said[:-1]] == [
        "✗ data/auth.user.jsonl",
        "✗ data/practices.contact.jsonl",
        f"✗ files/{file.parent.name}/{file.name}",
        "✗ data/otro.jsonl",
    ]


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"kind": "catalogue-backup", "format": 2}', "\x80"])
def test_what_is_no_manifest_is_said_so(tmp_path, text):
    (tmp_path / "manifest.json").write_bytes(text.encode("latin-1"))
    assert "Traceback" not in failed("backup", tmp_path, verify=True)
    assert str(tmp_path / "nada") in failed("backup", tmp_path / "nada", verify=True)


def test_manifest_that_names_a_file_outside_is_refused(tmp_path):
    target = make(tmp_path / "copia")
    text = (target / "manifest.json").read_text(encoding="utf-8")
    (target / "manifest.json").write_text(text.replace("data/auth.user.jsonl", "data/../../x"), encoding="utf-8")
    failed("backup", target, verify=True)


def test_what_exists_is_refused_and_only_a_backup_is_replaced(tmp_path):
    target = make(tmp_path / "copia")
    assert "--replace" in failed("backup", target)
    practice()
    make(target, replace=True)
    assert len(lines(target, "practices.practice")) == 1
    (target / "carta.txt").write_text("x", encoding="utf-8")
    failed("backup", target, replace=True)
    assert (target / "carta.txt").exists()


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EDQUOT])
def test_full_disk_leaves_nothing_behind_and_the_old_backup_in_its_place(one, tmp_path, monkeypatch, number):
    target = make(tmp_path / "copia")
    before = files_in(target)

    def full(self, data):
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(taking.Measured, "write", full)
    for place, options in ((target, {"replace": True}), (tmp_path / "otra", {})):
        assert os.strerror(number) in failed("backup", place, **options)
    assert files_in(target) == before
    assert [path.name for path in tmp_path.iterdir()] == ["copia"]


def test_missing_and_damaged_files_are_told_and_all_the_rest_is_kept(tmp_path, settings):
    whole, damaged, missing = store(b"uno"), store(b"dos"), store(b"tres")
    (Path(settings.MEDIA_ROOT) / damaged.content.name).write_bytes(b"d0s")
    (Path(settings.MEDIA_ROOT) / missing.content.name).unlink()
    said = failed("backup", tmp_path / "copia")
    assert all(file.content.name in said for file in (damaged, missing))
    manifest = read_manifest(tmp_path / "copia")
    assert [file.sha256 for file in manifest.files] == [whole.pk]
    assert {(file.sha256, file.why) for file in manifest.missing} == {(damaged.pk, "damaged"), (missing.pk, "missing")}
    call_command("backup", tmp_path / "copia", verify=True, verbosity=0)


def test_file_removed_while_it_runs_is_in_it(tmp_path, monkeypatch):
    """clean_staged runs between the copying of files and the reading of rows."""
    stored, written = store(b"pasajero"), backup._written

    def meanwhile(folder, model, say):
        if model is StagedFile:
            stored.content.storage.delete(stored.content.name)
        return written(folder, model, say)

    monkeypatch.setattr(backup, "_written", meanwhile)
    manifest = read_manifest(make(tmp_path / "copia"))
    assert ([file.sha256 for file in manifest.files], manifest.missing) == ([stored.pk], [])


def test_backup_is_of_one_moment_with_the_files_that_came_meanwhile(tmp_path, monkeypatch):
    """A file stored after the first copying, and one whose row is gone before the rows are read."""
    gone, take_all, turns = store(b"se va"), taking.Taking.take_all, []

    def meanwhile(self):
        found = take_all(self)
        if not turns:
            gone.delete()
            turns.append(store(b"llega"))
        return found

    monkeypatch.setattr(taking.Taking, "take_all", meanwhile)
    target = make(tmp_path / "copia")
    (came,) = turns
    assert [Path(name).name for name in files_in(target / "files")] == [came.pk]
    assert [row["sha256"] for row in lines(target, "practices.storedfile")] == [came.pk]
    call_command("backup", target, verify=True, verbosity=0)


@pytest.mark.django_db(transaction=True)
def test_nobody_waits_and_nothing_of_what_they_do_meanwhile_is_in_it(tmp_path, monkeypatch):
    first = published(rich_document(1, attachments=attached(b"uno")))
    others, lines_of = [], rows.lines_of

    def somebody():
        published(rich_document(2))
        withdraw(first.practice, "Motivo")
        Contact.objects.create(practice=first.practice, name="Alguien")
        connections.close_all()

    def slowly(model):
        if model is Practice:
            others.append(threading.Thread(target=somebody))
            others[0].start()
            others[0].join(timeout=30)
        return lines_of(model)

    monkeypatch.setattr(backup, "lines_of", slowly)
    events = Event.objects.count()
    target = make(tmp_path / "copia")
    assert others[0].is_alive() is False
    assert Publication.objects.count() == 2
    assert [row["status"] for row in lines(target, "practices.publication")] == ["current"]
    assert (lines(target, "practices.contact"), len(lines(target, "practices.event"))) == ([], events)


def test_as_many_are_kept_as_are_asked_for_and_the_same_file_lies_there_once(tmp_path, monkeypatch):
    stored, folder = store(b"uno"), tmp_path / "copias"
    (tmp_path / "copias/carta").mkdir(parents=True)
    moments = iter(["20260101T000000Z", "20260102T000000Z", "20260103T000000Z"])
    for _night in range(3):
        monkeypatch.setattr(rotation, "STAMP", next(moments))
        call_command("backup", folder, keep=2, verbosity=0)
    kept = rotation.dated(folder)
    assert [path.name for path in kept] == ["20260102T000000Z", "20260103T000000Z"]
    assert {(path / taking.name_of(stored.pk)).stat().st_nlink for path in kept} == {2}
    assert (folder / "carta").exists()
    for path in kept:
        call_command("backup", path, verify=True, verbosity=0)


def test_file_lost_from_the_storage_is_kept_by_the_next_backup_and_no_old_one_goes(tmp_path, monkeypatch, settings):
    stored = store(b"uno")
    monkeypatch.setattr(rotation, "STAMP", "20260101T000000Z")
    call_command("backup", tmp_path / "copias", keep=1, verbosity=0)
    (Path(settings.MEDIA_ROOT) / stored.content.name).unlink()
    monkeypatch.setattr(rotation, "STAMP", "20260102T000000Z")
    failed("backup", tmp_path / "copias", keep=1)
    kept = rotation.dated(tmp_path / "copias")
    assert [path.name for path in kept] == ["20260101T000000Z", "20260102T000000Z"]
    assert (kept[1] / taking.name_of(stored.pk)).read_bytes() == b"uno"


def test_file_damaged_in_the_backup_before_is_copied_anew(tmp_path, monkeypatch):
    stored = store(b"uno")
    for night in ("20260101T000000Z", "20260102T000000Z"):
        monkeypatch.setattr(rotation, "STAMP", night)
        call_command("backup", tmp_path / "copias", keep=2, verbosity=0)
        newest = tmp_path / "copias" / night / taking.name_of(stored.pk)
        assert newest.read_bytes() == b"uno"
        newest.write_bytes(b"un0")


def test_interrupted_backup_leaves_nothing_behind(one, tmp_path, monkeypatch):
    def interrupted(*_arguments):
        raise KeyboardInterrupt

    monkeypatch.setattr(backup, "last_given", interrupted)
    with suppress(KeyboardInterrupt):
        make(tmp_path / "copia")
    assert list(tmp_path.iterdir()) == []


def test_number_to_keep_is_one_at_least(tmp_path):
    assert "--keep" in failed("backup", tmp_path, keep=0)
