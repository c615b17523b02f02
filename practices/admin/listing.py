"""The list of practices: its columns, its search and its filters."""

from collections import defaultdict
from typing import Any

from django.contrib import admin
from django.db.models import OuterRef, Prefetch, Q, QuerySet, Subquery
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from practices.editorial.codes import practice_with_code
from practices.language.codes import code_tokens, read_code
from practices.models.parts import Authorship
from practices.models.practice import Practice, State
from practices.models.publication import Publication, Status
from practices.models.vocabulary import CodeSeries

from .searching import matching


def with_columns(practices: QuerySet[Practice]) -> QuerySet[Practice]:
    """The practices with what the list shows of them: two queries, however many rows."""
    in_force = Publication.objects.exclude(status=Status.SUPERSEDED).filter(practice=OuterRef("pk"))
    authors = Authorship.objects.select_related("organization")
    return (
        practices.select_related("category")
        .prefetch_related(Prefetch("authorship_set", authors))
        .annotate(
            version=Subquery(in_force.values("number")[:1]),
            public=Subquery(in_force.filter(status=Status.CURRENT).values("number")[:1]),
        )
        .defer("population", "summary", "impact", "validation", "replicability", "limitations", "conclusion")
    )


def state_and_version(practice: Any) -> str:
    """“published · v2 · with unpublished changes”, “in review · v2 is public”, “draft”."""
    parts = [practice.get_state_display()]
    if practice.public and practice.state != State.PUBLISHED:
        parts.append(str(_("v%s is public")) % practice.public)
    elif practice.version:
        parts.append(f"v{practice.version}")
    if practice.differs:
        parts.append(str(_("with unpublished changes")))
    return " · ".join(parts)


def search(practices: QuerySet[Practice], term: str) -> QuerySet[Practice]:
    """By code in any spelling, also one that a practice had before; title and authors. Four queries."""
    code = read_code(term, CodeSeries.objects.values_list("prefix", flat=True))
    if code and (named := practice_with_code(code)):
        return practices.filter(pk=named.pk)
    authors: dict[int, list[str]] = defaultdict(list)
    names = Authorship.objects.order_by().values_list(
        "practice_id", "as_written", "organization__name", "organization__acronym"
    )
    for practice, *written in names:
        authors[practice] += written
    texts = (
        (pk, " ".join([*code_tokens(code), title, author_text, *authors[pk]]))
        for pk, code, title, author_text in Practice.objects.order_by().values_list(
            "pk", "code", "title", "author_text"
        )
    )
    return practices.filter(pk__in=matching(term, texts))


class CategoryFilter(admin.RelatedFieldListFilter):
    """The stock filter, with a word for the records that have none."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.empty_value_display = _("without category")  # type: ignore[assignment]


class CallFilter(admin.RelatedFieldListFilter):
    """The same for calls."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.empty_value_display = _("without call")  # type: ignore[assignment]


class DiffersFilter(admin.SimpleListFilter):
    """Whether the record says something else than what the public reads."""

    title = _("changes")
    parameter_name = "differs"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("yes", _("public, with unpublished changes")), ("no", _("public as it is"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Practice]) -> QuerySet[Practice]:
        if self.value() not in ("yes", "no"):
            return queryset
        return queryset.filter(differs=self.value() == "yes", publications__status=Status.CURRENT)


class YearFilter(admin.SimpleListFilter):
    """The year of the code or the year in which the practice began."""

    title = _("year of the code or of the implementation")
    parameter_name = "year"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        rows = Practice.objects.order_by().values_list("code", "implemented_start")
        years = {year for code, start in rows for year in (code[-4:], start[:4]) if year}
        return [(year, year) for year in sorted(years, reverse=True)]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Practice]) -> QuerySet[Practice]:
        year = self.value()
        if not year:
            return queryset
        return queryset.filter(Q(code__endswith=f"-{year}") | Q(implemented_start__startswith=year))
