"""Each misconfiguration that one engineer could make has an id of its own, and says what to set."""

from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.contrib.auth.models import Group
from django.core.checks import CheckMessage, run_checks
from django.core.management import call_command
from django.db import connection

from catalogue import readiness
from catalogue.checks import addresses, amounts, database, folders, services
from practices.models.identity import Identity
from practices.models.vocabulary import Category, Service
from tests.factories import published
from tests.test_settings import PRODUCTION, manage

KEY = "k7Qw9Zr2" * 10
SOUND: dict[str, Any] = {
    "SECRET_KEY": "".join(chr(33 + number) for number in range(80)),
    "ALLOWED_HOSTS": ["practicas.example.gov.co"],
    "INSECURE_HTTP": False,
    "DEBUG": False,
    "TRUSTED_PROXIES": [],
    "SECURE_PROXY_SSL_HEADER": None,
    "SECURITY_CONTACT": "",
    "CACHE_URL": "",
    "DUMP_URL": "",
    "ERROR_MAIL": [],
    "EMAIL_URL": "",
}
POSTGRESQL = {"ENGINE": "django.db.backends.postgresql", "NAME": "catalogue", "HOST": "db1", "PORT": ""}
SQLITE = {"ENGINE": "django.db.backends.sqlite3", "NAME": "/var/lib/catalogue/catalogue.sqlite3"}
TLS = ("HTTP_X_FORWARDED_PROTO", "https")


@pytest.fixture
def sound(settings, tmp_path, monkeypatch):
    """A configuration without fault, for a test to break."""
    for name, value in SOUND.items():
        setattr(settings, name, value)
    settings.VAR_DIR, settings.BASE_DIR = tmp_path / "var", tmp_path / "code"
    settings.MEDIA_ROOT, settings.STATIC_ROOT = settings.VAR_DIR / "files", settings.VAR_DIR / "static"
    settings.STATICFILES_DIRS = [settings.BASE_DIR / "static"]
    settings.MEDIA_ROOT.mkdir(parents=True, mode=0o750)
    settings.BASE_DIR.mkdir()
    monkeypatch.delenv("TMPDIR", raising=False)
    use(settings, monkeypatch, {"default": POSTGRESQL})
    return settings


def use(settings, monkeypatch, databases: dict[str, dict[str, str]]) -> None:
    """What the checks see of DATABASES; connections are left alone."""
    monkeypatch.setitem(settings._wrapped.__dict__, "DATABASES", databases)
    # What was read of it before is kept there.
    monkeypatch.delitem(django_settings.__dict__, "DATABASES", raising=False)


def found() -> list[CheckMessage]:
    modules = (addresses, folders, services, amounts)
    return [message for module in modules for check in module.CHECKS for message in check()]


def ids() -> list[str]:
    messages = found()
    assert all(message.hint for message in messages)
    return [message.id.removeprefix("catalogue.") for message in messages]


def test_sound_configuration_is_silent(sound):
    assert found() == []


