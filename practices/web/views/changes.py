"""The list as JSON for who keeps a copy: what changed since `desde`, a page at a time."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import get_language

from practices.browse.changes import Changes
from practices.exchange.writers.changed_lines import said_of
from practices.exchange.writers.summaries import summary_of
from practices.exchange.writers.tombstones import tombstone_of


def changed_page(request: HttpRequest) -> dict[str, Any]:
    """Plain values for JSON. `next_since` is always right to keep: from there the walk goes on, now or next year."""
    changes = Changes(request.GET)
    portion = changes.portion(changes.selection.size)
    address = request.build_absolute_uri(reverse("web:practice_list_json"))
    told: dict[bool, list[dict[str, Any]]] = {False: [], True: []}
    for change in portion.changes:
        publication = change.publication
        url = request.build_absolute_uri(reverse("web:practice_detail", args=[publication.code]))
        told[change.is_gone].append(
            tombstone_of(publication, url) if change.is_gone else summary_of(publication, url, get_language() or "")
        )
    return {
        **said_of(changes),
        "next_since": str(portion.next_since),
        "next": None if portion.is_last else f"{address}?{changes.query_string(portion.next_since)}",
        "sentence": changes.selection.sentence(len(changes.selection.ids)),
        "results": told[False],
        "tombstones": told[True],
    }
