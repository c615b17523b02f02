"""Two people at one record, forms sent twice, files of forms that fail, sessions that end: nothing typed is lost."""

import threading
from datetime import timedelta
from functools import partial
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.db import connection, connections
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone, translation

from practices.admin.ticket import FIELD, Ticket
from practices.editorial import staging
from practices.editorial.documents import build_document
from practices.models.contact import Contact
from practices.models.files import StoredFile
from practices.models.history import Event
from practices.models.parts import Attachment, Metric
from practices.models.practice import Practice
from practices.models.staging import StagedFile
from practices.models.vocabulary import Organization

from .. import factories
from . import complete
from .forms import ADD, CHANGE, FormReader, Values, add, change, errors, messages, read_form, rows

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


@pytest.fixture
def colleague(publisher: User) -> Client:
    client = Client()
    client.force_login(publisher)
    return client


@pytest.fixture
def record(vocabulary, as_writer: Client) -> Practice:
    add(as_writer, **complete.typed())
    return Practice.objects.get()


def after_a_colleague(mine: Client, colleague: Client, record: Practice, typed: Values, theirs: Values) -> Any:
    """I open the form, a colleague saves something, I save."""
    form = read_form(mine.get(address_of(record)))
    change(colleague, record.pk, **theirs)
    return mine.post(address_of(record), {**form, **typed, "_save": "1"})


def shown(response: HttpResponse) -> list[tuple[str, str, str, str]]:
    """The fields of the page of two versions: name, theirs, mine, what is proposed."""
    return [
        (d.name, "".join(s.text for s in d.theirs), "".join(s.text for s in d.mine), d.chosen)
        for d in response.context["differences"]
    ]


# --- Two people ---------------------------------------------------------------------------------------------------


def test_a_second_save_is_refused_with_both_versions(as_writer: Client, colleague: Client, record: Practice) -> None:
    response = after_a_colleague(
        as_writer, colleague, record, {"summary": "Lo mío.", "conclusion": "Mía."}, {"summary": "Lo suyo."}
    )

    assert response.context["title"] == TITLE
    assert shown(response) == [
        ("summary", "Lo suyo.", "Lo mío.", "mine"),
        ("conclusion", "Sirvió.", "Mía.", "mine"),
    ]
    assert response.context["last"].by.username == "publica"
    html = response.content.decode()
    assert ("suyo.</del>" in html, "mío.</ins>" in html, "Saved by publica" in html) == (True, True, True)
    record.refresh_from_db()
    assert (record.summary, record.conclusion) == ("Lo suyo.", "Sirvió.")


def test_a_field_that_only_the_other_changed_is_proposed_as_saved(
    as_writer: Client, colleague: Client, record: Practice
) -> None:
    response = after_a_colleague(as_writer, colleague, record, {"conclusion": "Mía."}, {"summary": "Lo suyo."})
    assert [(name, chosen) for name, _theirs, _mine, chosen in shown(response)] == [
        ("summary", "theirs"),
        ("conclusion", "mine"),
    ]

    as_writer.post(address_of(record), {**read_any(response), "_save": "1"})

    record.refresh_from_db()
    assert (record.summary, record.conclusion) == ("Lo suyo.", "Mía.")


def test_going_on_with_mine_saves_all_that_was_typed(as_writer: Client, colleague: Client, record: Practice) -> None:
    response = after_a_colleague(
        as_writer,
        colleague,
        record,
        {"metric_set-1-text": "Otro ahorro", "link_set-0-label": "Con nombre"},
        {"metric_set-0-DELETE": "on", "metric_set-1-text": "Suyo", "successfactor_set-0-text": "Suyo"},
    )
    form = read_any(response)
    chosen = {name: "mine" for name in form if name.startswith("keep-")}
    assert sorted(chosen) == ["keep-links", "keep-metrics", "keep-success_factors"]

    as_writer.post(address_of(record), {**form, **chosen, "_save": "1"})

    assert sorted(Metric.objects.values_list("text", flat=True)) == [
        "949 requerimientos tramitados a través del Call Center.",
        "Otro ahorro",
    ]
    assert list(record.successfactor_set.values_list("text", flat=True)) == ["Primero", "Segundo"]
    assert record.link_set.first().label == "Con nombre"


