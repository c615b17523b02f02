"""A file becomes a batch; its preview is applied exactly or not at all, and taken back while untouched."""

import json
from dataclasses import replace

import pytest
from django.contrib.auth.models import Group, User
from django.core.exceptions import PermissionDenied
from django.core.files.base import ContentFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from practices.comparison import compare
from practices.document import from_json
from practices.editorial.documents import build_document
from practices.editorial.publishing import publish
from practices.editorial.recoding import correct_code
from practices.editorial.recording import store_document
from practices.editorial.roles import WRITERS
from practices.editorial.workflow import approve, send_to_review, written
from practices.exchange.batches import NotDone, Outdated, WrongBatchState, apply, begin
from practices.exchange.importing import import_readings
from practices.exchange.previewing import preview_again, preview_portion
from practices.exchange.readers import NotAnImport, Reading
from practices.exchange.readers.contacts import ContactReading
from practices.exchange.readers.values import Note
from practices.exchange.reports import report_of
from practices.exchange.understood import kept, read_again
from practices.exchange.undoing import undo
from practices.models.batch import ImportBatch, ImportRow
from practices.models.contact import Contact
from practices.models.history import Event, Kind
from practices.models.practice import Practice, State
from practices.models.publication import Publication
from practices.models.vocabulary import Organization

from .. import factories
from .batches import previewed, record, statuses, upload

pytestmark = pytest.mark.django_db


@pytest.fixture
def writer() -> User:
    user = User.objects.create_user("escribe", password="x", is_staff=True)
    user.groups.add(Group.objects.get(name=WRITERS))
    return user


def changed_by_somebody(practice: Practice, **fields) -> None:
    before = build_document(practice)
    written(store_document(replace(before, **fields)), before)


def row(batch: ImportBatch, place: int = 1) -> ImportRow:
    return batch.rows.get(place=place)


# --- What was understood is kept --------------------------------------------------------------------------------


def test_reading_is_the_same_after_it_was_kept():
    document = factories.rich_document()
    reading = Reading(
        3,
        {name: getattr(document, name) for name in ("title", "metrics", "coverage", "authors", "category")},
        [ContactReading("Ana ana@example.org", email="ana@example.org")],
        [Note("coverage", "?", understood=False, column="F", value="Marte")],
        [Note("code", "no")],
        "BP-PRUEBA-SSPD-001-2020",
        frozenset({"title"}),
        "hoja «Prácticas», fila 12",
        ("Prácticas", 12),
    )
    assert read_again(kept(reading)) == reading


# --- The preview --------------------------------------------------------------------------------------------------


def test_preview_says_what_each_record_is_and_writes_nothing():
    factories.practice(code="BP-PRUEBA-SSPD-002-2021", title="Lectura remota")
    before = (Practice.objects.count(), Organization.objects.count(), Event.objects.count())
    batch = previewed(record(1), record(2, summary="Otro."), record(3, code="?"), record(4, metrics=[{"value": 3}]))
    assert statuses(batch) == ["new", "changed", "refused", "refused"]
    assert (Practice.objects.count(), Organization.objects.count(), Event.objects.count()) == before
    assert [error.field for error in report_of(row(batch, 4).report).errors] == ["metrics"]


def test_preview_shows_field_by_field_what_would_change():
    factories.practice(code="BP-PRUEBA-SSPD-001-2021", summary="Lo que se hizo.")
    batch = previewed({"code": "BP-PRUEBA-SSPD-001-2021", "summary": "Lo que se logró."})
    changes = compare(from_json(row(batch).before), from_json(row(batch).after))
    assert [(c.field, c.before, c.after) for c in changes] == [("summary", "Lo que se hizo.", "Lo que se logró.")]


def test_record_that_says_what_the_catalogue_says_is_the_same():
    apply(previewed(record(1)))
    assert statuses(previewed(record(1))) == ["same"]


def test_preview_goes_on_in_portions():
    batch = begin(upload(*(record(number) for number in range(1, 5))), None)
    assert [preview_portion(batch, seconds=0) for _time in range(5)] == [3, 2, 1, 0, 0]


