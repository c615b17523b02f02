"""The register of consents: a row for each, completed when it ends, written with the contact by whoever writes it."""

import csv
import importlib
import io
import stat
from datetime import timedelta

import pytest
from django.apps import apps
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command
from django.utils import timezone

from practices.editorial.contact_history import contacts_of, contacts_written
from practices.models.consent import Consent, fingerprint_of
from practices.models.contact import Contact
from practices.upkeep.consent_register import lines
from tests.admin.people import member
from tests.factories import practice

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()
GIVEN = {"consent_given_on": TODAY - timedelta(days=9), "consent_given_by": "Carta de la jefa"}


def add(by: User | None = None, **fields) -> Contact:
    record = fields.pop("practice", None) or practice()
    before = contacts_of(record)
    contact = Contact.objects.create(
        practice=record, **{"name": "Ana Prueba", "email": "ana@example.org", **GIVEN, **fields}
    )
    contacts_written(record, before, by)
    return contact


def change(contact: Contact, by: User | None = None, **fields) -> None:
    before = contacts_of(contact.practice)
    for name, value in fields.items():
        setattr(contact, name, value)
    contact.save()
    contacts_written(contact.practice, before, by)


def rows() -> list[tuple[str, str, bool]]:
    """Of each, the oldest first: whose, how it ended, whether it has the moment of its end."""
    found = Consent.objects.order_by("pk").values_list("whose", "ending", "ended_at")
    return [(whose, ending, ended is not None) for whose, ending, ended in found]


def test_a_consent_is_registered_with_who_recorded_it():
    by = member("writer")
    contact = add(by, consent_until=TODAY)
    row = Consent.objects.get()
    assert (row.code, row.whose, row.scope, row.evidence) == (
        contact.practice.code,
        "Ana Prueba",
        "name,email",
        "Carta de la jefa",
    )
    assert (row.given_on, row.until, row.recorded_by, row.ending) == (GIVEN["consent_given_on"], TODAY, by, "")
    assert row.fingerprint == fingerprint_of(" ANA@example.org")


def test_a_contact_without_consent_is_not_in_the_register():
    change(add(consent_given_on=None, consent_given_by=""), phone="1")
    assert rows() == []


def test_withdrawing_completes_the_row_with_when_and_who():
    contact, by = add(), member("publisher")
    change(contact, by, consent_given_on=None, consent_given_by="")
    row = Consent.objects.get()
    assert (rows(), row.ended_by, row.evidence) == ([("Ana Prueba", "withdrawn", True)], by, "Carta de la jefa")


def test_a_contact_that_is_deleted_or_whose_last_day_is_brought_forward_withdraws_its_consent():
    add().delete()
    change(add(practice=practice(number=2)), consent_until=TODAY - timedelta(days=1))
    assert rows() == [("Ana Prueba", "withdrawn", True)] * 2


def test_a_consent_whose_last_day_passed_was_not_withdrawn():
    add(consent_until=TODAY - timedelta(days=1)).delete()
    assert rows() == [("Ana Prueba", "", False)]


def test_a_consent_given_again_is_a_row_of_its_own():
    contact, by = add(), member("writer")
    change(contact, by, consent_given_on=TODAY, consent_given_by="Correo")
    assert rows() == [("Ana Prueba", "renewed", True), ("Ana Prueba", "", False)]
    assert Consent.objects.get(ending="").recorded_by == by
    change(contact, consent_given_on=None, consent_given_by="")
    change(contact, consent_given_on=TODAY, consent_given_by="Correo")
    assert [ending for _whose, ending, _at in rows()] == ["renewed", "withdrawn", ""]


def test_saving_again_writes_nothing_and_a_correction_corrects():
    contact = add()
    change(contact, phone="+57 300")
    change(contact)
    change(contact, name="Ana María Prueba", consent_given_by="Carta del 3 de mayo")
    assert rows() == [("Ana María Prueba", "", False)]
    assert Consent.objects.get().scope == "name,email,phone"


def test_whoever_writes_contacts_writes_the_register():
    contact = add()
    Contact.objects.filter(pk=contact.pk).update(consent_given_on=None)
    Contact.objects.bulk_create([Contact(practice=contact.practice, name="Otro Nombre", **GIVEN)])
    assert rows() == [("Ana Prueba", "withdrawn", True), ("Otro Nombre", "", False)]
    contact.practice.delete()
    assert [ending for _whose, ending, _at in rows()] == ["withdrawn", "withdrawn"]


def test_what_was_on_record_before_is_registered_by_the_migration():
    contact = add()
    Consent.objects.all().delete()
    importlib.import_module("practices.migrations.0014_consents").register_what_there_is(apps, None)
    row = Consent.objects.get()
    assert (row.contact_id, row.whose, row.given_on, row.ending) == (
        contact.pk,
        "Ana Prueba",
        contact.consent_given_on,
        "",
    )


def table(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text.removeprefix("\ufeff")), delimiter=";"))


def test_the_file_holds_the_whole_register_and_no_formula():
    contact = add(member("writer"), name="=cmd|' /C calc'!A0", consent_given_by="+57 por teléfono")
    change(contact, member("publisher"), consent_given_on=None, consent_given_by="")
    header, row = table("".join(lines()))
    told = dict(zip(header, row, strict=True))
    assert (len(header), row[:2]) == (12, [contact.practice.code, "'=cmd|' /C calc'!A0"])
    assert (row[4], row[7], row[8], row[10]) == ("'+57 por teléfono", "writer", told[header[8]], "publisher")
    assert row[9].startswith(str(timezone.localdate()))


def test_the_command_writes_a_file_that_only_its_owner_reads(tmp_path):
    add()
    target, said = tmp_path / "registro.csv", io.StringIO()
    call_command("consent_register", target, stdout=said)
    assert [row[1] for row in table(target.read_text(encoding="utf-8"))[1:]] == ["Ana Prueba"]
    assert stat.S_IMODE(target.stat().st_mode) == 0o600
    assert "Ana" not in said.getvalue()
    with pytest.raises(CommandError):
        call_command("consent_register", target, stdout=said)
