"""A backup brought back: on either database equal row by row and file by file, or nothing at all."""

import io
import json
import os
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.contrib.sessions.models import Session
from django.core.files.base import ContentFile
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction
from django.http import QueryDict

from catalogue.disk import Disk
from practices.browse import Selection
from practices.editorial.publishing import withdraw
from practices.models.code_alias import CodeAlias
from practices.models.files import StoredFile
from practices.models.history import Event, Kind
from practices.models.practice import Practice
from practices.models.publication import Publication
from practices.models.version import CatalogueVersion
from practices.upkeep import restoring
from practices.upkeep.manifest import read_manifest
from practices.upkeep.verification import verify
from tests.factories import document, practice, published, rich_document

from . import elsewhere
from .all_rows import all_rows
from .elsewhere import Elsewhere, files_in

pytestmark = pytest.mark.django_db

DYING = """
import os, signal, django
django.setup()
from django.core.management import call_command
from practices.upkeep import restoring
fill = restoring._fill
def dying(folder, table, say):
    fill(folder, table, say)
    if table.model == "practices.publication":
        os.kill(os.getpid(), signal.SIGKILL)
restoring._fill = dying
call_command("restore", {folder!r}, replace=True, yes=True)
"""


def backed_up(target: Path) -> Path:
    call_command("backup", target, verbosity=0)
    return target


def restored(folder: Path, **options) -> None:
    call_command("restore", folder, replace=True, yes=True, verbosity=0, **options)


def failed(folder: Path, **options) -> str:
    said = io.StringIO()
    with pytest.raises(CommandError) as error:
        call_command("restore", folder, stderr=said, verbosity=0, **options)
    return f"{said.getvalue()}{error.value}"


def rewritten(target: Path, label: str, change) -> None:
    """A table of the backup changed by somebody who knows how to change the manifest, too."""
    import hashlib

    path, manifest = target / f"data/{label}.jsonl", target / "manifest.json"
    path.write_bytes(change(path.read_bytes()))
    said = json.loads(manifest.read_bytes())
    for table in said["tables"]:
        if table["model"] == label:
            content = path.read_bytes()
            table |= {"bytes": len(content), "sha256": hashlib.sha256(content).hexdigest()}
            table["rows"] = content.count(b"\n")
    manifest.write_text(json.dumps(said), encoding="utf-8")


@pytest.fixture(scope="module")
def migrated_file(tmp_path_factory, django_db_setup) -> Elsewhere:
    there = elsewhere.sqlite(tmp_path_factory.mktemp("migrated"))
    if connection.vendor == "sqlite":
        elsewhere.copy_of_committed(there)
    else:
        there.manage("migrate", "--verbosity", "0")
    return there


@pytest.fixture(scope="module")
def migrated_database(tmp_path_factory, django_db_setup) -> Iterator[str]:
    name = new_name()
    elsewhere.postgresql(tmp_path_factory.mktemp("migrated"), name).manage("migrate", "--verbosity", "0")
    yield name
    elsewhere.drop(name)


# Only the run on PostgreSQL has a server of it, and goes both ways.
OTHERS = ["sqlite", "postgresql"] if connection.vendor == "postgresql" else ["sqlite"]


@pytest.fixture(params=OTHERS)
def other(request, tmp_path_factory) -> Iterator[Elsewhere]:
    """Another database, migrated and empty: SQLite always, PostgreSQL where this run has a server."""
    folder = tmp_path_factory.mktemp("other")
    if request.param == "sqlite":
        yield elsewhere.sqlite(folder, request.getfixturevalue("migrated_file"))
        return
    name, like = new_name(), request.getfixturevalue("migrated_database")
    yield elsewhere.postgresql(folder, name, like)
    elsewhere.drop(name)


def new_name() -> str:
    return f"backups_{uuid.uuid4().hex[:12]}"


def test_everything_is_the_same_on_the_other_database_and_back_again(house, other, tmp_path, settings):
    here = json.loads(json.dumps(all_rows()))
    files = files_in(Path(settings.MEDIA_ROOT))
    version = CatalogueVersion.current()

    there = backed_up(tmp_path / "ida")
    said = other.manage("restore", there)
    assert other.rows() == here
    assert files_in(other.folder / "files") == files
    assert str(read_manifest(there).rows) in said
    assert json.loads(other.manage("verify_catalogue", "--deep", "--format", "json")) == []

    back = tmp_path / "vuelta"
    other.manage("backup", back)
    Practice.objects.update(title="Otro")
    (Path(settings.MEDIA_ROOT) / StoredFile.objects.latest("pk").content.name).unlink()
    restored(back)
    assert json.loads(json.dumps(all_rows())) == here
    assert files_in(Path(settings.MEDIA_ROOT)) == files
    assert CatalogueVersion.current() > version + 2_000_000
    assert verify(deep=True) == []


