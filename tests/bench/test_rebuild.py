from io import StringIO

import pytest
from django.core.management import call_command
from django.http import QueryDict

from practices.browse import Selection
from practices.models.search_index import SearchWord
from practices.models.version import CatalogueVersion
from practices.search.engines import engine
from tests.factories import published


def titles(query: str) -> list[str]:
    return [p.title for p in Selection.from_query(QueryDict(query)).publications()]


@pytest.mark.django_db(transaction=True)
def test_rebuild_writes_every_entry_and_word_anew_and_workers_see_it():
    from django.db import connection

    published(title="Tarifa social")
    words = list(SearchWord.objects.order_by("word").values())
    with connection.cursor() as cursor:
        engine().clear(cursor)
    SearchWord.objects.all().delete()
    assert titles("q=tarifa") == []
    version, out = CatalogueVersion.current(), StringIO()
    call_command("rebuild_search", stdout=out)
    assert CatalogueVersion.current() == version + 1
    assert titles("q=tarifa") == ["Tarifa social"]
    assert list(SearchWord.objects.order_by("word").values()) == words
    assert "1 / 1" in out.getvalue()