@pytest.mark.parametrize(
    ("told", "wrong"),
    [
        ("E001", {"SECRET_KEY": "a1b2c3d4e5f6g7"}),
        ("E001", {"SECRET_KEY": "ab" * 40}),
        ("E002", {"SECRET_KEY": f"django-insecure-{KEY}"}),
        ("E002", {"SECRET_KEY": f"CHANGEME-{SOUND['SECRET_KEY']}"}),
        ("E003", {"ALLOWED_HOSTS": ["*"]}),
        ("W004", {"ALLOWED_HOSTS": ["localhost", "127.0.0.1", "[::1]", "192.168.1.4", "servidor", "web.local"]}),
        ("E005", {"ALLOWED_HOSTS": ["https://practicas.example.gov.co"]}),
        ("E005", {"ALLOWED_HOSTS": ["practicas.example.gov.co:8443"]}),
        ("E006", {"INSECURE_HTTP": True}),
        ("E006", {"INSECURE_HTTP": True, "ALLOWED_HOSTS": ["*"]}),
        ("E006", {"INSECURE_HTTP": True, "ALLOWED_HOSTS": ["localhost", "8.8.8.8"]}),
        ("E007", {"DEBUG": True}),
        ("W008", {"SECURE_PROXY_SSL_HEADER": TLS}),
        ("W009", {"TRUSTED_PROXIES": ["127.0.0.1"]}),
        ("E010", {"SECURE_PROXY_SSL_HEADER": TLS, "TRUSTED_PROXIES": ["nginx"]}),
        ("E010", {"SECURE_PROXY_SSL_HEADER": TLS, "TRUSTED_PROXIES": ["127.0.0.1", "10.0.0.0/99"]}),
        ("E011", {"SECURE_PROXY_SSL_HEADER": TLS, "TRUSTED_PROXIES": ["0.0.0.0/0"]}),
        ("E011", {"SECURE_PROXY_SSL_HEADER": TLS, "TRUSTED_PROXIES": ["::/0"]}),
        ("E012", {"SECURITY_CONTACT": "la oficina de sistemas"}),
        ("E030", {"CACHE_URL": "memcached://127.0.0.1"}),
        ("E030", {"CACHE_URL": "127.0.0.1:6379"}),
        ("E030", {"CACHE_URL": "redis://"}),
        ("E030", {"CACHE_URL": "redis://127.0.0.1:puerto/0"}),
        ("E033", {"DUMP_URL": "volcado"}),
        ("E033", {"DUMP_URL": "//otro.example/"}),
        ("E033", {"DUMP_URL": "javascript:alert(1)"}),
        ("E034", {"ERROR_MAIL": ["sistemas"], "EMAIL_URL": "smtp://localhost"}),
        ("W035", {"ERROR_MAIL": ["sistemas@example.gov.co"]}),
        ("E036", {"EMAIL_URL": "mail.example.gov.co"}),
        ("E040", {"MAX_ATTACHMENT_MB": 0}),
        ("E040", {"DATABASE_POOL_SIZE": 0}),
        ("E040", {"SLOW_QUERY_MS": -1}),
        ("E040", {"READY_FREE_MB": -1}),
        ("E041", {"MAX_ATTACHMENT_MB": 300}),
        ("E042", {"LOG_FORMAT": "xml"}),
        ("E043", {"LOG_LEVEL": "verbose"}),
    ],
)
def test_setting_that_is_wrong_is_told(sound, told, wrong):
    for name, value in wrong.items():
        setattr(sound, name, value)
    assert ids() == [told]


@pytest.mark.parametrize(
    "right",
    [
        {"ALLOWED_HOSTS": [".example.gov.co", "localhost", "[2001:4860:4860::8888]"]},
        {"INSECURE_HTTP": True, "ALLOWED_HOSTS": ["localhost", "[::1]"], "SECRET_KEY": "corta"},
        {"DEBUG": True, "INSECURE_HTTP": True, "ALLOWED_HOSTS": ["localhost"]},
        {"SECURE_PROXY_SSL_HEADER": TLS, "TRUSTED_PROXIES": ["unix", "10.0.0.0/8", "::1"]},
        {"CACHE_URL": "rediss://:secreto@cache.example.gov.co:6380/1"},
        {"CACHE_URL": "unix:///run/redis/redis.sock"},
        {"DUMP_URL": "/volcado/"},
        {"DUMP_URL": "https://datos.example.gov.co/volcado/"},
        {"ERROR_MAIL": ["sistemas@example.gov.co"], "EMAIL_URL": "submission://user:p%40ss@mail.example.gov.co"},
        {"SLOW_QUERY_MS": 0, "READY_FREE_MB": 0},
        {"SECURITY_CONTACT": "seguridad@example.gov.co"},
    ],
)
def test_setting_that_is_right_is_not_told(sound, right):
    for name, value in right.items():
        setattr(sound, name, value)
    assert ids() == []