def test_same_code_twice_in_a_file_is_refused_the_second_time():
    assert statuses(previewed(record(1), record(1, title="Otra cosa"))) == ["new", "refused"]


def test_near_title_of_the_same_organisation_is_a_likely_duplicate_and_left_out():
    factories.practice(title="Oficina móvil de atención", authors=(factories.author("Firma S.A."),))
    batch = previewed(record(1, title="Oficinas móviles de atencion"))
    assert (statuses(batch), row(batch).accepted) == (["duplicate"], False)
    assert [alike.why for alike in report_of(row(batch).report).alike] == [("title",)]


def test_near_title_in_the_same_file_is_a_likely_duplicate():
    batch = previewed(record(1, title="Oficina móvil de atención"), record(2, title="Oficina movil de atención"))
    assert statuses(batch) == ["new", "duplicate"]
    assert report_of(row(batch, 2).report).alike[0].title == "BP-PRUEBA-SSPD-001-2021 · Oficina móvil de atención"


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("programa.exe", b"MZ"),
        ("sin-extension", b"[]"),
        ("vacio.json", b""),
        ("nada.json", b"[]"),
        ("roto.json", b"{"),
        ("texto.json", b'"texto"'),
        ("hondo.json", b"[" * 100_000),
        ("muchos.json", json.dumps([record(number) for number in range(1, 1002)]).encode()),
    ],
)
def test_file_that_is_no_import_is_refused_with_the_reason_and_leaves_nothing(name, content):
    with pytest.raises(NotAnImport) as refused:
        begin(ContentFile(content, name=name), None)
    assert (str(refused.value) != "", ImportBatch.objects.count()) == (True, 0)


def test_file_that_is_too_large_is_not_opened(settings):
    settings.MAX_ATTACHMENT_MB = 0
    with pytest.raises(NotAnImport, match="0 MB"):
        begin(upload(record(1)), None)


# --- Applying -----------------------------------------------------------------------------------------------------


def test_apply_writes_exactly_what_the_preview_showed(writer):
    batch = previewed(record(1, impact="• 300 usuarios atendidos", coverage="Marte"), record(2), by=writer)
    promised = [from_json(row.after) for row in batch.rows.all()]
    assert apply(batch, writer) == 2
    assert [build_document(practice) for practice in Practice.objects.order_by("code")] == promised
    assert set(Practice.objects.values_list("state", "created_by")) == {(State.DRAFT, writer.pk)}


def test_apply_tells_the_history_and_publishes_nothing(writer):
    batch = previewed(record(1), by=writer, name="lote.json")
    apply(batch, writer)
    events = Event.objects.values_list("kind", "by", "note")
    assert (list(events), Publication.objects.count()) == (
        [(Kind.IMPORTED, writer.pk, f"lote.json · {row(batch).where}")],
        0,
    )


def test_published_record_keeps_its_public_version_and_differs():
    publication = factories.published(factories.document(1))
    apply(previewed({"code": publication.code, "title": "Otro título"}))
    practice = Practice.objects.get()
    assert (practice.state, practice.differs) == (State.PUBLISHED, True)
    assert Publication.objects.current().get().title == "Práctica 1"


def test_refused_record_blocks_the_batch_until_it_is_left_out():
    batch = previewed(record(1), record(2, code="?"))
    with pytest.raises(NotDone) as blocked:
        apply(batch)
    assert ([trouble.row.place for trouble in blocked.value.troubles], Practice.objects.count()) == ([2], 0)
    batch.rows.filter(place=2).update(accepted=False)
    assert (apply(batch), Practice.objects.count()) == (1, 1)


def test_likely_duplicate_is_written_only_when_a_person_takes_it_in():
    factories.practice(title="Oficina móvil de atención", authors=(factories.author("Firma S.A."),))
    batch = previewed(record(1, title="Oficinas móviles de atencion"))
    batch.rows.update(accepted=True)
    assert (apply(batch), Practice.objects.count()) == (1, 2)


