"""People who may do everything, with the words they choose from: what a stranger may not send, a colleague might."""

import time
from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.http import HttpResponse
from django.test import Client

from tests.admin.conftest import make_vocabulary
from tests.factories import published, rich_document

from .wire import Answer


@pytest.fixture(scope="module")
def catalogue(module_database) -> None:
    """A practice, what one chooses from, and who may do everything."""
    make_vocabulary()
    User.objects.create_superuser("jefe", password="una clave larga")
    published(rich_document(1))


@pytest.fixture
def chief(catalogue) -> Client:
    client = Client()
    client.force_login(User.objects.get(username="jefe"))
    return client


def answer_of(send: Callable[..., HttpResponse], address: str, *given: Any, **also: Any) -> Answer:
    """What a test client gets, as the rest of these tests looks at it. An error of ours is raised by the client."""
    begun = time.thread_time()
    response = send(address, *given, **also)
    body = b"".join(response.streaming_content) if response.streaming else response.content
    seconds = time.thread_time() - begun
    return Answer(response.status_code, list(response.items()), body, seconds, address[:300])
