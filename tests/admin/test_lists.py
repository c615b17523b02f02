"""The lists: search in every spelling, filters, and the queries they cost."""

import re
from html import unescape

import pytest
from django.contrib import admin
from django.contrib.admin import ModelAdmin
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from practices.editorial.publishing import unsaved_publication
from practices.models.parts import Authorship
from practices.models.practice import Practice, State
from practices.models.publication import Publication
from practices.models.vocabulary import Call, Category, Organization

from .. import factories
from .forms import ADD, CHANGE, change

LIST = "admin:practices_practice_changelist"


def found(client: Client, name: str = LIST, **query: str) -> list[str]:
    page = client.get(reverse(name), query)
    assert page.status_code == 200
    return [str(row) for row in page.context["cl"].result_list]


def queries(client: Client, address: str) -> int:
    client.get(address)  # the first visit keeps content types
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


@pytest.fixture
def two_practices(vocabulary) -> None:
    factories.practice(
        factories.document(
            2,
            title="Energía más cerca",
            authors=(factories.author("Electrificadora de Córdoba S.A. E.S.P.", acronym="ECO"),),
        )
    )
    factories.practice(factories.document(31, title="Otra cosa", code="BP-OTRA-SSPD-031-2021"))


@pytest.mark.parametrize(
    "term",
    [
        "BP-PRUEBA-SSPD-002-2020",
        "bp prueba sspd 2 2020",
        "BPPRUEBASSPD0022020",
        "prueba 002",
        "002-2020",
        "0022020",
        "energia mas",
        "ENERGÍA",
        "cerca energ",
        "cordoba",
        "electrificadora sa esp",
        "eco",
    ],
)
def test_search_finds_the_practice_in_any_spelling(as_writer: Client, two_practices, term: str) -> None:
    assert found(as_writer, q=term) == ["BP-PRUEBA-SSPD-002-2020 · Energía más cerca"]


@pytest.mark.parametrize("term", ["zzz", "BP-PRUEBA-SSPD-002-2021", "%", "'", "energia zzz"])
def test_search_finds_nothing_where_nothing_fits(as_writer: Client, two_practices, term: str) -> None:
    everything = len(found(as_writer))
    expected = everything if term in "%'" else 0
    assert len(found(as_writer, q=term)) == expected


@pytest.mark.parametrize("model_admin", admin.site._registry.values(), ids=lambda found: found.opts.model_name)
def test_every_filter_that_a_list_links_to_is_one(vocabulary, client: Client, model_admin: ModelAdmin) -> None:
    """What a list refuses of addresses that were made up must not be what its own pages say."""
    client.force_login(User.objects.create_superuser("jefe"))
    factories.published(factories.rich_document(1))
    address = reverse(f"admin:{model_admin.opts.app_label}_{model_admin.opts.model_name}_changelist")
    linked = {unescape(found) for found in re.findall(r'href="(\?[^"]+)"', client.get(address).content.decode())}
    assert {query: client.get(f"{address}{query}").status_code for query in linked} == dict.fromkeys(linked, 200)


def test_filters_narrow_by_state_category_and_year(as_writer: Client, two_practices) -> None:
    published = factories.published(factories.rich_document(5, title="Publicada"))
    assert [
        found(as_writer, state__exact="published"),
        found(as_writer, category__id__exact=str(published.practice.category_id)),
        found(as_writer, year="2021"),
        found(as_writer, year="1999"),
    ] == [
        ["BP-PRUEBA-SSPD-005-2020 · Publicada"],
        ["BP-PRUEBA-SSPD-005-2020 · Publicada"],
        ["BP-OTRA-SSPD-031-2021 · Otra cosa"],
        [],
    ]


def test_the_list_costs_the_same_for_one_and_three(as_publisher: Client) -> None:
    factories.published(factories.rich_document(1))
    one = queries(as_publisher, reverse(LIST))
    factories.published(factories.rich_document(2))
    factories.published(
        factories.rich_document(3, authors=(factories.author("Segunda S.A."), factories.author("Tercera S.A.")))
    )

    assert (one, queries(as_publisher, reverse(LIST))) == (8, 8)


def test_searching_the_list_costs_a_few_more(as_publisher: Client) -> None:
    for number in (1, 2, 3):
        factories.practice(factories.document(number))

    assert queries(as_publisher, reverse(LIST) + "?q=practica") == 11


def test_the_form_costs_the_same_however_long_its_lists_are(as_publisher: Client) -> None:
    short = factories.published(factories.rich_document(1))
    long = factories.published(
        factories.rich_document(2, success_factors=tuple("abcdefgh"), metrics=factories.rich_document().metrics * 5)
    )
    counts = [queries(as_publisher, reverse(CHANGE, args=[p.practice_id])) for p in (short, long)]

    assert counts == [19, 19]
    assert queries(as_publisher, reverse(ADD)) == 6


