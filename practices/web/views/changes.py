"""The list as JSON for who keeps a copy: what changed since `desde`, a page at a time."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import get_language

from practices.browse.changes import Changes
from practices.exchange.writers.changed_lines import said_of
from practices.exchange.writers.summaries import summary_of
from practices.exchange.writers.tombstones import tombstones_of


def changed_page(request: HttpRequest) -> dict[str, Any]:
    """Plain values for JSON. `next_since` is always right to keep: from there the walk goes on, now or next year."""

    def address_of(code: str) -> str:
        return request.build_absolute_uri(reverse("web:practice_detail", args=[code]))

    changes = Changes(request.GET)
    portion = changes.portion(changes.selection.size)
    address = request.build_absolute_uri(reverse("web:practice_list_json"))
    here = [change.publication for change in portion.changes if not change.is_gone]
    return {
        **said_of(changes),
        "next_since": str(portion.next_since),
        "next": None if portion.is_last else f"{address}?{changes.query_string(portion.next_since)}",
        "sentence": changes.selection.sentence(len(changes.selection.ids)),
        "results": [summary_of(one, address_of(one.code), get_language() or "") for one in here],
        "tombstones": [stone for change in portion.changes for stone in tombstones_of(change, address_of)],
    }
