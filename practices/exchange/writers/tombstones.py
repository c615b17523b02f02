"""What is told of a practice that a copy must not keep: that it was withdrawn, when and why, never what it said."""

from collections.abc import Callable
from typing import Any

from practices.browse.changes import Change
from practices.models.publication import Publication, Status


def tombstone_of(publication: Publication, url: str) -> dict[str, Any]:
    """Plain values for JSON. `withdrawn` is in no document, so it tells the one from the other; it is false where the
    practice is public still, and only not in the selection any more."""
    is_withdrawn = publication.status == Status.WITHDRAWN
    told: dict[str, Any] = {
        "code": publication.code,
        "url": url,
        "withdrawn": is_withdrawn,
        "outside": not is_withdrawn,
    }
    if is_withdrawn and publication.withdrawn_at:
        told |= {
            "withdrawn_at": publication.withdrawn_at.isoformat(),
            "reason": publication.withdrawal_reason,
            "version": publication.number,
        }
    return told


def tombstones_of(change: Change, address_of: Callable[[str], str]) -> list[dict[str, Any]]:
    """Of a change: one for each code that the practice no longer has, and one where it is gone itself."""
    publication = change.publication
    moved = [
        {"code": code, "url": address_of(code), "withdrawn": False, "outside": False, "moved_to": publication.code}
        for code in change.former
    ]
    return moved + ([tombstone_of(publication, address_of(publication.code))] if change.is_gone else [])