def test_record_that_changed_since_the_preview_stops_all_of_it():
    practice = factories.practice(code="BP-PRUEBA-SSPD-001-2021")
    batch = previewed(record(1, title="Del archivo"), record(2))
    changed_by_somebody(practice, title="De una persona")
    with pytest.raises(Outdated) as outdated:
        apply(batch)
    assert [trouble.row.place for trouble in outdated.value.troubles] == [1]
    assert list(Practice.objects.values_list("title", flat=True)) == ["De una persona"]
    preview_again(batch)
    preview_portion(batch)
    assert (apply(batch), Practice.objects.count()) == (2, 2)


def test_record_changed_behind_the_history_stops_all_of_it():
    practice = factories.practice(code="BP-PRUEBA-SSPD-001-2021")
    batch = previewed(record(1, title="Del archivo"))
    Practice.objects.update(conclusion="Escrita sin más.")
    with pytest.raises(Outdated):
        apply(batch)
    practice.refresh_from_db()
    assert practice.title == "Práctica 1"


def test_record_that_somebody_entered_since_stops_all_of_it():
    batch = previewed(record(1), record(2))
    factories.practice(code="BP-PRUEBA-SSPD-002-2021")
    with pytest.raises(Outdated):
        apply(batch)
    assert Practice.objects.count() == 1


def test_record_that_somebody_deleted_since_stops_all_of_it():
    factories.practice(code="BP-PRUEBA-SSPD-001-2021").delete()
    practice = factories.practice(code="BP-PRUEBA-SSPD-001-2021")
    batch = previewed(record(1))
    practice.delete()
    with pytest.raises(Outdated):
        apply(batch)
    assert Practice.objects.count() == 0


def test_new_organisation_of_two_records_is_one_and_no_surprise():
    batch = previewed(
        record(1, author="Aguas Nuevas S.A. E.S.P. – ANU"),
        record(2, author="AGUAS NUEVAS SA ESP"),
        record(3, author="ANU E.S.P."),
    )
    assert apply(batch) == 3
    assert list(Organization.objects.values_list("name", "acronym")) == [("Aguas Nuevas S.A. E.S.P.", "ANU")]


def test_batch_is_applied_once():
    batch = previewed(record(1))
    apply(batch)
    with pytest.raises(WrongBatchState):
        apply(batch)


def test_batch_whose_preview_is_not_finished_is_not_applied():
    with pytest.raises(WrongBatchState):
        apply(begin(upload(record(1)), None))


def test_who_may_not_import_neither_begins_nor_applies_nor_undoes(db):
    stranger = User.objects.create_user("nadie", is_staff=True)
    batch = previewed(record(1))
    for act in (
        lambda: begin(upload(record(1)), stranger),
        lambda: apply(batch, stranger),
        lambda: undo(batch, stranger),
    ):
        with pytest.raises(PermissionDenied):
            act()
    assert Practice.objects.count() == 0


def test_contacts_are_not_kept_beside_the_record():
    batch = previewed(record(1, contact="Ana ana@example.org"), record(2, contact="Eva eva@example.org"))
    batch.rows.filter(place=2).update(accepted=False)
    apply(batch)
    assert [contact.email for contact in Contact.objects.all()] == ["ana@example.org"]
    assert [row.reading.count("@") for row in batch.rows.all()] == [0, 0]


# --- Taking it back -----------------------------------------------------------------------------------------------


def test_undo_deletes_what_was_new_and_gives_back_what_was_changed(writer):
    practice = factories.practice(factories.rich_document(1, code="BP-PRUEBA-SSPD-001-2021"))
    before = build_document(practice)
    batch = previewed(record(1, title="Otro", impact="Nada.", contact="a@example.org"), record(2), by=writer)
    apply(batch, writer)
    assert undo(batch, writer) == 2
    assert [build_document(practice) for practice in Practice.objects.all()] == [before]
    assert (Contact.objects.count(), batch.state) == (0, "undone")
    told = Event.objects.order_by("pk").values_list("code", "kind")
    assert list(told)[-2:] == [(practice.code, Kind.UNDONE), ("BP-PRUEBA-SSPD-002-2021", Kind.DELETED)]