def test_a_list_taken_from_the_other_is_theirs_whole(as_writer: Client, colleague: Client, record: Practice) -> None:
    response = after_a_colleague(
        as_writer, colleague, record, {"metric_set-1-text": "Mío"}, {"metric_set-0-DELETE": "on"}
    )

    as_writer.post(address_of(record), {**read_any(response), "keep-metrics": "theirs", "_save": "1"})

    assert list(Metric.objects.values_list("text", flat=True)) == ["Ahorro"]


def test_a_row_that_the_other_added_is_shown_to_be_removed_and_can_be_kept(
    as_writer: Client, colleague: Client, record: Practice
) -> None:
    added = {"link_set-TOTAL_FORMS": "3", "link_set-2-address": "https://example.org/suya"}
    response = after_a_colleague(as_writer, colleague, record, {"link_set-0-label": "Mía"}, added)

    again = as_writer.post(address_of(record), {**read_any(response), "keep-links": "mine", "_unsaved": "1"})
    form = read_form(again)

    assert (form["link_set-2-address"], form["link_set-2-DELETE"]) == (["https://example.org/suya"], ["on"])
    assert record.link_set.first().label == ""
    del form["link_set-2-DELETE"]
    as_writer.post(address_of(record), {**form, "_save": "1"})
    assert list(record.link_set.values_list("address", "label")) == [
        ("https://example.org/a", "Mía"),
        ("", "Solo un texto"),
        ("https://example.org/suya", ""),
    ]


@pytest.mark.parametrize(
    "theirs",
    [
        {"contact_set-0-phone": "601 555 01 00"},
        {"metric_set-1-better": "less"},
        {"assessment_set-1-reason": "Una razón."},
    ],
)
def test_every_change_of_a_part_raises_the_revision(
    as_writer: Client, colleague: Client, record: Practice, theirs: Values
) -> None:
    before = record.revision
    response = after_a_colleague(as_writer, colleague, record, {"conclusion": "Mía."}, theirs)

    record.refresh_from_db()
    assert (record.revision, record.conclusion, len(response.context["differences"])) == (before + 1, "Sirvió.", 2)


def test_contacts_are_compared_too(as_writer: Client, colleague: Client, record: Practice) -> None:
    response = after_a_colleague(
        as_writer, colleague, record, {"contact_set-0-role": "Mi cargo"}, {"contact_set-0-role": "Su cargo"}
    )

    assert shown(response) == [
        ("contacts", "Su cargo · atencion@example.org", "Mi cargo · atencion@example.org", "mine")
    ]
    assert Contact.objects.get().role == "Su cargo"


def test_saving_without_a_change_is_no_revision(as_writer: Client, record: Practice) -> None:
    before = record.revision
    change(as_writer, record.pk)

    record.refresh_from_db()
    assert record.revision == before


def test_two_who_write_the_same_have_no_quarrel(as_writer: Client, colleague: Client, record: Practice) -> None:
    same = {"summary": "Lo mismo."}
    response = after_a_colleague(as_writer, colleague, record, same, same)

    assert response.url == address_of(record)


def test_a_third_save_meanwhile_is_shown_again(as_writer: Client, colleague: Client, record: Practice) -> None:
    response = after_a_colleague(as_writer, colleague, record, {"summary": "Lo mío."}, {"summary": "Lo suyo."})
    change(colleague, record.pk, summary="Lo último.")

    again = as_writer.post(address_of(record), {**read_any(response), "_save": "1"})

    assert shown(again) == [("summary", "Lo último.", "Lo mío.", "mine")]


def test_a_wrong_form_over_a_newer_record_is_corrected_first(
    as_writer: Client, colleague: Client, record: Practice
) -> None:
    typed = {"summary": "Lo mío.", "implemented_start": "mal"}
    response = after_a_colleague(as_writer, colleague, record, typed, {"summary": "Lo suyo."})
    assert list(errors(response)) == ["implemented_start"]

    again = as_writer.post(address_of(record), {**read_form(response), "implemented_start": "2020", "_save": "1"})

    assert [name for name, *_rest in shown(again)] == ["implemented", "summary"]
    record.refresh_from_db()
    assert record.summary == "Lo suyo."


