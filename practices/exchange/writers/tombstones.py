"""What is told of a practice that a copy must not keep: that it was withdrawn, when and why, never what it said."""

from typing import Any

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
