"""What the form asks while somebody writes: a text as the public sees it, a paste as text, figures; and who may."""

import pytest
from django.contrib.auth.models import User
from django.template.loader import render_to_string
from django.test import Client
from django.urls import reverse

from practices.admin.fields import tidy
from practices.admin.live import fragment
from practices.language.markup import MAX_STRUCTURED
from practices.language.texts import from_html, read_blocks

from .word import SAMPLES

NAMES = ("seen", "paste", "figures")
TEXT = "Se logró:\n\n• 355 <b>peticiones</b> & más\n\nVer https://example.org"


def address(name: str) -> str:
    return reverse(f"admin:practices_practice_live_{name}")


def ask(client: Client, name: str, text: str, **more: object) -> str:
    response = client.post(address(name), {"text": text, **more})
    assert response.status_code == 200
    return response.content.decode()


def test_a_text_is_drawn_by_the_public_template(as_writer: Client) -> None:
    shown = ask(as_writer, "seen", "Uno & <dos>\n\n1. a\n2. b\n\nwww.example.org")

    blocks = read_blocks("Uno & <dos>\n\n1. a\n2. b\n\nwww.example.org")
    assert shown == render_to_string("practices/partials/blocks.html", {"blocks": blocks})
    assert "&lt;dos&gt;" in shown


def test_a_text_is_drawn_as_it_would_be_kept(as_writer: Client) -> None:
    assert "<li>Uno</li>" in ask(as_writer, "seen", "<ul><li>Uno</li></ul><script>alert(1)</script>")
    assert "script" not in ask(as_writer, "seen", "<p>Uno</p><script>alert(1)</script>")
    assert ask(as_writer, "seen", "N.A.").strip() == ""


@pytest.mark.parametrize("name", SAMPLES)
def test_a_paste_from_word_becomes_the_text_that_is_kept(as_writer: Client, name: str) -> None:
    html, text = SAMPLES[name]

    assert (ask(as_writer, "paste", html), tidy(html)) == (text, text)
    # Pasted once more, or saved, it stays as it is.
    assert tidy(text) == text


def test_a_list_of_word_is_seen_as_a_list(as_writer: Client) -> None:
    blocks = read_blocks(from_html(SAMPLES["whole"][0]))

    assert [(block.ordered, len(block.items)) for block in blocks if hasattr(block, "items")] == [
        (False, 2),
        (True, 3),
    ]


@pytest.mark.parametrize(
    ("html", "part"),
    [
        ("<b>a</b><!--StartFragment-->b<!--EndFragment-->c", "b"),
        ("<!--EndFragment-->b<!--StartFragment-->", "<!--EndFragment-->b<!--StartFragment-->"),
        ("sin marcas", "sin marcas"),
        ("", ""),
    ],
)
def test_only_what_was_copied_is_taken_of_a_clipboard(html: str, part: str) -> None:
    assert fragment(html) == part


@pytest.mark.parametrize("name", NAMES)
def test_answers_are_never_stored(as_writer: Client, name: str) -> None:
    assert "no-store" in as_writer.post(address(name), {"text": TEXT})["Cache-Control"]


@pytest.mark.parametrize("name", NAMES)
def test_only_those_who_write_are_answered(client: Client, as_reader: Client, as_writer: Client, name: str) -> None:
    nobody = Client()
    nobody.force_login(User.objects.create_user("nadie", password="x", is_staff=True))
    outside = Client()
    outside.force_login(User.objects.create_user("fuera", password="x"))
    answers = [
        who.post(address(name), {"text": TEXT}).status_code for who in (client, outside, nobody, as_reader, as_writer)
    ]

    assert answers == [302, 302, 403, 403, 200]


@pytest.mark.parametrize("name", NAMES)
def test_only_a_form_of_this_site_is_answered(writer: User, name: str) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(writer)

    assert strict.post(address(name), {"text": TEXT}).status_code == 403


@pytest.mark.parametrize("name", NAMES)
def test_hostile_requests_get_an_answer(as_writer: Client, name: str) -> None:
    too_long = as_writer.post(address(name), {"text": "a" * (MAX_STRUCTURED + 1)}).status_code
    nothing = as_writer.post(address(name)).status_code
    nul = as_writer.post(address(name), {"text": "\0<p>\ud7ff&#0;</p>"}).status_code

    assert (as_writer.get(address(name)).status_code, too_long, nothing, nul) == (405, 413, 200, 200)
