"""An earlier version in the working record again, whatever has happened to the catalogue's words since."""

from dataclasses import replace

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied, ValidationError

from practices.comparison import Change
from practices.document import Assessment, Call, PracticeDocument
from practices.editorial.documents import build_document
from practices.editorial.history import changes_of
from practices.editorial.publishing import Unchanged, publish
from practices.editorial.recording import store_document
from practices.editorial.restoring import restore
from practices.editorial.workflow import WrongState, send_to_review, written
from practices.models.contact import Contact
from practices.models.files import StoredFile
from practices.models.history import Event, Kind
from practices.models.practice import Practice, State
from practices.models.publication import Publication
from practices.models.vocabulary import Call as CallRow
from practices.models.vocabulary import Category, Criterion, Department, Municipality, Organization
from tests.factories import attached, author, published, rich_document

pytestmark = pytest.mark.django_db

CRITERIA = (Assessment("eficaz", "Eficaz", "minimum", "met", "Lo muestra el impacto."),)


def first_version(**fields) -> Publication:
    Criterion.objects.create(slug="eficaz", name="Eficaz", group="minimum")
    defaults = {
        "call": Call("premio-2020", "Premio", 2020),
        "criteria": CRITERIA,
        "attachments": attached(b"%PDF-1.4 uno"),
    }
    return published(rich_document(**{**defaults, **fields}))


def rewritten(publication: Publication, **fields) -> PracticeDocument:
    """The record says something else since."""
    before = build_document(publication.practice)
    record = store_document(replace(before, **fields))
    written(record, before)
    return build_document(record)


def document_now() -> PracticeDocument:
    return build_document(Practice.objects.get())


def test_a_restored_version_is_the_record_again_to_the_last_field(writer: User) -> None:
    version = first_version()
    rewritten(
        version, title="Otro", attachments=(), metrics=(), criteria=(), authors=(author("Otra S.A."),), call=None
    )

    restore(version, writer)

    assert document_now() == version.content
    event = Event.objects.latest("pk")
    assert (event.kind, event.note, event.by) == (Kind.RESTORED, "v1", writer)
    assert changes_of(event)[0] == Change("title", "Otro", "Práctica 1")
    assert (Practice.objects.get().differs, Practice.objects.get().changed_by) == (False, writer)


def test_what_the_public_reads_stays(writer: User) -> None:
    first = first_version()
    rewritten(first, title="Segunda")
    publish(first.practice)

    restore(first, writer)

    assert Publication.objects.current().get().title == "Segunda"
    assert (Practice.objects.get().state, Practice.objects.get().differs) == (State.PUBLISHED, True)


def test_contacts_stay_as_they_are(writer: User) -> None:
    version = first_version()
    Contact.objects.create(practice=version.practice, role="Dirección", email="direccion@example.org")
    rewritten(version, title="Otro")

    restore(version, writer)

    assert list(Contact.objects.values_list("role", "email")) == [("Dirección", "direccion@example.org")]


def test_words_that_were_renamed_are_the_same_words(writer: User) -> None:
    version = first_version()
    rewritten(version, title="Otro", category=None, call=None, authors=(author("Otra S.A."),))
    Category.objects.update(name="Canales de atención", number=7)
    CallRow.objects.update(name="Gran premio", year=2021)
    organization = Organization.objects.get(slug=version.content.authors[0].slug)
    organization.name = "Acueducto Nuevo S.A. E.S.P."
    organization.save()
    Criterion.objects.update(name="Es eficaz")

    restore(version, writer)

    now = document_now()
    assert (now.category.name, now.category.number, now.call.name) == ("Canales de atención", 7, "Gran premio")
    assert [(a.slug, a.name, a.as_written) for a in now.authors] == [
        (organization.slug, "Acueducto Nuevo S.A. E.S.P.", "Aguas de Prueba S.A. E.S.P.")
    ]
    assert [(c.criterion, c.name, c.state) for c in now.criteria] == [("eficaz", "Es eficaz", "met")]
    assert [Category.objects.count(), CallRow.objects.count(), Criterion.objects.count()] == [1, 1, 1]
    assert Organization.objects.count() == 2


def test_words_that_were_deleted_come_back(writer: User) -> None:
    version = first_version()
    empty = replace(version.content.coverage, departments=(), municipalities=(), text="")
    rewritten(
        version, category=None, services=(), call=None, criteria=(), coverage=empty, authors=(author("Otra S.A."),)
    )
    for model in (Category, CallRow, Criterion, Municipality, Department):
        model.objects.all().delete()
    Organization.objects.filter(slug=version.content.authors[0].slug).delete()

    restore(version, writer)

    assert document_now() == version.content


def test_a_criterion_entered_again_under_another_short_name_is_the_same(writer: User) -> None:
    version = first_version()
    rewritten(version, criteria=())
    Criterion.objects.all().delete()
    Criterion.objects.create(slug="es-eficaz", name="EFICAZ", group="minimum")

    restore(version, writer)

    assert [(c.criterion, c.state) for c in document_now().criteria] == [("es-eficaz", "met")]


def test_files_of_the_version_are_the_very_bytes(writer: User) -> None:
    version = first_version()
    rewritten(version, attachments=attached(b"%PDF-1.4 dos"))

    restore(version, writer)

    attachment = Practice.objects.get().attachment_set.get()
    assert attachment.stored_file.content.read() == b"%PDF-1.4 uno"


def test_a_version_whose_file_is_gone_is_refused_and_changes_nothing(writer: User) -> None:
    version = first_version()
    before = rewritten(version, title="Otro", attachments=())
    StoredFile.objects.all().delete()

    with pytest.raises(ValidationError, match=r"informe\.pdf"):
        restore(version, writer)
    assert document_now() == before


def test_a_version_that_the_record_says_already_leaves_no_trace(writer: User) -> None:
    version = first_version()
    with pytest.raises(Unchanged):
        restore(version, writer)
    assert not Event.objects.filter(kind=Kind.RESTORED).exists()


def test_a_record_in_review_is_its_reviewers(writer: User, reviewer: User) -> None:
    version = first_version()
    rewritten(version, title="Otro")
    send_to_review(version.practice, writer)

    with pytest.raises(WrongState):
        restore(version, writer)
    restore(version, reviewer)

    assert document_now().title == version.title


def test_who_may_not_write_restores_nothing() -> None:
    version = first_version()
    rewritten(version, title="Otro")
    with pytest.raises(PermissionDenied):
        restore(version, User.objects.create_user("lee"))
    assert document_now().title == "Otro"