def test_a_forged_or_missing_ticket_never_writes_over_anything(as_writer: Client, record: Practice) -> None:
    form = read_form(as_writer.get(address_of(record)))
    for forged in ("", "x", Ticket(1, record.pk, record.revision).signed()[:-1] + "x"):
        response = as_writer.post(address_of(record), {**form, FIELD: forged, "summary": "Mío.", "_save": "1"})
        assert [name for name, *_rest in shown(response)] == ["summary"]
    record.refresh_from_db()
    assert record.summary == "Un párrafo.\n\nOtro párrafo."


def test_chosen_files_pass_through_the_page_of_two_versions(
    as_writer: Client, colleague: Client, record: Practice
) -> None:
    typed = {**rows("attachment_set", {"upload": upload(), "description": "El informe"}), "summary": "Lo mío."}
    response = after_a_colleague(as_writer, colleague, record, typed, {"summary": "Lo suyo."})
    assert [name for name, *_rest in shown(response)] == ["summary", "attachments"]

    as_writer.post(address_of(record), {**read_any(response), "_save": "1"})

    assert Attachment.objects.values_list("name", "description").get() == ("Informe.pdf", "El informe")
    assert StagedFile.objects.count() == 0


def test_the_usual_save_costs_no_more_for_being_careful(as_writer: Client, record: Practice) -> None:
    form = read_form(as_writer.get(address_of(record)))
    with CaptureQueriesContext(
        connection,
    ) as queries:
        as_writer.post(address_of(record), {**form, "_save": "1"})
    locked = [query["sql"] for query in queries if "FOR UPDATE" in query["sql"]]

    assert len(locked) == (1 if connection.features.has_select_for_update else 0)


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


@pytest.mark.django_db(transaction=True)
def test_of_two_saves_at_the_same_moment_one_is_refused(
    as_writer: Client, colleague: Client, record: Practice
) -> None:
    forms = [(client, read_form(client.get(address_of(record)))) for client in (as_writer, colleague)]

    answers = at_once(
        *(
            partial(client.post, address_of(record), {**form, "summary": f"De {n}.", "_save": "1"})
            for n, (client, form) in enumerate(forms)
        )
    )

    assert sorted(answer.status_code for answer in answers) == [200, 302]
    winner = next(number for number, answer in enumerate(answers) if answer.status_code == 302)
    record.refresh_from_db()
    assert record.summary == f"De {winner}."
    assert shown(answers[1 - winner]) == [("summary", f"De {winner}.", f"De {1 - winner}.", "mine")]


def test_what_was_typed_over_a_deleted_record_comes_back_as_a_new_one(
    as_writer: Client, colleague: Client, record: Practice
) -> None:
    form = read_form(as_writer.get(address_of(record)))
    colleague.post(reverse("admin:practices_practice_delete", args=[record.pk]), {"post": "yes"})
    response = as_writer.post(address_of(record), {**form, "summary": "Lo mío.", "_save": "1"})
    assert messages(response) == [
        "This record was deleted meanwhile. What you typed is here as a new one, not saved yet."
    ]
    assert (Practice.objects.count(), errors(response), response.context["form_url"]) == (0, {}, reverse(ADD))

    as_writer.post(reverse(ADD), {**read_form(response), "_save": "1"})

    practice = Practice.objects.get()
    assert (practice.summary, build_document(practice).metrics) == ("Lo mío.", complete.expected().metrics)


# --- One form sent twice ------------------------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_a_double_click_on_a_new_record_makes_one(as_writer: Client) -> None:
    typed = complete.typed()
    form = {**read_form(as_writer.get(reverse(ADD))), **typed, "_save": "1"}
    clients = [as_writer, Client()]
    clients[1].force_login(User.objects.get(username="escribe"))

    answers = at_once(*(partial(client.post, reverse(ADD), form) for client in clients))

    practice = Practice.objects.get()
    assert [answer.url for answer in answers] == [address_of(practice)] * 2
    assert build_document(practice) == complete.expected()


