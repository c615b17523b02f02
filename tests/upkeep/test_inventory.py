"""The inventory of personal data is whole: no field of the database in which something could stand is forgotten."""

from collections.abc import Iterator

import pytest
from django.apps import apps
from django.conf import settings
from django.contrib.auth.models import User
from django.db import models

from practices.upkeep.inventory import NOBODYS, NOBODYS_MODELS, PERSONAL, declared

TEXTS = (models.CharField, models.TextField, models.GenericIPAddressField, models.FileField, models.BinaryField)
TEXTS += (models.JSONField, models.UUIDField)


def could_hold(field: models.Field) -> bool:
    """Whether something about a person could stand in it: a text, bytes, or an account."""
    return isinstance(field, TEXTS) or (field.is_relation and field.related_model is User)


def fields_of_the_database() -> Iterator[str]:
    for model in apps.get_models(include_auto_created=True):
        if model._meta.label not in NOBODYS_MODELS and not model._meta.proxy:
            for field in model._meta.local_concrete_fields:
                if could_hold(field):
                    yield f"{model._meta.label}.{field.name}"


def test_every_field_that_could_hold_something_of_a_person_is_in_the_inventory():
    """A new field is named in practices/upkeep/inventory.py: as personal data, with its reason, or as nobody's."""
    assert set(fields_of_the_database()) - set(declared()) == set()


def test_no_field_is_named_twice():
    found = list(declared())
    assert sorted(found) == sorted(set(found))


def test_what_is_named_exists():
    known = {
        f"{model._meta.label}.{field.name}"
        for model in apps.get_models(include_auto_created=True)
        for field in model._meta.get_fields()
    }
    installed = {model._meta.app_label for model in apps.get_models(include_auto_created=True)}
    assert [name for name in declared() if name.partition(".")[0] in installed and name not in known] == []


@pytest.mark.parametrize("holding", PERSONAL, ids=lambda holding: holding.what)
def test_each_kind_says_why_on_what_ground_and_how_it_ends(holding):
    assert all((holding.why, holding.ground, holding.seen_by, holding.erased_by))
    assert not holding.days or isinstance(getattr(settings, holding.days), int)


def test_contacts_are_held_as_personal_data_and_nothing_of_them_as_nobodys():
    assert not [name for name in NOBODYS if name.startswith("practices.Contact.")]
