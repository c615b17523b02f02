import pytest
from django.db import connection
from django.utils import timezone

from practices.editorial.publishing import publish, withdraw
from practices.models.practice import Practice
from practices.models.publication import Publication
from tests.factories import document, published

pytestmark = pytest.mark.django_db


def test_still_current_are_the_current_ones():
    first, second, third = (published(document(number)) for number in (1, 2, 3))
    Practice.objects.filter(pk=second.practice_id).update(summary="Otro resumen")
    newer = publish(second.practice)
    withdraw(third.practice, reason="Se repite")
    ids = [first.pk, second.pk, third.pk, newer.pk]
    found = Publication.objects.filter(pk__in=ids).still_current()
    assert set(found) == set(Publication.objects.current()) == {first, newer}


BY_KEY = {"sqlite": "USING INTEGER PRIMARY KEY", "postgresql": "Index Cond: (id = ANY"}


def test_the_publications_of_a_page_are_found_by_their_keys():
    # Enough of them that reading all is dearer than looking up three, and counted, so that the server knows.
    now = timezone.now()
    records = Practice.objects.bulk_create(Practice(code=f"BP-PRUEBA-SSPD-{number:03d}-2020") for number in range(500))
    Publication.objects.bulk_create(
        Publication(
            practice=record, code=record.code, number=1, document="{}", published_at=now, first_published_at=now
        )
        for record in records
    )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE practices_publication")
        if connection.vendor == "postgresql":
            # A small table is read whole, whatever index it has.
            cursor.execute("SET LOCAL enable_seqscan = off")
            cursor.execute("SET LOCAL enable_bitmapscan = off")
        plan = Publication.objects.filter(pk__in=[1, 2, 3]).still_current().order_by().explain()
    assert BY_KEY[connection.vendor] in plan
