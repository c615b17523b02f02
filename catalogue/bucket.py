"""Uploaded files in an S3-compatible store (FILES_S3_BUCKET): private objects under the same names as on a disk.

The store itself gives nothing out: files leave through the same views, which read them here. What goes wrong on the
way to it is an OSError, as it is with a disk, so that nobody else need know where the files are.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from boto3.exceptions import Boto3Error
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError
from django.core.files import File
from storages.backends.s3 import S3File, S3Storage

from .outages import FilesAway

# Seconds to reach the store, and to wait for its next bytes.
CONNECT, READ = 2, 10
ATTEMPTS = 2
# Bytes of a file that are held in memory; more of it waits on the disk.
IN_MEMORY = 2 * 1024 * 1024


@contextmanager
def as_os_errors() -> Iterator[None]:
    try:
        yield
    except (BotoCoreError, Boto3Error, ClientError) as error:
        raise FilesAway(f"the store of files does not answer: {type(error).__name__}") from error


class Bucket(S3Storage):
    """Objects are named by what they hold. Two that come at once do not overwrite each other, so that the one that is
    being removed is never the one that just came."""

    def get_default_settings(self) -> dict[str, Any]:
        return {
            **super().get_default_settings(),
            "default_acl": None,
            # Whatever the sender called it: nobody gets it from the store with a type of its own.
            "object_parameters": {"ContentType": "application/octet-stream"},
            "file_overwrite": False,
            "max_memory_size": IN_MEMORY,
        }

    def _open(self, name: str, mode: str = "rb") -> File:
        """The whole file, fetched now: what fails, fails before an answer has begun. Raises FileNotFoundError."""
        with as_os_errors():
            file: S3File = super()._open(name, mode)
            if "r" in mode:
                file.open(mode)
            return file

    def _save(self, name: str, content: File) -> str:
        with as_os_errors():
            return super()._save(name, content)

    def delete(self, name: str) -> None:
        with as_os_errors():
            super().delete(name)

    def exists(self, name: str) -> bool:
        with as_os_errors():
            return super().exists(name)

    def size(self, name: str) -> int:
        with as_os_errors():
            return super().size(name)

    def listdir(self, name: str) -> tuple[list[str], list[str]]:
        with as_os_errors():
            return super().listdir(name)


def options(bucket: str, *, endpoint: str, region: str, key: str, secret: str) -> dict[str, Any]:
    """The OPTIONS of the storage. Without a key, those of the machine's own role. What is not Amazon's has its buckets
    in the path of its address and knows no newer checksums than those that are required."""
    config = Config(
        connect_timeout=CONNECT,
        read_timeout=READ,
        retries={"total_max_attempts": ATTEMPTS, "mode": "standard"},
        signature_version="s3v4",
        s3={"addressing_style": "path" if endpoint else "auto"},
        request_checksum_calculation="when_required" if endpoint else "when_supported",
        response_checksum_validation="when_required" if endpoint else "when_supported",
    )
    return {
        "bucket_name": bucket,
        "endpoint_url": endpoint or None,
        "region_name": region or None,
        "access_key": key or None,
        "secret_key": secret or None,
        "client_config": config,
    }
