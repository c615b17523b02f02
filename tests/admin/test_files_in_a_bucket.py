"""With FILES_S3_BUCKET, everything that is done with files is done in the store: here one that moto plays."""

import hashlib
import io
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import boto3
import openpyxl
import pytest
from django.core.files.storage import storages
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.test import Client
from django.utils import timezone
from moto import mock_aws

from catalogue.bucket import options
from practices.editorial.publishing import publish
from practices.exchange.downloads import INERT
from practices.models.batch import ImportBatch
from practices.models.files import StoredFile
from practices.models.practice import Practice
from practices.models.staging import StagedFile

from .. import factories
from ..files import pdf
from .conftest import make_vocabulary
from .forms import change, rows
from .test_imports import address

ENDPOINT = "https://files.example.org"
BUCKET = "catalogue-files"
KEYS = {"key": "only-for-tests", "secret": "only-for-tests", "region": "us-east-1"}
REPORT = pdf("La medición de los caudales.")
SHA256 = hashlib.sha256(REPORT).hexdigest()
NAME = f"{SHA256[:2]}/{SHA256}"

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def vocabulary(db) -> None:
    """Anew for each test, as none is rolled back."""
    make_vocabulary()


@pytest.fixture
def bucket(monkeypatch: pytest.MonkeyPatch, settings, vocabulary) -> Iterator[Any]:
    """The bucket, which the catalogue keeps its files in until the test is over."""
    monkeypatch.setenv("MOTO_S3_CUSTOM_ENDPOINTS", ENDPOINT)
    with mock_aws():
        names = {"aws_access_key_id": KEYS["key"], "aws_secret_access_key": KEYS["secret"]}
        store = boto3.resource("s3", endpoint_url=ENDPOINT, region_name=KEYS["region"], **names)
        bucket = store.create_bucket(Bucket=BUCKET)
        use(settings, ENDPOINT)
        yield bucket


def use(settings, endpoint: str) -> None:
    found = {"BACKEND": "catalogue.bucket.Bucket", "OPTIONS": options(BUCKET, endpoint=endpoint, **KEYS)}
    settings.STORAGES = {**settings.STORAGES, "default": found}
    assert type(storages["default"]).__name__ == "Bucket"


def names(bucket) -> list[str]:
    return [found.key for found in bucket.objects.all()]


def attached(client: Client, content: bytes = REPORT) -> Practice:
    """A record that a person gave a file."""
    record = factories.practice()
    upload = SimpleUploadedFile("Informe final.pdf", content, "text/html")
    change(
        client, record.pk, **rows("attachment_set", {"upload": upload, "description": "El informe", "language": "es"})
    )
    return record


def test_file_is_uploaded_published_found_and_downloaded(bucket, as_writer: Client, client: Client) -> None:
    publication = publish(factories.approved(attached(as_writer)))

    assert names(bucket) == [NAME]
    stored = bucket.Object(NAME)
    assert (stored.content_type, stored.content_length) == ("application/octet-stream", len(REPORT))
    grants = bucket.Object(NAME).Acl().grants
    assert [grant["Grantee"]["Type"] for grant in grants] == ["CanonicalUser"]

    response = client.get(f"/practicas/{publication.code}/archivos/1/")
    assert hashlib.sha256(response.getvalue()).hexdigest() == SHA256
    assert {name: response[name] for name in ("Content-Type", "Content-Length", "Content-Disposition")} == {
        "Content-Type": "application/pdf",
        "Content-Length": str(len(REPORT)),
        "Content-Disposition": 'attachment; filename="Informe final.pdf"',
    }
    assert response["Content-Security-Policy"] == INERT
    assert "<mark>caudales</mark>" in client.get("/practicas/?q=caudal").content.decode()


def test_same_bytes_are_one_object(bucket, as_writer: Client) -> None:
    attached(as_writer)
    factories.attachment(REPORT, "El mismo.pdf")
    assert names(bucket) == [NAME]


def test_bytes_that_come_while_they_are_removed_stay(bucket) -> None:
    """Removing deletes the row first and the bytes after the commit; the row may be there again by then."""
    former = factories.attachment(REPORT)
    row = StoredFile.objects.get()
    StoredFile.objects.all().delete()
    factories.attachment(REPORT)
    row.content.storage.delete(row.content.name)
    with StoredFile.objects.get(pk=former.sha256).content.open("rb") as content:
        assert content.read() == REPORT


def test_what_nobody_needs_is_removed(bucket, as_writer: Client) -> None:
    factories.attachment(b"%PDF-1.7 nobody's")
    attached(as_writer)
    StagedFile.objects.update(chosen_at=timezone.now() - timedelta(days=8))
    call_command("clean_staged", verbosity=0)
    assert names(bucket) == [NAME]


def test_object_that_is_missing_is_not_found(bucket, as_writer: Client, client: Client) -> None:
    publication = publish(factories.approved(attached(as_writer)))
    bucket.Object(NAME).delete()
    assert client.get(f"/practicas/{publication.code}/archivos/1/").status_code == 404


def test_store_that_is_away_is_a_503_and_pages_go_on(bucket, settings, as_writer: Client, client: Client) -> None:
    publication = publish(factories.approved(attached(as_writer)))
    use(settings, "http://127.0.0.1:9")

    response = client.get(f"/practicas/{publication.code}/archivos/1/")
    assert (response.status_code, response["Retry-After"]) == (503, "10")
    assert client.get(f"/practicas/{publication.code}/").status_code == 200


def test_report_of_an_import_is_the_spreadsheet_that_was_imported(bucket, as_writer: Client) -> None:
    book = openpyxl.Workbook()
    book.active.append(["Código", "Título", "Nota propia"])
    book.active.append(["BP-PRUEBA-SSPD-001-2021", "", "Queda"])
    content = io.BytesIO()
    book.save(content)
    as_writer.post(address("add"), {"chosen": SimpleUploadedFile("tabla.xlsx", content.getvalue())}, follow=True)
    batch = ImportBatch.objects.get()

    response = as_writer.get(address("report", batch.pk))
    sheet = openpyxl.load_workbook(io.BytesIO(response.getvalue())).active
    assert [cell.value for cell in sheet[2]][2] == "Queda"
