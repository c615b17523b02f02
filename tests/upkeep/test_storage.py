"""Files are reached through the storage that the settings name, wherever it is, never as paths."""

from pathlib import Path

import pytest
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command

from practices.models.files import StoredFile
from practices.upkeep.manifest import read_manifest
from practices.upkeep.verification import Kind, verify
from tests.factories import attached, published, rich_document

pytestmark = pytest.mark.django_db
CONTENT = b"a,b\n1,2\n"


@pytest.fixture
def stored(settings) -> StoredFile:
    """Of a published practice, in a storage that has no folders."""
    settings.STORAGES = {**settings.STORAGES, "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"}}
    published(rich_document(1, attachments=attached(CONTENT, "cifras.csv")))
    return StoredFile.objects.get()


def test_files_of_any_storage_are_kept_and_brought_back(stored, tmp_path, settings):
    call_command("backup", tmp_path / "copia", verbosity=0)
    (file,) = read_manifest(tmp_path / "copia").files
    assert (tmp_path / "copia" / file.name).read_bytes() == CONTENT
    default_storage.delete(stored.content.name)
    call_command("restore", tmp_path / "copia", replace=True, yes=True, verbosity=0)
    with default_storage.open(stored.content.name) as found:
        assert found.read() == CONTENT
    assert not Path(settings.MEDIA_ROOT).exists()


def test_missing_and_orphan_files_of_any_storage_are_found(stored, tmp_path):
    assert verify() == []
    default_storage.save("ab/" + "ab" * 32, stored.content.open())
    assert [(finding.kind, finding.what[:5]) for finding in verify()] == [(Kind.ORPHAN_FILE, "ab/ab")]
    default_storage.delete(stored.content.name)
    assert {finding.kind for finding in verify()} == {Kind.ORPHAN_FILE, Kind.FILE}
    with pytest.raises(CommandError):
        call_command("backup", tmp_path / "copia", verbosity=0)
