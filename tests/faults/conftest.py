import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.deploy.services import PostgreSQL, free_port, postgresql

from .site import Site

WITHOUT = "no PostgreSQL on this machine (apt install postgresql)"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker("faults")


@pytest.fixture(scope="session")
def place() -> Iterator[Path]:
    """Where who runs PostgreSQL comes through, too."""
    folder = Path(tempfile.mkdtemp(prefix="catalogue-faults-"))
    folder.chmod(0o777)
    yield folder
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def made(place: Path) -> Site:
    """A catalogue on SQLite that nobody runs, to be copied."""
    site = Site(place / "made")
    site.make()
    return site


@pytest.fixture(scope="session")
def server(place: Path) -> Iterator[PostgreSQL]:
    if postgresql() is None:
        pytest.skip(WITHOUT)
    server = PostgreSQL("postgresql", place, free_port())
    try:
        server.make()
        yield server
    finally:
        server.kill()


@pytest.fixture(scope="session")
def on_postgresql(place: Path, server: PostgreSQL) -> Site:
    """A catalogue on PostgreSQL, which the tests share."""
    site = Site(place / "on-postgresql", server.url)
    site.make()
    return site


@pytest.fixture
def on_sqlite(made: Site, tmp_path: Path) -> Iterator[Site]:
    """A catalogue of one test."""
    site = Site(tmp_path / "site").copied(made)
    yield site
    site.end()


@pytest.fixture(params=["sqlite", "postgresql"])
def site(request: pytest.FixtureRequest) -> Iterator[Site]:
    """On both databases."""
    found: Site = request.getfixturevalue({"sqlite": "on_sqlite", "postgresql": "on_postgresql"}[request.param])
    yield found
    found.end()
