"""A draft marked with a word that nothing else holds, looked for behind every public address."""

import io
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from html import unescape
from zipfile import ZipFile

import pytest
from django.contrib.auth.models import User
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import URLResolver, get_resolver
from django.utils import timezone

from practices.document import Attachment, Category, Link
from practices.editorial.approval import invite
from practices.editorial.documents import build_document
from practices.editorial.publishing import withdraw
from practices.editorial.recording import store_document
from practices.exchange.batches import begin
from practices.exchange.writers.panorama import TABLES
from practices.models.approval import SectionComment
from practices.models.contact import Contact
from practices.models.files import StoredFile
from practices.models.history import Event, Kind
from practices.models.practice import Practice
from practices.models.staging import StagedFile
from practices.models.version import CatalogueVersion
from practices.models.vocabulary import Organization
from practices.web.sitemaps import SITEMAPS
from tests.factories import author, document, practice, published, rich_document
from tests.files import word
from tests.pdf import said_by

pytestmark = pytest.mark.django_db
MARK = "xilocarpo"
SAID = f'[["summary", "{MARK}", "{MARK} {MARK}"]]'
ENDS = [
    *("/", ".json", ".bib", ".ris", "/archivos/1/", f"/?q={MARK}", "/?orden=titulo", "/versiones/"),
    *("/versiones/comparar/?de=1&a=2", ".pdf", "/v1/", "/v2/", "/v1/archivos/1/"),
    *("/versiones.json", "/versiones/comparar.json?de=1&a=2", "/v1.json", "/v2.json"),
]
WITHOUT_LANGUAGE = ("/robots", "/sitemap", "/healthz", "/readyz", "/.well-known", "/security.txt")


@pytest.fixture(scope="module")
def marked(module_database):
    """The mark in a draft, in an unpublished change, in a withdrawn practice, in all that is said of them inside."""
    public = published(rich_document(2))
    everywhere = marked_everywhere()
    practice(rich_document(1, **everywhere))
    store_document(replace(build_document(public.practice), **everywhere))
    withdraw(published(rich_document(3, **everywhere)).practice, "Motivo")
    said_among_ourselves(public.practice)
    said_among_ourselves(practice(document(5)))
    consent = {"consent_given_on": timezone.localdate(), "consent_given_by": MARK}
    no_longer = Contact.objects.create(practice=public.practice, name=MARK, **consent)
    Contact.objects.filter(pk=no_longer.pk).update(consent_given_on=None, consent_given_by="")


def marked_everywhere() -> dict[str, object]:
    """The mark in every field of a document."""
    stored = StoredFile.objects.store(ContentFile(word(MARK), name=f"{MARK}.docx"))
    return {
        "title": f"Título {MARK}",
        "summary": MARK,
        "impact": f"• 3 {MARK}",
        "authors": (author(f"{MARK.capitalize()} S.A."),),
        "category": Category(MARK, f"Categoría {MARK}", 9),
        "success_factors": (MARK,),
        "links": (Link(f"https://example.org/{MARK}", MARK),),
        "attachments": (Attachment(f"{MARK}.docx", stored.sha256, stored.size, stored.media_type, MARK),),
        **dict.fromkeys(("population", "validation", "replicability", "limitations", "conclusion"), MARK),
    }


def said_among_ourselves(record: Practice) -> None:
    """The mark in all that staff and authors say of a record, and in every contact that the public may not see."""
    user = User.objects.create_user(f"{MARK}{record.pk}", f"{MARK}@example.org", first_name=MARK, is_staff=True)
    day, far = timezone.localdate(), timedelta(days=30)
    for consent in (
        {},
        {"consent_given_on": day + far, "consent_given_by": MARK},
        {"consent_given_on": day - far - far, "consent_given_by": MARK, "consent_until": day - far},
    ):
        names = {"name": MARK, "role": MARK, "email": f"{MARK}@example.org", "phone": MARK, "as_written": MARK}
        Contact.objects.create(practice=record, **names, **consent)
    for kind in Kind:
        Event.objects.create(
            practice=record, code=record.code, kind=kind, at=timezone.now(), by=user, who=MARK, note=MARK, changes=SAID
        )
    link, _token = invite(record, MARK, User.objects.create_superuser(f"jefa{record.pk}"))
    SectionComment.objects.create(invitation=link, section="resumen", text=MARK)
    Practice.objects.filter(pk=record.pk).update(
        publish_note=MARK, withdraw_reason=MARK, publish_at=timezone.now() + far, withdraw_at=timezone.now() + far
    )
    stored = StoredFile.objects.store(ContentFile(word(f"{MARK} {record.pk}"), name=f"{MARK}.docx"))
    StagedFile.objects.create(stored_file=stored, name=f"{MARK}.docx", chosen_by=user)
    table = f"codigo,titulo,contacto\nBP-PRUEBA-SSPD-00{record.pk}-2021,{MARK},{MARK}@example.org\n"
    begin(ContentFile(table.encode(), name=f"{MARK}.csv"), None)
    Organization.objects.create(name=f"{MARK} {record.pk}", acronym=MARK, aliases=MARK)


