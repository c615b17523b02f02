"""Many documents published at once, as `publish` would one by one: to fill a catalogue that is to be measured."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import islice

from django.db import transaction
from django.utils import timezone

from practices import search
from practices.browse.terms import index_terms
from practices.document import PracticeDocument
from practices.models.drawn import published
from practices.models.practice import LONG_TEXTS, Practice, State
from practices.models.publication import Publication
from practices.models.version import CatalogueVersion

from .checklist import NotReady, checklist
from .publishing import unsaved_publication
from .requirements import required_names

BATCH = 2_000


def publish_documents(documents: Iterable[PracticeDocument], at: datetime | None = None) -> Iterator[int]:
    """Publish documents of practices that do not exist yet, two thousand a transaction; yields how many are done.

    The documents are frozen as they are given. What the public reads is all there, under one catalogue version for
    each two thousand; the working record gets its own fields but not its parts (authors, metrics, places), which the
    public never reads. Raises NotReady for a document that publish() would refuse.
    """
    given, count = iter(documents), 0
    while batch := list(islice(given, BATCH)):
        search.read_files({file.sha256 for document in batch for file in document.attachments})
        _publish_batch(batch, at or timezone.now())
        count += len(batch)
        yield count


@transaction.atomic
def _publish_batch(documents: list[PracticeDocument], at: datetime) -> None:
    version = CatalogueVersion.raise_by_one()
    required = required_names()
    for document in documents:
        found = checklist(document, required)
        if found.blocking:
            raise NotReady(found)
    practices = Practice.objects.bulk_create([_practice(document) for document in documents])
    publications = [
        unsaved_publication(practice, document, version, at=at)
        for practice, document in zip(practices, documents, strict=True)
    ]
    Publication.objects.bulk_create(publications)
    index_terms(*publications)
    search.index(publications)
    published.send(Publication, publications=publications)


def _practice(document: PracticeDocument) -> Practice:
    return Practice(
        code=document.code,
        title=document.title,
        author_text=document.author,
        implemented_text=document.implemented.text,
        implemented_start=document.implemented.start,
        implemented_end=document.implemented.end,
        implemented_precision=document.implemented.precision,
        distinction=document.distinction,
        coverage_text=document.coverage.text,
        national=document.coverage.national,
        demonstration=document.demonstration,
        state=State.PUBLISHED,
        **{name: getattr(document, name) for name in LONG_TEXTS},
    )
