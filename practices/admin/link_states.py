"""What staff are told of a link that does not answer: since when, and why."""

from datetime import date
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery
from django.db.models.functions import JSONObject
from django.utils.dateparse import parse_date
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from practices.exchange.writers.dates import long_date
from practices.models.link_check import LinkCheck, Reason
from practices.models.parts import Link


def with_states(links: QuerySet[Link]) -> QuerySet[Link]:
    """The rows with `trouble`, what is known of those that do not answer. No query more."""
    known = LinkCheck.objects.in_trouble().filter(address=OuterRef("address"))
    told = JSONObject(since="first_failed_on", reason="reason", status="status", unavailable_since="unavailable_since")
    return links.annotate(trouble=Subquery(known.values(told=told)[:1]))


def state_of(since: date, reason: str, status: int | None) -> str:
    why = Reason(reason).label if reason in Reason.values else reason
    told = {"date": long_date(since), "why": f"{why} ({status})" if status else why}
    return gettext("since %(date)s, %(why)s") % told


def note_of(link: Any) -> SafeString | str:
    """For the form; "" where the link answers, or nobody has looked yet."""
    known = getattr(link, "trouble", None)
    since = parse_date(known["since"]) if known else None
    if known is None or since is None:
        return ""
    told = (
        gettext("It does not answer, and the public is told so: %s.")
        if known["unavailable_since"]
        else gettext("Without a good answer: %s.")
    )
    return format_html(
        '<strong class="link-state">{}</strong>', told % state_of(since, known["reason"], known["status"])
    )
