"""What the author sees behind the link, and what becomes of the answer."""

import re
from dataclasses import replace

import html5lib
import pytest
from django.core.management import call_command

from practices.editorial import approval
from practices.editorial.approval import invite, revoke, seal
from practices.editorial.documents import build_document
from practices.editorial.publishing import publish, withdraw
from practices.editorial.recording import store_document
from practices.models.approval import Answer, Invitation
from practices.models.contact import Contact
from tests.factories import document, practice, rich_document

from .conftest import FOR, page, send

pytestmark = pytest.mark.django_db
SECTIONS = ["resumen", "impacto", "factores", "cobertura"]


def shown(response) -> str:
    return response.content.decode()


def test_the_page_is_the_public_one_with_a_banner_and_a_form(visitor, link, record):
    response = visitor.get(page(link))
    assert response.status_code == 200
    assert response.context["document"] == build_document(record)
    assert [section.slug for section in response.context["page"].sections] == SECTIONS
    assert "practices/detail.html" in [template.name for template in response.templates]
    text = " ".join(re.sub("<[^>]+>", "", shown(response)).split())
    assert f"Preview for {FOR}" in text or f"Vista previa para {FOR}" in text


def test_each_section_that_is_shown_has_a_comment(visitor, link):
    fields = [field.name for field in visitor.get(page(link)).context["form"].comment_fields]
    assert fields == ["comment_general", *(f"comment_{section}" for section in SECTIONS)]


@pytest.mark.parametrize("prefix", ["", "/en"])
@pytest.mark.parametrize("step", ["", "wrong", "answered", "ended"])
def test_every_page_is_valid_html(visitor, link, maker, prefix, step):
    address = prefix + page(link)
    if step == "answered":
        send(visitor, link, answer="changes", comment_resumen="Falta <b>esto</b>.")
        address += "respuesta/"
    if step == "ended":
        revoke(link, maker)
    response = visitor.post(address, {"comment_resumen": "x"}) if step == "wrong" else visitor.get(address)
    html5lib.HTMLParser(strict=True).parse(shown(response))
    identifiers = re.findall(r'\bid="([^"]+)"', shown(response))
    assert len(identifiers) == len(set(identifiers))
    anchors = re.findall(r'(?:href="#|\bfor="|aria-labelledby="|aria-describedby=")([^"]+)"', shown(response))
    assert {name for anchor in anchors for name in anchor.split()} <= set(identifiers)
    assert (shown(response).count("<h1"), " style=" in shown(response)) == (1, False)


def test_no_page_sets_a_cookie_or_lets_anybody_keep_it(visitor, link, maker):
    answers = [visitor.get(page(link)), visitor.post(page(link)), send(visitor, link)]
    answers.append(visitor.get(page(link, "respuesta/")))
    revoke(link, maker)
    answers.append(visitor.get(page(link)))
    for response in answers:
        # Only whether it is compressed may vary, and what is short is not compressed.
        varies = "Accept-Encoding" if len(response.content) >= 200 else ""
        assert (dict(response.cookies), response.get("Vary", "")) == ({}, varies)
        assert response["Cache-Control"] == "private, no-store"
        assert response["Referrer-Policy"] == "no-referrer"
        assert response["X-Robots-Tag"] == "noindex, nofollow"


def test_contacts_are_shown_as_the_public_would_see_them(visitor, link, record):
    consent = {"consent_given_on": "2020-01-01", "consent_given_by": "Carta"}
    Contact.objects.create(practice=record, role="Con permiso", **consent)
    Contact.objects.create(practice=record, role="Sin permiso", as_written="Línea del formato")
    text = shown(visitor.get(page(link)))
    assert ("Con permiso" in text, "Sin permiso" in text, "Línea del formato" in text) == (True, False, False)


def test_an_approval_is_taken_and_confirmed(visitor, link):
    response = send(visitor, link)
    assert (response.status_code, response["Location"]) == (302, page(link, "respuesta/"))
    assert Invitation.objects.get().answer == Answer.APPROVED
    assert visitor.get(response["Location"]).context["comments"] == []


