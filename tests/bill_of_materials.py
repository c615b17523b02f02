"""The bill of materials (CycloneDX) of what runs with the catalogue, in docs/sbom.json.

`python -m tests.bill_of_materials` checks that it is current (part of `make check`); with `--update` it writes it
(`make sbom`). It is made of requirements/run.txt and of the installed packages: nothing is fetched, and the same
requirements give the same bytes. The checksums of the files of each package are in requirements/run.txt.
"""

import json
import subprocess
import sys
from typing import Any

from cyclonedx.spdx import is_expression, is_supported_id
from packaging.utils import canonicalize_name

from .dependencies import ROOT
from .licences import Told, of_what_runs

REQUIREMENTS = ROOT / "requirements" / "run.txt"
KEPT = ROOT / "docs" / "sbom.json"
OF_SOME_MACHINES = {"async-timeout": "Apache-2.0", "tzdata": "Apache-2.0"}
"""Licences of what an older Python or another system needs: the bill is the same wherever it is made."""
SCHEMA = "http://cyclonedx.org/schema/bom-1.6.schema.json"


def bill() -> str:
    """As JSON, in one order."""
    raw = _raw()
    root = raw["metadata"]["component"]
    told = of_what_runs()
    components = sorted((_component(each, told) for each in raw["components"]), key=lambda each: each["purl"])
    names = [each["bom-ref"] for each in components]
    written = {
        "$schema": SCHEMA,
        "bomFormat": "CycloneDX",
        "specVersion": raw["specVersion"],
        "version": 1,
        "metadata": {"component": {key: root[key] for key in ("bom-ref", "type", "name", "version", "description")}},
        "components": components,
        "dependencies": [{"ref": root["bom-ref"], "dependsOn": names}],
    }
    return json.dumps(written, indent=1, ensure_ascii=False) + "\n"


def _raw() -> dict[str, Any]:
    command = [sys.executable, "-m", "cyclonedx_py", "requirements", "--output-reproducible", "--sv", "1.6"]
    command += ["--pyproject", str(ROOT / "pyproject.toml"), str(REQUIREMENTS)]
    return json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)


def _component(raw: dict[str, Any], told: Told) -> dict[str, Any]:
    name = canonicalize_name(raw["name"])
    licence = OF_SOME_MACHINES.get(name) or told[name][1]
    described = {
        "type": "library",
        "bom-ref": raw["purl"],
        "name": name,
        "version": raw["version"],
        "purl": raw["purl"],
    }
    return {**described, "licenses": [_licence(licence)]}


def _licence(text: str) -> dict[str, Any]:
    """By its SPDX identifier or expression where it has one, else in the words of the package."""
    if is_supported_id(text):
        return {"license": {"id": text}}
    return {"expression": text} if is_expression(text) else {"license": {"name": text}}


def main() -> int:
    current = bill()
    if "--update" in sys.argv:
        KEPT.write_text(current, encoding="utf-8")
        return 0
    if not KEPT.exists() or KEPT.read_text(encoding="utf-8") != current:
        print("docs/sbom.json is not that of requirements/run.txt (make sbom)", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
