"""What the tests of nothing being lost share: the forms of the pages between, a file, a colleague at one record."""

import threading
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connections
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import translation

from practices.models.practice import Practice

from .forms import CHANGE, FormReader, Values, change
from .opening import opened

PDF = b"%PDF-1.7 de prueba"
TITLE = "This record was changed meanwhile"


def upload(name: str = "Informe.pdf", content: bytes = PDF) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, "application/pdf")


class AnyForm(FormReader):
    """The forms of the pages between: the two versions, the sign-in."""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        super().handle_starttag(tag, [("id", "practice_form")] if tag == "form" else attrs)


def read_any(response: HttpResponse) -> Values:
    reader = AnyForm()
    reader.feed(response.content.decode().partition('id="content-main"')[2])
    return reader.values


def address_of(practice: Practice) -> str:
    return reverse(CHANGE, args=[practice.pk])


def after_a_colleague(mine: Client, colleague: Client, record: Practice, typed: Values, theirs: Values) -> Any:
    """I open the form, a colleague saves something, I save."""
    form = opened(mine, address_of(record))
    change(colleague, record.pk, **theirs)
    return mine.post(address_of(record), {**form, **typed, "_save": "1"})


def shown(response: HttpResponse) -> list[tuple[str, str, str, str]]:
    """The fields of the page of two versions: name, theirs, mine, what is proposed."""
    return [
        (d.name, "".join(s.text for s in d.theirs), "".join(s.text for s in d.mine), d.chosen)
        for d in response.context["differences"]
    ]


def at_once(*tasks: Any) -> list[Any]:
    """What each returned, all begun at the same moment on connections of their own."""
    barrier, found = threading.Barrier(len(tasks)), [None] * len(tasks)

    def run(number: int, task: Any) -> None:
        try:
            with translation.override("en"):
                barrier.wait()
                found[number] = task()
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(tasks)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return found