@pytest.mark.django_db(transaction=True)
def test_a_double_click_on_new_rows_makes_them_once(as_writer: Client, record: Practice) -> None:
    form = read_form(as_writer.get(address_of(record)))
    typed = {"link_set-TOTAL_FORMS": "3", "link_set-2-label": "Nueva", "summary": "Nuevo."}
    clients = [as_writer, Client()]
    clients[1].force_login(User.objects.get(username="escribe"))
    sent = {**form, **typed, "_save": "1"}

    answers = at_once(*(partial(client.post, address_of(record), sent) for client in clients))

    assert [answer.status_code for answer in answers] == [302, 302]
    assert record.link_set.count() == 3


def test_going_back_and_saving_again_leads_to_the_record_that_was_made(as_writer: Client) -> None:
    form = {**read_form(as_writer.get(reverse(ADD))), **complete.typed()}
    as_writer.post(reverse(ADD), {**form, "_preview": "1"})
    practice = Practice.objects.get()

    response = as_writer.post(reverse(ADD), {**form, "conclusion": "Corregida.", "_preview": "1"})
    assert (Practice.objects.count(), shown(response)) == (1, [("conclusion", "Sirvió.", "Corregida.", "mine")])
    assert "This form was saved already" in response.content.decode()

    as_writer.post(address_of(practice), {**read_any(response), "_save": "1"})
    practice.refresh_from_db()
    assert (Practice.objects.count(), practice.conclusion) == (1, "Corregida.")


def test_a_proposed_code_that_became_another_is_no_difference(as_writer: Client) -> None:
    form = read_form(as_writer.get(reverse(ADD)))
    Practice.objects.create(code=form["code"][0])
    as_writer.post(reverse(ADD), {**form, "title": "Una", "_save": "1"})

    response = as_writer.post(reverse(ADD), {**form, "title": "Una", "_save": "1"})

    assert response.url == address_of(Practice.objects.get(title="Una"))


def test_two_forms_make_two_records(as_writer: Client) -> None:
    add(as_writer, title="Igual")
    add(as_writer, title="Igual")

    assert Practice.objects.count() == 2


# --- Files of a form that fails -------------------------------------------------------------------------------------


def failing(client: Client, *files: Values, **typed: Any) -> HttpResponse:
    return add(client, **{"implemented_start": "mal", **typed, **rows("attachment_set", *files)})


def test_a_kept_file_is_shown_by_name_and_size(as_writer: Client) -> None:
    html = failing(as_writer, {"upload": upload()}).content.decode()

    assert "Kept: Informe.pdf, 18\xa0bytes" in html
    assert StagedFile.objects.values_list("name", "chosen_by__username").get() == ("Informe.pdf", "escribe")


def test_a_kept_file_is_kept_through_several_failures_and_saved_once(as_writer: Client) -> None:
    response = failing(as_writer, {"upload": upload(), "name": "El informe"}, {"upload": upload("b.pdf", b"%PDF-b")})
    # Browsers send the empty choice of a file along, as a text.
    empty = {"attachment_set-0-upload": "", "attachment_set-1-upload": ""}
    response = as_writer.post(reverse(ADD), {**read_form(response), **empty, "_save": "1"})
    assert StagedFile.objects.count() == 2

    as_writer.post(reverse(ADD), {**read_form(response), "implemented_start": "", "_save": "1"})

    assert list(Attachment.objects.values_list("name", "stored_file__size")) == [("El informe.pdf", 18), ("b.pdf", 6)]
    assert StagedFile.objects.count() == 0
    assert [len(name) for name in StoredFile.objects.values_list("content", flat=True)] == [67, 67]


def test_a_kept_file_can_be_left_out(as_writer: Client) -> None:
    form = read_form(failing(as_writer, {"upload": upload(), "description": "Con descripción"}))
    sent = {**form, "implemented_start": "", "drop-kept": form["attachment_set-0-upload-kept"], "_save": "1"}

    assert errors(as_writer.post(reverse(ADD), sent)) == {"attachment_set-0-upload": ["Choose the file."]}
    assert StagedFile.objects.count() == 0


