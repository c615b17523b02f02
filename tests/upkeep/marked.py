"""One person, written into every place where staff and imports may leave a name."""

from datetime import date, timedelta

from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.auth.models import User
from django.contrib.contenttypes.models import ContentType
from django.core.files.base import ContentFile
from django.utils import timezone

from practices.editorial.approval import invite
from practices.editorial.history import record
from practices.exchange.batches import begin
from practices.models.approval import SectionComment
from practices.models.contact import Contact
from practices.models.files import FileText, StoredFile
from practices.models.history import Kind
from practices.models.practice import Practice
from practices.models.staging import StagedFile
from practices.models.synonym import FailedSearch
from tests.factories import document, practice

NAME, MAIL = "Xilena Ocarpo", "xilena@ocarpo.example"
LONG_AGO = timezone.now() - timedelta(days=4000)
HEADER = "codigo,titulo,autor,contacto"


def contact(record_of: Practice, **fields) -> Contact:
    values = {"name": NAME, "email": MAIL, "phone": "+57 300 000 0000", "as_written": f"{NAME}, {MAIL}"}
    return Contact.objects.create(practice=record_of, **{**values, **fields})


def consented(record_of: Practice, **fields) -> Contact:
    return contact(record_of, consent_given_on=date(2024, 1, 31), consent_given_by=f"Carta de {NAME}", **fields)


def everywhere() -> Practice:
    """The record that all of it hangs on; nobody else is in the database."""
    held = practice(document(1))
    user = User.objects.create_superuser("jefa")
    consented(held)
    record(held, Kind.RETURNED, user, f"Falta el teléfono de {NAME.upper()} ({MAIL}).")
    table = f"{HEADER}\nBP-PRUEBA-SSPD-007-2020,Otra práctica,Aguas S.A.,{NAME} {MAIL}\n"
    begin(ContentFile(table.encode(), name="fichas.csv"), user)
    stored = StoredFile.objects.store(ContentFile(f"De {NAME}".encode(), name="carta.txt"))
    FileText.objects.create(stored_file=stored, text=f"De {NAME}")
    StagedFile.objects.create(stored_file=stored, name="carta.txt", chosen_by=user)
    link, _token = invite(held, f"Oficina de {NAME}", user)
    SectionComment.objects.create(invitation=link, section="resumen", text=f"Dice {NAME} que no.")
    LogEntry.objects.create(
        user=user,
        content_type=ContentType.objects.get_for_model(Practice),
        object_id=str(held.pk),
        object_repr=NAME,
        action_flag=CHANGE,
        change_message=f"contact {NAME}",
    )
    FailedSearch.objects.create(words="ocarpo xilena")
    return held
