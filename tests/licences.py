"""The licence of everything that runs with the catalogue: `python -m tests.licences` lists them (`make licences`), and
fails on one that an institution could not accept without asking a lawyer (part of `make check`)."""

import json
import subprocess
import sys

from packaging.utils import canonicalize_name

from .dependencies import pinned

RUNNING = ("run.txt", "s3.txt")
ALLOWED = {
    *("0BSD", "Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "ISC", "MIT", "MIT-0", "MIT-CMU", "PSF-2.0", "Unlicense"),
    *("Apache Software License", "BSD License", "MIT License", "ISC License (ISCL)"),
    "Python Software Foundation License",
}
"""They ask for no more than to be named. As packages write them: an SPDX identifier, or PyPI's older words."""

EXCEPTIONS = {
    "psycopg": ("LGPL-3.0-only", "used as it is, in a file of its own that may be replaced: our code stays ours"),
    "psycopg-binary": ("LGPL-3.0-only", "as psycopg"),
    "psycopg-pool": ("LGPL-3.0-only", "as psycopg"),
    "pypdfium2": (
        "BSD-3-Clause, Apache-2.0, dependency licenses",
        "PDFium's own: BSD, MIT, Apache, IJG, libtiff, zlib",
    ),
}
"""Package: its licence, and why it may be used."""

Told = dict[str, tuple[str, str]]


def installed() -> Told:
    """Version and licence of every package of this environment."""
    command = [sys.executable, "-m", "piplicenses", "--from=mixed", "--format=json", "--with-system"]
    told = json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)
    return {canonicalize_name(each["Name"]): (each["Version"], each["License"]) for each in told}


def of_what_runs() -> Told:
    """As installed; "" for both of what is not."""
    known = installed()
    return {name: known.get(name, ("", "")) for name in pinned(*RUNNING)}


def is_allowed(licence: str) -> bool:
    """Of `A OR B` one is enough; `A AND B`, and PyPI's `A; B`, must be allowed both."""
    if " OR " in licence:
        return any(is_allowed(each.strip("() ")) for each in licence.split(" OR "))
    parts = licence.replace(" AND ", ";").split(";")
    return all(part.strip("() ") in ALLOWED for part in parts)


def faults(told: Told, versions: dict[str, str]) -> list[str]:
    """In words, for each package that is missing, is of another version than is pinned, or may not be used."""
    found = []
    for name, (version, licence) in told.items():
        if version != versions[name]:
            found.append(f"{name}: {version or 'nothing'} is installed, {versions[name]} is pinned")
        elif not is_allowed(licence) and EXCEPTIONS.get(name, ("",))[0] != licence:
            found.append(f"{name} {version}: {licence or 'no licence'} is not among the licences allowed")
    return found + [f"{name}: an exception for nothing" for name in sorted(set(EXCEPTIONS) - set(told))]


def main() -> int:
    versions = pinned(*RUNNING)
    told = of_what_runs()
    for name, (version, licence) in told.items():
        print(f"{name:<24} {version:<14} {licence}" + (f" ({EXCEPTIONS[name][1]})" if name in EXCEPTIONS else ""))
    found = faults(told, versions)
    print(*found, sep="\n", file=sys.stderr, end="\n" if found else "")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
