"""The words that records share."""

import pytest
from django.test import Client
from django.urls import reverse

from practices.models.vocabulary import Category, CodeSeries, Organization

ADD = "admin:practices_organization_add"


def test_an_organization_needs_only_its_name(as_writer: Client) -> None:
    as_writer.post(reverse(ADD), {"name": "Gases de Prueba S.A. E.S.P.", "kind": "provider"})

    found = Organization.objects.get(name="Gases de Prueba S.A. E.S.P.")
    assert (found.slug, found.kind) == ("gases-prueba", "provider")


def test_the_window_beside_an_author_gives_the_new_organization_back(as_writer: Client) -> None:
    response = as_writer.post(reverse(ADD) + "?_popup=1", {"name": "Nueva", "kind": "other", "_popup": "1"})

    assert response.context["popup_response_data"] == (
        f'{{"value": "{Organization.objects.get(name="Nueva").pk}", "obj": "Nueva"}}'
    )


@pytest.mark.parametrize("name", ["AGUAS DE PRUEBA SA ESP", "aguas de prueba", "Águas de Prueba S.A.S."])
def test_a_known_organization_in_another_spelling_is_refused(as_writer: Client, name: str) -> None:
    response = as_writer.post(reverse(ADD), {"name": name, "kind": "provider"})

    assert response.context["adminform"].form.errors == {
        "name": ["The catalogue knows it already: Aguas de Prueba S.A. E.S.P."]
    }


def test_a_name_of_signs_only_is_refused(as_writer: Client) -> None:
    response = as_writer.post(reverse(ADD), {"name": "¿?", "kind": "provider"})

    assert response.context["adminform"].form.errors == {"name": ["Write a name."]}


def test_short_names_are_written_once(as_writer: Client) -> None:
    category = Category.objects.get()
    address = reverse("admin:practices_category_change", args=[category.pk])

    as_writer.post(address, {"name": "Otro nombre", "number": "1", "slug": "otro", "description": ""})

    category.refresh_from_db()
    assert (category.name, category.slug) == ("Otro nombre", "oficinas")


def test_one_series_only_is_proposed(as_writer: Client) -> None:
    response = as_writer.post(
        reverse("admin:practices_codeseries_add"), {"prefix": "BP-OTRA-SSPD", "is_default": "on"}
    )

    assert response.context["adminform"].form.non_field_errors() == ["Another series is proposed already."]
    assert CodeSeries.objects.count() == 1
