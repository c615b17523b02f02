"""Data that no test of a module changes for good, made once for the module.

A fixture of the module's scope that asks for `module_database` makes its data inside a transaction that is rolled back
at last. Each test that uses it is rolled back to there, as every test is, and finds its files as they were made:

    @pytest.fixture(scope="module")
    def collection(module_database) -> None:
        published(rich_document(1))

Tests of the module that ask for other such fixtures, or for none, do not see the data, and may be of any kind. Only
those that share it must be rolled back themselves: none of them may have `transaction=True` or a `live_server`. What a
fixture returns is one object for all of them: no test may change it.
"""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

import pytest
from django.db import transaction
from django.test import override_settings
from pytest_django import DjangoDbBlocker

from .kept import forget

FIXTURE = "module_database"


@dataclass
class Sharing:
    """What the test that runs now shares with others, and the request that made the database of it."""

    fixtures: tuple[str, ...] = ()
    request: pytest.FixtureRequest | None = None


_now = Sharing()


def fixtures_of(item: pytest.Item) -> tuple[str, ...]:
    """The fixtures of the module's scope that a test uses, where `module_database` is one of them."""
    names = getattr(item, "fixturenames", ())
    if FIXTURE not in names:
        return ()
    found = item._fixtureinfo.name2fixturedefs
    return tuple(sorted(name for name in names if name in found and found[name][-1].scope == "module"))


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Within a module, tests that share the same data stand together, after those that share none."""
    modules = groupby(list(items), key=lambda item: item.getparent(pytest.Module))
    items[:] = [item for _module, group in modules for item in sorted(group, key=fixtures_of)]


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    """Nobody sees what others share: it is gone before the first test that does not use just that."""
    fixtures = fixtures_of(item)
    if fixtures and not is_rolled_back(item):
        pytest.fail("A test that is not rolled back may not share data of its module (tests/module_data.py).")
    if _now.request and fixtures != _now.fixtures:
        _now.request._fixturedef.finish(_now.request)
    _now.fixtures = fixtures


def is_rolled_back(item: pytest.Item) -> bool:
    mark = item.get_closest_marker("django_db")
    lasting = {"live_server", "transactional_db"}.intersection(item.fixturenames)
    if lasting or (mark and mark.kwargs.get("transaction")):
        return False
    return mark is not None or "db" in item.fixturenames


@pytest.fixture(scope="module")
def module_database(
    request: pytest.FixtureRequest,
    django_db_setup: None,
    django_db_blocker: DjangoDbBlocker,
    folders: Iterator[Path],
) -> Iterator[Path]:
    """A database, and a folder for files, in which a fixture of the module's scope may make its data."""
    forget()
    folder = next(folders)
    outer = transaction.atomic()
    # As that of a test, to what must not run within another transaction.
    outer._from_testcase = True
    with django_db_blocker.unblock(), override_settings(MEDIA_ROOT=folder), outer:
        _now.request = request
        yield folder
        _now.request = None
        transaction.set_rollback(True)


@pytest.fixture
def own_files(request: pytest.FixtureRequest, folders: Iterator[Path]) -> Path:
    """A folder of the test's own with the files that its module's data has, if it uses any."""
    folder = next(folders)
    if FIXTURE in request.fixturenames and (made := request.getfixturevalue(FIXTURE)).exists():
        shutil.copytree(made, folder)
    return folder
