"""Which facet values a document carries: what the public can narrow the catalogue by."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from django.db.models import Max
from django.utils.text import slugify

from practices.document import Coverage, PracticeDocument
from practices.models.publication import Facet, FacetTerm, Publication, Status

from .parameters import YES

# SQLite takes 999 parameters a statement.
MOST_AT_ONCE = 900

NATIONAL = "nacional"
NATIONAL_LABEL = "Nacional"
WITH_METRICS = "Con cifras del impacto"
WITH_FILES = "Con archivos"
LONGEST_VALUE = 80


@dataclass(frozen=True)
class Term:
    facet: str
    value: str
    label: str
    parent: str = ""


def terms_of(document: PracticeDocument) -> list[Term]:
    """Every facet value of the document, each once, in a fixed order."""
    return list(dict.fromkeys(_terms(document)))


def _terms(document: PracticeDocument) -> Iterator[Term]:
    if document.category:
        yield Term(Facet.CATEGORY, document.category.slug, category_label(document))
    for service in document.services:
        yield Term(Facet.SERVICE, service.slug, service.name)
    for author in document.authors:
        yield Term(Facet.AUTHOR, author.slug, author.name)
    yield from _places(document.coverage)
    for year in years_of(document):
        yield Term(Facet.YEAR, str(year), str(year))
    yield from _recognitions(document)
    for assessment in document.criteria:
        if assessment.state == "met":
            yield Term(Facet.CRITERION, assessment.criterion, assessment.name)
    if document.metrics:
        yield Term(Facet.METRICS, YES, WITH_METRICS)
    if document.attachments:
        yield Term(Facet.FILES, YES, WITH_FILES)


def _places(coverage: Coverage) -> Iterator[Term]:
    if coverage.national:
        yield Term(Facet.DEPARTMENT, NATIONAL, NATIONAL_LABEL)
    for department in coverage.departments:
        yield Term(Facet.DEPARTMENT, department.code, department.name)
    for place in coverage.municipalities:
        yield Term(Facet.MUNICIPALITY, place.code, place.name, place.department)


def _recognitions(document: PracticeDocument) -> Iterator[Term]:
    if document.call:
        call = document.call
        yield Term(Facet.CALL, call.slug, f"{call.name} ({call.year})" if call.year else call.name)
    # Distinctions are free text: those that differ in case, accents or punctuation only are one value.
    if value := slugify(document.distinction)[:LONGEST_VALUE].strip("-"):
        yield Term(Facet.DISTINCTION, value, document.distinction)


def category_label(document: PracticeDocument) -> str:
    """As the form writes it; "" without a category."""
    category = document.category
    return category.label or category.name if category else ""


def years_of(document: PracticeDocument) -> range:
    """Every year of a closed period; the first one only where the practice goes on; none where no date is known."""
    start, end = document.implemented.start[:4], document.implemented.end[:4]
    return range(int(start), int(end or start) + 1) if start else range(0)


def index_terms(*publications: Publication) -> None:
    """Write the facet values of these new publications; the newest label of a value is the one the facet shows.

    Queries: three, however many values there are. Runs in the transaction of the caller.
    """
    carried = {publication.pk: terms_of(publication.content) for publication in publications}
    newest = {(t.facet, t.value): t for terms in carried.values() for t in terms}
    FacetTerm.objects.bulk_create(
        [FacetTerm(facet=t.facet, value=t.value, label=t.label, parent=t.parent) for _, t in sorted(newest.items())],
        update_conflicts=True,
        unique_fields=["facet", "value"],
        update_fields=["label", "parent"],
    )
    known = {(term.facet, term.value): term.pk for term in _stored({value for _, value in newest})}
    through = Publication.terms.through
    through.objects.bulk_create(
        through(publication_id=pk, facetterm_id=known[term])
        for pk, terms in carried.items()
        for term in sorted({(t.facet, t.value) for t in terms})
    )


def forget_terms(practice_id: int) -> None:
    """What follows when a practice is withdrawn, in its transaction: the values that it alone had are gone, and what
    others have in common with it is called as the newest of them calls it, for the label may have been its own.

    Queries: five, and one for the documents of those others.
    """
    through = Publication.terms.through
    had = list(FacetTerm.objects.filter(publications__practice_id=practice_id).distinct())
    through.objects.filter(publication__practice_id=practice_id).delete()
    shared = through.objects.filter(facetterm_id__in=[term.pk for term in had])
    current = shared.filter(publication__status=Status.CURRENT).order_by().values_list("facetterm_id")
    newest = dict(current.annotate(newest=Max("publication_id")))
    FacetTerm.objects.filter(pk__in=[term.pk for term in had if term.pk not in newest]).delete()
    _rename([term for term in had if term.pk in newest], newest)


def _rename(terms: Sequence[FacetTerm], newest: Mapping[int, int]) -> None:
    documents = Publication.objects.order_by().in_bulk(set(newest.values()))
    said = {pk: {(t.facet, t.value): t for t in terms_of(p.content)} for pk, p in documents.items()}
    changed = []
    for term in terms:
        now = said[newest[term.pk]].get((term.facet, term.value))
        if now and (now.label, now.parent) != (term.label, term.parent):
            term.label, term.parent = now.label, now.parent
            changed.append(term)
    FacetTerm.objects.bulk_update(changed, ["label", "parent"])


def rebuild_terms() -> None:
    """Write the facet values of every current publication anew, in the transaction of the caller."""
    Publication.terms.through.objects.all().delete()
    current = Publication.objects.current().order_by("pk").iterator(chunk_size=MOST_AT_ONCE)
    while batch := list(islice(current, MOST_AT_ONCE)):
        index_terms(*batch)


def _stored(values: set[str]) -> Iterator[FacetTerm]:
    wanted = sorted(values)
    for start in range(0, len(wanted), MOST_AT_ONCE):
        yield from FacetTerm.objects.filter(value__in=wanted[start : start + MOST_AT_ONCE])
