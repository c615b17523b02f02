"""A marked record behind one link, looked for behind every other door: other links, ended links, guessed tokens."""

from datetime import timedelta

import pytest
from django.utils import timezone

from practices.editorial.approval import invite, revoke, token_of
from practices.editorial.publishing import publish, withdraw
from practices.exchange.downloads import INERT
from practices.models.approval import Invitation
from practices.models.practice import Practice
from tests.factories import attached, author, practice, rich_document

from .conftest import FOR, page, send

pytestmark = pytest.mark.django_db
MARK = "xilocarpo"
THEN = ("", "respuesta/")


@pytest.fixture
def marked(db) -> Practice:
    texts = dict.fromkeys(("summary", "validation", "replicability", "limitations", "conclusion"), MARK)
    files = attached(MARK.encode(), f"{MARK}.pdf")
    return practice(
        rich_document(7, title=f"Título {MARK}", authors=(author(f"{MARK} S.A."),), attachments=files, **texts)
    )


@pytest.fixture
def its_link(marked, maker) -> Invitation:
    return invite(marked, f"Para {MARK}", maker)[0]


def file_of(link: Invitation, practice: Practice) -> str:
    return page(link, f"archivos/{practice.attachment_set.get().pk}/")


def body(response) -> str:
    content = b"".join(response.streaming_content) if response.streaming else response.content
    return content.decode().casefold()


def test_its_own_link_shows_the_record_and_its_file_as_a_download(visitor, marked, its_link):
    assert MARK in body(visitor.get(page(its_link)))
    file = visitor.get(file_of(its_link, marked))
    assert (file.status_code, body(file)) == (200, MARK)
    assert file["Content-Disposition"] == f'attachment; filename="{MARK}.pdf"'
    assert file["Content-Security-Policy"] == INERT
    assert file["Cache-Control"] == "private, no-store"


def test_the_link_of_another_practice_shows_nothing_of_it(visitor, marked, its_link, link):
    send(visitor, its_link, answer="changes", comment_resumen=MARK)
    send(visitor, link)
    for then in THEN:
        assert MARK not in body(visitor.get(page(link, then)))
    assert visitor.get(file_of(link, marked)).status_code == 404


def revoked(link: Invitation, maker) -> None:
    revoke(link, maker)


def expired(link: Invitation, maker) -> None:
    Invitation.objects.filter(pk=link.pk).update(expires_at=timezone.now() - timedelta(seconds=1))


def withdrawn(link: Invitation, maker) -> None:
    publish(link.practice)
    withdraw(link.practice, "Motivo")


def deleted(link: Invitation, maker) -> None:
    link.practice.delete()


@pytest.mark.parametrize(
    ("end", "status"), [(revoked, 410), (expired, 410), (publish, 410), (withdrawn, 410), (deleted, 404)]
)
def test_a_link_that_ended_shows_nothing_behind_any_of_its_addresses(visitor, marked, its_link, maker, end, status):
    send(visitor, its_link, answer="changes", comment_resumen=MARK)
    addresses = [*(page(its_link, then) for then in THEN), file_of(its_link, marked)]
    publish(marked) if end is publish else end(its_link, maker)
    for address in [*addresses, *(f"/en{address}" for address in addresses)]:
        response = visitor.get(address)
        assert (address, response.status_code, MARK in body(response)) == (address, status, False)


def test_guessed_tokens_are_all_the_same_404(visitor, marked, its_link):
    token = token_of(its_link)
    value, _dot, signature = token.rpartition(".")
    guesses = ["1", f"{value}.", f"{value}.{'A' * 43}", f".{signature}", token[:-1], token.upper(), "x" * 3000, "%00"]
    answers = {(r.status_code, body(r)) for r in (visitor.get(f"/revision/{guess}/") for guess in guesses)}
    assert [status for status, _text in answers] == [404]
    assert MARK not in answers.pop()[1]


@pytest.mark.parametrize("number", ["0", "999", "9" * 19, "9" * 5000, "-1", "x"])
def test_files_that_the_record_does_not_have_are_not_found(visitor, its_link, number):
    assert visitor.get(page(its_link, f"archivos/{number}/")).status_code == 404


def test_an_answer_is_seen_by_nobody_else(visitor, its_link, marked, maker):
    other, _token = invite(marked, FOR, maker)
    send(visitor, its_link, answer="changes", comment_resumen="Secreto entre nosotros.")
    assert "secreto entre nosotros" not in body(visitor.get(page(other)))
