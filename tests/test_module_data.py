"""What tests of a module share is whole for each of them, and not there for the others."""

from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import connection

from practices.models.files import StoredFile
from practices.models.vocabulary import Department

ALONE = pytest.mark.parametrize("time", [1, 2])


@pytest.fixture(scope="module")
def caldas(module_database) -> Department:
    return Department.objects.create(code="17", name="Caldas")


@pytest.fixture(scope="module")
def report(caldas) -> StoredFile:
    return StoredFile.objects.store(ContentFile(b"%PDF-1.7", name="Informe.pdf"))


@pytest.fixture(scope="module")
def tolima(module_database) -> Department:
    return Department.objects.create(code="73", name="Tolima")


def departments() -> list[str]:
    return list(Department.objects.values_list("code", flat=True))


@ALONE
@pytest.mark.django_db
def test_what_one_test_changes_the_next_finds_as_it_was_made(caldas, time):
    assert departments() == ["17"]
    assert not StoredFile.objects.exists()
    Department.objects.all().delete()
    Department.objects.create(code="73", name="Tolima")


@ALONE
@pytest.mark.django_db
def test_files_are_as_they_were_made_too(report, settings, time):
    assert [path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()] == [Path(report.content.path)]
    report.content.storage.delete(report.content.name)
    default_storage.save("another.txt", ContentFile(b"another"))


@pytest.mark.django_db
def test_who_asks_for_other_data_finds_only_that(tolima):
    assert departments() == ["73"]


@pytest.mark.django_db
def test_who_asks_for_nothing_finds_nothing():
    assert departments() == []
    assert not StoredFile.objects.exists()


@ALONE
@pytest.mark.django_db(transaction=True)
def test_nor_is_it_within_a_transaction(time):
    assert not connection.in_atomic_block
    assert departments() == []
    Department.objects.create(code="73", name="Tolima")
