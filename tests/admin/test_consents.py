"""The register of consents on the screens of the staff: read and taken away by publishers, and that is kept."""

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import User
from django.core.files.base import ContentFile
from django.urls import reverse

from practices.exchange import batches
from practices.exchange.previewing import preview_portion
from practices.models.consent import Consent
from tests.editorial.test_consents import add, rows, table

from .forms import CHANGE
from .opening import opened
from .people import member, signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("vocabulary")]


def test_an_import_registers_the_consents_that_it_brings():
    by = User.objects.create_superuser("jefa")
    text = """[{"code": "BP-ANDESCO-SSPD-009-2020", "title": "Una", "contacts":
    [{"name": "Ana Prueba", "email": "ana@example.org",
    "consent": {"given_on": "2024-01-31", "given_by": "Carta"}}]}]"""
    batch = batches.begin(ContentFile(text.encode(), name="una.json"), by)
    preview_portion(batch)
    assert rows() == []
    batches.apply(batch, by)
    assert (rows(), Consent.objects.get().recorded_by) == ([("Ana Prueba", "", False)], by)


def test_publishers_take_the_file_and_that_they_did_is_kept(caplog):
    add()
    address = reverse("admin:practices_consent_file")
    with caplog.at_level("INFO"):
        response = signed_in("publisher").get(address)
        text = b"".join(response.streaming_content).decode()
    assert table(text)[1][1] == "Ana Prueba"
    assert "no-store" in response["Cache-Control"]
    assert response["Content-Disposition"].startswith("attachment;")
    entry = LogEntry.objects.get()
    assert (entry.user, "Ana" in str(entry)) == (member("publisher"), False)
    assert ("the register of consents was taken" in caplog.text, "Ana" in caplog.text) == (True, False)


def test_the_list_shows_every_consent_and_the_way_to_the_file():
    add()
    page = signed_in("publisher").get(reverse("admin:practices_consent_changelist")).content.decode()
    assert ("Ana Prueba" in page, reverse("admin:practices_consent_file") in page) == (True, True)
    assert "practices/consent/add" not in page


def test_the_log_of_the_admin_names_no_contact():
    contact = add()
    client = signed_in("publisher")
    address = reverse(CHANGE, args=[contact.practice_id])
    form = opened(client, address)
    assert client.post(address, {**form, "contact_set-0-phone": "300", "_save": "1"}).status_code == 302
    entry = LogEntry.objects.get()
    assert ("contact" in entry.change_message, "Ana" in entry.change_message) == (True, False)
    assert "Ana" not in entry.get_change_message()
