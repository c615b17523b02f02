"""Deleting a draft. What it said stays in the history; what was published once is never deleted, only withdrawn."""

from django.contrib.auth.models import User
from django.db import transaction

from practices.comparison import Change, said
from practices.models.history import Kind
from practices.models.practice import Practice

from .documents import build_document
from .history import record
from .roles import require

DELETE = "practices.delete_practice"


@transaction.atomic
def delete(practice: Practice, by: User | None = None) -> None:
    """Raises PermissionDenied; ProtectedError for a practice that was published once."""
    require(DELETE, by)
    locked = Practice.objects.select_for_update().get(pk=practice.pk)
    lost = [Change(field, text, "") for field, text in said(build_document(locked)).items()]
    record(locked, Kind.DELETED, by, changes=lost)
    locked.delete()