def test_ids_go_on_where_they_were(house, other, tmp_path):
    """A draft was deleted last: its history must never become another record's."""
    gone = Event.objects.filter(kind=Kind.DELETED).latest("pk").practice_id
    other.manage("restore", backed_up(tmp_path / "copia"))
    script = (
        "import django; django.setup(); from tests.factories import practice; "
        "from practices.models.vocabulary import Service; "
        "print(practice(number=77).pk, Service.objects.create(slug='z', name='Z').pk)"
    )
    done = other.run("-c", script)
    assert done.returncode == 0, done.stderr
    told, service = map(int, done.stdout.split())
    assert told == gone + 1
    assert service > 0


def test_killed_in_the_middle_it_leaves_the_database_as_it_was(house, other, tmp_path):
    """Rows are one transaction, and files that came before them are in nobody's way."""
    other.manage("load_vocabulary")
    before, target = other.rows(), backed_up(tmp_path / "copia")
    assert other.run("-c", DYING.format(folder=str(target))).returncode == -9
    assert other.rows() == before
    kinds = {found["kind"] for found in json.loads(other.run(*_verify()).stdout)}
    assert kinds == {"orphan file"}
    other.manage("restore", target, "--replace", "--yes")
    assert other.rows() == json.loads(json.dumps(all_rows()))


def _verify() -> tuple[str, ...]:
    return ("manage.py", "verify_catalogue", "--format", "json")


def test_what_is_found_listed_and_drawn_is_as_before(house, tmp_path):
    def public() -> list:
        return [
            [p.code for p in Selection.from_query(QueryDict(query)).publications()]
            for query in ("q=medidores", "q=ñandu", "departamento=17", "orden=titulo")
        ]

    before = public()
    assert all(before[::2])
    restored(backed_up(tmp_path / "copia"))
    assert public() == before
    assert Publication.objects.current().filter(drawn__part="row").count() == Publication.objects.current().count()


