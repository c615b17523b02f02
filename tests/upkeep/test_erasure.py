"""Who asks to be forgotten is forgotten in every table and every file; what an editor must decide is told."""

from io import StringIO
from pathlib import Path

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import models

from practices.editorial.publishing import publish
from practices.models.consent import Consent, fingerprint_of
from practices.models.history import Event
from practices.upkeep.erasure import is_in_force
from practices.upkeep.person import Person
from tests.factories import author, document, published

from .marked import MAIL, NAME, everywhere

pytestmark = pytest.mark.django_db
HOLDING = [
    "admin.LogEntry",
    *(f"practices.{name}" for name in ("Consent", "Contact", "Event", "FileText", "ImportRow", "Invitation")),
    "practices.SectionComment",
]


def run(*arguments: str) -> str:
    said = StringIO()
    call_command("purge_personal_data", *arguments, stdout=said)
    return said.getvalue()


def holding() -> list[str]:
    """The tables that say something of the person."""
    people, found = [Person(NAME), Person(MAIL)], set()
    for model in apps.get_models():
        texts = [f.attname for f in model._meta.concrete_fields if isinstance(f, models.CharField | models.TextField)]
        if model._meta.db_table != "practices_search":
            for row in model._default_manager.values_list(*texts):
                if any(person.is_in(*map(str, row)) for person in people):
                    found.add(model._meta.label)
    return sorted(found)


def files(settings) -> list[str]:
    everything = [path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()]
    return [path.name for path in everything if any(Person(w).is_in(path.read_text()) for w in (NAME, MAIL))]


def test_a_person_is_erased_everywhere_by_name_and_by_mail(settings, django_capture_on_commit_callbacks):
    everywhere()
    assert (holding(), len(files(settings))) == (HOLDING, 2)
    with django_capture_on_commit_callbacks(execute=True):
        said = run("--person", NAME) + run("--person", MAIL)
    assert (holding(), files(settings)) == ([], [])
    assert (NAME in said, MAIL in said) == (False, False)


def test_a_dry_run_tells_where_and_never_what_and_changes_nothing(settings, django_capture_on_commit_callbacks):
    everywhere()
    before = (holding(), files(settings))
    with django_capture_on_commit_callbacks(execute=True):
        said = run("--person", NAME, "--dry-run")
    assert (holding(), files(settings)) == before
    assert "BP-PRUEBA-SSPD-001-2020" in said
    assert (NAME.casefold() in said.casefold(), MAIL in said) == (False, False)


def test_erasing_again_finds_nothing():
    everywhere()
    run("--person", NAME)
    run("--person", MAIL)
    again = run("--person", NAME)
    assert len(again.splitlines()) == 1


def test_the_history_stays_in_its_order_and_only_hides_the_person():
    held = everywhere()
    before = list(Event.objects.order_by("pk").values_list("pk", "kind", "at", "by"))
    run("--person", NAME)
    after = list(Event.objects.order_by("pk").values_list("pk", "kind", "at", "by"))
    assert after[: len(before)] == before
    assert Event.objects.get(kind="returned").note == "Falta el teléfono de *** (***)."
    assert Event.objects.filter(practice_id=held.pk, kind="consent").exists()


def test_the_proof_of_the_consent_stays_without_the_person():
    everywhere()
    run("--person", NAME)
    row = Consent.objects.get()
    assert (row.whose, row.evidence, row.fingerprint) == ("", "Carta de ***", fingerprint_of(MAIL.upper()))
    assert (row.given_on.isoformat(), row.ending, bool(row.ended_at), bool(row.erased_at)) == (
        "2024-01-31",
        "withdrawn",
        True,
        True,
    )
    assert not is_in_force(Person(MAIL))


def test_what_is_published_is_told_and_left_to_an_editor():
    published(document(2, authors=(author(NAME),)))
    said = run("--person", NAME)
    assert "BP-PRUEBA-SSPD-002-2020 v1" in said
    assert NAME not in said


def test_of_a_public_practice_the_contact_is_gone_at_once(client):
    held = everywhere()
    publish(held)
    assert NAME in client.get(f"/practicas/{held.code}/").content.decode()
    run("--person", NAME)
    assert NAME not in client.get(f"/practicas/{held.code}/").content.decode()


def test_a_name_that_fits_many_is_refused():
    with pytest.raises(CommandError):
        run("--person", "Ana")
