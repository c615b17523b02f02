"""The one way in which history is written anew: without what may not be kept of a person.

The database refuses to change an event (models/immutability.py). One that names somebody who has the right to be
forgotten is taken away and put back under its number, otherwise the same.
"""

from collections.abc import Callable, Iterable

from django.db import transaction

from practices.models.history import Event

Hide = Callable[[str], str]
TEXTS = ("note", "who", "changes")


def hide_in_history(events: Iterable[Event], hide: Hide) -> int:
    """How many told something that is hidden now."""
    return sum(_rewritten(event, hide) for event in events)


@transaction.atomic
def _rewritten(event: Event, hide: Hide) -> bool:
    now = {name: hide(getattr(event, name)) for name in TEXTS}
    if all(getattr(event, name) == text for name, text in now.items()):
        return False
    kept = {field.attname: getattr(event, field.attname) for field in Event._meta.concrete_fields}
    Event.objects.filter(pk=event.pk).delete()
    Event(**{**kept, **now}).save(force_insert=True)
    return True
