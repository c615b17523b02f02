"""The database itself refuses what the forms refuse."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db import DatabaseError, IntegrityError, transaction

from practices.language.organizations import organization_key
from practices.models.contact import Contact
from practices.models.parts import Authorship, Link, Metric, SuccessFactor
from practices.models.practice import LONG_TEXTS, Practice
from practices.models.vocabulary import (
    Category,
    CodeSeries,
    Criterion,
    Department,
    Municipality,
    Organization,
    Service,
)
from tests.factories import practice

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "values",
    [
        {"code": ""},
        {"code": "bp-andesco-sspd-001-2020"},
        {"code": "BP-ANDESCO-SSPD-1-2020"},
        {"code": "BP-ANDESCO-SSPD-001-2020\n"},
        {"title": "x" * 501},
        {"implemented_start": "abril"},
        {"implemented_start": "2020-4"},
        {"implemented_end": "2020-04", "implemented_start": ""},
        {"implemented_precision": "decade"},
        {"state": "lost"},
        *({name: "x" * 20_001} for name in LONG_TEXTS),
    ],
)
def test_practice_refuses(values):
    record = practice()
    with pytest.raises(DatabaseError), transaction.atomic():
        Practice.objects.filter(pk=record.pk).update(**values)


@pytest.mark.parametrize(
    "row",
    [
        lambda p: Metric(practice=p),
        lambda p: Metric(practice=p, text="x", baseline=3),
        lambda p: Metric(practice=p, text="x", better="worse"),
        lambda p: SuccessFactor(practice=p, text=""),
        lambda p: Link(practice=p),
        lambda p: Link(practice=p, address="javascript:alert(1)"),
        lambda p: Link(practice=p, address="ftp://example.org/"),
        lambda p: Contact(practice=p, consent_given_on=date(2020, 1, 1)),
        lambda p: Contact(
            practice=p, consent_given_on=date(2020, 1, 2), consent_given_by="x", consent_until=date(2020, 1, 1)
        ),
        lambda p: Authorship(practice=p, organization=p.authorship_set.get().organization),
    ],
)
def test_part_refuses(row):
    record = practice()
    with pytest.raises(DatabaseError), transaction.atomic():
        row(record).save()


@pytest.mark.parametrize(
    ("value", "accepted"),
    [("123456789.123456", True), ("1900000000000", True), ("1234567890.123456", False), ("1234567890123456", False)],
)
def test_number_that_a_database_could_not_give_back_exactly_is_refused(value, accepted):
    metric = Metric(practice=practice(), text="x", value=Decimal(value))
    if not accepted:
        with pytest.raises(ValidationError, match="value"):
            metric.full_clean()
        return
    metric.full_clean()
    metric.save()
    metric.refresh_from_db()
    assert metric.value == Decimal(value)


def test_one_metric_only_is_the_headline():
    record = practice()
    Metric.objects.create(practice=record, text="a", headline=True)
    with pytest.raises(IntegrityError), transaction.atomic():
        Metric.objects.create(practice=record, text="b", headline=True)


def test_one_series_only_is_proposed():
    CodeSeries.objects.create(prefix="BP-A-B", is_default=True)
    with pytest.raises(IntegrityError), transaction.atomic():
        CodeSeries.objects.create(prefix="BP-C-D", is_default=True)


@pytest.mark.parametrize(
    ("given", "until", "on", "seen"),
    [
        (None, None, date(2020, 6, 1), 0),
        (date(2020, 6, 1), None, date(2020, 6, 1), 1),
        (date(2020, 6, 2), None, date(2020, 6, 1), 0),
        (date(2020, 1, 1), date(2020, 6, 1), date(2020, 6, 1), 1),
        (date(2020, 1, 1), date(2020, 5, 31), date(2020, 6, 1), 0),
    ],
)
def test_contact_is_public_while_its_consent_holds(given, until, on, seen):
    record = practice()
    Contact.objects.create(
        practice=record, role="Gerencia", consent_given_on=given, consent_given_by="Carta", consent_until=until
    )
    assert Contact.objects.public(record.pk, on=on).count() == seen
    assert Contact.objects.public(record.pk + 1, on=on).count() == 0


def test_vocabulary_is_complete_and_loads_again_without_duplicates():
    for _time in range(2):
        call_command("load_vocabulary", verbosity=0)
    counted = {model: model.objects.count() for model in (Department, Municipality, Criterion, Service, Category)}
    assert counted == {Department: 33, Municipality: 1121, Criterion: 8, Service: 5, Category: 1}
    assert list(Criterion.objects.values_list("group", flat=True)) == ["minimum"] * 4 + ["contest"] * 4


def test_key_of_every_organisation_of_the_fixtures_is_the_one_of_its_name():
    call_command("load_vocabulary", verbosity=0)
    assert {o.key for o in Organization.objects.all()} == {
        organization_key(o.name) for o in Organization.objects.all()
    }


def test_organisations_that_share_a_name_share_a_row():
    Organization.objects.create(name="AGUAS DE MANIZALES S.A E.S.P.")
    with pytest.raises(IntegrityError), transaction.atomic():
        Organization.objects.create(name="Aguas de Manizales S.A. E.S.P.")


def test_slugs_of_like_names_differ():
    first, second = Organization.objects.create(name="Agua y Luz"), Organization.objects.create(name="Agua-Luz 2")
    assert (first.slug, second.slug) == ("agua-luz", "agua-luz-2")
