"""What pyproject.toml asks for and requirements/*.txt pin, read without asking anybody."""

import re
import tomllib
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parent.parent
PINNED = re.compile(r"^([A-Za-z0-9][\w.-]*)(?:\[[^\]]*\])?==([^\s;\\]+)\s*(?:;\s*([^\\\n]+))?", re.MULTILINE)


def pinned(*names: str) -> dict[str, str]:
    """Version of each package that these files pin for this machine, by its canonical name."""
    found = {}
    for name in names:
        for package, version, marker in PINNED.findall((ROOT / "requirements" / name).read_text(encoding="utf-8")):
            requirement = Requirement(f"{package}=={version}" + (f"; {marker}" if marker else ""))
            if requirement.marker is None or requirement.marker.evaluate():
                found[canonicalize_name(package)] = version
    return dict(sorted(found.items()))


def asked_for() -> dict[str, set[str]]:
    """What the project itself asks for, by canonical name: to run, to run with files in S3, to work on it."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    groups = {
        "run": project["project"]["dependencies"],
        **project["project"]["optional-dependencies"],
        **project["dependency-groups"],
    }
    return {group: {canonicalize_name(Requirement(line).name) for line in lines} for group, lines in groups.items()}
