"""opening.py reads from the form what a browser finds in its page: here the pages are drawn, and both are compared."""

from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from practices.admin.ticket import FIELD, read_ticket
from practices.editorial.publishing import publish
from practices.editorial.workflow import approve, send_to_review
from practices.models.practice import Practice

from .forms import ADD, add, read_form, rows
from .keeping import address_of, upload
from .opening import opened, values_of
from .people import signed_in

ANEW = (FIELD, "csrfmiddlewaretoken")
"""Each page has its own."""

STEPS: dict[str, Any] = {
    "draft": lambda record: None,
    "in review": send_to_review,
    "approved": lambda record: (send_to_review(record), approve(record)),
    "published": publish,
}
WRONG = {
    "code": "Otro",
    "national": "on",
    "implemented_start": "mal",
    "summary": '\n\nCon <b>marcas</b> & "comillas"\r\n',
    "services": ["no hay"],
    "departments": ["17", "11"],
    "initial-code": "BP-X",
}


def without_new(values: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if name not in ANEW}


def both_ways(response: HttpResponse) -> tuple[dict[str, Any], dict[str, Any]]:
    """What a browser finds in this very page, and what is read from what it was drawn from."""
    drawn, read = read_form(response), values_of({**response.context_data, "csrf_token": ""})
    assert drawn.keys() == read.keys()
    assert drawn[FIELD] == read[FIELD]
    return without_new(drawn), without_new(read)


@pytest.fixture
def full(as_writer: Client, record: Practice) -> Practice:
    """The record with files, a text that begins with a line break, and signs that markup knows."""
    files = rows("attachment_set", {"upload": upload(), "description": '<i> & "dos"'}, {"upload": upload("b.pdf")})
    values = opened(as_writer, address_of(record))
    answer = as_writer.post(address_of(record), {**values, **files, "services": values["services"], "_save": "1"})
    assert answer.status_code == 302
    Practice.objects.filter(pk=record.pk).update(summary='\n\nUno\r\n& <dos> &amp; "tres" ', national=True)
    return Practice.objects.get(pk=record.pk)


@pytest.mark.parametrize("step", STEPS)
def test_a_full_record_is_read_as_its_page_says(full: Practice, step: str) -> None:
    STEPS[step](full)
    for role in ("writer", "reviewer", "publisher", "reader"):
        client = signed_in(role)
        drawn, read = both_ways(client.get(address_of(full)))
        assert (role, read) == (role, drawn)
        assert (role, without_new(opened(client, address_of(full)))) == (role, drawn)


@pytest.mark.parametrize(
    "query", ["", "?_popup=1", "?_to_field=id", "?title=%0AUno&national=on&category=1&services=acueducto"]
)
def test_a_new_form_is_read_as_its_page_says(as_writer: Client, query: str) -> None:
    drawn, read = both_ways(as_writer.get(reverse(ADD) + query))

    assert read == drawn
    assert without_new(opened(as_writer, reverse(ADD) + query)) == drawn


def test_a_refused_form_is_read_as_its_page_says(as_writer: Client, full: Practice) -> None:
    for address in (reverse(ADD), address_of(full)):
        files = rows("attachment_set", {"upload": upload()}, {"description": "Sin archivo"})
        typed = {**WRONG, **files, "more_files": [upload("c.pdf", b"%PDF-c"), upload("d.pdf", b"%PDF-d")]}
        drawn, read = both_ways(as_writer.post(address, {**opened(as_writer, address), **typed, "_save": "1"}))
        assert (address, read) == (address, drawn)
        assert (len(read["more_files-kept"]), len(read["attachment_set-0-upload-kept"])) == (2, 1)


def test_what_is_opened_is_not_drawn_and_has_a_ticket_of_its_own(as_writer: Client, writer) -> None:
    tickets = [read_ticket({FIELD: opened(as_writer, reverse(ADD))[FIELD][0]}) for _ in range(2)]

    assert [ticket.user for ticket in tickets] == [writer.pk] * 2
    assert tickets[0].key != tickets[1].key


def test_where_there_is_no_form_nothing_is_opened(as_writer: Client) -> None:
    assert opened(Client(), reverse(ADD)) == {}
    assert opened(as_writer, reverse("admin:practices_practice_changelist")) == {}


def test_who_opens_a_form_has_seen_the_messages(as_writer: Client) -> None:
    add(as_writer, title="Una")
    opened(as_writer, reverse(ADD))

    assert list(as_writer.get(reverse(ADD)).context["messages"]) == []
