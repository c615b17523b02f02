"""An earlier version written back into the working record. What the public reads stays until somebody publishes."""

from dataclasses import replace

from django.contrib.auth.models import User
from django.db import transaction

from practices.document import Author, PracticeDocument
from practices.language.words import squash
from practices.models.history import Kind
from practices.models.practice import Practice, State
from practices.models.publication import Publication
from practices.models.vocabulary import Call, Category, Criterion, Department, Municipality, Organization

from .documents import build_document
from .publishing import Unchanged
from .recording import store_document
from .roles import REVIEW, WRITE, may, require
from .workflow import WrongState, written


@transaction.atomic
def restore(publication: Publication, by: User | None = None) -> None:
    """Write the version into its practice's record. Contacts stay as they are: no version ever held them.

    Raises PermissionDenied; WrongState while somebody else reviews the record; Unchanged where the record says the
    same already; ValidationError where a field no longer fits.
    """
    require(WRITE, by)
    practice = Practice.objects.select_for_update().get(pk=publication.practice_id)
    if practice.state == State.IN_REVIEW and not may(REVIEW, by):
        raise WrongState(practice.state)
    before, wanted = build_document(practice), what_to_restore(publication)
    add_missing_words(wanted)
    restored = store_document(wanted, by=by)
    if build_document(restored) == before:
        raise Unchanged(publication)
    written(restored, before, by, Kind.RESTORED, f"v{publication.number}")


def what_to_restore(publication: Publication) -> PracticeDocument:
    """What the version said, under the code that its practice has today and in the words of today."""
    return replace(in_words_of_today(publication.content), code=publication.practice.code)


def in_words_of_today(document: PracticeDocument) -> PracticeDocument:
    """The document with the words that were renamed since as they are called now: slugs never change."""
    category, call = document.category, document.call
    if category and (row := Category.objects.filter(slug=category.slug).first()):
        category = replace(category, name=row.name, number=row.number, label=str(row))
    if call and (named := Call.objects.filter(slug=call.slug).first()):
        call = replace(call, name=named.name, year=named.year)
    names = dict(Organization.objects.filter(slug__in=[a.slug for a in document.authors]).values_list("slug", "name"))
    authors = tuple(_renamed(author, names) for author in document.authors)
    slugs = {squash(name): slug for slug, name in Criterion.objects.values_list("slug", "name")}
    known = set(slugs.values())
    criteria = tuple(
        c if c.criterion in known else replace(c, criterion=slugs.get(squash(c.name), c.criterion))
        for c in document.criteria
    )
    return replace(document, category=category, call=call, authors=authors, criteria=criteria)


def _renamed(author: Author, names: dict[str, str]) -> Author:
    return replace(author, name=names.get(author.slug, author.name))


def add_missing_words(document: PracticeDocument) -> None:
    """The places and criteria that the document names and somebody deleted since; recording.py adds the others."""
    coverage = document.coverage
    for place in coverage.departments:
        Department.objects.get_or_create(code=place.code, defaults={"name": place.name})
    for place in coverage.municipalities:
        values = {"name": place.name, "department_id": place.department}
        Municipality.objects.get_or_create(code=place.code, defaults=values)
    for criterion in document.criteria:
        defaults = {"name": criterion.name, "group": criterion.group}
        Criterion.objects.get_or_create(slug=criterion.criterion, defaults=defaults)
