"""The whole suite on SQLite and on PostgreSQL, side by side: `python -m tests.both [arguments of pytest]`.

Each takes one core. The browser's tests take two by themselves, so one database has them first and the other last:
two browsers at once would only wait for each other. What SQLite says is printed as it comes, the rest after it.
"""

import os
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import IO

NAMES = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}
BROWSER = ["tests/browser"]
REST = ["tests", "--ignore=tests/browser", "--ignore=tests/faults"]
TURNS = {"sqlite": (REST, BROWSER), "postgresql": (BROWSER, REST)}
NO_TESTS = 5
"""What pytest answers where its arguments leave no test in one of the two parts."""


def run(database: str, arguments: list[str], output: IO[str] | None) -> int:
    environment = {**os.environ, "TEST_DATABASE": database}
    command = [sys.executable, "-m", "pytest", *arguments]
    code = subprocess.run(command, env=environment, stdout=output, stderr=subprocess.STDOUT if output else None)
    return code.returncode


def suite(database: str, arguments: list[str], output: IO[str] | None) -> list[int]:
    """What pytest answered, part after part."""
    if any(Path(argument.partition("::")[0]).exists() for argument in arguments):
        return [run(database, arguments, output)]
    return [run(database, [*part, *arguments], output) for part in TURNS[database]]


def main(arguments: list[str]) -> int:
    with tempfile.TemporaryFile("w+", encoding="utf-8") as later, ThreadPoolExecutor() as beside:
        print(f"── {NAMES['sqlite']} ──", flush=True)
        other = beside.submit(suite, "postgresql", arguments, later)
        codes = {"sqlite": suite("sqlite", arguments, None), "postgresql": other.result()}
        later.seek(0)
        print(f"── {NAMES['postgresql']} ──\n{later.read()}", flush=True)
    failed = {database: [code for code in codes[database] if code not in (0, NO_TESTS)] for database in codes}
    for database, name in NAMES.items():
        ran = any(code == 0 for code in codes[database])
        said = f"failed ({failed[database][0]})" if failed[database] else "passed" if ran else "no tests"
        print(f"{name}: {said}", flush=True)
    return max([code for found in failed.values() for code in found], default=0 if ran else NO_TESTS)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
