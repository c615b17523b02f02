"""A consent that ends is gone from every public place with the transaction that ends it, whichever worker kept the
page; and nothing of a practice that was withdrawn is left where the public's answers are made of it."""

import re
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from practices.browse.collection import collection
from practices.editorial.publishing import publish, withdraw
from practices.editorial.recording import store_document
from practices.models.contact import Contact
from practices.models.drawn import Drawn
from practices.models.publication import FacetTerm
from practices.models.search_index import SearchWord
from practices.models.version import CatalogueVersion
from tests.factories import attached, author, published, rich_document
from tests.files import word
from tests.pdf import said_by

pytestmark = pytest.mark.django_db(transaction=True)
CODE = "BP-PRUEBA-SSPD-001-2020"
NAME = "Xilena Ocarpo"
PLACES = [
    *(f"/practicas/{CODE}/", f"/en/practicas/{CODE}/", f"/practicas/{CODE}/v1/", f"/practicas/{CODE}.json"),
    *(
        f"/practicas/{CODE}.pdf",
        f"/practicas/{CODE}/versiones/",
        "/practicas.json",
        "/practicas.csv",
        "/practicas.atom",
    ),
]
SHOWING = PLACES[:3]
WORKERS = ("one", "other")


@pytest.fixture
def shown(db) -> Contact:
    """A contact with its consent, of a practice with two versions."""
    first = published(rich_document(1))
    publish(store_document(rich_document(1, title="Segunda versión")))
    consent = {"consent_given_on": timezone.localdate(), "consent_given_by": "Carta"}
    contact = Contact.objects.create(practice=first.practice, name=NAME, email="x@example.org", **consent)
    CatalogueVersion.objects.update(raised_at=timezone.now() - timedelta(minutes=1))
    return contact


def in_worker(settings, worker: str) -> None:
    """Each worker keeps pages in a memory of its own."""
    settings.CACHES = {
        "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": f"consent-{worker}"}
    }


def said(address: str) -> str:
    response = Client().get(address)
    content = b"".join(response.streaming_content) if response.streaming else response.content
    return said_by(content) if address.endswith(".pdf") else content.decode()


def places_with_the_name() -> list[str]:
    return [address for address in PLACES if NAME in said(address)]


def cleared(contact: Contact) -> None:
    contact.consent_given_on, contact.consent_given_by = None, ""
    contact.save()


def ended_yesterday(contact: Contact) -> None:
    day = timezone.localdate() - timedelta(days=1)
    Contact.objects.filter(pk=contact.pk).update(consent_given_on=day, consent_until=day)


def taken_away(contact: Contact) -> None:
    contact.delete()


def all_at_once(contact: Contact) -> None:
    Contact.objects.all().update(consent_given_on=None)


def forgotten(contact: Contact) -> None:
    call_command("purge_personal_data", "--person", NAME, stdout=StringIO())


@pytest.mark.parametrize("end", [cleared, ended_yesterday, taken_away, all_at_once, forgotten])
def test_a_consent_that_ends_is_gone_from_the_kept_pages_of_every_worker(settings, shown, end):
    for worker in WORKERS:
        in_worker(settings, worker)
        assert places_with_the_name() == SHOWING
        assert places_with_the_name() == SHOWING
    tags = {address: Client().get(address)["ETag"] for address in SHOWING}
    end(shown)
    for worker in WORKERS:
        in_worker(settings, worker)
        assert places_with_the_name() == []
        for address, tag in tags.items():
            assert Client().get(address, HTTP_IF_NONE_MATCH=tag).status_code == 200


def test_a_cache_between_asks_before_it_shows_a_contact(shown):
    assert {Client().get(address)["Cache-Control"] for address in SHOWING} == {"public, no-cache"}


def test_an_end_that_was_rolled_back_ends_nothing(settings, shown):
    from django.db import transaction

    version = CatalogueVersion.current()
    with transaction.atomic():
        cleared(shown)
        assert CatalogueVersion.current() == version + 1
        transaction.set_rollback(True)
    assert (CatalogueVersion.current(), NAME in said(PLACES[0])) == (version, True)


MARK = "xilocarpo"


def test_nothing_of_a_withdrawn_practice_is_left_in_what_a_warm_worker_answers_from():
    published(rich_document(2, authors=(author("Aguas de Prueba S.A. E.S.P."),)))
    files = attached(word(f"{MARK} {MARK}ito"), f"{MARK}.docx")
    fields = {"title": f"Sobre {MARK}", "distinction": f"Mención {MARK}", "attachments": files}
    one = published(rich_document(1, summary=f"{MARK} y {MARK}s", **fields))
    walked = ["/", "/practicas/", "/practicas.json", "/mapa-del-sitio/", "/panorama/", "/practicas.atom"]
    walked += [f"/practicas.json?q={text}" for text in (MARK, MARK[:4], f"{MARK[1:]}", f"{MARK}ito")]
    walked += [
        f"/buscar/sugerencias.json?q={MARK[:4]}",
        "/sitemap-practices.xml",
        "/practicas/BP-PRUEBA-SSPD-002-2020/",
    ]
    assert any(MARK in said(address) for address in walked)
    withdraw(one.practice, "Motivo")
    typed = re.compile(rf"q={MARK}\w*|\"q\": \"\w*\"|“\w+”|»|{MARK}\w*(?=[\"”&<])")
    for address in walked:
        assert MARK not in typed.sub("", said(address)) or f"q={MARK}" in address, address
    assert [said(f"/practicas.json?q={text}").count('"code"') for text in (MARK, f"{MARK}ito")] == [0, 0]
    assert not SearchWord.objects.filter(word__contains=MARK[:5]).exists()
    assert not SearchWord.objects.filter(count__lte=0).exists()
    assert not FacetTerm.objects.filter(label__contains=MARK).exists()
    assert not Drawn.objects.filter(publication=one).exists()
    assert not [label for label in collection().labels.values() if MARK in label]


def test_what_others_share_with_a_withdrawn_practice_is_called_as_they_call_it():
    published(rich_document(1, distinction="Primer puesto"))
    later = published(rich_document(2, distinction="PRIMER PUESTO"))
    labels = lambda: [term.label for term in FacetTerm.objects.filter(facet="distinction")]  # noqa: E731
    assert labels() == ["PRIMER PUESTO"]
    assert "PRIMER PUESTO" in collection().labels.values()
    withdraw(later.practice, "Motivo")
    assert labels() == ["Primer puesto"]
    assert "PRIMER PUESTO" not in collection().labels.values()
