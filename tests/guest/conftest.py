"""A link to a record, and a visitor who has nothing else."""

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.http import HttpResponse
from django.test import Client

from practices.editorial.approval import invite, seal, token_of
from practices.editorial.documents import build_document
from practices.models.approval import Invitation
from practices.models.practice import Practice
from tests.factories import practice, rich_document

FOR = "Aguas de Prueba S.A. E.S.P."


@pytest.fixture
def maker(db) -> User:
    return User.objects.create_superuser("escribe")


@pytest.fixture
def record(db) -> Practice:
    return practice(rich_document(1))


@pytest.fixture
def link(record: Practice, maker: User) -> Invitation:
    return invite(record, FOR, maker)[0]


@pytest.fixture
def visitor() -> Client:
    """As strict as a browser: without Django's exemption of tests from its protection against other sites."""
    return Client(enforce_csrf_checks=True)


def page(link: Invitation, then: str = "") -> str:
    return f"/revision/{token_of(link)}/{then}"


def send(visitor: Client, link: Invitation, headers: dict[str, str] | None = None, **typed: Any) -> HttpResponse:
    """The form as the page just shown would send it, with what a person typed."""
    sealed = seal(link, build_document(Practice.objects.get(pk=link.practice_id)))
    values = {"seal": sealed, "answer": "approved", "answered_for": "Gerencia", **typed}
    return visitor.post(page(link), values, headers=headers)
