"""Servers of the exercise: each is started and stopped by its own process, and by nothing else."""

import contextlib
import os
import pwd
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

PATIENCE = 30


def until(holds: Callable[[], object], what: str, patience: float = PATIENCE) -> float:
    """Seconds until it holds. Raises TimeoutError."""
    began = time.monotonic()
    while not holds():
        if time.monotonic() - began > patience:
            raise TimeoutError(what)
        time.sleep(0.05)
    return time.monotonic() - began


def free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return taken.getsockname()[1]


def listens(port: int) -> bool:
    with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
        return True
    return False


class Server:
    """A process that stays in the foreground, with what it says in a file."""

    def __init__(self, name: str, folder: Path, command: list[str], **environment: str) -> None:
        self.name, self.command, self.environment = name, command, environment
        self.log = folder / f"{name}.log"
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                self.command, env={**os.environ, **self.environment}, stdout=log, stderr=log, start_new_session=True
            )

    def stop(self, how: int = signal.SIGTERM) -> None:
        """Tell it to end, and wait until it has."""
        if self.process and self.process.poll() is None:
            self.process.send_signal(how)
            try:
                self.process.wait(PATIENCE)
            except subprocess.TimeoutExpired:
                self.kill()

    def kill(self) -> None:
        """As if the machine had lost it: the process and all that it started."""
        if self.process and self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()

    def says(self) -> str:
        return self.log.read_text(errors="replace")


def postgresql() -> tuple[Path, str] | None:
    """Where its programs are, and the user who may run them ("" is whoever runs this)."""
    is_root = os.geteuid() == 0
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    if not found:
        return None
    with contextlib.suppress(KeyError):
        return found[-1].parent, pwd.getpwnam("postgres").pw_name if is_root else ""
    return None


class PostgreSQL(Server):
    """A cluster of its own, with one role that anybody on this machine may be."""

    def __init__(self, name: str, folder: Path, port: int) -> None:
        programs, self.user = postgresql() or (Path(), "")
        self.programs, self.folder, self.port = programs, folder / name, port
        serve = [str(programs / "postgres"), "-D", str(self.folder), "-p", str(port)]
        values = {
            "listen_addresses": "127.0.0.1",
            "unix_socket_directories": str(folder),
            "shared_buffers": "32MB",
            "fsync": "off",
        }
        options = [word for name, value in values.items() for word in ("-c", f"{name}={value}")]
        super().__init__(name, folder, self._as_user([*serve, *options]))

    @property
    def url(self) -> str:
        return f"postgres://catalogue@127.0.0.1:{self.port}/catalogue"

    def _as_user(self, command: list[str]) -> list[str]:
        # exec, so that signals reach the server itself.
        switch = ["setpriv", f"--reuid={self.user}", f"--regid={self.user}", "--init-groups"]
        return [*switch, *command] if self.user else command

    def run(self, program: str, *arguments: str) -> str:
        command = self._as_user([str(self.programs / program), *arguments])
        return subprocess.run(command, check=True, capture_output=True, text=True, cwd="/").stdout

    def make(self) -> None:
        self.run("initdb", "-D", str(self.folder), "-U", "catalogue", "-A", "trust", "-E", "UTF8", "--no-sync")
        self.begin()
        self.run("createdb", "-h", "127.0.0.1", "-p", str(self.port), "-U", "catalogue", "catalogue")

    def follow(self, primary: "PostgreSQL") -> None:
        """Become its replica."""
        source = ["-h", "127.0.0.1", "-p", str(primary.port), "-U", "catalogue"]
        self.run("pg_basebackup", *source, "-D", str(self.folder), "-R", "-X", "stream", "-c", "fast", "--no-sync")
        self.begin()

    def begin(self) -> None:
        self.start()
        until(self.answers, f"{self.name} does not start: {self.says()[-2000:]}")

    def answers(self) -> bool:
        with contextlib.suppress(subprocess.CalledProcessError):
            return bool(self.asked("SELECT 1"))
        return False

    def asked(self, sql: str) -> str:
        name = ["-h", "127.0.0.1", "-p", str(self.port), "-U", "catalogue", "-d", "postgres"]
        return self.run("psql", *name, "-Atqc", sql).strip()


class Redis(Server):
    def __init__(self, folder: Path, port: int) -> None:
        self.port = port
        program = shutil.which("redis-server") or shutil.which("valkey-server") or "redis-server"
        quiet = ["--save", "", "--appendonly", "no", "--bind", "127.0.0.1", "--dir", str(folder)]
        super().__init__("redis", folder, [program, "--port", str(port), *quiet])

    def begin(self) -> None:
        self.start()
        until(lambda: listens(self.port), "redis does not start")