def test_a_request_for_changes_keeps_a_comment_for_each_section(visitor, link):
    send(visitor, link, answer="changes", comment_resumen=" Falta la\r\nfecha. ", comment_general="Está bien.")
    kept = Invitation.objects.get()
    assert (kept.answer, kept.answered_for) == (Answer.CHANGES, "Gerencia")
    said = dict(kept.comments.values_list("section", "text"))
    assert said == {"general": "Está bien.", "resumen": "Falta la\nfecha."}
    confirmed = visitor.get(page(link, "respuesta/")).context["comments"]
    assert [text for _title, text in confirmed] == ["Está bien.", "Falta la\nfecha."]


def test_before_an_answer_there_is_nothing_to_confirm(visitor, link):
    assert visitor.get(page(link, "respuesta/"))["Location"] == page(link)


@pytest.mark.parametrize(
    ("typed", "wrong"),
    [
        ({"answer": ""}, ["answer"]),
        ({"answer": "quizás"}, ["answer"]),
        ({"answered_for": " "}, ["answered_for"]),
        ({"answered_for": "x" * 301}, ["answered_for"]),
        ({"answer": "changes"}, ["comment_general"]),
        ({"comment_resumen": "x" * 4001}, ["comment_resumen"]),
        ({"answer": "changes", "comment_resumen": "x" * 4001}, ["comment_resumen"]),
        ({"answered_for": "a\0b"}, ["answered_for"]),
    ],
)
def test_what_is_wrong_is_said_and_everything_typed_comes_back(visitor, link, typed, wrong):
    sent = {"comment_impacto": "Lo que escribí.", "comment_resumen": "También.", **typed}
    if wrong == ["comment_general"]:
        sent = typed
    response = send(visitor, link, **sent)
    form = response.context["form"]
    assert (response.status_code, list(form.errors)) == (200, wrong)
    assert {name: form[name].value() for name in sent} == sent
    assert all(f'href="#id_{name}' in shown(response) for name in wrong)
    assert Invitation.objects.get().answer == Answer.NONE


def test_the_longest_comment_fits_however_a_browser_breaks_its_lines(visitor, link):
    send(visitor, link, comment_resumen="x" * 1999 + "\r\n" + "x" * 2000)
    assert len(Invitation.objects.get().comments.get().text) == 4000


def test_what_no_database_holds_is_left_out(visitor, link):
    send(visitor, link, comment_resumen="Falta\0 la fecha.", comment_impacto="\0")
    kept = Invitation.objects.get().comments
    assert list(kept.values_list("section", "text")) == [("resumen", "Falta la fecha.")]


def test_hostile_text_is_shown_as_text(visitor, link):
    hostile = '"><script>alert(1)</script>{{ 7|add:1 }}'
    wrong = send(visitor, link, answer="", comment_resumen=hostile, answered_for=hostile)
    send(visitor, link, answer="changes", comment_resumen=hostile, answered_for=hostile)
    for response in (wrong, visitor.get(page(link)), visitor.get(page(link, "respuesta/"))):
        assert ("<script>" in shown(response), "&lt;script&gt;" in shown(response)) == (False, True)


def test_an_answer_comes_back_to_be_corrected(visitor, link):
    send(visitor, link, answer="changes", comment_resumen="Falta la fecha.")
    form = visitor.get(page(link)).context["form"]
    assert (form["answer"].value(), form["comment_resumen"].value()) == ("changes", "Falta la fecha.")
    assert form["answered_for"].value() == "Gerencia"
    send(visitor, link, comment_resumen="")
    kept = Invitation.objects.get()
    assert (kept.answer, kept.comments.count()) == (Answer.APPROVED, 0)


def test_a_record_that_changed_meanwhile_is_shown_again_with_what_was_typed(visitor, link, record):
    old = seal(link, build_document(record))
    store_document(replace(build_document(record), title="Otro título", success_factors=()))
    typed = {"answer": "changes", "comment_resumen": "Falta la fecha.", "comment_factores": "Son tres."}
    response = send(visitor, link, seal=old, **typed)
    form = response.context["form"]
    assert (response.status_code, response.context["changed"]) == (200, True)
    assert response.context["document"].title == "Otro título"
    assert {name: form[name].value() for name in typed} == typed
    assert Invitation.objects.get().answer == Answer.NONE
    again = visitor.post(page(link), {**typed, "answered_for": "Gerencia", "seal": response.context["seal"]})
    assert again.status_code == 302
    assert Invitation.objects.get().comments.count() == 2