def test_secrets_are_not_repeated(sound):
    sound.SECRET_KEY = "s3creto"
    sound.CACHE_URL = "http://:s3creto@cache"
    sound.EMAIL_URL = "s3creto"
    assert [str(message) for message in found() if "s3creto" in str(message)] == []
    assert len(found()) == 3


def test_folder_that_cannot_be_written_is_told(sound, tmp_path):
    (tmp_path / "file").write_text("")
    sound.VAR_DIR = tmp_path / "file" / "var"
    assert ids() == ["E020"]


def test_folder_that_is_made_when_it_is_needed_is_not_told(sound, tmp_path):
    sound.VAR_DIR, sound.MEDIA_ROOT = tmp_path / "new", tmp_path / "new" / "files"
    assert ids() == []


@pytest.mark.parametrize("inside", ["code/static", "code/static/var", "var/static"])
def test_files_in_a_folder_that_is_served_are_told(sound, tmp_path, inside):
    sound.MEDIA_ROOT = tmp_path / inside / "files"
    assert ids() == ["E021"]


def test_files_that_every_user_of_the_machine_reads_are_told(sound, monkeypatch):
    monkeypatch.setattr(Path, "parents", [])
    sound.MEDIA_ROOT.chmod(0o755)
    assert ids() == ["W022"]
    sound.MEDIA_ROOT.chmod(0o750)
    (sound.BASE_DIR / ".env").touch(mode=0o644)
    (sound.BASE_DIR / ".env").chmod(0o644)
    assert ids() == ["W022"]
    sound.INSECURE_HTTP, sound.ALLOWED_HOSTS = True, ["localhost"]
    assert ids() == []


def test_sqlite_without_its_folder_is_told(sound, monkeypatch, tmp_path):
    use(sound, monkeypatch, {"default": {**SQLITE, "NAME": str(tmp_path / "gone" / "catalogue.sqlite3")}})
    assert ids() == ["E023"]


def test_sqlite_that_cannot_be_written_is_told(sound, monkeypatch, tmp_path):
    use(sound, monkeypatch, {"default": {**SQLITE, "NAME": str(tmp_path / "catalogue.sqlite3")}})
    assert ids() == []
    access = folders.os.access
    monkeypatch.setattr(folders.os, "access", lambda path, mode: path != tmp_path and access(path, mode))
    assert ids() == ["E024"]


def test_sqlite_with_what_several_servers_share_is_told(sound, monkeypatch, tmp_path):
    use(sound, monkeypatch, {"default": {**SQLITE, "NAME": str(tmp_path / "catalogue.sqlite3")}})
    sound.CACHE_URL = "redis://10.0.0.5/0"
    assert ids() == ["W025"]


def test_folder_for_passing_files_that_is_missing_is_told(sound, monkeypatch, tmp_path):
    monkeypatch.setenv("TMPDIR", str(tmp_path / "gone"))
    assert ids() == ["E026"]


@pytest.mark.parametrize(
    ("replica", "told"),
    [
        ({**POSTGRESQL, "HOST": "db2"}, []),
        (POSTGRESQL, ["W032"]),
        (SQLITE, ["E031"]),
    ],
)
def test_replica_that_is_none_is_told(sound, monkeypatch, replica, told):
    use(sound, monkeypatch, {"default": POSTGRESQL, "replica": replica})
    assert ids() == told


S3 = {"BUCKET": "fichas", "KEY": "llave", "SECRET": "s3creto", "ENDPOINT": "https://s3.example.gov.co"}


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({}, []),
        ({"KEY": "", "SECRET": "", "ENDPOINT": ""}, []),
        (dict.fromkeys(S3, ""), []),
        ({"BUCKET": ""}, ["E037"]),
        ({"SECRET": ""}, ["E038"]),
        ({"KEY": ""}, ["E038"]),
        ({"ENDPOINT": "s3.example.gov.co"}, ["E039"]),
    ],
)
def test_store_of_files_that_is_half_set_is_told(sound, monkeypatch, wrong, told):
    for name, value in {**S3, **wrong}.items():
        monkeypatch.setenv(f"FILES_S3_{name}", value)
    assert ids() == told


