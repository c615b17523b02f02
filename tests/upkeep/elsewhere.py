"""The other database: commands run in a process of their own, on a database and files of their own."""

import json
import os
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg
from django.db import connection

from tests.settings import BASE_DIR

from .all_rows import Rows

SQLITE = "other.sqlite3"
PROGRAM = [sys.executable, "-W", "ignore"]


@dataclass(frozen=True)
class Elsewhere:
    url: str
    folder: Path
    """Its files are here, in `files`."""

    @property
    def environment(self) -> dict[str, str]:
        own = {"DATABASE_URL": self.url, "VAR_DIR": str(self.folder), "DJANGO_SETTINGS_MODULE": "catalogue.settings"}
        return {**os.environ, "PYTHONPATH": str(BASE_DIR), **own}

    def run(self, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
        """`python …` there."""
        command = [*PROGRAM, *map(str, arguments)]
        return subprocess.run(command, env=self.environment, cwd=BASE_DIR, capture_output=True, text=True, timeout=300)

    def manage(self, *arguments: str | Path) -> str:
        """What a command said; it must succeed."""
        done = self.run(BASE_DIR / "manage.py", *arguments)
        assert done.returncode == 0, done.stderr
        return done.stdout

    def rows(self) -> Rows:
        done = self.run("-m", "tests.upkeep.all_rows")
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)


def sqlite(folder: Path, like: Elsewhere | None = None) -> Elsewhere:
    """A new file, or a copy of another."""
    if like:
        for path in like.folder.glob(f"{SQLITE}*"):
            shutil.copy(path, folder)
    return Elsewhere(f"sqlite:///{folder / SQLITE}", folder)


def copy_of_committed(there: Elsewhere) -> None:
    """What this run began with, into a new file: what its tests wrote since is in transactions of theirs."""
    name = connection.settings_dict["NAME"]
    with closing(sqlite3.connect(name)) as here, closing(sqlite3.connect(there.folder / SQLITE)) as copy:
        here.backup(copy)


def postgresql(folder: Path, name: str, like: str = "template1") -> Elsewhere:
    """A new database on the server of this run, or a copy of another."""
    with _server() as server:
        server.execute(f'CREATE DATABASE "{name}" TEMPLATE "{like}"')
    address = urlsplit(os.environ["DATABASE_URL"])
    return Elsewhere(urlunsplit(address._replace(path=f"/{name}")), folder)


def drop(name: str) -> None:
    with _server() as server:
        server.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


def _server() -> psycopg.Connection:
    given = connection.get_connection_params()
    wanted = {key: given[key] for key in ("host", "port", "user", "password") if given.get(key)}
    return psycopg.connect(dbname="postgres", autocommit=True, **wanted)


def files_in(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
