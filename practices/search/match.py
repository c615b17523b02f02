"""Reading the index: what was typed, as tokens that must all be found.

What a person types never reaches the database as syntax: only tokens of [a-z0-9] do, as values.
"""

from dataclasses import dataclass

from django.db.models import Case, IntegerField, Q, QuerySet, Value, When

from practices.language.codes import code_key, read_code
from practices.language.words import fold, stem, words
from practices.models.publication import Publication
from practices.models.search_entry import SearchEntry

MAX_LENGTH = 200
MAX_WORDS = 12
TIERS = ("code", "title", "author", "summary")


@dataclass(frozen=True)
class Match:
    """What a text asks for. An empty one (nothing but stop words or signs) asks for nothing."""

    text: str
    tokens: tuple[str, ...]

    def __bool__(self) -> bool:
        return bool(self.tokens)

    @property
    def code_key(self) -> str:
        """The text as the key of a code, for the exact hit."""
        return code_key(read_code(self.text) or self.text)

    def narrow(self, publications: QuerySet[Publication]) -> QuerySet[Publication]:
        """Those of the publications in which every token begins a word, somewhere."""
        found = SearchEntry.objects.filter(self._all_in("everything"))
        return publications.filter(Q(pk__in=found.values("pk")) | Q(code_key=self.code_key))

    def rank(self, publications: QuerySet[Publication]) -> QuerySet[Publication]:
        """Best first: the code itself, then all tokens in code, title, author, summary, anywhere; newest first."""
        tiers = [When(code_key=self.code_key, then=Value(0))]
        for tier, column in enumerate(TIERS, 1):
            found = SearchEntry.objects.filter(self._all_in(column))
            tiers.append(When(pk__in=found.values("pk"), then=Value(tier)))
        tier_of = Case(*tiers, default=Value(len(TIERS) + 1), output_field=IntegerField())
        return publications.annotate(tier=tier_of).order_by("tier", "-published_at", "-pk")

    def _all_in(self, column: str) -> Q:
        every = Q()
        for token in self.tokens:
            # Each token is [a-z0-9]+, so it holds no wildcard of LIKE. A number is whole: 2 is not 2020.
            begins = f" {token} " if token.isdigit() else f" {token}"
            every &= Q(**{f"{column}__contains": begins})
        return every


def match(text: str) -> Match:
    """What this text asks for; bounded to 200 characters and 12 words."""
    text = text[:MAX_LENGTH]
    tokens = dict.fromkeys(token for word in words(text) if (token := stem(word)))
    return Match(text, tuple(tokens)[:MAX_WORDS])


def suggest(text: str, limit: int = 8) -> list[Publication]:
    """Current publications whose title or code begins so, best first. One query."""
    asked = match(text)
    if not asked or not fold(text).strip():
        return []
    return list(asked.rank(asked.narrow(Publication.objects.current()))[:limit])
