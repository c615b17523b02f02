"""The words that staff teach the search."""

import pytest
from django.test import Client
from django.urls import reverse

from practices.models.synonym import FailedSearch, SynonymGroup
from practices.models.vocabulary import Organization

ADD = "admin:practices_synonymgroup_add"


def test_a_group_is_written_in_one_line(as_writer: Client) -> None:
    as_writer.post(reverse(ADD), {"terms": "NIS , número de  suministro"})

    assert list(SynonymGroup.objects.values_list("terms", "key")) == [("NIS, número de suministro", "nis")]


@pytest.mark.parametrize(
    ("terms", "message"),
    [
        ("PQR", "Write two words or phrases at least, with a comma between them."),
        ("PQR, " + "x" * 81, "A word or phrase may have 80 characters."),
        (", ".join(f"palabra{n}" for n in range(21)), "Twenty words or phrases fit in a group."),
        ("pqr, otra", "The catalogue knows it already: PQR, PQRS"),
    ],
)
def test_a_group_that_means_nothing_is_refused(as_writer: Client, terms: str, message: str) -> None:
    SynonymGroup.objects.create(terms="PQR, PQRS")

    response = as_writer.post(reverse(ADD), {"terms": terms})

    assert response.context["adminform"].form.errors == {"terms": [message]}


def test_a_failed_search_is_one_step_from_a_synonym(as_writer: Client) -> None:
    FailedSearch.objects.create(words="aseo raro", count=2)
    FailedSearch.objects.create(words="medidor", count=7)

    body = as_writer.get(reverse("admin:practices_failedsearch_changelist")).content.decode()
    assert body.index("medidor") < body.index("aseo raro")
    address = f"{reverse(ADD)}?terms=aseo+raro%2C+"
    assert f'href="{address}"' in body

    assert as_writer.get(address).context["adminform"].form.initial["terms"] == "aseo raro, "


def test_failed_searches_are_only_read_and_deleted(as_writer: Client) -> None:
    row = FailedSearch.objects.create(words="medidor")

    assert as_writer.get(reverse("admin:practices_failedsearch_add")).status_code == 403
    as_writer.post(reverse("admin:practices_failedsearch_delete", args=[row.pk]), {"post": "yes"})
    assert not FailedSearch.objects.exists()


def test_an_organization_has_other_names(as_writer: Client) -> None:
    as_writer.post(
        reverse("admin:practices_organization_add"),
        {"name": "Empresa de Bogotá", "kind": "provider", "aliases": "Acueducto de Bogotá\r\nEAB"},
    )

    assert Organization.objects.get(name="Empresa de Bogotá").aliases.splitlines() == ["Acueducto de Bogotá", "EAB"]