def rewrite(practice: Practice) -> None:
    changed_by_somebody(practice, summary="De una persona.")


def published(practice: Practice) -> None:
    send_to_review(practice)
    approve(practice)
    publish(practice)


@pytest.mark.parametrize(
    "touch",
    [
        rewrite,
        published,
        send_to_review,
        lambda practice: practice.delete(),
        lambda practice: Contact.objects.create(practice=practice, role="Gerencia"),
    ],
)
def test_batch_that_somebody_touched_is_not_taken_back(touch):
    batch = previewed(record(1), record(2))
    apply(batch)
    touch(Practice.objects.get(code="BP-PRUEBA-SSPD-002-2021"))
    left = Practice.objects.count()
    with pytest.raises(NotDone) as touched:
        undo(batch)
    assert ([trouble.row.place for trouble in touched.value.troubles], Practice.objects.count()) == ([2], left)


def test_only_what_was_applied_is_taken_back():
    with pytest.raises(WrongBatchState):
        undo(previewed(record(1)))


# --- What it costs


def queries_for(count: int) -> tuple[int, int]:
    """Of a preview and of its application, for so many new records."""
    batch = begin(upload(*(record(number) for number in range(1, count + 1)), name=f"{count}.json"), None)
    with CaptureQueriesContext(connection) as previewing:
        preview_portion(batch, seconds=60)
    with CaptureQueriesContext(connection) as applying:
        apply(batch)
    undo(batch)
    return len(previewing), len(applying)


def test_each_new_record_costs_as_many_queries():
    apply(previewed(record(9)))
    one, three = queries_for(1), queries_for(3)
    assert [(three - one) / 2 for one, three in zip(one, three, strict=True)] == [23, 25]


# --- A code that was corrected ---------------------------------------------------------------------------------------

FORMER, PRESENT = "BP-PRUEBA-SSPD-001-2021", "BP-ENSAYO-SSPD-009-2021"


def corrected() -> Practice:
    """A public practice that the file names by the code it had before."""
    apply(previewed(record(1)))
    publish(Practice.objects.get(code=FORMER))
    correct_code(Practice.objects.get(code=FORMER), PRESENT, "Mal escrito.")
    return Practice.objects.get(code=PRESENT)


def test_a_former_code_finds_the_same_practice():
    practice = corrected()
    batch = previewed(record(1, summary="Otro resumen."), record(2))
    assert statuses(batch) == ["changed", "new"]
    assert [row.practice_id for row in batch.rows.all()] == [practice.pk, None]
    apply(batch)
    practice.refresh_from_db()
    assert (practice.code, practice.summary, Practice.objects.count()) == (PRESENT, "Otro resumen.", 2)


def test_the_former_and_the_present_code_in_one_file_are_the_same_record_twice():
    corrected()
    assert statuses(previewed(record(1), record(1, code=PRESENT))) == ["same", "refused"]


def test_a_code_that_is_corrected_after_the_preview_needs_another_one():
    apply(previewed(record(1)))
    publish(Practice.objects.get())
    batch = previewed(record(1, summary="Otro resumen."))
    correct_code(Practice.objects.get(), PRESENT, "Mal escrito.")
    with pytest.raises(Outdated):
        apply(batch)
    preview_again(batch)
    while preview_portion(batch):
        pass
    assert statuses(batch) == ["changed"]
    apply(batch)
    record_now = Practice.objects.get()
    assert (record_now.code, record_now.summary) == (PRESENT, "Otro resumen.")


def test_the_command_finds_the_same_practice_under_its_former_code():
    corrected()
    readings = [Reading(1, {"title": "Otro título"}, code=FORMER)]
    outcomes = list(import_readings(readings, publishing=True))
    assert [(outcome.status, outcome.version) for outcome in outcomes] == [("changed", 3)]
    assert [(note.field, note.message) for note in readings[0].notes] == [("code", f"{FORMER} → {PRESENT}")]
    assert Practice.objects.get().title == "Otro título"
