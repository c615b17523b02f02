"""What the site talks to: databases, the cache, mail, where a dump is fetched from."""

import os
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.checks import CheckMessage
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import DEFAULT_DB_ALIAS

from .findings import Findings, error, warning

CACHES = ("redis", "rediss", "unix")
MAILERS = ("smtp", "submission", "submit", "smtps", "console", "file", "memory", "dummy")
PLACE = ("HOST", "PORT", "NAME")


def check_services(app_configs: Any = None, **kwargs: Any) -> list[CheckMessage]:
    return [*_cache(), *_replica(), *_dump(), *_mail(), *_bucket()]


CHECKS = (check_services,)


def _scheme_and_host(address: str) -> tuple[str, str]:
    """Two empty texts for what is no address."""
    try:
        parts = urlsplit(address)
        # Reading it is what fails on a port that is none.
        return (parts.scheme, parts.hostname or "") if parts.port is None or parts.port else ("", "")
    except ValueError:
        return "", ""


def _cache() -> Findings:
    scheme, host = _scheme_and_host(settings.CACHE_URL)
    if settings.CACHE_URL and (scheme not in CACHES or not (host or scheme == "unix")):
        yield error(
            "030",
            "CACHE_URL is no address of a Redis or Valkey: no page could be kept.",
            "Set CACHE_URL=redis://127.0.0.1:6379/0 (rediss:// with TLS), or remove it.",
        )


def _replica() -> Findings:
    main = settings.DATABASES[DEFAULT_DB_ALIAS]
    for alias, database in settings.DATABASES.items():
        if alias == DEFAULT_DB_ALIAS:
            continue
        if database["ENGINE"] != main["ENGINE"] or str(database["ENGINE"]).endswith("sqlite3"):
            yield error(
                "031",
                f"The database {alias} (REPLICA_URL) is no PostgreSQL that follows the one of DATABASE_URL.",
                "Set both to postgres://… of one cluster, or remove REPLICA_URL.",
            )
        elif [database.get(part) for part in PLACE] == [main.get(part) for part in PLACE]:
            yield warning(
                "032",
                f"The database {alias} (REPLICA_URL) is the one of DATABASE_URL: it takes no work off it.",
                "Set REPLICA_URL to the address of the replica, or remove it.",
            )


def _dump() -> Findings:
    url = settings.DUMP_URL
    scheme, host = _scheme_and_host(url)
    is_here = url.startswith("/") and not url.startswith(("//", "/\\"))
    if url and not is_here and not (scheme in ("http", "https") and host):
        yield error(
            "033",
            "DUMP_URL is neither https://… nor a path of this site: the page of open data would lead nowhere.",
            "Set DUMP_URL=/volcado/ or https://…, or remove it.",
        )


def _mail() -> Findings:
    wrong = [address for address in settings.ERROR_MAIL if not _is_mail(address)]
    if wrong:
        yield error(
            "034",
            f"ERROR_MAIL holds what is no address of mail: {', '.join(wrong)}.",
            "Write addresses alone, separated by commas: ERROR_MAIL=sistemas@example.gov.co",
        )
    if settings.ERROR_MAIL and not settings.EMAIL_URL:
        yield warning(
            "035",
            "ERROR_MAIL is set but EMAIL_URL is not: faults are logged and nobody is told.",
            "Set EMAIL_URL=submission://user:password@mail.example.gov.co, or smtp://localhost for a server here.",
        )
    if settings.EMAIL_URL and _scheme_and_host(settings.EMAIL_URL)[0] not in MAILERS:
        yield error(
            "036",
            "EMAIL_URL is of no kind that is known: no mail could be sent.",
            "Set EMAIL_URL=submission://user:password@host (TLS, port 587) or smtp://host.",
        )


def _bucket() -> Findings:
    told = {name: os.environ.get(f"FILES_S3_{name}", "").strip() for name in ("BUCKET", "KEY", "SECRET", "ENDPOINT")}
    if any(told.values()) and not told["BUCKET"]:
        yield error(
            "037",
            "There are settings FILES_S3_… but no FILES_S3_BUCKET: files are kept on this machine.",
            "Set FILES_S3_BUCKET to the name of the bucket, or remove the others.",
        )
    if bool(told["KEY"]) != bool(told["SECRET"]):
        yield error(
            "038",
            "Of FILES_S3_KEY and FILES_S3_SECRET only one is set: the store would refuse every file.",
            "Set both, or neither where the machine itself is known to the store.",
        )
    scheme, host = _scheme_and_host(told["ENDPOINT"])
    if told["ENDPOINT"] and not (scheme in ("http", "https") and host):
        yield error(
            "039",
            "FILES_S3_ENDPOINT is no web address.",
            "Set FILES_S3_ENDPOINT=https://s3.example.gov.co, or remove it for Amazon's own.",
        )


def _is_mail(address: str) -> bool:
    try:
        validate_email(address)
    except ValidationError:
        return False
    return True
