"""What a backup holds is said of every model."""

import pytest
from django.apps import apps
from django.db.models import FileField

from practices.upkeep import tables
from practices.upkeep.tables import DERIVED, PASSING, data_models, other_models, undeclared


def test_every_model_is_said_to_be_data_or_derived_or_passing():
    assert undeclared() == set()


def test_nothing_is_said_twice():
    said = [*tables.DATA, *DERIVED, *PASSING]
    assert sorted(said) == sorted(set(said))
    assert set(tables.DATA) >= tables.MADE_BY_MIGRATE


def test_model_that_nobody_declared_is_data(monkeypatch):
    monkeypatch.setattr(tables, "DATA", tuple(label for label in tables.DATA if label != "practices.contact"))
    assert undeclared() == {"practices.contact"}
    assert "practices.contact" in {model._meta.label_lower for model in data_models()}


def test_all_tables_are_reached():
    reached = {model._meta.label_lower for model in (*data_models(), *other_models())}
    every = {model._meta.label_lower for model in apps.get_models(include_auto_created=True)}
    assert every - reached == {"practices.searchindex"}


def test_only_stored_files_are_files():
    """A backup knows of no others."""
    fields = [
        str(field) for model in apps.get_models() for field in model._meta.fields if isinstance(field, FileField)
    ]
    assert fields == ["practices.StoredFile.content"]


def test_former_codes_are_written_before_the_codes_that_their_guard_looks_through():
    order = [model._meta.label_lower for model in data_models()]
    assert order.index("practices.codealias") < order.index("practices.practice")


@pytest.mark.django_db
def test_house_has_something_in_every_table_of_ours(house):
    empty = [m._meta.label for m in data_models() if m._meta.app_label == "practices" and not m._base_manager.exists()]
    assert empty == []