def test_another_file_chosen_instead_takes_the_place_of_the_kept_one(as_writer: Client) -> None:
    form = read_form(failing(as_writer, {"upload": upload()}))
    other = {"attachment_set-0-upload": upload("Otro.pdf", b"%PDF-otro")}
    as_writer.post(reverse(ADD), {**form, **other, "implemented_start": "", "_save": "1"})

    assert Attachment.objects.values_list("name", "stored_file__size").get() == ("Otro.pdf", 9)
    assert StagedFile.objects.count() == 0


@pytest.mark.parametrize(
    ("name", "content"), [("virus.exe", PDF), ("grande.pdf", b"x" * (1024 * 1024 + 1)), ("vacio.pdf", b"")]
)
def test_a_refused_file_is_not_kept(as_writer: Client, settings, name: str, content: bytes) -> None:
    settings.MAX_ATTACHMENT_MB = 1
    failing(as_writer, {"upload": upload(name, content)})

    assert (StagedFile.objects.count(), StoredFile.objects.count()) == (0, 0)


@pytest.mark.parametrize("key", ["", "x", "\0", "a" * 60, "../../etc/passwd", "' OR 1=1 --"])
def test_a_key_that_nobody_gave_opens_nothing(as_writer: Client, key: str) -> None:
    response = add(as_writer, **rows("attachment_set", {"description": "Sin archivo", "upload-kept": key}))

    assert errors(response) == {"attachment_set-0-upload": ["Choose the file."]}


def test_the_key_of_another_person_opens_nothing(as_writer: Client, as_publisher: Client) -> None:
    key = read_form(failing(as_writer, {"upload": upload()}))["attachment_set-0-upload-kept"]

    response = add(as_publisher, **rows("attachment_set", {"description": "Ajena", "upload-kept": key}))
    assert errors(response) == {"attachment_set-0-upload": ["Choose the file."]}
    add(as_publisher, title="Otra", **{"drop-kept": key})
    assert (Attachment.objects.count(), StagedFile.objects.count()) == (0, 1)


def test_what_nobody_came_back_for_is_forgotten_after_seven_days(as_writer: Client, writer: User, capsys) -> None:
    used = factories.published(factories.document(attachments=factories.attached(b"%PDF-publicado")))
    Attachment.objects.all().delete()
    old = staging.keep(ContentFile(b"%PDF-viejo"), "viejo.pdf", writer)
    staging.keep(ContentFile(b"%PDF-nuevo"), "nuevo.pdf", writer)
    StagedFile.objects.filter(pk=old.pk).update(chosen_at=timezone.now() - timedelta(days=7, minutes=1))
    path = old.stored_file.content.path

    with CaptureQueriesContext(connection):
        call_command("clean_staged")

    assert capsys.readouterr().out == "1 kept files forgotten, 1 stored files removed.\n"
    left = {used.content.attachments[0].sha256, StagedFile.objects.get().stored_file_id}
    assert set(StoredFile.objects.values_list("pk", flat=True)) == left
    assert path.startswith(str(old.stored_file.content.storage.location))
    assert staging.forget_old() == (0, 0)


@pytest.mark.django_db(transaction=True)
def test_the_bytes_of_what_is_forgotten_go_too(writer: User) -> None:
    old = staging.keep(ContentFile(b"%PDF-viejo"), "viejo.pdf", writer)
    storage, path = old.stored_file.content.storage, old.stored_file.content.name

    assert (storage.exists(path), staging.forget_old(timezone.now() + timedelta(days=8)), storage.exists(path)) == (
        True,
        (1, 1),
        False,
    )


# --- A session that ends --------------------------------------------------------------------------------------------


def signed_in_again(client: Client, response: HttpResponse, address: str, name: str = "escribe") -> HttpResponse:
    return client.post(address, {**read_any(response), "username": name, "password": "x"})


