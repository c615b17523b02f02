"""Every document against what is made of it: its row, its facets, its search entry, its files. One pass over all
publications, a few queries for each two hundred."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from practices import search
from practices.browse.terms import rebuild_terms, terms_of
from practices.document import DocumentError
from practices.editorial.recoding import with_key
from practices.language.codes import code_key
from practices.language.words import squash
from practices.models.code_alias import CodeAlias
from practices.models.files import FileText, StoredFile
from practices.models.limits import TITLE
from practices.models.publication import Publication, Status
from practices.models.version import CatalogueVersion
from practices.upkeep.finding import Finding, Kind

BATCH = 200


def documents() -> Iterator[Finding]:
    audit = search.Audit()
    for batch in _batches():
        readable: list[Publication] = []
        for publication in batch:
            yield from _row(publication, readable)
        yield from _codes(batch)
        yield from _files(readable)
        current = [publication for publication in readable if publication.status == Status.CURRENT]
        wrong = audit.wrong(current) if current else set()
        yield from (Finding(Kind.INDEX, str(publication)) for publication in current if publication.pk in wrong)
        yield from _facets(current)
    for pk in audit.strange():
        yield Finding(Kind.INDEX, _("publication %d is found and is not in force") % pk)
    for word in audit.wrong_words():
        yield Finding(Kind.WORDS, word)


def _batches() -> Iterator[list[Publication]]:
    """All publications, each with the `present_code` of its practice."""
    rows: Any = Publication.objects.order_by("pk").annotate(present_code=F("practice__code"))
    found = rows.iterator(chunk_size=BATCH)
    while batch := list(islice(found, BATCH)):
        yield batch


def _row(publication: Publication, readable: list[Publication]) -> Iterator[Finding]:
    """The columns that are copies of what the document says."""
    try:
        document = publication.content
    except DocumentError as error:
        yield Finding(Kind.DOCUMENT, _("%(name)s cannot be read: %(error)s") % {"name": publication, "error": error})
        return
    readable.append(publication)
    said = (document.code, code_key(document.code), document.title, squash(document.title)[:TITLE])
    row = (publication.code, publication.code_key, publication.title, publication.title_key)
    if (*said, document.implemented.start) != (*row, publication.implemented_start):
        yield Finding(Kind.DOCUMENT, _("%s: its code, title or date is not that of its document") % publication)


def _codes(batch: Sequence[Publication]) -> Iterator[Finding]:
    """What is in force has the code of its practice; versions before it have that or a former one of it."""
    aliases = CodeAlias.objects.filter(practice__in=[publication.practice_id for publication in batch])
    former = set(aliases.values_list("practice_id", "code_key"))
    for publication in batch:
        if publication.code == publication.present_code:  # type: ignore[attr-defined]
            continue
        key = code_key(publication.code)
        is_former = (publication.practice_id, key) in former or with_key(key).exists()
        if publication.status != Status.SUPERSEDED or not is_former:
            yield Finding(Kind.CODE, _("%s: it is not the code of its practice, nor a former one") % publication)


def _facets(current: Sequence[Publication]) -> Iterator[Finding]:
    kept = defaultdict(set)
    through = Publication.terms.through.objects.filter(publication__in=[publication.pk for publication in current])
    for pk, facet, value in through.values_list("publication_id", "facetterm__facet", "facetterm__value"):
        kept[pk].add((facet, value))
    for publication in current:
        if kept[publication.pk] != {(str(term.facet), term.value) for term in terms_of(publication.content)}:
            yield Finding(Kind.FACETS, str(publication))


def _files(readable: Sequence[Publication]) -> Iterator[Finding]:
    """The files that documents name are kept, and the words in those of the current ones have been read."""
    named = {file.sha256 for publication in readable for file in publication.content.attachments}
    if not named:
        return
    sizes = dict(StoredFile.objects.filter(pk__in=named).values_list("pk", "size"))
    read = set(FileText.objects.filter(pk__in=named).values_list("pk", flat=True))
    for publication in readable:
        for file in publication.content.attachments:
            told = {"name": publication, "file": file.sha256}
            if sizes.get(file.sha256) != file.size:
                yield Finding(Kind.FILE, _("%(name)s names the file %(file)s, which is not kept") % told)
            elif publication.status == Status.CURRENT and file.sha256 not in read:
                yield Finding(Kind.FILE_TEXT, _("%(name)s: nobody has read the words in %(file)s") % told)


def read_texts() -> None:
    """What is found by them is written anew afterwards."""
    for file in list(search.never_read()):
        search.read_file(file)
    rebuild_index()


@transaction.atomic
def rebuild_index() -> None:
    if not _all_are_readable():
        return
    CatalogueVersion.raise_for_rebuilding()
    for _count in search.rebuild():
        pass


@transaction.atomic
def rebuild_facets() -> None:
    if not _all_are_readable():
        return
    CatalogueVersion.raise_for_rebuilding()
    rebuild_terms()


def is_readable(publication: Publication) -> bool:
    try:
        return bool(publication.content)
    except DocumentError:
        return False


def _all_are_readable() -> bool:
    """Of those in force: one that cannot be read is in the way of what is made of them all, and is told by itself."""
    return all(list(map(is_readable, Publication.objects.current().order_by().iterator(chunk_size=BATCH))))
