"""The plain text inside files that people attach: PDF, Word, PowerPoint, Excel, OpenDocument. No Django.

A file comes from anywhere, so it is read by a child process (child.py) that the kernel holds to its time, memory and
output. What the child cannot do within them, or does not survive, is a file without text.
"""

import logging
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO

log = logging.getLogger(__name__)

MOST_CHARS = 200_000
"""What is kept of a text: some seventy pages."""
MOST_BYTES = 100 * 1024 * 1024
PDF, ZIP = b"%PDF-", b"PK\x03\x04"
HEAD = 1024

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Limits:
    """`cpu` and `seconds` are those of the child's work and of the clock; a busy machine needs more of the latter."""

    cpu: int = 10
    seconds: int = 30
    megabytes: int = 768


def extract(file: IO[bytes], limits: Limits | None = None) -> str:
    """At most MOST_CHARS characters; "" where the file holds no text, or what it holds cannot be read.

    Raises OSError only: the bytes are not to be had, or the machine starts no process.
    """
    file.seek(0)
    head = file.read(HEAD)
    if PDF not in head and not head.startswith(ZIP):
        return ""
    with TemporaryFile() as copy, TemporaryFile() as text:
        # A copy, since an upload may be in memory only and the child needs a file that it can seek in.
        copy.write(head)
        shutil.copyfileobj(file, copy)
        if copy.tell() > MOST_BYTES:
            return _nothing("it is too large")
        copy.seek(0)
        return _read_by_child(copy, text, limits or Limits())


def _read_by_child(file: IO[bytes], text: IO[bytes], limits: Limits) -> str:
    command = [sys.executable, "-m", f"{__name__}.child", str(limits.cpu), str(limits.megabytes)]
    try:
        # Of the environment only what Python needs to start: a file that takes the child over finds no secrets.
        done = subprocess.run(  # noqa: S603
            command,
            stdin=file,
            stdout=text,
            stderr=subprocess.DEVNULL,
            cwd=ROOT,
            env={name: os.environ[name] for name in ("PATH", "PYTHONPATH", "LD_LIBRARY_PATH") if name in os.environ},
            timeout=limits.seconds,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return _nothing(f"it took more than {limits.seconds} s")
    if done.returncode:
        return _nothing(f"its reader ended with {done.returncode}")
    text.seek(0)
    return text.read().decode(errors="ignore")[:MOST_CHARS]


def _nothing(reason: str) -> str:
    log.info("no text was read in a file: %s", reason)
    return ""
