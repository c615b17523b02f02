"""Searching staff lists: accents, case and the order of words do not matter; a word may be only begun."""

from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest

from practices.language.words import squash

from .requests import CarefulAdmin


def matching(term: str, texts: Iterable[tuple[Any, str]]) -> list[Any]:
    """The keys of the texts in which every word of the term begins some word."""
    wanted = [f" {word}" for word in squash(term).split()]
    return [key for key, text in texts if all(word in f" {squash(text)}" for word in wanted)]


class FoldedSearch(CarefulAdmin):
    """Searches `search_fields` (plain names) in Python: no database folds accents the same way as the other."""

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        """One query more than an unsearched list."""
        if not search_term.strip():
            return queryset, False
        rows = self.model._default_manager.order_by().values_list("pk", *self.get_search_fields(request))
        texts = ((key, " ".join(str(value or "") for value in values)) for key, *values in rows)
        return queryset.filter(pk__in=matching(search_term, texts)), False