def test_guards_are_in_force_afterwards(house, tmp_path):
    restored(backed_up(tmp_path / "copia"))
    alias = CodeAlias.objects.first()
    for change in (
        lambda: Publication.objects.update(document="{}"),
        lambda: Event.objects.update(note="otra"),
        lambda: (
            Practice.objects.exclude(pk=alias.practice_id)
            .filter(code="BP-PRUEBA-SSPD-003-2020")
            .update(code=alias.code)
        ),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            change()


def test_who_was_signed_in_is_not_any_more(house, tmp_path):
    restored(backed_up(tmp_path / "copia"))
    assert Session.objects.count() == 0
    assert User.objects.get(username="writer").check_password("una clave de prueba")


def test_numbers_of_content_types_are_those_of_the_backup(house, tmp_path):
    """They differ from database to database; what points at them must go on pointing at the same."""
    target = backed_up(tmp_path / "copia")

    def shifted(content: bytes) -> bytes:
        rows = [json.loads(line) for line in content.splitlines()]
        for row in rows:
            for name in ("content_type_id", "id" if "app_label" in row else ""):
                if row.get(name):
                    row[name] += 1_000
        return b"".join(json.dumps(row).encode() + b"\n" for row in rows)

    for label in ("contenttypes.contenttype", "auth.permission", "admin.logentry"):
        rewritten(target, label, shifted)
    restored(target)
    entry = User.objects.get(username="writer").logentry_set.get()
    assert entry.content_type.model_class() is Practice
    assert User.objects.get(username="writer").has_perm("practices.view_failedsearch")


def test_records_are_not_thrown_away_unless_asked(one, tmp_path, monkeypatch):
    target = backed_up(tmp_path / "copia")
    before = all_rows()
    assert "auth.user (1)" in failed(target)
    assert "--yes" in failed(target, replace=True)
    monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
    monkeypatch.setattr("builtins.input", lambda _question: "otra base")
    failed(target, replace=True)
    assert all_rows() == before


def test_catalogue_version_is_past_every_number_that_was_told(tmp_path):
    published(rich_document(1))
    target = backed_up(tmp_path / "copia")
    CatalogueVersion.objects.update(number=7_000_000)
    restored(target)
    assert CatalogueVersion.current() > 7_000_000
    standing = CatalogueVersion.standing()
    assert standing.rebuilt_in == standing.number


def broken_file(target: Path) -> None:
    path = target / "data/practices.practice.jsonl"
    path.write_bytes(path.read_bytes()[:-20])


def broken_line(target: Path) -> None:
    rewritten(target, "practices.practice", lambda content: content[:-20] + b"\n")


def lacking_column(target: Path) -> None:
    rewritten(target, "practices.practice", lambda content: content.replace(b'"title":', b'"titel":'))


def refused_value(target: Path) -> None:
    rewritten(target, "practices.practice", lambda content: content.replace(b'"state":"', b'"state":"x'))


def twice_the_same(target: Path) -> None:
    rewritten(target, "practices.practice", lambda content: content + content)


def lost_reference(target: Path) -> None:
    rewritten(target, "practices.organization", lambda content: b"")


def other_state(target: Path) -> None:
    said = json.loads((target / "manifest.json").read_bytes())
    said["migrations"].remove("practices.0012_drawn")
    (target / "manifest.json").write_text(json.dumps(said), encoding="utf-8")


def no_manifest(target: Path) -> None:
    (target / "manifest.json").unlink()


def lost_file(target: Path) -> None:
    next((target / "files").glob("*/*")).unlink()


@pytest.mark.parametrize(
    ("breaking", "said"),
    [
        (broken_file, "data/practices.practice.jsonl"),
        (lost_file, "files/"),
        (broken_line, "practices.Practice"),
        (lacking_column, "practices.Practice"),
        (refused_value, "practices.Practice"),
        (twice_the_same, "practices.Practice"),
        (lost_reference, ""),
        (other_state, "practices.0012_drawn"),
        (no_manifest, "manifest.json"),
    ],
)
def test_broken_backup_is_refused_and_everything_is_as_it_was(one, tmp_path, settings, breaking, said):
    target = backed_up(tmp_path / "copia")
    breaking(target)
    before, files = all_rows(), files_in(Path(settings.MEDIA_ROOT))
    assert said in failed(target, replace=True, yes=True)
    assert (all_rows(), files_in(Path(settings.MEDIA_ROOT))) == (before, files)
    assert verify() == []


def test_other_state_says_what_to_check_out(tmp_path, settings):
    target = backed_up(tmp_path / "copia")
    other_state(target)
    manifest = read_manifest(target)
    assert (manifest.commit[:12] or settings.BUILD) in failed(target)


def test_full_disk_leaves_the_database_as_it_was(one, tmp_path, settings, monkeypatch):
    target = backed_up(tmp_path / "copia")
    stored = StoredFile.objects.latest("pk")
    stored.content.storage.delete(stored.content.name)
    before = all_rows()

    def full(*_arguments):
        raise OSError(28, os.strerror(28))

    monkeypatch.setattr(Disk, "_save", full)
    assert os.strerror(28) in failed(target, replace=True, yes=True)
    assert all_rows() == before


def test_interrupted_it_leaves_the_database_as_it_was(one, tmp_path, monkeypatch):
    target = backed_up(tmp_path / "copia")
    Practice.objects.update(title="Otro")
    before = all_rows()

    def interrupted():
        raise KeyboardInterrupt

    monkeypatch.setattr(restoring, "install_code_guard", interrupted)
    with pytest.raises(KeyboardInterrupt):
        restored(target)
    assert all_rows() == before
    with pytest.raises(IntegrityError), transaction.atomic():
        Publication.objects.update(document="{}")


def test_damaged_file_in_the_storage_is_mended_and_the_others_are_left_alone(tmp_path, settings):
    stored = [StoredFile.objects.store(ContentFile(content, name="a.txt")) for content in (b"uno", b"dos")]
    places = [Path(settings.MEDIA_ROOT) / file.content.name for file in stored]
    target = backed_up(tmp_path / "copia")
    places[0].write_bytes(b"un0")
    kept = places[1].stat().st_mtime_ns
    restored(target)
    assert places[0].read_bytes() == b"uno"
    assert places[1].stat().st_mtime_ns == kept


def test_file_missing_in_the_backup_is_told_and_the_rest_restored(tmp_path, settings):
    published(rich_document(1))
    lost = StoredFile.objects.store(ContentFile(b"uno", name="a.txt"))
    (Path(settings.MEDIA_ROOT) / lost.content.name).unlink()
    with pytest.raises(CommandError):
        backed_up(tmp_path / "copia")
    withdraw(Practice.objects.get(), "Motivo")
    assert lost.content.name in failed(tmp_path / "copia", replace=True, yes=True)
    assert Publication.objects.current().count() == 1


def test_nothing_is_restored_as_nothing(tmp_path):
    target = backed_up(tmp_path / "copia")
    practice(document(1))
    restored(target)
    assert Practice.objects.count() == 0
    assert verify() == []
