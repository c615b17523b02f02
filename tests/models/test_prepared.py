"""Queries that are compiled once give what their querysets give."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from practices.editorial.publishing import withdraw
from practices.models.contact import Contact
from practices.models.drawn import Drawn
from practices.models.prepared import Prepared
from practices.models.publication import Publication
from practices.models.version import CatalogueVersion
from tests.factories import document, published

pytestmark = pytest.mark.django_db

_by_code = Prepared(
    lambda key, number: (
        Publication.objects.with_code(key)
        .filter(number__gte=number)
        .order_by("number")
        .values_list("code", "published_at", "number")
    ),
    str,
    int,
)


def test_rows_are_those_of_the_queryset(django_assert_num_queries):
    publication, other = published(document(1)), published(document(2))
    for one in (publication, other, publication):
        with django_assert_num_queries(1):
            assert _by_code.rows(one.code_key, 1) == [(one.code, one.published_at, 1)]
    assert _by_code.rows(publication.code_key, 2) == []
    assert _by_code.row("ninguno", 0) is None


@pytest.mark.parametrize("value", ["' OR 1=1 --", "%s", "%%", "\N{REPLACEMENT CHARACTER}0", "a" * 5_000])
def test_values_are_values_and_nothing_else(value):
    published(document(1))
    assert _by_code.rows(value, 0) == []


def test_version_is_read_as_it_was_written():
    CatalogueVersion.raise_by_one()
    row = CatalogueVersion.objects.get()
    assert CatalogueVersion.standing().number == row.number
    assert CatalogueVersion.standing().raised_at == row.raised_at
    assert timezone.is_aware(CatalogueVersion.standing().raised_at)


def test_contacts_shown_are_the_public_ones_and_hold_nothing_else():
    publication = published(document(1))
    today = timezone.localdate()
    spans = [
        *((None, None), (today, None), (today - timedelta(9), today - timedelta(1)), (today + timedelta(1), None)),
        (today - timedelta(9), today),
    ]
    for place, (given, until) in enumerate(spans):
        Contact.objects.create(
            practice=publication.practice,
            position=place,
            name=f"Persona {place}",
            as_written="Nunca público",
            consent_given_on=given,
            consent_given_by="Carta" if given else "",
            consent_until=until,
        )
    shown = Contact.shown(publication.practice_id)
    assert [one.name for one in shown] == [one.name for one in Contact.objects.public(publication.practice_id)]
    assert [one.name for one in shown] == ["Persona 1", "Persona 4"]
    assert {(one.as_written, one.consent_given_by) for one in shown} == {("", "")}
    assert isinstance(today, date)


def test_drawing_is_found_by_just_the_code_of_a_current_practice():
    publication = published(document(1))
    drawn = {row.part: row for row in Drawn.objects.all()}
    assert Drawn.of_code(publication.code, "row", "article") == {
        (part, drawn[part].build): (publication.pk, publication.practice_id, bytes(drawn[part].content))
        for part in ("row", "article")
    }
    assert Drawn.of_code(publication.code, "row", "none") == {
        ("row", drawn["row"].build): (publication.pk, publication.practice_id, bytes(drawn["row"].content))
    }
    assert Drawn.of_code(publication.code.lower(), "row", "article") == {}
    withdraw(publication.practice, "Motivo")
    assert Drawn.of_code(publication.code, "row", "article") == {}