def addresses() -> list[str]:
    """Every public address there is, with arguments of the marked records, in both languages."""
    codes = [f"BP-PRUEBA-SSPD-{number:03d}-2020" for number in (1, 2, 3)]
    found = ["/", "/practicas/", "/practicas.json", "/practicas.pdf", "/criterios/", "/robots.txt", "/sitemap.xml"]
    found += [f"/sitemap-{name}.xml" for name in SITEMAPS] + ["/opensearch.xml", "/practicas.atom", "/datos/"]
    found += ["/datos/openapi.json", "/datos/esquema/practica-v1.json", "/datos/diccionario.csv"]
    found += ["/datos/catalogo.ttl", "/datos/catalogo.jsonld"]
    found += ["/healthz", "/readyz", "/.well-known/security.txt", "/security.txt"]
    found += ["/mapa-del-sitio/", "/identidad/logo", "/identidad.css", "/terminos/", f"/{MARK}/"]
    found += [f"/autores/{MARK}/", "/autores/aguas-prueba/", "/no-existe/"]
    found += [f"/{slug}.json" for slug in ("inicio", "criterios", "mapa-del-sitio", "datos", "terminos", MARK)]
    found += [f"/autores/{MARK}.json", "/autores/aguas-prueba.json", "/no-existe.json"]
    found += [f"/practicas/{code}{end}" for code in codes for end in ENDS]
    kinds = ("/", ".json", ".pdf", ".atom", ".csv", ".xlsx", ".jsonl")
    found += [f"/practicas{kind}?{query}" for kind in kinds for query in ("", *queries())]
    since = ("desde=", "desde=0", "desde=1", "desde=2020-01-01", f"desde={MARK}")
    found += [
        f"/practicas{kind}?{when}{also}"
        for kind in (".json", ".jsonl")
        for when in since
        for also in ("", f"&q={MARK}")
    ]
    chosen = "&".join(f"codigo={code}" for code in codes)
    found += ["/guia-de-estilo/", "/comparar/", "/comparar.json", f"/comparar/?{chosen}", f"/comparar.json?{chosen}"]
    found += [f"/comparar/?{chosen}&q={word}" for word in (MARK, MARK[:4])]
    found += [f"/panorama{kind}?{query}" for kind in ("/", ".json") for query in ("", *queries())]
    found += [f"/panorama.csv?tabla={table}" for table in TABLES]
    found += [f"/buscar/sugerencias.json?q={word}" for word in (MARK, MARK[:4], "BP-PRUEBA-SSPD-001-2020")]
    return found + [f"/en{address}" for address in found if not address.startswith(WITHOUT_LANGUAGE)]


def queries() -> list[str]:
    words = [
        f"q={MARK}",
        f"q={MARK[:4]}",
        f"categoria={MARK}",
        f"autor={MARK}",
        "orden=titulo",
        "q=BP-PRUEBA-SSPD-001-2020",
    ]
    return [*words, f"q={MARK}&categoria={MARK}&autor={MARK}"]


def test_every_public_pattern_is_walked():
    """A new public address must be added to `addresses` above."""
    patterns = {
        str(pattern.pattern)
        for group in get_resolver().url_patterns
        if isinstance(group, URLResolver)
        for pattern in group.url_patterns[1].url_patterns
    }
    assert patterns == {
        "",
        "practicas/",
        "practicas.json",
        "practicas.csv",
        "practicas.xlsx",
        "practicas.jsonl",
        "practicas.atom",
        "opensearch.xml",
        "datos/",
        "datos/openapi.json",
        "datos/esquema/practica-v<int:number>.json",
        "datos/diccionario.csv",
        "datos/catalogo.ttl",
        "datos/catalogo.jsonld",
        "practicas.pdf",
        "practicas/<str:code>.pdf",
        "practicas/<str:code>.json",
        "practicas/<str:code>.bib",
        "practicas/<str:code>.ris",
        "practicas/<str:code>/versiones/",
        "practicas/<str:code>/versiones/comparar/",
        "practicas/<str:code>/v<int:number>/",
        "practicas/<str:code>/v<int:number>/archivos/<int:file>/",
        "practicas/<str:code>/versiones.json",
        "practicas/<str:code>/versiones/comparar.json",
        "practicas/<str:code>/v<int:number>.json",
        "practicas/<str:code>/",
        "practicas/<str:code>/archivos/<int:number>/",
        "autores/<slug:slug>/",
        "autores/<slug:slug>.json",
        "inicio.json",
        "criterios.json",
        "datos.json",
        "mapa-del-sitio.json",
        "<slug:slug>.json",
        "comparar/",
        "comparar.json",
        "guia-de-estilo/",
        "criterios/",
        "panorama/",
        "panorama.csv",
        "panorama.json",
        "buscar/sugerencias.json",
        "mapa-del-sitio/",
        "identidad/logo",
        "identidad.css",
        "<slug:slug>/",
    }


