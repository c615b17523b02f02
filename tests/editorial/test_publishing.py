from dataclasses import replace

import pytest
from django.contrib.auth.models import Permission, User
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, transaction

from practices import search
from practices.document import PracticeDocument
from practices.editorial import publishing
from practices.editorial.checklist import NotReady, checklist
from practices.editorial.documents import build_document
from practices.editorial.publishing import NotPublished, Unchanged, publish, withdraw
from practices.editorial.recording import store_document
from practices.models.practice import Practice, State
from practices.models.publication import FacetTerm, Publication, Status
from practices.models.search_index import SearchWord
from practices.models.version import CatalogueVersion
from tests.factories import approved, document, practice, published, rich_document

pytestmark = pytest.mark.django_db


def test_publish_freezes_the_document_with_facets_and_search_entry():
    record = practice(rich_document())
    before = CatalogueVersion.current()
    publication = publish(record, note="Primera versión")
    assert publication.content == build_document(record)
    assert (publication.number, publication.status, publication.note) == (1, Status.CURRENT, "Primera versión")
    assert set(publication.terms.values_list("facet", "value")) == {
        ("category", "oficinas"),
        ("service", "acueducto"),
        ("author", "aguas-prueba"),
        ("department", "17"),
        ("municipality", "17001"),
        ("year", "2020"),
        ("metrics", "si"),
    }
    assert list(search.indexed()) == [publication.pk]
    assert CatalogueVersion.current() > before
    record.refresh_from_db()
    assert record.state == State.PUBLISHED


def test_change_after_publication_stays_unseen_until_the_next_one():
    record = practice(title="Título publicado")
    publish(record)
    store_document(replace(build_document(record), title="Título en borrador"))
    assert [p.title for p in Publication.objects.current()] == ["Título publicado"]
    second = publish(record)
    assert [(p.number, p.status, p.title) for p in Publication.objects.order_by("number")] == [
        (1, Status.SUPERSEDED, "Título publicado"),
        (2, Status.CURRENT, "Título en borrador"),
    ]
    assert list(search.indexed()) == [second.pk]
    assert second.first_published_at == Publication.objects.get(number=1).published_at


@pytest.mark.parametrize(
    ("lacking", "field"),
    [({"title": ""}, "title"), ({"authors": (), "author": ""}, "authors"), ({"summary": "", "impact": ""}, "summary")],
)
def test_publish_names_what_is_missing_and_changes_nothing(lacking, field):
    record = practice(**lacking)
    before = CatalogueVersion.current()
    with pytest.raises(NotReady) as refused:
        publish(record)
    assert [item.field for item in refused.value.checklist.blocking] == [field]
    assert (Publication.objects.count(), CatalogueVersion.current()) == (0, before)


@pytest.mark.parametrize("enough", [{"summary": "Sí", "impact": ""}, {"summary": "", "impact": "Sí"}])
def test_summary_or_impact_is_enough(enough):
    assert publish(practice(**enough)).number == 1


def test_failure_half_way_leaves_nothing_behind(monkeypatch):
    record = practice()
    before = CatalogueVersion.current()

    def fails(publications):
        raise RuntimeError("the index is full")

    monkeypatch.setattr(publishing.search, "index", fails)
    with pytest.raises(RuntimeError):
        publish(record)
    assert Publication.objects.count() == FacetTerm.objects.count() == len(search.indexed()) == 0
    assert CatalogueVersion.current() == before
    record.refresh_from_db()
    assert record.state == State.DRAFT


def test_publish_without_changes_raises_and_changes_nothing():
    publication = published()
    before = CatalogueVersion.current()
    with pytest.raises(Unchanged) as refused:
        publish(publication.practice)
    assert refused.value.publication == publication
    assert (Publication.objects.count(), CatalogueVersion.current()) == (1, before)


def test_withdraw_takes_the_practice_from_every_list_and_keeps_the_reason():
    publication = published()
    withdrawn = withdraw(publication.practice, "  Los datos no se pudieron verificar.  ")
    assert withdrawn.withdrawal_reason == "Los datos no se pudieron verificar."
    assert list(Publication.objects.current()) == []
    assert list(Publication.objects.withdrawn()) == [publication]
    assert list(search.indexed()) == []
    assert list(SearchWord.objects.exclude(count=0)) == []
    assert Practice.objects.get().state == State.WITHDRAWN


def test_withdrawn_practice_is_published_again_as_the_next_version():
    publication = published()
    withdraw(publication.practice, "Por revisar")
    again = publish(publication.practice)
    assert (again.number, list(Publication.objects.current())) == (2, [again])
    publication.refresh_from_db()
    assert (publication.status, publication.withdrawal_reason) == (Status.SUPERSEDED, "Por revisar")


@pytest.mark.parametrize("reason", ["", "   "])
def test_withdraw_needs_a_reason(reason):
    publication = published()
    with pytest.raises(ValueError, match="reason"):
        withdraw(publication.practice, reason)
    assert list(Publication.objects.current()) == [publication]


def test_withdraw_of_what_is_not_published_is_refused():
    with pytest.raises(NotPublished):
        withdraw(practice(), "Motivo")


def test_only_who_holds_the_permission_publishes_and_withdraws():
    writer = User.objects.create_user("escribe", is_staff=True)
    chief = User.objects.create_user("publica", is_staff=True)
    chief.user_permissions.add(Permission.objects.get(codename="publish_practice"))
    record = approved(practice())
    with pytest.raises(PermissionDenied):
        publish(record, by=writer)
    publication = publish(record, by=chief)
    with pytest.raises(PermissionDenied):
        withdraw(record, "Motivo", by=writer)
    assert (publication.published_by, withdraw(record, "Motivo", by=chief).withdrawn_by) == (chief, chief)


def test_what_nobody_approved_is_published_only_by_somebody_who_may_approve():
    chief = User.objects.create_user("publica", is_staff=True)
    chief.user_permissions.add(Permission.objects.get(codename="publish_practice"))
    with pytest.raises(PermissionDenied, match="review_practice"):
        publish(practice(), by=chief)
    chief.user_permissions.add(Permission.objects.get(codename="review_practice"))
    assert publish(Practice.objects.get(), by=User.objects.get()).published_by == chief


@pytest.mark.parametrize(
    "change", [{"document": "{}"}, {"code": "BP-OTRO-SSPD-001-2020"}, {"number": 7}, {"note": "otra"}]
)
def test_database_refuses_to_change_what_a_publication_froze(change):
    publication = published()
    with pytest.raises(DatabaseError), transaction.atomic():
        Publication.objects.filter(pk=publication.pk).update(**change)
    publication.refresh_from_db()
    assert publication.content == build_document(publication.practice)


def test_publication_is_never_deleted():
    with pytest.raises(TypeError, match="withdraw"):
        published().delete()


def test_rebuild_writes_the_same_entries_that_publishing_wrote():
    for number in (1, 2, 3):
        published(rich_document(number))
    withdraw(Practice.objects.first(), "Motivo")

    def index() -> tuple:
        live = search.indexed()
        found = {word: list(search.match(word, live, live.max()).ids) for word in ("practica", "manizales", "no")}
        return live, found, list(SearchWord.objects.exclude(count=0).order_by("word").values_list("word", "count"))

    before = index()
    assert list(search.rebuild()) == [2]
    assert index() == before


def test_completeness_counts_the_items_done():
    nothing, everything = checklist(PracticeDocument("")), checklist(rich_document())
    assert nothing.completeness == 0
    assert everything.completeness == round(100 * 12 / 19)
    assert everything.blocking == []
    assert checklist(document()).completeness < everything.completeness
