"""Hostile records, published: what colleagues paste is text wherever the public meets it, and breaks no format.

All of our markup and addresses are put into every field of a document, a share of them in each record; each record is
then asked for in every shape that it has. Links that lead nowhere on the web are the titles of nothing.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import replace

import html5lib
import pytest
from django.db import transaction

from practices.document import Assessment, Category, Coverage, Implementation, Link, Metric, PracticeDocument
from practices.editorial.documents import build_document
from practices.editorial.publishing import publish
from practices.editorial.recording import store_document
from practices.models.contact import Contact
from practices.models.identity import Identity
from practices.models.page import Page
from practices.models.vocabulary import Criterion
from practices.web.sitemaps import SITEMAPS
from tests.factories import author, document, published

from .harmless import require_harmless
from .strings import ADDRESSES, FORMATS, FORMULAS, HEADERS, MARKUP
from .wire import ask

pytestmark = pytest.mark.django_db

RECORDS = 6
CODE = "BP-PRUEBA-SSPD-001-2020"
# NUL and halves of characters are taken out where texts come in; tests/language has them.
CARGO = [text for text in (*MARKUP, *ADDRESSES, *FORMATS, *FORMULAS, *HEADERS) if "\0" not in text]
ADDRESSES_OF_ALL = (
    *(
        "/practicas/",
        "/practicas/?vista=tabla",
        "/practicas.json",
        "/practicas.jsonl",
        "/practicas.atom",
        "/practicas.csv",
    ),
    *("/practicas.csv?formato=internacional", "/practicas.xlsx", "/practicas.pdf", "/panorama/", "/panorama.json"),
    *(
        "/panorama.csv",
        "/",
        "/inicio.json",
        "/datos/catalogo.jsonld",
        "/mapa-del-sitio/",
        "/sitemap.xml",
        "/criterios/",
    ),
    *(
        *(f"/sitemap-{name}.xml" for name in SITEMAPS),
        "/datos/openapi.json",
        "/opensearch.xml",
        "/en/practicas/",
        "/buscar/sugerencias.json?q=script",
    ),
)
ADDRESSES_OF_ONE = (
    *("/", ".json", ".pdf", ".bib", ".ris", "/versiones/", "/versiones.json", "/versiones/comparar/?de=1&a=2", "/v1/"),
    *("/versiones/comparar.json?de=1&a=2", "/v1.json"),
)


def hostile(share: list[str]) -> PracticeDocument:
    """Every field of these texts."""
    first, text = share[0], "\n\n".join(share)
    bullets = tuple(share)
    return document(
        1,
        title=share[1],
        authors=(author(share[2]), author(share[3], acronym=first[:40])),
        summary=text,
        implemented=Implementation(first),
        category=Category("oficinas", share[4], 1, share[4]),
        distinction=share[5][:300],
        population=text,
        impact="\n".join(f"• {one}" for one in share),
        metrics=tuple(Metric(one[:500], one[:300], None, one[:80]) for one in share[:6]),
        success_factors=bullets,
        coverage=Coverage(text[:4_000]),
        validation=text,
        replicability=text,
        limitations=text,
        conclusion=text,
        criteria=tuple(Assessment(f"c{n}", one[:300], "minimum", "met", one) for n, one in enumerate(share[:3])),
        links=(Link("", share[6][:300]), Link(f"https://example.org/?{share[7]}".split()[0][:1_000], share[8][:300])),
    )


@pytest.fixture(scope="module", params=range(RECORDS))
def share(request, module_database) -> Iterator[list[str]]:
    """A record with two versions, and an institution, of a share of the list; gone before the next one is made."""
    texts = CARGO[request.param :: RECORDS]
    with transaction.atomic():
        publish_all(texts)
        yield texts
        transaction.set_rollback(True)


def publish_all(texts: list[str]) -> None:
    for number, text in enumerate(texts[:3]):
        Criterion.objects.create(slug=f"c{number}", name=text[:300], group="minimum", description=text)
    first = published(hostile(texts))
    later = replace(build_document(first.practice), title=texts[9], summary="\n".join(reversed(texts)))
    store_document(later)
    publish(first.practice, note=texts[10][:500])
    Contact.objects.create(
        practice=first.practice,
        role=texts[0][:200],
        as_written=texts[1],
        consent_given_on="2020-01-01",
        consent_given_by="La entidad, por carta",
    )
    Identity.objects.update(name=texts[0][:200], site_name=texts[1][:100], slogan=texts[2][:200], hours=texts[3][:200])
    Page.objects.filter(url="/terminos/").update(content="\n\n".join(texts), title=texts[0][:200])


def addresses() -> Iterator[str]:
    yield from ADDRESSES_OF_ALL
    for end in ADDRESSES_OF_ONE:
        yield f"/practicas/{CODE}{end}"
    yield from (f"/comparar/?codigo={CODE}", f"/comparar.json?codigo={CODE}", "/terminos/", "/terminos.json")
    yield f"/en/practicas/{CODE}/"


def test_hostile_records_are_texts_in_every_shape(share):
    for address in addresses():
        answer = require_harmless(ask(address))
        assert answer.status in (200, 302), (address, answer.status)
        if answer.kind == "text/html":
            require_unbroken(answer.text, share)


def require_unbroken(text: str, share: list[str]) -> None:
    """Markup came back escaped, all of it, and the page goes on to its end."""
    written = [
        one for one in share if re.match(r"</?(?:script|img|svg|iframe|title|textarea|style)\b", one, re.IGNORECASE)
    ]
    assert [one for one in written if one in text] == []
    tree = html5lib.parse(text, namespaceHTMLElements=False)
    assert tree.find(".//footer") is not None
    for script in tree.iter("script"):
        if script.get("type") == "application/ld+json":
            json.loads(script.text or "")


def test_citations_stay_one_record(share):
    """No text opens a second entry, or a field of its own."""
    bibtex = ask(f"/practicas/{CODE}.bib").text
    assert len(re.findall(r"^@", bibtex, re.MULTILINE)) == 1
    assert bibtex.count("{") - bibtex.count("\\{") == bibtex.count("}") - bibtex.count("\\}")
    ris = ask(f"/practicas/{CODE}.ris").text
    assert all(re.match(r"[A-Z][A-Z0-9]  - ", line) for line in ris.splitlines() if line), ris
    assert ris.count("\nER  -") == 1
