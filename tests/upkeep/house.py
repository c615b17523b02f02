"""A catalogue with something in every table, made through the doors that people use."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.auth.models import Group, Permission, User
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.models import Session
from django.core.files.base import ContentFile
from django.core.management import call_command
from django.utils import timezone

from practices.document import Assessment, Call, Link, Metric, PracticeDocument
from practices.editorial.approval import answer, invite, revoke, seal
from practices.editorial.deleting import delete
from practices.editorial.documents import build_document
from practices.editorial.publishing import publish, withdraw
from practices.editorial.recoding import correct_code
from practices.editorial.recording import store_document
from practices.editorial.roles import REVIEWERS
from practices.editorial.scheduling import schedule_withdrawal
from practices.editorial.staging import keep
from practices.editorial.workflow import send_to_review, written
from practices.exchange import batches
from practices.exchange.undoing import undo
from practices.models.contact import Contact
from practices.models.files import StoredFile
from practices.models.identity import Identity
from practices.models.link_check import LinkCheck, Reason
from practices.models.page import Page
from practices.models.practice import Practice
from practices.models.synonym import FailedSearch
from practices.models.version import CatalogueVersion
from practices.models.vocabulary import Call as CallRow
from practices.models.vocabulary import Organization
from practices.upkeep import links
from practices.upkeep.outcomes import Outcome, Verdict
from tests.admin.people import member
from tests.exchange.batches import previewed, record
from tests.factories import approved, attached, attachment, practice, published, rich_document
from tests.files import pdf
from tests.settings import BASE_DIR

RECORDS = BASE_DIR / "fixtures" / "records"
ODD = "¿Ñandú? “«—»” \u2028 \U0001f4a7 \t\r\n\n  fin\\ \\u0041 %s {}"
"""What a text may hold and a careless way through a file would not bring back."""


def furnish() -> None:
    call_command("load_vocabulary", verbosity=0)
    for name in ("examples.json", "BP-ANDESCO-SSPD-002-2020.json"):
        call_command("import_practices", RECORDS / name, publish=True, verbosity=0)
    writer, publisher = member("writer"), chief()
    _published(publisher)
    _unpublished(writer)
    _imports(writer)
    # The last record of all: its id must never be given again.
    delete(practice(rich_document(8)), publisher)
    _institution()
    _people(writer)
    _links()


def chief() -> User:
    """Who may publish what nobody else approved."""
    member("publisher").groups.add(Group.objects.get(name=REVIEWERS))
    return User.objects.get(username="publisher")


def full(number: int, **fields: Any) -> PracticeDocument:
    """A document with files and everything else that a record may hold."""
    return rich_document(
        number,
        summary=ODD,
        call=Call("premio-2020", "Premio", 2020),
        metrics=(Metric("0,1 m³", "m³", Decimal("0.1"), "m³", Decimal("12345678.000001"), better="less"),),
        criteria=(Assessment("eficaz", "Criterio", "minimum", "met", ODD),),
        links=(Link("https://example.org/a?b=1&c=2", "Más"),),
        attachments=(
            attachment(pdf("Medidores nuevos"), description="El informe"),
            attachment(b"\x00\xff" * 40_000, "Foto.png"),
        ),
        **fields,
    )


def _published(publisher: User) -> None:
    first = published(full(1)).practice
    changed = store_document(full(1, title="Otro título"))
    publish(changed, publisher, "Segunda versión")
    before = build_document(changed)
    written(store_document(full(1, title="Un cambio sin publicar")), before, publisher)
    correct_code(changed, "BP-PRUEBA-SSPD-091-2020", "Se digitó mal", publisher)
    withdraw(published(rich_document(2)).practice, "Motivo público", publisher)
    again = published(rich_document(3)).practice
    withdraw(again, "Por un tiempo", publisher)
    publish(again, publisher, "De vuelta")
    schedule_withdrawal(published(rich_document(4)).practice, timezone.now() + timedelta(days=3), "Vence", publisher)
    Contact.objects.create(
        practice=first,
        name="Persona de prueba",
        email="persona@example.org",
        consent_given_on=date(2024, 2, 29),
        consent_given_by="Carta",
        consent_until=date(2090, 1, 1),
    )
    Contact.objects.create(practice=first, as_written="Otra persona, 3001234567")


def _links() -> None:
    """One that failed once, among those that were never asked."""
    links.renew()
    check = LinkCheck.objects.get(address="https://example.org/a?b=1&c=2")
    links.written(check.key, Outcome(Verdict.FAILS, Reason.NOT_FOUND, 404), timezone.now())


def _unpublished(writer: User) -> None:
    shown = practice(rich_document(5, attachments=attached(b"borrador", "borrador.txt")))
    link, _token = invite(shown, "Aguas de Prueba", writer)
    answer(
        link,
        seal(link, build_document(Practice.objects.get(pk=shown.pk))),
        approved=False,
        answered_for="Gerencia",
        comments={"summary": "Falta una cifra."},
    )
    revoke(invite(shown, "Otra empresa", writer)[0], writer)
    send_to_review(practice(rich_document(6)), writer)
    approved(practice(rich_document(7)))


def _imports(writer: User) -> None:
    batches.apply(previewed(record(1), by=writer), writer)
    taken_back = previewed(record(2), by=writer)
    batches.apply(taken_back, writer)
    taken_back.refresh_from_db()
    undo(taken_back, writer)
    previewed(record(3), {"code": "nada"}, by=writer)
    keep(ContentFile(b"elegido y no guardado", name="carta.txt"), "carta.txt", writer)


def _institution() -> None:
    logo = StoredFile.objects.store(ContentFile(b"logo", name="logo.png"))
    Identity.objects.update(name="Entidad de prueba", logo=logo, logo_width=120, logo_height=40, govco=True)
    Page.objects.filter(url="/acerca/").update(content=ODD, content_en="About")
    FailedSearch.objects.create(words="xilocarpo", count=3)
    CallRow.objects.get_or_create(slug="vacia", defaults={"name": "Una sin fichas"})
    Organization.objects.filter(pk=Organization.objects.earliest("pk").pk).update(aliases="Uno\nOtro")
    CatalogueVersion.raise_by_one()


def _people(writer: User) -> None:
    writer.set_password("una clave de prueba")
    writer.last_login = timezone.now()
    writer.save()
    writer.user_permissions.add(Permission.objects.get(codename="view_failedsearch"))
    LogEntry.objects.create(
        user=writer,
        content_type=ContentType.objects.get_for_model(Practice),
        object_id=str(Practice.objects.earliest("pk").pk),
        object_repr="Una ficha",
        action_flag=CHANGE,
        change_message='[{"changed": {}}]',
    )
    Session.objects.create(session_key="x" * 32, session_data="", expire_date=timezone.now() + timedelta(days=1))