def test_a_form_without_its_session_comes_back_through_the_login(as_writer: Client) -> None:
    form = {**read_form(as_writer.get(reverse(ADD))), **complete.typed(), "title": "<b>Con</b> «marcas»"}
    as_writer.logout()
    asked = as_writer.post(reverse(ADD), {**form, "_save": "1"})
    assert (asked.status_code, "no-store" in asked["Cache-Control"]) == (200, True)

    back = signed_in_again(as_writer, asked, reverse(ADD))

    assert messages(back) == ["Nothing is lost: here is what you typed. It is not saved yet; look at it and save."]
    assert (Practice.objects.count(), errors(back)) == (0, {})
    typed = read_form(back)
    assert (typed["title"], typed["summary"]) == (["<b>Con</b> «marcas»"], ["Un párrafo.\r\n\r\nOtro párrafo."])
    as_writer.post(reverse(ADD), {**typed, "title": form["title"], "_save": "1"})
    assert build_document(Practice.objects.get()).metrics == complete.expected().metrics


def test_a_change_comes_back_to_its_own_record(as_writer: Client, record: Practice) -> None:
    form = read_form(as_writer.get(address_of(record)))
    as_writer.logout()
    asked = as_writer.post(address_of(record), {**form, "summary": "Lo escrito.", "_publish": "1"})

    back = signed_in_again(as_writer, asked, address_of(record))

    record.refresh_from_db()
    assert (read_form(back)["summary"], record.summary) == (["Lo escrito."], "Un párrafo.\n\nOtro párrafo.")
    as_writer.post(address_of(record), {**read_form(back), "_save": "1"})
    record.refresh_from_db()
    assert record.summary == "Lo escrito."


def test_files_come_back_through_the_login(as_writer: Client) -> None:
    form = read_form(as_writer.get(reverse(ADD)))
    as_writer.logout()
    files = rows("attachment_set", {"upload": upload()}, {"upload": upload("virus.exe")})
    asked = as_writer.post(reverse(ADD), {**form, **files, "_save": "1"})
    assert asked.context["lost"] == ["virus.exe"]

    back = signed_in_again(as_writer, asked, reverse(ADD))
    as_writer.post(reverse(ADD), {**read_form(back), "attachment_set-TOTAL_FORMS": "1", "_save": "1"})

    assert Attachment.objects.get().name == "Informe.pdf"


def test_a_stranger_leaves_no_file(client: Client, vocabulary) -> None:
    old = Ticket(1, opened=0).signed()
    for ticket in ("", "x", Ticket(999).signed(), old):
        sent = {FIELD: ticket, **rows("attachment_set", {"upload": upload()})}
        assert client.post(reverse(ADD), sent).context["lost"] == ["Informe.pdf"]
    assert (StagedFile.objects.count(), StoredFile.objects.count()) == (0, 0)


def test_another_account_does_not_get_what_was_typed(as_writer: Client, publisher: User) -> None:
    form = read_form(as_writer.get(reverse(ADD)))
    as_writer.logout()
    asked = as_writer.post(reverse(ADD), {**form, "summary": "Confidencial", "_save": "1"})

    refused = signed_in_again(as_writer, asked, reverse(ADD), "publica")

    assert refused.context["form"].non_field_errors() == [
        "This was typed under another account: sign in with that one to get it back."
    ]
    assert "_auth_user_id" not in as_writer.session
    assert read_form(signed_in_again(as_writer, refused, reverse(ADD)))["summary"] == ["Confidencial"]


def test_a_wrong_password_keeps_what_was_typed(as_writer: Client) -> None:
    form = read_form(as_writer.get(reverse(ADD)))
    as_writer.logout()
    asked = as_writer.post(reverse(ADD), {**form, "summary": "Largo", "_save": "1"})

    again = as_writer.post(reverse(ADD), {**read_any(asked), "username": "escribe", "password": "mal"})

    assert (again.context["form"].is_valid(), read_any(again)["typed:summary"]) == (False, ["Largo"])


def test_who_may_not_write_is_refused_after_the_login(as_writer: Client, reader: User, record: Practice) -> None:
    sent = {"summary": "Ajeno", "typed:summary": "Ajeno", "_sign_in": "1", "username": "lee", "password": "x"}

    assert Client().post(address_of(record), sent).status_code == 403
    record.refresh_from_db()
    assert record.summary == "Un párrafo.\n\nOtro párrafo."


