"""Every dependency is justified, its licence allowed, and the bill of materials is that of what is pinned."""

import json
import re

import pytest
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator
from packaging.utils import canonicalize_name

from .bill_of_materials import KEPT, bill
from .dependencies import ROOT, asked_for, pinned
from .licences import EXCEPTIONS, faults, is_allowed, of_what_runs

WORD = re.compile(r"[A-Za-z0-9][\w.-]*")


def justified() -> set[str]:
    """The packages that the first column of the table in docs/decisions.md names."""
    table = (ROOT / "docs" / "decisions.md").read_text(encoding="utf-8").partition("## Dependencies")[2]
    rows = [line.split("|") for line in table.partition("\n## ")[0].splitlines() if line.startswith("| ")]
    assert [row for row in rows if len(row) != 5 or not all(cell.strip() for cell in row[1:4])] == []
    return {canonicalize_name(word) for row in rows for word in WORD.findall(row[1])}


@pytest.mark.parametrize("group", ["run", "s3", "dev"])
def test_every_dependency_has_a_line_that_says_what_for(group):
    assert sorted(asked_for()[group] - justified()) == []


def test_every_dependency_is_pinned_with_the_checksums_of_its_files():
    asked = asked_for()
    assert sorted(asked["run"] - set(pinned("run.txt"))) == []
    assert sorted(asked["s3"] - set(pinned("s3.txt"))) == []
    assert sorted(asked["dev"] - set(pinned("dev.txt"))) == []
    for name in ("run.txt", "s3.txt", "dev.txt"):
        text = (ROOT / "requirements" / name).read_text(encoding="utf-8")
        packages = re.split(r"\n(?=\w)", text)[1:]
        assert [each.partition(" ")[0] for each in packages if "--hash=sha256:" not in each] == []


def test_licence_of_everything_that_runs_is_allowed():
    assert faults(of_what_runs(), pinned("run.txt", "s3.txt")) == []


@pytest.mark.parametrize(
    ("licence", "allowed"),
    [
        ("MIT", True),
        ("Apache-2.0 OR GPL-3.0-only", True),
        ("MIT AND PSF-2.0", True),
        ("Apache Software License; BSD License", True),
        ("MIT AND GPL-3.0-only", False),
        ("GPL-3.0-or-later", False),
        ("AGPL-3.0-only", False),
        ("GNU Affero General Public License v3", False),
        ("LGPL-3.0-only", False),
        ("MIT License; GNU General Public License (GPL)", False),
        ("UNKNOWN", False),
        ("", False),
    ],
)
def test_licence_that_binds_what_is_built_on_it_is_refused(licence, allowed):
    assert is_allowed(licence) is allowed


def test_package_that_may_not_be_used_or_is_not_the_one_pinned_is_told():
    versions = {"good": "1", "bound": "2", "other": "3", **dict.fromkeys(EXCEPTIONS, "1")}
    told = {"good": ("1", "MIT"), "bound": ("2", "AGPL-3.0-only"), "other": ("", "")}
    told |= {name: ("1", licence) for name, (licence, _reason) in EXCEPTIONS.items()}
    assert faults(told, versions) == [
        "bound 2: AGPL-3.0-only is not among the licences allowed",
        "other: nothing is installed, 3 is pinned",
    ]
    changed = told | {"psycopg": ("1", "GPL-3.0-only"), "bound": ("2", "MIT"), "other": ("3", "MIT")}
    assert faults(changed, versions) == ["psycopg 1: GPL-3.0-only is not among the licences allowed"]


def test_bill_of_materials_is_current_valid_and_complete():
    kept = KEPT.read_text(encoding="utf-8")
    assert kept == bill()
    assert JsonStrictValidator(SchemaVersion.V1_6).validate_str(kept) is None
    told = json.loads(kept)["components"]
    assert pinned("run.txt").items() <= {each["name"]: each["version"] for each in told}.items()
    assert [each["name"] for each in told if not each["licenses"]] == []


def test_bill_of_materials_says_nothing_of_the_machine_that_made_it():
    kept = KEPT.read_text(encoding="utf-8")
    assert [
        word for word in ("timestamp", "/home/", "/root/", "/work/", "serialNumber", "index-url") if word in kept
    ] == []
