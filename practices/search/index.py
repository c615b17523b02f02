"""Writing the index: Python makes the tokens, so both databases hold the same ones."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence

from django.db import connection, transaction
from pyroaring import BitMap

from practices.language.words import stem
from practices.models.code_alias import CodeAlias
from practices.models.publication import Publication
from practices.models.search_index import SearchWord

from .engines import engine
from .file_texts import texts_for
from .tokens import columns_of, tokens_of, vocabulary_of

BATCH = 500
MANY = 50
# Whole files are in memory with their batch.
MOST_FILES = 100

# The words of an entry come and go with it.
ADD_WORDS = (
    "INSERT INTO practices_searchword (word, stem, count) VALUES {} "
    "ON CONFLICT (word) DO UPDATE SET count = practices_searchword.count + excluded.count"
)


def index(publications: Iterable[Publication]) -> int:
    """Write the entries of these publications, which have none yet, in the caller's transaction.

    One statement for 500 entries, one for the codes they had before, and one for 500 words. Returns how many were
    written.
    """
    return max(_written(publications), default=0)


def _written(publications: Iterable[Publication]) -> Iterator[int]:
    """Write their entries, then, once, their words; yields how many are written so far, a batch at a time."""
    words: Counter[str] = Counter()
    count = 0
    for batch in _batches(publications):
        entries = []
        file_texts = texts_for(publication.content for publication in batch)
        former = former_codes(batch)
        for publication in batch:
            columns = columns_of(publication.content, file_texts)
            entries.append((publication.pk, tokens_of(publication.content, columns, former[publication.practice_id])))
            words.update(vocabulary_of(columns))
        with connection.cursor() as cursor:
            if not count and len(batch) >= MANY:
                engine().prepare(cursor)
            engine().write(cursor, entries)
        count += len(batch)
        yield count
    if count >= MANY:
        with connection.cursor() as cursor:
            engine().settle(cursor)
    _add_words(words)


def remove(publications: Sequence[Publication]) -> None:
    """Forget these publications, in the caller's transaction."""
    words: Counter[str] = Counter()
    for publication in publications:
        words.update(vocabulary_of(columns_of(publication.content)))
    with connection.cursor() as cursor:
        engine().remove(cursor, [publication.pk for publication in publications])
    _add_words(Counter({word: -count for word, count in words.items()}))
    _forget_unused(sorted(words))


def indexed() -> BitMap:
    """The ids of every publication that has an entry; those that are current, if all is well. One query."""
    with connection.cursor() as cursor:
        return engine().ids(cursor)


def rebuild() -> Iterator[int]:
    """Write every entry anew in one transaction; yields how many are written so far, a batch at a time."""
    with transaction.atomic():
        SearchWord.objects.all().delete()
        with connection.cursor() as cursor:
            engine().clear(cursor)
        yield from _written(Publication.objects.current().order_by("pk").iterator(chunk_size=BATCH))


def former_codes(publications: Sequence[Publication]) -> dict[int, list[str]]:
    """The codes that each of these practices had before. One query."""
    found: dict[int, list[str]] = defaultdict(list)
    practices = [publication.practice_id for publication in publications]
    aliases = CodeAlias.objects.filter(practice_id__in=practices).order_by("code")
    for practice, code in aliases.values_list("practice_id", "code"):
        found[practice].append(code)
    return found


def _add_words(words: Counter[str]) -> None:
    # In one order for everybody, so that two writers never wait for each other in a circle.
    rows = [(word, stem(word), count) for word, count in sorted(words.items())]
    for start in range(0, len(rows), BATCH):
        batch = rows[start : start + BATCH]
        with connection.cursor() as cursor:
            sql = ADD_WORDS.format(", ".join(["(%s, %s, %s)"] * len(batch)))
            cursor.execute(sql, [value for row in batch for value in row])


def _forget_unused(words: Sequence[str]) -> None:
    """A word of nobody any more tells what was withdrawn."""
    for start in range(0, len(words), BATCH):
        SearchWord.objects.filter(word__in=words[start : start + BATCH], count__lte=0).delete()


def _batches(publications: Iterable[Publication]) -> Iterator[list[Publication]]:
    batch: list[Publication] = []
    files = 0
    for publication in publications:
        batch.append(publication)
        files += len(publication.content.attachments)
        if len(batch) == BATCH or files >= MOST_FILES:
            yield batch
            batch, files = [], 0
    if batch:
        yield batch
