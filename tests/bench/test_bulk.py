from contextlib import suppress
from dataclasses import replace

import pytest
from django.db import transaction

from bench.generate import documents
from practices import search
from practices.document import PracticeDocument, to_json
from practices.editorial.bulk import publish_documents
from practices.editorial.checklist import NotReady
from practices.editorial.documents import build_document
from practices.editorial.publishing import publish
from practices.editorial.recording import store_document
from practices.models.practice import Practice
from practices.models.publication import FacetTerm, Publication
from practices.models.search_index import SearchWord
from practices.models.version import CatalogueVersion
from practices.models.vocabulary import Criterion, Department, Municipality
from practices.search.postings import postings
from tests.factories import document

pytestmark = pytest.mark.django_db

COUNT = 20


class RolledBack(Exception):
    pass


def stored(given: PracticeDocument) -> PracticeDocument:
    """The document as the working record gives it back."""
    for place in given.coverage.departments:
        Department.objects.get_or_create(code=place.code, defaults={"name": place.name})
    for place in given.coverage.municipalities:
        defaults = {"name": place.name, "department_id": place.department}
        Municipality.objects.get_or_create(code=place.code, defaults=defaults)
    for row in given.criteria:
        Criterion.objects.get_or_create(slug=row.criterion, defaults={"name": row.name, "group": row.group})
    return build_document(store_document(given))


def public() -> list[object]:
    """Everything the public reads, by code instead of by id."""
    codes = dict(Publication.objects.values_list("pk", "code"))
    hidden = {"id", "practice_id", "published_at", "first_published_at", "changed_in"}
    tokens = [("tusuario",), ("rusuario",), ("susuario",), ("csspd",), ("c0012007",), ("sde",), ("ragu",), ("tagu",)]
    found = postings([(token, False) for token in tokens], max(codes))
    return [
        [{k: v for k, v in row.items() if k not in hidden} for row in Publication.objects.order_by("code").values()],
        list(FacetTerm.objects.order_by("facet", "value").values_list("facet", "value", "label", "parent")),
        sorted(Publication.objects.values_list("code", "terms__facet", "terms__value")),
        list(SearchWord.objects.order_by("word").values_list("word", "stem", "count")),
        {term: sorted(codes[pk] for pk in ids) for term, ids in found.items()},
        sorted(codes[pk] for pk in search.indexed()),
        sorted(Practice.objects.values_list("code", "title", "state", "summary", "implemented_start")),
    ]


def test_documents_published_in_bulk_are_what_publishing_one_by_one_gives():
    with suppress(RolledBack), transaction.atomic():
        given = [stored(document) for document in documents(COUNT)]
        for practice in Practice.objects.order_by("pk"):
            publish(practice)
        one_by_one = public()
        raise RolledBack
    assert list(publish_documents(given)) == [COUNT]
    assert public() == one_by_one


def test_bulk_raises_the_catalogue_version_and_refuses_what_is_not_ready():
    before = CatalogueVersion.current()
    assert list(publish_documents([document(1), document(2)])) == [2]
    assert CatalogueVersion.current() == before + 1
    with pytest.raises(NotReady):
        list(publish_documents([document(3), replace(document(4), title="")]))
    assert Publication.objects.count() == Practice.objects.count() == 2


def test_generated_practices_are_the_same_every_time():
    one, same = list(documents(3)), list(documents(3))
    assert one == same
    assert len({to_json(d) for d in one}) == 3
