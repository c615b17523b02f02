"""What a stranger's hand may write into the address or the form of a staff screen, made harmless."""

import re
from typing import Any

from django.contrib import admin
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.db.models import Model
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.utils.text import capfirst

from .fields import could_be

# No column holds a NUL, and no key has nineteen digits.
IMPOSSIBLE = re.compile(r"\0|\d{19,}")
LOOKUPS = ("exact", "isnull")
# What a filter of dates links to: from one day until another one.
SPAN = ("gte", "lt")
DAY = re.compile(r"2\d{3}-\d\d-\d\d(?: 00:00:00[+-]\d\d:\d\d)?")


def possible(given: QueryDict) -> QueryDict:
    """The parameters without the values that a database would fail on instead of finding nothing."""
    found = given.copy()
    for name, values in given.lists():
        kept = [value for value in values if isinstance(value, str) and not IMPOSSIBLE.search(value)]
        if kept:
            found.setlist(name, kept)
        else:
            del found[name]
    return found


def without(lines: list[Any], beginnings: tuple[str, ...]) -> list[Any]:
    """The nested list without the lines that begin so."""
    return [
        without(line, beginnings) if isinstance(line, list) else line
        for line in lines
        if isinstance(line, list) or not str(line).startswith(beginnings)
    ]


class CarefulAdmin(admin.ModelAdmin):
    """A page that is not there is a 404, and so is one for those who may not know of it; an impossible filter is
    none."""

    def get_object(self, request: HttpRequest, object_id: str, from_field: str | None = None) -> Any:
        found: Model | None = None
        if "\0" not in object_id:
            found = super().get_object(request, object_id, from_field)
        # A row has one address: int() reads " 10", "1_0" and "010" as the same number.
        is_named = found is not None and (from_field or str(found.pk) == object_id)
        if not is_named or not self.has_view_or_change_permission(request, found):
            raise Http404
        return found

    def lookup_allowed(self, lookup: str, value: Any, request: HttpRequest) -> bool:
        """Only the ways of filtering that our own pages link to: others can make a database fail (`regex=(`)."""
        name, _, way = lookup.rpartition("__")
        known = "__" not in lookup or way in LOOKUPS or (way in SPAN and self._is_day_of(name, value, request))
        return known and super().lookup_allowed(lookup, value, request)

    def _is_day_of(self, name: str, value: Any, request: HttpRequest) -> bool:
        """Whether the list has a filter of these dates, and this is a day of a year that every time zone has."""
        has_dates = (name, admin.DateFieldListFilter) in self.get_list_filter(request)
        return has_dates and bool(DAY.fullmatch(str(value)))

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> tuple[Any, ...]:
        """Without the rows that only join two others: their names mean nothing to people."""
        deleted, counts, lacking, protected = super().get_deleted_objects(objs, request)
        through: list[Any] = [field.remote_field.through for field in self.opts.many_to_many]
        joining = [model._meta for model in through if model._meta.auto_created]
        names = tuple(f"{capfirst(str(meta.verbose_name))}: " for meta in joining)
        plurals = {str(meta.verbose_name_plural) for meta in joining}
        counts = {name: count for name, count in counts.items() if str(name) not in plurals}
        return without(deleted, names), counts, lacking, protected

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        request.GET = possible(request.GET)  # type: ignore[assignment]
        if request.method == "POST":
            request.POST = self._with_possible_rows(request.POST)  # type: ignore[assignment]
        return super().changelist_view(request, extra_context)

    def _with_possible_rows(self, sent: QueryDict) -> QueryDict:
        """What an action was sent, without rows that this list could not have."""
        found = sent.copy()
        rows = found.getlist(ACTION_CHECKBOX_NAME)
        found.setlist(ACTION_CHECKBOX_NAME, [row for row in rows if could_be(self.opts.pk, row)])
        return found
