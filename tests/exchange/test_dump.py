"""The dump: everything public and nothing else, of one moment, whole or not at all."""

import csv
import errno
import gzip
import hashlib
import io
import json
import threading
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connections

from practices.editorial.publishing import publish, withdraw
from practices.editorial.recording import store_document
from practices.exchange.writers.dump import contents, files, folder
from practices.models.contact import Contact
from practices.models.page import Page
from practices.models.version import CatalogueVersion
from tests.factories import document, practice, published, rich_document

pytestmark = pytest.mark.django_db
SITE = "https://practicas.example.gov.co"
DATA = ["practicas-internacional.csv", "practicas.csv", "practicas.jsonl", "retiradas.jsonl", "versiones.jsonl"]
MARK = "xilocarpo"


def again(number: int, **fields):
    record = store_document(rich_document(number, **fields))
    record.refresh_from_db()
    return publish(record, note=fields.get("title", ""))


@pytest.fixture(scope="module")
def catalogue(module_database):
    """Three in force, one of them with an earlier version and one with a withdrawn one; one withdrawn; one draft."""
    odd = {"title": MARK, "summary": MARK}
    practice(rich_document(1, **odd))
    public = published(rich_document(2))
    again(2, title="Segunda")
    store_document(rich_document(2, **odd))
    withdraw(published(rich_document(3, **odd)).practice, "Motivo público")
    published(document(4, title="=1+1", summary='Con "comillas"; y línea\n\n• punto'))
    withdraw(published(rich_document(5, **odd)).practice, "Otro motivo")
    again(5, title="De vuelta")
    Contact.objects.create(practice=public.practice, name=MARK, email=f"{MARK}@example.org", as_written=MARK)


def dump(target: Path, *options: str) -> Path:
    call_command("dump", target, *options, verbosity=0, address=SITE)
    return target


def json_lines(path: Path) -> list[dict]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def manifest(target: Path) -> dict:
    return json.loads((target / "manifest.json").read_text(encoding="utf-8"))


def contents_of(target: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in target.iterdir()}


def test_files_are_what_the_exports_give(client, catalogue, tmp_path, settings):
    settings.ALLOWED_HOSTS = ["practicas.example.gov.co"]
    target = dump(tmp_path / "volcado")
    for name in ("practicas.csv", "practicas.jsonl"):
        given = client.get(f"/{name}", headers={"host": "practicas.example.gov.co"}, secure=True)
        assert (target / name).read_bytes() == b"".join(given.streaming_content)
    given = client.get(
        "/practicas.csv?formato=internacional", headers={"host": "practicas.example.gov.co"}, secure=True
    )
    assert (target / "practicas-internacional.csv").read_bytes() == b"".join(given.streaming_content)
    assert sorted(path.name for path in target.iterdir()) == sorted([*DATA, "LEEME.txt", "manifest.json"])


def test_versions_are_those_that_have_a_page(client, catalogue, tmp_path):
    versions = json_lines(dump(tmp_path / "volcado") / "versiones.jsonl")
    told = [(v["code"][-8:-5], v["number"], v["status"], v["note"], v["document"]["title"]) for v in versions]
    assert told == [
        ("002", 1, "superseded", "", "Práctica 2"),
        ("002", 2, "current", "Segunda", "Segunda"),
        ("004", 1, "current", "", "=1+1"),
        ("005", 2, "current", "De vuelta", "De vuelta"),
    ]
    for version in versions:
        answer = client.get(f"/practicas/{version['code']}/v{version['number']}/", follow=True)
        assert answer.status_code == 200


def test_tombstones_say_when_and_why_and_never_what(catalogue, tmp_path):
    (stone,) = json_lines(dump(tmp_path / "volcado") / "retiradas.jsonl")
    assert stone.pop("withdrawn_at").startswith("20")
    assert stone == {
        "code": "BP-PRUEBA-SSPD-003-2020",
        "url": f"{SITE}/practicas/BP-PRUEBA-SSPD-003-2020/",
        "withdrawn": True,
        "outside": False,
        "reason": "Motivo público",
        "version": 1,
    }


@pytest.mark.parametrize("options", [(), ("--gzip",)], ids=["plain", "packed"])
def test_dump_tells_nothing_that_is_not_public(catalogue, tmp_path, options):
    for name, content in contents_of(dump(tmp_path / "volcado", *options)).items():
        text = (gzip.decompress(content) if name.endswith(".gz") else content).decode()
        assert MARK not in text.casefold(), name


def test_manifest_says_what_each_file_is(catalogue, tmp_path, settings):
    target = dump(tmp_path / "volcado")
    said = manifest(target)
    version = CatalogueVersion.standing()
    assert (said["catalogue_version"], said["catalogue_changed_at"]) == (
        version.number,
        version.raised_at.isoformat(),
    )
    assert (said["address"], said["build"]) == (f"{SITE}/", settings.BUILD)
    assert said["counts"] == {"practices": 3, "versions": 4, "withdrawn": 1}
    records = {file["name"]: file["records"] for file in said["files"]}
    assert records == dict(zip([*DATA, "LEEME.txt"], (3, 3, 3, 1, 4, None), strict=True))
    for file in said["files"]:
        content = (target / file["name"]).read_bytes()
        assert (file["bytes"], file["sha256"]) == (len(content), hashlib.sha256(content).hexdigest())


