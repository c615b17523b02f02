"""The page that corrects the code of a published practice, and what the staff sees of former codes."""

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from practices.editorial.publishing import withdraw
from practices.editorial.recoding import correct_code
from practices.models.code_alias import CodeAlias
from practices.models.practice import Practice
from practices.models.publication import Publication

from .. import factories
from .forms import ADD, CHANGE, add, errors, messages
from .people import signed_in

CODE = "admin:practices_practice_code"
OLD, NEW, OTHER = (f"BP-PRUEBA-SSPD-{number:03d}-2020" for number in (1, 2, 3))
WHY = "El convenio estaba mal escrito."


@pytest.fixture
def public(vocabulary) -> Practice:
    return factories.published(factories.document(1)).practice


def address(practice: Practice) -> str:
    return reverse(CODE, args=[practice.pk])


def test_a_publisher_corrects_the_code_with_a_reason(public: Practice) -> None:
    client = signed_in("publisher")
    page = client.get(reverse(CHANGE, args=[public.pk])).content.decode()
    assert f'href="{address(public)}"' in page

    response = client.post(address(public), {"code": "bp prueba sspd 2 de 2020", "reason": f" {WHY}\n"})

    assert (response.status_code, response.url) == (302, reverse(CHANGE, args=[public.pk]))
    alias, publication = CodeAlias.objects.get(), Publication.objects.get(number=2)
    assert (alias.code, alias.practice.code, alias.reason, alias.changed_by.username) == (OLD, NEW, WHY, "publisher")
    assert (publication.code, publication.note, publication.published_by.username) == (NEW, WHY, "publisher")
    page = client.get(response.url)
    assert messages(page) == [
        f"{OLD} is {NEW} from now on, as version 2. The former code leads to it for ever.",
    ]
    assert f"{OLD} – corrected on" in page.content.decode()
    assert f"by publisher: {WHY}" in page.content.decode()


@pytest.mark.parametrize(
    ("typed", "wrong"),
    [
        ({"code": OLD, "reason": WHY}, {"code": ["That is its code already."]}),
        ({"code": OTHER, "reason": WHY}, {"code": [f"{OTHER} is the code of {OTHER} · Práctica 3."]}),
        ({"code": "nada", "reason": WHY}, {"code": ["The shape is BP-AGREEMENT-ENTITY-NNN-YYYY."]}),
        ({"code": NEW, "reason": " \n"}, {"reason": ["This field is required."]}),
        ({"code": "", "reason": ""}, {"code": ["This field is required."], "reason": ["This field is required."]}),
        ({"code": "x" * 101, "reason": "x" * 501}, {"code": None, "reason": None}),
        ({"code": f"{NEW}\0", "reason": WHY}, {"code": ["Null characters are not allowed."]}),
    ],
)
def test_what_is_wrong_is_said_and_nothing_typed_is_lost(public: Practice, typed, wrong) -> None:
    factories.practice(factories.document(3))
    response = signed_in("publisher").post(address(public), typed)
    form = response.context["form"]
    assert response.status_code == 200
    assert set(form.errors) == set(wrong)
    assert all(texts is None or form.errors[name] == texts for name, texts in wrong.items())
    assert (CodeAlias.objects.count(), Publication.objects.count(), form.data["reason"]) == (0, 1, typed["reason"])


def test_what_is_not_public_has_no_form(public: Practice) -> None:
    withdraw(public, "Motivo")
    client = signed_in("publisher")
    assert "is not public" in client.get(address(public)).content.decode()
    response = client.post(address(public), {"code": NEW, "reason": WHY})
    assert (response.status_code, CodeAlias.objects.count()) == (200, 0)


@pytest.mark.parametrize("role", ["nobody", "reader", "writer", "reviewer"])
def test_nobody_else_corrects_or_is_offered_it(public: Practice, role: str) -> None:
    client = signed_in(role)
    refused = 404 if role == "nobody" else 403
    assert client.post(address(public), {"code": NEW, "reason": WHY}).status_code == refused
    assert address(public) not in client.get(reverse(CHANGE, args=[public.pk])).content.decode()
    assert Practice.objects.get().code == OLD


def test_another_site_corrects_nothing(public: Practice) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(User.objects.create_superuser("jefa"))
    assert client.post(address(public), {"code": NEW, "reason": WHY}).status_code == 403
    assert Practice.objects.get().code == OLD


def test_the_history_and_the_searches_know_former_codes(public: Practice) -> None:
    correct_code(public, NEW, WHY)
    client = signed_in("publisher")
    history = client.get(reverse("admin:practices_practice_history", args=[public.pk])).content.decode()
    assert "Code corrected" in history
    assert f"Version 2. {WHY}" in history
    found = client.get(reverse("admin:practices_practice_changelist"), {"q": OLD.lower()}).context["cl"].result_list
    assert [practice.code for practice in found] == [NEW]
    events = client.get(reverse("admin:practices_event_changelist"), {"q": OLD}).context["cl"].result_list
    assert {event.code for event in events} == {OLD, NEW}


def test_a_former_code_is_refused_for_a_new_record(public: Practice) -> None:
    correct_code(public, NEW, WHY)
    client = signed_in("writer")
    response = add(client, code=OLD, title="Otra")
    assert errors(response) == {"code": [f"{OLD} was the code of {NEW} · Práctica 1, and leads to it for ever."]}
    assert client.get(reverse(ADD)).status_code == 200
    assert Practice.objects.count() == 1
