"""The register of consents as a table, for the authority, or for the person whose data it is."""

from collections.abc import Iterator
from typing import Any

from django.contrib.auth.models import User
from django.utils.text import capfirst
from django.utils.timezone import localdate, localtime
from django.utils.translation import gettext as _

from practices.exchange.writers.csv_out import csv_lines
from practices.models.consent import Consent, Ending
from practices.models.contact import Contact

EACH = 500
NAME = "consentimientos"
COLUMNS = ("code", "whose", "scope", "given_on", "evidence", "until", "recorded_at", "recorded_by")


def lines() -> Iterator[str]:
    """The whole register, the oldest first, for a spreadsheet in Spanish; nothing in it runs as a formula."""
    rows = Consent.objects.select_related("recorded_by", "ended_by").order_by("pk").iterator(chunk_size=EACH)
    return csv_lines(_header(), map(_row, rows))


def file_name() -> str:
    return f"{NAME}-{localdate().isoformat()}.csv"


def standing_of(consent: Consent) -> str:
    """In one word, today."""
    if consent.ending:
        return str(Ending(consent.ending).label)
    if consent.until and consent.until < localdate():
        return _("its last day has passed")
    return _("in force") if consent.given_on <= localdate() else _("not yet in force")


def scope_of(consent: Consent) -> str:
    names = filter(None, consent.scope.split(","))
    return ", ".join(str(Contact._meta.get_field(name).verbose_name) for name in names)  # type: ignore[union-attr]


def who(user: User | None) -> str:
    return (user.get_full_name() or user.get_username()) if user else ""


def _header() -> list[str]:
    names = [capfirst(str(Consent._meta.get_field(name).verbose_name)) for name in COLUMNS]  # type: ignore[union-attr]
    return [*names, _("Standing"), _("Taken back"), _("Taken back by"), _("Erased")]


def _row(consent: Consent) -> list[Any]:
    is_withdrawn = consent.ending == Ending.WITHDRAWN
    return [
        consent.code,
        consent.whose,
        scope_of(consent),
        consent.given_on.isoformat(),
        consent.evidence,
        consent.until.isoformat() if consent.until else "",
        _moment(consent.recorded_at),
        who(consent.recorded_by),
        standing_of(consent),
        _moment(consent.ended_at) if is_withdrawn else "",
        who(consent.ended_by) if is_withdrawn else "",
        _moment(consent.erased_at),
    ]


def _moment(at: Any) -> str:
    return localtime(at).isoformat(sep=" ", timespec="minutes") if at else ""
