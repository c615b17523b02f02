"""What every test may use, and what is said of the tests that did not run."""

import gc
import os
import shutil
from collections.abc import Iterator
from functools import cache
from itertools import count
from pathlib import Path
from typing import IO

import pytest
from django.template import Context, Template
from django.test import TransactionTestCase
from pytest_django import DjangoDbBlocker

from . import module_data
from .kept import forget
from .snapshot import keep

REQUIRE_ALL = os.environ.get("REQUIRE_ALL") == "1"
BROWSERS = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def chromium() -> str | None:
    """The browser on this machine, if there is one."""
    return next((found for name in BROWSERS if (found := shutil.which(name))), None)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    if chromium() is None:
        for item in items:
            if item.get_closest_marker("browser"):
                item.add_marker(pytest.mark.skip(reason="no Chromium on this machine (apt install chromium)"))


def pytest_configure(config: pytest.Config) -> None:
    # Python looks for rings of dead objects a hundred times while one form is drawn: a fifth of its time.
    gc.set_threshold(50_000, 20, 20)
    config.pluginmanager.register(module_data)


def settled() -> None:
    """What is there by now stays until the end, and is not looked through again."""
    gc.collect()
    gc.freeze()


def pytest_collection_finish() -> None:
    settled()


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    skipped = len(terminalreporter.stats.get("skipped", []))
    if skipped:
        terminalreporter.write_line(f"{skipped} tests did not run; the reasons stand above.")


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    """REQUIRE_ALL=1 turns a skipped test into a failure of the run."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if REQUIRE_ALL and exitstatus == 0 and reporter and reporter.stats.get("skipped"):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> None:
    """A test that cannot be rolled back leaves the database as the migrations made it, all that they put in included.
    Django's own way leaves it empty, and makes some of that again for each test."""
    with django_db_blocker.unblock():
        put_back = keep()
    TransactionTestCase._fixture_teardown = lambda _case: put_back()
    # Migrations leave many thousand objects behind.
    settled()


@pytest.fixture(scope="session", autouse=True)
def _boxes_drawn_quietly(django_test_environment: None) -> Iterator[None]:
    """Django copies the whole context of every template that a test draws, for `response.context`. A form is drawn by
    hundreds of small ones, one for each box, which no test asks for: those are only drawn."""
    told = Template._render

    def render(template: Template, context: Context) -> str:
        if template.name and template.name.startswith("django/forms/"):
            return template.nodelist.render(context)
        return told(template, context)

    Template._render = render
    yield
    Template._render = told


@pytest.fixture(scope="session", autouse=True)
def _addresses_translated_once() -> None:
    """Within a test's transaction the links around a page are read for each page anew. They may have changed, but not
    what an address is in the other language: to find that out took a quarter of the time of a list."""
    from practices.web import frame

    frame.translate_url = cache(frame.translate_url)


@pytest.fixture(scope="session", autouse=True)
def _same_bytes_read_once() -> None:
    """A file is read by a process of its own; hundreds of tests attach the same few bytes. tests/extraction reads each
    by itself."""
    from practices.search import file_texts

    texts: dict[bytes, str] = {}
    read = file_texts.extract

    def extract(file: IO[bytes]) -> str:
        content = file.read()
        if content not in texts:
            texts[content] = read(file)
        return texts[content]

    file_texts.extract = extract


@pytest.fixture(autouse=True)
def _nothing_kept() -> None:
    forget()


@pytest.fixture(scope="session")
def folders(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Names of folders that are not there yet. Pytest would make one for each of thousands of tests, and look through
    all that it made before to number it."""
    above = tmp_path_factory.mktemp("files")
    return (above / str(number) for number in count())


@pytest.fixture(autouse=True)
def _files_of_one_test(settings, own_files: Path) -> None:
    settings.MEDIA_ROOT = own_files
