"""A draft marked with a word that nothing else holds, looked for behind every public address."""

import io
import re
from dataclasses import replace
from html import unescape
from zipfile import ZipFile

import pytest
from django.core.files.base import ContentFile
from django.urls import URLResolver, get_resolver

from practices.document import Attachment, Category, Link
from practices.editorial.documents import build_document
from practices.editorial.publishing import withdraw
from practices.editorial.recording import store_document
from practices.exchange.writers.panorama import TABLES
from practices.models.contact import Contact
from practices.models.files import StoredFile
from practices.web.sitemaps import SITEMAPS
from tests.factories import author, practice, published, rich_document
from tests.files import word
from tests.pdf import said_by

pytestmark = pytest.mark.django_db
MARK = "xilocarpo"
ENDS = [
    *("/", ".json", ".bib", ".ris", "/archivos/1/", f"/?q={MARK}", "/?orden=titulo", "/versiones/"),
    *("/versiones/comparar/?de=1&a=2", ".pdf", "/v1/", "/v2/", "/v1/archivos/1/"),
    *("/versiones.json", "/versiones/comparar.json?de=1&a=2", "/v1.json", "/v2.json"),
]
WITHOUT_LANGUAGE = ("/robots", "/sitemap", "/healthz", "/readyz", "/.well-known", "/security.txt")


@pytest.fixture
def marked():
    """The mark in a draft, in an unpublished change, in a withdrawn practice, in contacts without consent."""
    stored = StoredFile.objects.store(ContentFile(word(MARK), name=f"{MARK}.docx"))
    everywhere = {
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
    practice(rich_document(1, **everywhere))
    public = published(rich_document(2))
    store_document(replace(build_document(public.practice), **everywhere))
    withdrawn = published(rich_document(3, **everywhere))
    withdraw(withdrawn.practice, "Motivo")
    Contact.objects.create(practice=public.practice, name=MARK, email=f"{MARK}@example.org", as_written=MARK)


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


def test_no_public_address_tells_of_what_is_not_published(client, marked):
    for address in addresses():
        response = client.get(address)
        shown = shown_by(response)
        if f"q={MARK}" in address:
            shown = without_what_was_typed(shown)
        assert MARK not in shown.casefold(), address


def test_no_search_counts_what_is_not_published(client, marked):
    for query in (f"q={MARK}", f"q={MARK[:4]}"):
        data = client.get(f"/practicas.json?{query}").json()
        assert (data["count"], data["results"]) == (0, [])
    everything = client.get("/practicas.json").json()
    assert everything["count"] == 1
    assert {v["count"] for values in everything["facets"].values() for v in values} == {1}