def test_same_version_gives_the_same_bytes(catalogue, tmp_path):
    for options in ((), ("--gzip",)):
        one, other = (contents_of(dump(tmp_path / f"{name}{len(options)}", *options)) for name in ("uno", "otro"))
        told = [json.loads(found.pop("manifest.json")) for found in (one, other)]
        assert one == other
        assert [said.pop("made_at") is not None for said in told] == [True, True]
        assert told[0] == told[1]
    unpacked = {name.removesuffix(".gz"): gzip.decompress(one[name]) for name in one if name.endswith(".gz")}
    plain = contents_of(tmp_path / "uno0")
    assert unpacked == {name: plain[name] for name in DATA}


def test_readme_tells_the_licence_the_columns_and_how_to_go_on(catalogue, tmp_path):
    text = (dump(tmp_path / "volcado") / "LEEME.txt").read_text(encoding="utf-8")
    with (tmp_path / "volcado/practicas.csv").open(encoding="utf-8-sig", newline="") as file:
        columns = next(csv.reader(file, delimiter=";"))
    assert f"{SITE}/practicas.jsonl?desde={CatalogueVersion.current()}\n" in text
    assert f"{SITE}/datos/\n" in text
    assert f"  {Page.objects.get(url='/derechos-de-autor/').title}\n  {SITE}/derechos-de-autor/\n" in text
    assert [column for column in columns if f"  {column[0].upper()}{column[1:]}: " not in text] == []


def test_dump_of_nothing_is_whole_too(tmp_path):
    target = dump(tmp_path / "volcado")
    assert manifest(target)["counts"] == {"practices": 0, "versions": 0, "withdrawn": 0}
    call_command("dump", target, "--verify", verbosity=0)


def test_what_exists_is_refused_and_replaced_when_asked(catalogue, tmp_path):
    target = dump(tmp_path / "volcado")
    before = contents_of(target)
    with pytest.raises(CommandError, match="--replace"):
        dump(target)
    assert contents_of(target) == before
    published(rich_document(7))
    dump(target, "--replace")
    assert manifest(target)["counts"]["practices"] == 4
    dump(target, "--replace", "--gzip")
    assert sorted(path.name for path in target.iterdir())[0] == "LEEME.txt"
    assert [path.name for path in tmp_path.iterdir() if path.name != "files"] == ["volcado"]


@pytest.mark.parametrize("strange", ["carta.txt", "manifest.json"])
def test_only_a_dump_is_ever_replaced(tmp_path, strange):
    target = tmp_path / "casa"
    target.mkdir()
    (target / strange).write_text("[1]", encoding="utf-8")
    with pytest.raises(CommandError):
        dump(target, "--replace")
    assert contents_of(target) == {strange: b"[1]"}
    dump(tmp_path / "volcado")
    (tmp_path / "volcado" / strange).write_text("{}", encoding="utf-8")
    with pytest.raises(CommandError):
        dump(tmp_path / "volcado", "--replace")


def test_file_in_its_place_is_never_replaced(tmp_path):
    (tmp_path / "volcado").write_text("x", encoding="utf-8")
    for options in ((), ("--replace",)):
        with pytest.raises(CommandError):
            dump(tmp_path / "volcado", *options)


def test_full_disk_leaves_nothing_behind_and_the_old_dump_in_its_place(catalogue, tmp_path, monkeypatch):
    target = dump(tmp_path / "volcado")
    before = contents_of(target)

    def full(self, data):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(files.Measured, "write", full)
    for place, options in ((target, ("--replace",)), (tmp_path / "otro", ()), (tmp_path / "mas", ("--gzip",))):
        with pytest.raises(CommandError, match="No space left on device"):
            dump(place, *options)
    assert contents_of(target) == before
    assert [path.name for path in tmp_path.iterdir() if path.name != "files"] == ["volcado"]


def test_dump_that_cannot_be_put_in_place_leaves_the_old_one(catalogue, tmp_path, monkeypatch):
    target = dump(tmp_path / "volcado")
    before = contents_of(target)
    rename, left = Path.rename, [True, False]

    def failing(self, to):
        if left and not left.pop(0):
            raise PermissionError(errno.EACCES, "Permission denied")
        return rename(self, to)

    published(rich_document(7))
    monkeypatch.setattr(Path, "rename", failing)
    with pytest.raises(CommandError, match="Permission denied"):
        dump(target, "--replace")
    assert contents_of(target) == before
    assert [path.name for path in tmp_path.iterdir() if path.name != "files"] == ["volcado"]


def test_folder_that_is_not_there_is_named(tmp_path):
    with pytest.raises(CommandError, match="nada/volcado"):
        dump(tmp_path / "nada/volcado")
    assert [path.name for path in tmp_path.iterdir() if path.name != "files"] == []


