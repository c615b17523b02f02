"""One word of many records changed at once, each through its own history."""

from django.contrib.auth.models import User
from django.db import transaction

from practices.models.history import Event
from practices.models.practice import Practice
from practices.models.vocabulary import Call, Category

from .documents import build_document
from .roles import WRITE, require
from .workflow import written


def change_category(practice: Practice, category: Category | None, by: User | None = None) -> Event | None:
    """None where the record had it already. Raises PermissionDenied."""
    return _change(practice, "category", category, by)


def change_call(practice: Practice, call: Call | None, by: User | None = None) -> Event | None:
    """None where the record had it already. Raises PermissionDenied."""
    return _change(practice, "call", call, by)


@transaction.atomic
def _change(practice: Practice, field: str, value: Category | Call | None, by: User | None) -> Event | None:
    require(WRITE, by)
    locked = Practice.objects.select_for_update().get(pk=practice.pk)
    if getattr(locked, f"{field}_id") == (value.pk if value else None):
        return None
    before = build_document(locked)
    setattr(locked, field, value)
    locked.changed_by = by
    locked.save(update_fields=[field, "changed_by", "changed_at"])
    return written(locked, before, by)