def test_the_guest_is_told_that_the_record_changed_after_the_answer(visitor, link, record):
    send(visitor, link)
    assert visitor.get(page(link)).context["changed_since_answer"] is False
    store_document(replace(build_document(record), title="Otro título"))
    assert visitor.get(page(link)).context["changed_since_answer"] is True


def test_too_many_answers_are_refused_and_what_was_typed_stays(visitor, link, monkeypatch):
    monkeypatch.setattr(approval, "MOST_ANSWERS", 1)
    send(visitor, link)
    response = send(visitor, link, comment_resumen="Otra vez.")
    assert response.context["too_many"] is True
    assert response.context["form"]["comment_resumen"].value() == "Otra vez."


@pytest.mark.parametrize("origin", ["cross-site", "same-site"])
def test_another_site_cannot_send_the_form(visitor, link, origin):
    response = send(visitor, link, {"Sec-Fetch-Site": origin})
    assert (response.status_code, Invitation.objects.get().answer) == (403, Answer.NONE)


def test_a_browser_that_hides_where_the_form_comes_from_may_answer(visitor, link):
    """With `no-referrer` browsers send `Origin: null`."""
    response = send(visitor, link, {"Sec-Fetch-Site": "same-origin", "Origin": "null"})
    assert (response.status_code, Invitation.objects.get().answer) == (302, Answer.APPROVED)


@pytest.mark.parametrize("sealed", ["", "x", "1-abc.firma"])
def test_a_form_without_the_seal_of_its_page_is_not_taken(visitor, link, sealed):
    response = send(visitor, link, seal=sealed)
    assert (response.status_code, response.context["changed"]) == (200, True)
    assert Invitation.objects.get().answer == Answer.NONE


def test_a_body_beyond_measure_is_refused(visitor, link):
    assert send(visitor, link, comment_resumen="x" * 1_600_000).status_code == 400
    assert Invitation.objects.get().answer == Answer.NONE


def test_a_link_that_ended_while_somebody_was_writing_gives_back_what_was_written(visitor, link, maker):
    revoke(link, maker)
    response = send(visitor, link, comment_resumen="Lo que <b>escribí</b>.")
    assert (response.status_code, response.context["typed"]) == (410, ["Lo que <b>escribí</b>."])
    assert "Lo que &lt;b&gt;escribí&lt;/b&gt;." in shown(response)


def test_after_publication_the_link_leads_to_the_public_page_while_there_is_one(visitor, link, record):
    address = f"/practicas/{record.code}/"
    publish(record)
    response = visitor.get(page(link))
    assert (response.status_code, address in shown(response)) == (410, True)
    withdraw(record, "Motivo")
    response = visitor.get(page(link))
    assert (response.status_code, record.code in shown(response)) == (410, False)


def test_only_the_link_itself_takes_a_form(visitor, link):
    assert visitor.post(page(link, "respuesta/")).status_code == 405
    assert visitor.put(page(link)).status_code == 405


def test_pages_cost_the_same_for_one_and_for_three_of_each(visitor, maker, django_assert_num_queries):
    """Three of them are for what stands around the page: in the transaction of a test, nothing of it is kept."""
    call_command("load_vocabulary", verbosity=0)
    for number, times in ((1, 1), (2, 3)):
        doc = rich_document(number)
        factors = tuple(f"Factor {n}" for n in range(times))
        record = practice(replace(doc, metrics=doc.metrics * times, success_factors=factors))
        link, _token = invite(record, FOR, maker)
        with django_assert_num_queries(16):
            visitor.get(page(link))
        comments = {f"comment_{section}": "Bien." for section in SECTIONS[:times]}
        with django_assert_num_queries(45):
            send(visitor, link, **comments)
        with django_assert_num_queries(5):
            visitor.get(page(link, "respuesta/"))


def test_a_record_with_nothing_but_a_code_can_be_shown(visitor, maker):
    empty = practice(replace(document(9), title="", author="", authors=(), summary=""))
    link, _token = invite(empty, FOR, maker)
    assert visitor.get(page(link)).status_code == 200