def test_interrupted_dump_leaves_nothing_behind(catalogue, tmp_path, monkeypatch):
    def interrupted(*_arguments):
        raise KeyboardInterrupt

    monkeypatch.setattr(contents, "tombstone_of", interrupted)
    with pytest.raises(KeyboardInterrupt):
        dump(tmp_path / "volcado")
    assert [path.name for path in tmp_path.iterdir() if path.name != "files"] == []


def test_verify_finds_whatever_is_not_as_it_was(catalogue, tmp_path):
    target = dump(tmp_path / "volcado")
    said = io.StringIO()
    call_command("dump", target, "--verify", stdout=said)
    assert len(said.getvalue().splitlines()) == 1
    table = target / "practicas.csv"
    table.write_bytes(table.read_bytes().replace(b"Segunda", b"Tercera"))
    (target / "versiones.jsonl").unlink()
    (target / "retiradas.jsonl").write_bytes(b"")
    (target / "otro.txt").write_bytes(b"")
    errors = io.StringIO()
    with pytest.raises(CommandError):
        call_command("dump", target, "--verify", stderr=errors)
    names = [line.split(":")[0] for line in errors.getvalue().splitlines()]
    assert names == ["✗ practicas.csv", "✗ versiones.jsonl", "✗ retiradas.jsonl", "✗ otro.txt"]


@pytest.mark.parametrize(
    "text",
    ["", "[]", "{}", '{"files": 1}', '{"files": [{}]}', '{"files": [{"name": "../x", "bytes": 1, "sha256": ""}]}'],
)
def test_verify_refuses_what_is_no_manifest(tmp_path, text):
    with pytest.raises(CommandError):
        call_command("dump", tmp_path / "nada", "--verify")
    (tmp_path / "manifest.json").write_text(text, encoding="utf-8")
    with pytest.raises(CommandError):
        call_command("dump", tmp_path, "--verify")


@pytest.mark.parametrize(
    "address", ["practicas", "ftp://x.org", "https://", "https://x.org/?a=1", "https://x/a", "//x", "http://["]
)
def test_what_is_no_address_of_a_site_is_refused(tmp_path, address):
    with pytest.raises(CommandError):
        call_command("dump", tmp_path / "volcado", address=address)


@pytest.mark.parametrize(
    ("hosts", "insecure", "expected"),
    [(["a.org", "b.org"], False, "https://a.org/"), ([".c.org", "b.org"], True, "http://b.org/"), (["*"], True, None)],
)
def test_address_is_the_first_host_of_the_settings(tmp_path, settings, hosts, insecure, expected):
    settings.ALLOWED_HOSTS, settings.INSECURE_HTTP = hosts, insecure
    if expected is None:
        with pytest.raises(CommandError, match="--address"):
            call_command("dump", tmp_path / "volcado", verbosity=0)
    else:
        call_command("dump", tmp_path / "volcado", verbosity=0)
        assert manifest(tmp_path / "volcado")["address"] == expected


@pytest.mark.django_db(transaction=True)
def test_dump_is_of_one_version_while_others_publish_and_nobody_waits(tmp_path, monkeypatch):
    """Somebody publishes and withdraws while the tables are written: it is done at once, and not in the dump."""
    first = published(rich_document(1))
    published(rich_document(2))
    version = CatalogueVersion.current()

    def somebody():
        published(rich_document(3))
        withdraw(first.practice, "Motivo")
        connections.close_all()

    def lines_of(*arguments):
        if CatalogueVersion.current() == version and not others:
            others.append(threading.Thread(target=somebody))
            others[0].start()
            others[0].join(timeout=15)
        return plain(*arguments)

    others, plain = [], contents.lines_of
    monkeypatch.setattr(contents, "lines_of", lines_of)
    said = manifest(dump(tmp_path / "volcado"))
    assert others[0].is_alive() is False
    assert (CatalogueVersion.current(), said["catalogue_version"]) == (version + 2, version)
    assert said["counts"] == {"practices": 2, "versions": 2, "withdrawn": 0}
    for name in ("practicas.jsonl", "versiones.jsonl"):
        assert {line["code"][-8:-5] for line in json_lines(tmp_path / "volcado" / name)} == {"001", "002"}
    assert {line["status"] for line in json_lines(tmp_path / "volcado/versiones.jsonl")} == {"current"}
    assert (tmp_path / "volcado/retiradas.jsonl").read_bytes() == b""


@pytest.mark.parametrize("is_terminal", [True, False])
def test_bar_is_for_a_terminal_only(catalogue, tmp_path, is_terminal):
    said = io.StringIO()
    said.isatty = lambda: is_terminal
    call_command("dump", tmp_path / "volcado", "--gzip", address=SITE, stdout=said)
    *bars, last = said.getvalue().splitlines()
    drawn = [bar.split()[0] for bar in bars if bar]
    assert drawn == ([f"{name}.gz" for name in (*DATA[2:0:-1], DATA[0], DATA[4], DATA[3])] if is_terminal else [])
    assert str(tmp_path / "volcado") in last


def test_folder_can_be_read_by_a_server(tmp_path):
    target = dump(tmp_path / "volcado")
    beside = tmp_path / "otra"
    beside.mkdir()
    assert target.stat().st_mode == beside.stat().st_mode
    assert folder.is_dump(target)