def without_what_was_typed(shown: str) -> str:
    """The page without the search words: a visitor sees what he typed in the box, the heading and the links."""
    shown = re.sub(rf"[?&;](amp;)?q={MARK}[^\"'<\s]*", "", shown)
    return re.sub(rf'(?<=[>"“«\s]){MARK}(?=[<"”»\s.,])', "", shown)


def shown_by(response) -> str:
    """All that a response says; of a PDF its words, title and outline, and the addresses that it leads to; of a
    spreadsheet every file that it is packed of."""
    content = b"".join(response.streaming_content) if response.streaming else response.content
    if response["Content-Type"].endswith("spreadsheetml.sheet"):
        packed = ZipFile(io.BytesIO(content))
        return unescape("\n".join(packed.read(name).decode() for name in packed.namelist()))
    return said_by(content) if response["Content-Type"] == "application/pdf" else content.decode()


@pytest.fixture(scope="module")
def answers(marked) -> dict[str, tuple[str, bytes]]:
    """What every public address says, and its headers: there are hundreds, so each is asked for once."""
    found = {address: Client().get(address) for address in addresses()}
    return {address: (shown_by(response), response.serialize_headers()) for address, response in found.items()}


def test_no_public_address_tells_of_what_is_not_published(answers):
    for address, (shown, _headers) in answers.items():
        told = without_what_was_typed(shown) if f"q={MARK}" in address else shown
        assert MARK not in told.casefold(), address


def test_no_header_tells_of_what_is_not_published(answers):
    for address, (_shown, headers) in answers.items():
        if MARK not in address:
            assert MARK.encode() not in headers.lower(), address


def asked() -> Iterator[str]:
    """The mark as it is typed letter by letter, and with one slip in each place."""
    for end in range(2, len(MARK) + 1):
        yield MARK[:end]
    for place in range(len(MARK)):
        yield MARK[:place] + MARK[place + 1 :]
        yield MARK[:place] + "z" + MARK[place + 1 :]


def test_no_beginning_and_no_slip_of_a_hidden_word_is_put_right(client, marked):
    for text in asked():
        found = client.get(f"/practicas.json?q={text}").json()
        assert (text, found["count"], MARK in str(found)) == (text, 0, text == MARK)
        assert client.get(f"/buscar/sugerencias.json?q={text}").json() == {"q": text, "suggestions": []}


def told(client, address: str) -> tuple[int, list[tuple[str, str]], str]:
    """All of the answer but the reference that each request has of its own."""
    response = client.get(address)
    headers = sorted((name, value) for name, value in response.items() if name != "X-Request-ID")
    return response.status_code, headers, shown_by(response)


def test_nothing_public_changes_by_a_byte_while_drafts_are_written(client):
    """Neither what is said nor an ETag, a date or a count tells that somebody is writing."""
    public = published(rich_document(2))
    CatalogueVersion.objects.update(raised_at=timezone.now() - timedelta(minutes=1))
    # A spreadsheet says when it was made, and a PDF takes its time.
    left_out = re.compile(r"^/en/|\.pdf|\.xlsx")
    walked = [address for address in addresses() if not left_out.search(address)]
    walked += [f"/practicas.json?q={text}" for text in asked()]
    before = {address: told(client, address) for address in walked}
    everywhere = marked_everywhere()
    practice(rich_document(1, **everywhere))
    store_document(replace(build_document(public.practice), **everywhere))
    said_among_ourselves(public.practice)
    said_among_ourselves(practice(document(5)))
    for address, was in before.items():
        assert (address, told(client, address)) == (address, was)


@pytest.mark.parametrize("end", [end for end in ENDS if "?q=" not in end])
def test_a_draft_is_answered_as_a_code_that_never_was(client, marked, end):
    draft, never = (f"/practicas/BP-PRUEBA-SSPD-{number}-2020{end}" for number in ("001", "999"))
    assert told(client, draft) == told(client, never)


def test_no_search_counts_what_is_not_published(client, marked):
    for query in (f"q={MARK}", f"q={MARK[:4]}"):
        data = client.get(f"/practicas.json?{query}").json()
        assert (data["count"], data["results"]) == (0, [])
    everything = client.get("/practicas.json").json()
    assert everything["count"] == 1
    assert {v["count"] for values in everything["facets"].values() for v in values} == {1}