def test_the_columns_say_who_what_and_which_version(as_publisher: Client) -> None:
    factories.published(factories.rich_document(1))
    html = as_publisher.get(reverse(LIST)).content.decode()

    assert [text in html for text in ("published · v1", "BP-PRUEBA-SSPD-001-2020", "Aguas de Prueba S.A. E.S.P.")] == [
        True,
        True,
        True,
    ]


@pytest.mark.parametrize(
    ("name", "term", "expected"),
    [
        ("municipality", "bogota", ["Bogotá, D.C. (Bogotá, D.C.)"]),
        ("municipality", "caldas", ["Manizales (Caldas)"]),
        ("department", "BOGOTÁ", ["Bogotá, D.C."]),
        ("organization", "energia", ["Energía del Ejemplo S.A. E.S.P. (EJE)"]),
        ("organization", "eje", ["Energía del Ejemplo S.A. E.S.P. (EJE)"]),
        ("category", "atencion", ["1. Oficinas de atención"]),
        ("codeseries", "prueba", ["BP-PRUEBA-SSPD"]),
        ("service", "acue", ["Acueducto"]),
        ("criterion", "eficiente", ["eficiente"]),
    ],
)
def test_words_are_found_without_their_accents(
    as_publisher: Client, name: str, term: str, expected: list[str]
) -> None:
    assert found(as_publisher, f"admin:practices_{name}_changelist", q=term) == expected


def test_the_autocomplete_finds_a_place_without_its_accent(as_writer: Client) -> None:
    answer = as_writer.get(
        reverse("admin:autocomplete"),
        {"term": "bogota", "app_label": "practices", "model_name": "practice", "field_name": "municipalities"},
    )

    assert answer.json() == {
        "results": [{"id": "11001", "text": "Bogotá, D.C. (Bogotá, D.C.)"}],
        "pagination": {"more": False},
    }


def test_an_organization_shows_how_many_practices_it_has(as_publisher: Client) -> None:
    factories.practice(factories.document(1))
    organization = Organization.objects.get(name="Aguas de Prueba S.A. E.S.P.")
    html = as_publisher.get(reverse("admin:practices_organization_changelist"), {"q": "prueba"}).content.decode()

    link = f"{reverse(LIST)}?organizations__id__exact={organization.pk}"
    assert f'<a href="{link}">1</a>' in html
    assert found(as_publisher, organizations__id__exact=str(organization.pk)) == [str(Practice.objects.get())]


MANY = 10_000


@pytest.fixture
def ten_thousand(vocabulary) -> None:
    """Records in every state, half of them with an author, a tenth of them public with changes."""
    category, (author, _other) = Category.objects.get(), Organization.objects.order_by("pk")
    call = Call.objects.create(slug="premio", name="Premio", year=2024)
    states = list(State)
    practices = Practice.objects.bulk_create(
        Practice(
            code=f"BP-PRUEBA-SSPD-{number % 900 + 100}-{2011 + number // 900}",
            title=f"Práctica {number}",
            state=states[number % len(states)],
            category=category if number % 2 else None,
            call=call if number % 3 else None,
            differs=number % 10 == 4,
        )
        for number in range(MANY)
    )
    Authorship.objects.bulk_create(Authorship(practice=practice, organization=author) for practice in practices[::2])
    public = [practice for practice in practices if practice.state == State.PUBLISHED]
    Publication.objects.bulk_create(
        unsaved_publication(practice, factories.document(1, code=practice.code), 1) for practice in public
    )


def test_the_list_of_ten_thousand_costs_few_queries_however_it_is_filtered(as_publisher: Client, ten_thousand) -> None:
    category = f"?category__id__exact={Category.objects.get().pk}"
    asked = ("", "?p=150", "?state__exact=in_review", "?differs=yes", category, "?year=2020", "?o=4")
    counts = {query: queries(as_publisher, reverse(LIST) + query) for query in asked}

    assert counts == dict.fromkeys(asked, 8)
    assert queries(as_publisher, reverse(LIST) + "?q=practica+77") == 11


def test_the_list_says_what_is_public_and_changed(as_publisher: Client) -> None:
    practice = factories.published().practice
    found_in = []
    for button in ("_save", "_send"):
        change(as_publisher, practice.pk, button, title=f"Otro {button}")
        html = as_publisher.get(reverse(LIST), {"differs": "yes"}).content.decode()
        found_in.append(html.partition('field-state_and_version">')[2].partition("<")[0])

    assert found_in == [
        "published · v1 · with unpublished changes",
        "in review · v1 is public · with unpublished changes",
    ]
    assert found(as_publisher, differs="no") == []


def test_the_list_is_filtered_by_call(as_writer: Client) -> None:
    call = Call.objects.create(slug="premio", name="Premio", year=2024)
    with_call = factories.practice()
    Practice.objects.update(call=call)
    without = factories.practice(factories.document(2))

    assert [found(as_writer, call__id__exact=str(call.pk)), found(as_writer, call__isnull="True")] == [
        [str(Practice.objects.get(pk=with_call.pk))],
        [str(without)],
    ]
