"""A site of the exercise: granian as docs/operations.md has it, with a database and a folder of its own."""

import http.client
import json
import os
import resource
import shutil
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from urllib.parse import urlencode

from tests.admin.forms import FormReader
from tests.deploy.services import Server, free_port, until

ROOT = Path(__file__).resolve().parents[2]
SQLITE = "catalogue.sqlite3"
TOKEN = "t" * 32
HOST = "127.0.0.1"
ADD = "/admin/practices/practice/add/"
FILES = "more_files"


@dataclass(frozen=True)
class Answer:
    status: int
    body: bytes
    headers: http.client.HTTPMessage

    @property
    def text(self) -> str:
        return self.body.decode()


class Site:
    def __init__(self, folder: Path, database: str = "", workers: int = 2, **faults: str) -> None:
        """`faults`: see settings.py."""
        self.folder, self.port = folder, free_port()
        folder.mkdir(parents=True, exist_ok=True)
        self.environment = {
            **{name: value for name, value in os.environ.items() if not name.startswith("REPLICA")},
            "DJANGO_SETTINGS_MODULE": "tests.faults.settings",
            "SECRET_KEY": "only-for-this-exercise-" + "x" * 50,
            "ALLOWED_HOSTS": HOST,
            "DATABASE_URL": database or f"sqlite:///{folder / SQLITE}",
            "REPLICA_URL": "",
            "CACHE_URL": "",
            "FILES_S3_BUCKET": "",
            "VAR_DIR": str(folder),
            "INSECURE_HTTP": "1",
            "DEBUG": "0",
            "ACCESS_LOG": "0",
            "TMPDIR": str(folder),
            "PYTHONPATH": str(ROOT),
            **faults,
        }
        granian = [sys.executable, "-m", "granian", "--interface", "wsgi", "--no-ws", "--no-access-log"]
        where = ["--host", HOST, "--port", str(self.port), "--workers", str(workers), "--blocking-threads", "4"]
        command = [*granian, *where, "--respawn-failed-workers", "--workers-kill-timeout", "2"]
        self.server = Server("granian", folder, [*command, "catalogue.wsgi:application"], **self.environment)

    def manage(self, *arguments: str, most_written: int = 0) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, str(ROOT / "manage.py"), *arguments]
        limit: Callable[[], None] | None = None
        if most_written:
            limit = partial(resource.setrlimit, resource.RLIMIT_FSIZE, (most_written, most_written))
        return subprocess.run(
            command, cwd=ROOT, env=self.environment, capture_output=True, text=True, preexec_fn=limit, timeout=120
        )

    def run(self, script: str, *arguments: str, timeout: float = 120) -> str:
        """A module of tests.faults in a process of its own; what it says."""
        command = [sys.executable, "-m", f"tests.faults.{script}", *arguments]
        done = subprocess.run(command, cwd=ROOT, env=self.environment, capture_output=True, text=True, timeout=timeout)
        assert done.returncode == 0, done.stderr
        return done.stdout

    def make(self) -> None:
        """The tables and a few published records. Slow: see `copied`."""
        self.run("making")

    def copied(self, made: "Site") -> "Site":
        """With the data of another one that is not running (SQLite)."""
        for path in made.folder.iterdir():
            if path.name.startswith(SQLITE):
                shutil.copy2(path, self.folder / path.name)
        if (made.folder / "files").exists():
            shutil.copytree(made.folder / "files", self.folder / "files", dirs_exist_ok=True)
        return self

    def start(self) -> "Site":
        self.server.start()
        until(self.answers, f"the site does not start: {self.server.log}", 60)
        return self

    def answers(self) -> bool:
        with suppress(OSError, http.client.HTTPException):
            return self.get("/healthz").status == 200
        return False

    def end(self) -> None:
        self.server.kill()

    def says(self) -> str:
        return self.server.says()

    def workers(self) -> list[int]:
        """Their processes."""
        assert self.server.process
        children = Path(f"/proc/{self.server.process.pid}/task/{self.server.process.pid}/children").read_text()
        return [int(pid) for pid in children.split()]

    def limit(self, most_written: int) -> None:
        """From now on no file may be longer (bytes), as if the disk were full there."""
        for pid in self.workers():
            resource.prlimit(pid, resource.RLIMIT_FSIZE, (most_written, most_written))

    def memory(self) -> int:
        """Megabytes that its workers hold."""
        told = (Path(f"/proc/{pid}/status").read_text() for pid in self.workers())
        return sum(int(text.partition("VmRSS:")[2].split()[0]) for text in told) // 1024

    # --- Asking -----------------------------------------------------------------------------------------------

    def ask(self, method: str, path: str, body: bytes = b"", timeout: float = 30, **headers: str) -> Answer:
        connection = http.client.HTTPConnection(HOST, self.port, timeout=timeout)
        try:
            connection.request(method, path, body or None, headers)
            answer = connection.getresponse()
            return Answer(answer.status, answer.read(), answer.headers)
        finally:
            connection.close()

    def get(self, path: str, timeout: float = 30, **headers: str) -> Answer:
        return self.ask("GET", path, timeout=timeout, **headers)

    def staff(self, seen_before: int = 0) -> "Staff":
        """Somebody who may do everything, signed in and seen for the last time so many seconds ago."""
        return Staff(self, json.loads(self.run("enter", str(seen_before)))["session"])


class Staff:
    def __init__(self, site: Site, session: str) -> None:
        self.site = site
        self.cookies = {"Cookie": f"sessionid={session}; csrftoken={TOKEN}"}

    def get(self, path: str, timeout: float = 30) -> Answer:
        return self.site.get(path, timeout, **self.cookies)

    def post(
        self,
        path: str,
        values: dict[str, list[str]] | None = None,
        files: tuple[tuple[str, str, bytes], ...] = (),
        timeout: float = 60,
    ) -> Answer:
        """The form, with files as (field, name, content)."""
        sent = {**(values or {}), "csrfmiddlewaretoken": [TOKEN]}
        body, kind = (_parts(sent, files), f"multipart/form-data; boundary={TOKEN}") if files else _pairs(sent)
        return self.site.ask("POST", path, body, timeout, **self.cookies, **{"Content-Type": kind})


def _pairs(values: dict[str, list[str]]) -> tuple[bytes, str]:
    return urlencode(values, doseq=True).encode(), "application/x-www-form-urlencoded"


def _parts(values: dict[str, list[str]], files: tuple[tuple[str, str, bytes], ...]) -> bytes:
    fields = [(f'name="{name}"', value.encode()) for name, found in values.items() for value in found]
    fields += [(f'name="{field}"; filename="{name}"', content) for field, name, content in files]
    parts = (f"--{TOKEN}\r\nContent-Disposition: form-data; {told}\r\n\r\n".encode() + value for told, value in fields)
    return b"\r\n".join([*parts, f"--{TOKEN}--\r\n".encode()])


def form_of(answer: Answer) -> dict[str, list[str]]:
    """What the practice's form of this page would send."""
    reader = FormReader()
    reader.feed(answer.text)
    return {name: values for name, values in reader.values.items() if name != "csrfmiddlewaretoken"}


def without_ticket(form: dict[str, list[str]]) -> dict[str, list[str]]:
    """What a person sees of it."""
    return {name: values for name, values in form.items() if not name.startswith(("form_ticket", "initial-"))}
