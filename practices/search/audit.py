"""Whether the index says what it would say if it were written now. Nothing is written here, files are not read."""

from collections import Counter
from collections.abc import Iterator, Sequence

from django.db import connection
from pyroaring import BitMap

from practices.language.words import stem
from practices.models.files import FileText
from practices.models.publication import Publication
from practices.models.search_index import SearchWord

from .engines import engine
from .index import former_codes
from .tokens import columns_of, tokens_of, vocabulary_of


class Audit:
    """To be shown every current publication, batch after batch, and then asked for what is left over."""

    def __init__(self) -> None:
        self._seen = BitMap()
        self._words: Counter[str] = Counter()

    def wrong(self, publications: Sequence[Publication]) -> set[int]:
        """The ids of those that have no entry, or another than their own. Three queries."""
        wanted = {file.sha256 for publication in publications for file in publication.content.attachments}
        texts = dict(FileText.objects.filter(pk__in=wanted).values_list("pk", "text")) if wanted else {}
        former, entries = former_codes(publications), []
        for publication in publications:
            columns = columns_of(publication.content, texts)
            entries.append((publication.pk, tokens_of(publication.content, columns, former[publication.practice_id])))
            self._words.update(vocabulary_of(columns))
        self._seen.update(publication.pk for publication in publications)
        with connection.cursor() as cursor:
            return engine().differing(cursor, entries)

    def strange(self) -> BitMap:
        """Entries of what is not in force. One query."""
        with connection.cursor() as cursor:
            return engine().ids(cursor) - self._seen

    def wrong_words(self) -> Iterator[str]:
        """Words that are counted wrong, or missing, or of another stem. One query."""
        left = Counter(self._words)
        for word, its_stem, count in SearchWord.objects.values_list("word", "stem", "count").iterator(2_000):
            if count != left.pop(word, 0) or its_stem != stem(word):
                yield word
        yield from left


def is_sound() -> bool:
    """Whether the database finds by its index what it keeps in it. It writes nothing, but others wait meanwhile."""
    with connection.cursor() as cursor:
        return engine().is_sound(cursor)