# --- What is in the database ---------------------------------------------------------------------------------------


@pytest.fixture
def filled(transactional_db):
    """A database without fault."""
    call_command("load_vocabulary", verbosity=0)
    Identity.objects.update(name="Superintendencia de Prueba")


def in_database() -> list[str]:
    messages = database.check_database(databases=["default"])
    assert all(message.hint for message in messages)
    return [message.id.removeprefix("catalogue.") for message in messages]


def test_sound_database_is_silent_and_asked_only_where_that_is_wanted(filled):
    published()
    assert in_database() == []
    assert database.check_database() == []


def test_database_that_is_away_is_told_without_where_it_is(monkeypatch):
    def away(*args: Any) -> None:
        raise database.DatabaseError("no such host 10.9.8.7")

    monkeypatch.setattr(database, "pending_migrations", away)
    assert in_database() == ["W060"]
    assert "10.9.8.7" not in str(database.check_database(databases=["default"])[0])


def test_migration_that_is_pending_is_told_alone(filled, monkeypatch):
    lacking = readiness.wanted_migrations() | {("practices", "9999_of_tomorrow")}
    monkeypatch.setattr(readiness, "wanted_migrations", lambda: lacking)
    Group.objects.all().delete()
    assert in_database() == ["W061"]


@pytest.mark.parametrize("trigger", sorted(database.wanted_triggers()))
def test_trigger_that_is_missing_is_told(filled, trigger):
    table = trigger.partition("_code_")[0].removesuffix("_frozen")
    place = "" if connection.vendor == "sqlite" else f" ON {table}"
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TRIGGER {trigger}{place}")
    try:
        assert in_database() == ["W062"]
    finally:
        database.immutability.install_trigger()
        database.code_guard.install_code_guard()
    assert in_database() == []


def test_group_that_is_missing_is_told(filled):
    Group.objects.filter(name="Revisores").delete()
    assert in_database() == ["W063"]


@pytest.mark.parametrize("model", [Category, Service])
def test_vocabulary_that_is_empty_is_told(filled, model):
    model.objects.all().delete()
    assert in_database() == ["W064"]


def test_index_that_is_empty_is_told(filled):
    published()
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM practices_search")
    assert in_database() == ["W065"]


def test_institution_that_nobody_filled_in_is_told(filled):
    Identity.objects.update(name="Entidad de ejemplo")
    assert in_database() == ["W066"]


# --- As the engineer asks ------------------------------------------------------------------------------------------


def test_every_file_of_checks_is_asked_and_those_of_deployment_only_there(sound):
    sound.DEBUG, sound.MEDIA_ROOT, sound.DUMP_URL, sound.LOG_FORMAT = True, sound.STATIC_ROOT / "x", "nada", "xml"
    told = [
        {message.id for message in run_checks(include_deployment_checks=deploy) if message.id.startswith("catalogue")}
        for deploy in (False, True)
    ]
    plain = {"catalogue.E033", "catalogue.E042"}
    assert told == [plain, plain | {"catalogue.E007", "catalogue.E021"}]


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"TIME_ZONE": "Bogota"}, "(catalogue.E044) TIME_ZONE is not known: Bogota."),
        ({"BEHIND_TLS_PROXY": "1"}, "catalogue.W008"),
        ({"ALLOWED_HOSTS": "*"}, "catalogue.E003"),
        ({"LOG_FORMAT": "xml", "LOG_LEVEL": "verbose"}, "catalogue.E042"),
        ({"DATABASE_URL": "sqlite:////nada/catalogue.sqlite3"}, "catalogue.E023"),
        ({"ERROR_MAIL": "sistemas@example.gov.co"}, "catalogue.W035"),
    ],
)
def test_command_fails_and_says_why(wrong, told):
    outcome = manage("check", "--deploy", "--fail-level", "WARNING", **{**PRODUCTION, **wrong})
    assert outcome.returncode != 0
    assert told in outcome.stderr
