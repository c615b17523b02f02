"""`make run`: from a fresh clone to a catalogue that one can use, on one's own machine.

Every step looks first whether it is done already, so a second run only serves.
"""

import os
import secrets
import socket
import sys
from collections.abc import Iterator
from pathlib import Path

BASE_DIR = Path(__file__).resolve().parent.parent
USER = "admin"
EVERY_ADDRESS = {"0.0.0.0", "::"}  # noqa: S104 - compared with what the person asked for

ENVIRONMENT = """\
# Written by `make run`, to try the catalogue on one's own machine. docs/operations.md tells what production needs.
SECRET_KEY={secret_key}
ALLOWED_HOSTS=127.0.0.1,localhost,[::1]
DATABASE_URL=sqlite:///{database}
INSECURE_HTTP=1
"""


def say(text: str) -> None:
    print(text, flush=True)  # noqa: T201 - the progress of a command for people


def write_environment() -> None:
    """The .env that settings read, with a secret of this machine. An existing one is left alone."""
    path = BASE_DIR / ".env"
    if not path.exists():
        (BASE_DIR / "var").mkdir(exist_ok=True)
        path.touch(mode=0o600)
        database = BASE_DIR / "var" / "catalogue.sqlite3"
        path.write_text(ENVIRONMENT.format(secret_key=secrets.token_urlsafe(64), database=database))


def answer_to(host: str) -> None:
    """Let the site answer under the address that it was asked to listen on."""
    os.environ.setdefault("INSECURE_HTTP", "1")
    # Whoever tries it watches the browser.
    os.environ.setdefault("ACCESS_LOG", "0")
    if host in EVERY_ADDRESS:
        os.environ["ALLOWED_HOSTS"] = "*"
    elif "ALLOWED_HOSTS" not in os.environ:
        os.environ["ALLOWED_HOSTS"] = f"127.0.0.1,localhost,[::1],{host}"


def migrate() -> None:
    from django.core.management import call_command
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        say("· making the database")
        call_command("migrate", verbosity=0)
        # An index of another kind may just have replaced the one that an earlier version wrote.
        call_command("rebuild_search", verbosity=0)


def load_records() -> None:
    from django.core.management import call_command

    from practices.models.practice import Practice
    from practices.models.vocabulary import Service

    records = BASE_DIR / "fixtures" / "records"
    if not Service.objects.exists():
        say("· loading the vocabulary")
        call_command("load_vocabulary", verbosity=0)
    if not Practice.objects.exists():
        say("· loading the real record and the demonstration records")
        # The real one last, so that it is the newest.
        call_command("import_practices", records / "examples.json", publish=True, demonstration=True, verbosity=0)
        call_command("import_practices", records / "BP-ANDESCO-SSPD-002-2020.json", publish=True, verbosity=0)


def draw() -> None:
    """What another build drew: somebody who tries has few records, and sees his changes of a template at once."""
    from django.core.management import call_command

    call_command("draw", processes=1, verbosity=0)


def staff_password(renew: bool) -> str | None:
    """The new password of the staff user; None where it has one that was shown before."""
    from django.contrib.auth import get_user_model

    users = get_user_model().objects
    if users.filter(is_staff=True).exclude(username=USER).exists() and not renew:
        return None
    user, created = users.get_or_create(username=USER, defaults={"is_staff": True, "is_superuser": True})
    if not (created or renew):
        return None
    password = secrets.token_urlsafe(12)
    user.set_password(password)
    user.save()
    return password


def collect_static() -> None:
    """Hash and compress the static files, if one of them is newer than the last time."""
    from django.conf import settings
    from django.core.management import call_command

    stamp = Path(settings.STATIC_ROOT) / ".collected"
    newest = max(path.stat().st_mtime for path in static_sources())
    if not stamp.exists() or stamp.stat().st_mtime < newest:
        say("· preparing the static files")
        call_command("collectstatic", interactive=False, verbosity=0)
        stamp.touch()


def static_sources() -> Iterator[Path]:
    yield BASE_DIR / "requirements" / "run.txt"
    yield from (BASE_DIR / "static").rglob("*")


def introduce(host: str, port: str, password: str | None) -> None:
    shown = f"[{host}]" if ":" in host else host
    address = f"http://{'127.0.0.1' if host in EVERY_ADDRESS else shown}:{port}/"
    told = password or "the one shown when it was made (`make password` sets a new one)"
    say("")
    say(f"  Public site   {address}")
    say(f"  Admin         {address}admin/")
    say(f"  User          {USER}")
    say(f"  Password      {told}")
    say("")


def prepare(renew_password: bool) -> str | None:
    write_environment()
    answer_to(os.environ.get("HOST", "127.0.0.1"))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "catalogue.settings")

    import django

    django.setup()
    refuse_an_unreachable_database()
    migrate()
    load_records()
    draw()
    return staff_password(renew_password)


def refuse_a_taken_port(host: str, port: str) -> None:
    """Two servers could share one port without a word, each answering half of the requests."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, int(port)))
        except OSError as error:
            sys.exit(f"{host}:{port} cannot be used ({error.strerror}). Choose another: PORT=8001 make run")


def refuse_an_unreachable_database() -> None:
    from django.db import DatabaseError, connection

    try:
        # Without the pool, which would try for seconds and keep the reason to itself.
        connection.settings_dict["OPTIONS"].pop("pool", None)
        connection.ensure_connection()
    except DatabaseError as error:
        sys.exit(f"The database of DATABASE_URL does not answer: {error}")


def serve(host: str, port: str) -> None:
    """Become the application server."""
    where = ["--host", host, "--port", port]
    how = ["--interface", "wsgi", "--no-ws", "--no-access-log", "--blocking-threads", "4"]
    os.execv(sys.executable, [sys.executable, "-m", "granian", *how, *where, "catalogue.wsgi:application"])  # noqa: S606


def main(arguments: list[str]) -> None:
    renew = "--new-password" in arguments
    host, port = os.environ.get("HOST", "127.0.0.1"), os.environ.get("PORT", "8000")
    if not renew:
        refuse_a_taken_port(host, port)
    password = prepare(renew)
    if not renew:
        collect_static()
    introduce(host, port, password)
    if not renew:
        serve(host, port)


if __name__ == "__main__":
    main(sys.argv[1:])
