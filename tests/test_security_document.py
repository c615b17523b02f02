"""docs/security.md promises nothing that no test proves."""

import ast
import re

import pytest

from tests.settings import BASE_DIR

PROMISES = (BASE_DIR / "docs/security.md").read_text(encoding="utf-8").partition("## Promises")[2]
ROWS = [row.strip("| ").split(" | ") for row in PROMISES.splitlines() if re.match(r"\| (?!promise)", row)]


def defined_in(name: str) -> set[str]:
    tree = ast.parse((BASE_DIR / name).read_text(encoding="utf-8"))
    return {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}


def is_proof(reference: str) -> bool:
    """Whether there is such a test, file of tests, or script that asks the running site."""
    name, _colons, test = reference.partition("::")
    return (BASE_DIR / name).exists() and (not test or test in defined_in(name))


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row[0][:60])
def test_promise_names_tests_that_exist(row):
    _promise, _kept_in, proof = row
    named = re.findall(r"`([^`]+)`", proof)
    assert named
    assert [reference for reference in named if not is_proof(reference)] == []
