"""Files whose bytes are not where they should be: looked for by name and size, which costs a storage one question a
file. Whether the bytes are the right ones is for a verification that reads them."""

from collections.abc import Iterator
from datetime import datetime

from django.db import transaction

from practices.models.files import StoredFile
from practices.models.identity import Identity
from practices.models.missing_file import MissingFile, Problem
from practices.models.parts import Attachment
from practices.models.publication import Publication

AT_ONCE = 500


def look_for_files(at: datetime) -> list[MissingFile]:
    """Look for every stored file, and keep which are missing. Raises what the storage raises where it is away as a
    whole: then nothing is known of any file, and nothing is written."""
    found = {stored.pk: problem for stored in _stored() if (problem := problem_of(stored))}
    with transaction.atomic():
        MissingFile.objects.exclude(pk__in=found).delete()
        known = MissingFile.objects.in_bulk()
        for sha256, problem in found.items():
            row = known.get(sha256) or MissingFile(stored_file_id=sha256, found_at=at)
            if row.problem != problem:
                row.problem = problem
                row.save()
    return list(MissingFile.objects.select_related("stored_file").order_by("found_at", "pk"))


def _stored() -> Iterator[StoredFile]:
    return StoredFile.objects.order_by("pk").iterator(AT_ONCE)


def problem_of(stored: StoredFile) -> Problem | None:
    try:
        size = stored.content.storage.size(stored.content.name or "")
    except FileNotFoundError:
        return Problem.MISSING
    except PermissionError:
        return Problem.UNREADABLE
    return None if size == stored.size else Problem.SIZE


def who_needs(missing: MissingFile) -> list[str]:
    """What the file belongs to: its name and the code of each practice that has it, or had it when it was published;
    the logo by its own name."""
    sha256 = missing.stored_file_id
    rows = Attachment.objects.filter(stored_file=sha256).values_list("name", "practice__code")
    named = {f"{name} ({code})" for name, code in rows}
    frozen = Publication.objects.filter(document__contains=sha256).exclude(
        practice__in=Attachment.objects.filter(stored_file=sha256).values("practice")
    )
    named |= {code for (code,) in frozen.values_list("code").distinct().order_by()}
    if Identity.objects.filter(logo=sha256).exists():
        named.add("logo")
    return sorted(named)