def test_no_address_is_taken_from_the_form(as_writer: Client) -> None:
    as_writer.logout()
    asked = as_writer.post(reverse(ADD), {"next": "https://example.org/", "summary": "x"})
    back = signed_in_again(as_writer, asked, reverse(ADD))

    assert (asked.context["address"], back.status_code) == (reverse(ADD), 200)


@pytest.fixture
def strict(writer: User) -> Client:
    """A browser whose tokens are looked at."""
    client = Client(enforce_csrf_checks=True)
    client.force_login(writer)
    return client


def test_a_stale_token_brings_the_form_back_to_its_person(strict: Client, writer: User) -> None:
    form = read_form(strict.get(reverse(ADD)))
    strict.logout()
    strict.force_login(writer)
    strict.cookies["csrftoken"] = "x" * 32

    back = strict.post(reverse(ADD), {**form, "summary": "Escrito antes", "_save": "1"})

    assert (back.status_code, read_form(back)["summary"], Practice.objects.count()) == (200, ["Escrito antes"], 0)
    strict.post(reverse(ADD), {**read_form(back), "_save": "1"})
    assert Practice.objects.get().summary == "Escrito antes"


def test_a_stale_token_without_a_session_leads_through_the_login(strict: Client) -> None:
    form = read_form(strict.get(reverse(ADD)))
    strict.cookies.clear()

    asked = strict.post(reverse(ADD), {**form, "summary": "Escrito antes", "_save": "1"})
    back = signed_in_again(strict, asked, reverse(ADD))

    assert (read_form(back)["summary"], Practice.objects.count()) == (["Escrito antes"], 0)
    strict.post(reverse(ADD), {**read_form(back), "_save": "1"})
    assert Practice.objects.get().summary == "Escrito antes"


def test_a_form_from_elsewhere_is_refused_as_always(strict: Client, record: Practice) -> None:
    form = read_form(strict.get(address_of(record)))
    stranger = {**form, FIELD: "", "csrfmiddlewaretoken": "x" * 32}
    elsewhere = {"headers": {"origin": "https://example.org"}}

    assert strict.post(address_of(record), stranger).status_code == 403
    assert strict.post(address_of(record), {**form, "csrfmiddlewaretoken": "x" * 32}, **elsewhere).status_code == 403
    assert strict.post(reverse("admin:practices_service_add"), form | {"csrfmiddlewaretoken": ""}).status_code == 403


def test_a_form_that_another_account_opened_is_not_shown_to_this_one(strict: Client, publisher: User) -> None:
    form = read_form(strict.get(reverse(ADD)))
    strict.force_login(publisher)
    strict.cookies["csrftoken"] = "x" * 32

    asked = strict.post(reverse(ADD), {**form, "summary": "Confidencial", "_save": "1"})

    assert (asked.context["title"], Practice.objects.count()) == ("Sign in again", 0)


def test_history_tells_only_what_was_saved(as_writer: Client, colleague: Client, record: Practice) -> None:
    before = Event.objects.count()
    after_a_colleague(as_writer, colleague, record, {"summary": "Lo mío."}, {"summary": "Lo suyo."})

    assert Event.objects.count() == before + 1


def test_two_organizations_at_once_are_laid_over_by_their_names(
    as_writer: Client, colleague: Client, record: Practice
) -> None:
    """Both put the same author in; the row is the same one."""
    third = Organization.objects.create(name="Tercera S.A. E.S.P.", kind="provider")
    added = {"authorship_set-TOTAL_FORMS": "3", "authorship_set-2-organization": third.pk}
    mine = {**added, "authorship_set-2-as_written": "LA TERCERA"}
    response = after_a_colleague(as_writer, colleague, record, mine, added)
    assert [name for name, *_rest in shown(response)] == ["authors"]

    as_writer.post(address_of(record), {**read_any(response), "_save": "1"})

    assert list(record.authorship_set.values_list("as_written", flat=True)) == ["AGUAS", "", "LA TERCERA"]
