"""Writing the index. Python makes the tokens, so both databases hold the same ones."""

from collections.abc import Iterable, Iterator

from django.db import transaction

from practices.document import PracticeDocument
from practices.language.codes import code_tokens
from practices.language.words import stems
from practices.models.publication import Publication
from practices.models.search_entry import SearchEntry

COLUMNS = ("code", "title", "author", "summary", "everything")
BATCH = 500


def index(publications: Iterable[Publication]) -> None:
    """Write or rewrite the entries of these publications. One query a batch of 500."""
    entries = [SearchEntry(publication=publication, **tokens_of(publication.content)) for publication in publications]
    SearchEntry.objects.bulk_create(
        entries,
        batch_size=BATCH,
        update_conflicts=True,
        unique_fields=["publication"],
        update_fields=list(COLUMNS),
    )


def remove(publication_ids: Iterable[int]) -> None:
    SearchEntry.objects.filter(pk__in=list(publication_ids)).delete()


@transaction.atomic
def rebuild() -> int:
    """Write every entry anew, in batches; returns how many there are."""
    SearchEntry.objects.all().delete()
    batch: list[Publication] = []
    count = 0
    for publication in Publication.objects.current().iterator(chunk_size=BATCH):
        batch.append(publication)
        count += 1
        if len(batch) == BATCH:
            index(batch)
            batch = []
    index(batch)
    return count


def tokens_of(document: PracticeDocument) -> dict[str, str]:
    """The columns of the entry: space-parted tokens with a space at both ends."""
    columns = {
        "code": code_tokens(document.code),
        "title": stems(document.title),
        "author": [token for text in _author_texts(document) for token in stems(text)],
        "summary": stems(document.summary),
    }
    rest = [token for text in _other_texts(document) for token in stems(text)]
    everything = [token for column in columns.values() for token in column] + rest
    return {name: _padded(tokens) for name, tokens in {**columns, "everything": everything}.items()}


def _padded(tokens: Iterable[str]) -> str:
    return f" {' '.join(tokens)} "


def _author_texts(document: PracticeDocument) -> Iterator[str]:
    yield document.author
    for author in document.authors:
        yield from (author.as_written, author.name, author.acronym)


def _other_texts(document: PracticeDocument) -> Iterator[str]:
    yield document.category.name if document.category else ""
    yield document.call.name if document.call else ""
    yield from (service.name for service in document.services)
    yield from (document.implemented.text, document.distinction, document.population, document.impact)
    yield from (f"{metric.text} {metric.label}" for metric in document.metrics)
    yield from document.success_factors
    yield document.coverage.text
    yield from (place.name for place in (*document.coverage.departments, *document.coverage.municipalities))
    yield from (document.validation, document.replicability, document.limitations, document.conclusion)
    yield from (assessment.reason for assessment in document.criteria)
    yield from (
        f"{attachment.name} {attachment.description} {attachment.keywords}" for attachment in document.attachments
    )
    yield from (link.label for link in document.links)
