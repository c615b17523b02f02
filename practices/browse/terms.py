"""Which facet values a document carries: what the public can narrow the catalogue by."""

from collections.abc import Iterator
from dataclasses import dataclass

from practices.document import PracticeDocument
from practices.models.publication import Facet, FacetTerm, Publication

NATIONAL = "nacional"
NATIONAL_LABEL = "Nacional"


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
    if document.coverage.national:
        yield Term(Facet.DEPARTMENT, NATIONAL, NATIONAL_LABEL)
    for department in document.coverage.departments:
        yield Term(Facet.DEPARTMENT, department.code, department.name)
    for place in document.coverage.municipalities:
        yield Term(Facet.MUNICIPALITY, place.code, place.name, place.department)
    for year in years_of(document):
        yield Term(Facet.YEAR, str(year), str(year))
    for assessment in document.criteria:
        if assessment.state == "met":
            yield Term(Facet.CRITERION, assessment.criterion, assessment.name)


def category_label(document: PracticeDocument) -> str:
    """As the form writes it; "" without a category."""
    category = document.category
    return category.label or category.name if category else ""


def years_of(document: PracticeDocument) -> range:
    """Every year of a closed period; the first one only where the practice goes on; none where no date is known."""
    start, end = document.implemented.start[:4], document.implemented.end[:4]
    return range(int(start), int(end or start) + 1) if start else range(0)


def index_terms(publication: Publication) -> None:
    """Write the publication's facet values; the newest label of a value is the one the facet shows.

    Queries: three, however many values there are. Runs in the transaction of the caller.
    """
    terms = terms_of(publication.content)
    FacetTerm.objects.bulk_create(
        [FacetTerm(facet=t.facet, value=t.value, label=t.label, parent=t.parent) for t in terms],
        update_conflicts=True,
        unique_fields=["facet", "value"],
        update_fields=["label", "parent"],
    )
    known = {
        (facet, value): pk
        for pk, facet, value in FacetTerm.objects.filter(value__in={t.value for t in terms}).values_list(
            "pk", "facet", "value"
        )
    }
    publication.terms.set([known[t.facet, t.value] for t in terms])
