"""The whole suite on SQLite and on PostgreSQL, side by side: `python -m tests.both [arguments of pytest]`.

Each takes one core. What SQLite says is printed as it comes, what PostgreSQL says after it.
"""

import os
import subprocess
import sys
import tempfile
from typing import IO

DATABASES = ("sqlite", "postgresql")
NAMES = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}


def started(database: str, arguments: list[str], output: IO[str] | None) -> subprocess.Popen:
    environment = {**os.environ, "TEST_DATABASE": database}
    command = [sys.executable, "-m", "pytest", *arguments]
    return subprocess.Popen(command, env=environment, stdout=output, stderr=subprocess.STDOUT if output else None)


def main(arguments: list[str]) -> int:
    with tempfile.TemporaryFile("w+", encoding="utf-8") as later:
        print(f"── {NAMES['sqlite']} ──", flush=True)
        other = started("postgresql", arguments, later)
        try:
            codes = [started("sqlite", arguments, None).wait(), other.wait()]
        finally:
            other.terminate()
        later.seek(0)
        print(f"── {NAMES['postgresql']} ──\n{later.read()}", flush=True)
    for database, code in zip(DATABASES, codes, strict=True):
        print(f"{NAMES[database]}: {'passed' if code == 0 else f'failed ({code})'}", flush=True)
    return max(codes)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
