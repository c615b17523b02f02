"""The feed of several selections by the rules of RFC 4287, element by element, and by a parser that others use."""

import re
from collections import Counter
from dataclasses import replace
from datetime import datetime
from xml.etree import ElementTree

import feedparser
import pytest

from practices.document import Category
from practices.editorial.documents import build_document
from practices.editorial.publishing import publish
from practices.editorial.recording import store_document
from practices.models.publication import Publication
from tests.factories import author, document, published, rich_document

pytestmark = pytest.mark.django_db
ATOM, XML = "{http://www.w3.org/2005/Atom}", "{http://www.w3.org/XML/1998/namespace}"
ONCE = {"feed": {"id", "title", "updated"}, "entry": {"id", "title", "updated"}}
AT_MOST_ONCE = {
    "feed": {"generator", "icon", "logo", "rights", "subtitle"},
    "entry": {"content", "published", "rights", "source", "summary"},
}
MANY = {
    "feed": {"author", "category", "contributor", "entry", "link"},
    "entry": {"author", "category", "contributor", "link"},
}
MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)")
LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Z]{2})?")
IRI = re.compile(r"https?://[^\s<>\"{}|\\^`#]+")
SELECTIONS = ["", "?q=tarifa", "?categoria=oficinas&orden=titulo", "?q=inexistente", "?anio=2020&departamento=17"]


def element_faults(element: ElementTree.Element) -> list[str]:
    """Of a feed or an entry: what it lacks, has twice, or may not have (4.1.1, 4.1.2)."""
    kind = element.tag.removeprefix(ATOM)
    counted = Counter(child.tag.removeprefix(ATOM) for child in element)
    found = [f"{kind} has {counted[name]} {name}" for name in ONCE[kind] if counted[name] != 1]
    found += [f"{kind} has {counted[name]} {name}" for name in AT_MOST_ONCE[kind] if counted[name] > 1]
    return found + [f"{kind} has {name}" for name in set(counted) - ONCE[kind] - AT_MOST_ONCE[kind] - MANY[kind]]


def construct_faults(element: ElementTree.Element) -> list[str]:
    """Of what stands in it: dates, texts, addresses, persons, categories (3.1 to 3.3, 4.2)."""
    found = []
    for child in element:
        name, text = child.tag.removeprefix(ATOM), child.text or ""
        if name in {"updated", "published"} and not MOMENT.fullmatch(text):
            found.append(f"{name} {text!r}")
        elif name == "id" and not IRI.fullmatch(text):
            found.append(f"id {text!r}")
        elif name in {"title", "summary"} and (child.get("type", "text") != "text" or len(child) or not text.strip()):
            found.append(f"{name} is no text")
        elif name == "author" and not (child.findtext(f"{ATOM}name") or "").strip():
            found.append("author without a name")
        elif name == "category" and not child.get("term"):
            found.append("category without a term")
        elif name == "link" and not IRI.fullmatch(child.get("href", "")):
            found.append(f"link {child.get('href')!r}")
    return found


def link_faults(element: ElementTree.Element) -> list[str]:
    """One alternate of each kind (4.1.1); a feed names itself (4.2.7.2)."""
    kinds = [(link.get("rel", "alternate"), link.get("type"), link.get("hreflang")) for link in links(element)]
    found = ["the same link twice"] if len(kinds) != len(set(kinds)) else []
    wanted = {"alternate", "self"} if element.tag == f"{ATOM}feed" else {"alternate"}
    return found + [f"no {missing}" for missing in wanted - {kind[0] for kind in kinds}]


def links(element: ElementTree.Element) -> list[ElementTree.Element]:
    return element.findall(f"{ATOM}link")


def when(element: ElementTree.Element, name: str) -> datetime:
    return datetime.fromisoformat(element.findtext(f"{ATOM}{name}"))


def faults(feed: ElementTree.Element) -> list[str]:
    entries = feed.findall(f"{ATOM}entry")
    found = [] if feed.tag == f"{ATOM}feed" else [f"root is {feed.tag}"]
    if not LANGUAGE.fullmatch(feed.get(f"{XML}lang", "")):
        found.append("no language")
    for element in (feed, *entries):
        found += element_faults(element) + construct_faults(element) + link_faults(element)
    if feed.find(f"{ATOM}author") is None and any(entry.find(f"{ATOM}author") is None for entry in entries):
        found.append("entry without an author")
    identifiers = [entry.findtext(f"{ATOM}id") for entry in entries]
    if len(identifiers) != len(set(identifiers)):
        found.append("the same id twice")
    found += ["changed before it was published" for e in entries if when(e, "published") > when(e, "updated")]
    if entries and when(feed, "updated") != max(when(entry, "updated") for entry in entries):
        found.append("updated is not that of the newest change")
    return found


def feed_of(client, address: str) -> ElementTree.Element:
    return ElementTree.fromstring(client.get(address).content)


@pytest.fixture(scope="module")
def collection(module_database):
    """Practices of one selection and of another, of one version and of two, with everything and with little."""
    first = published(rich_document(1, title="Tarifa clara", authors=(author(), author("Otra S.A."))))
    published(rich_document(2))
    published(document(3, title="Tarifa & <b>más</b> «clara»"))
    publish(store_document(replace(build_document(first.practice), summary="Otra cosa.")))


@pytest.mark.parametrize("before", ["", "/en"])
@pytest.mark.parametrize("query", SELECTIONS)
def test_feed_follows_the_rules(client, collection, query, before):
    assert faults(feed_of(client, f"{before}/practicas.atom{query}")) == []


@pytest.mark.parametrize("before", ["", "/en"])
@pytest.mark.parametrize("query", SELECTIONS)
def test_parser_of_others_finds_nothing_wrong_and_reads_the_same(client, collection, query, before):
    response = client.get(f"{before}/practicas.atom{query}")
    read = feedparser.parse(response.content, response_headers={"content-type": response["Content-Type"]})
    assert (read.bozo, read.version, read.encoding) == (0, "atom10", "utf-8")
    listed = client.get(f"{before}/practicas.json{query}").json()
    codes = {result["code"]: result["title"] for result in listed["results"] if not listed["partial"]}
    assert {entry.link.rstrip("/").rpartition("/")[2]: entry.title for entry in read.entries} == codes
    assert read.feed.language == ("en" if before else "es-CO")
    assert read.feed.title.endswith(" · Catálogo de buenas prácticas")
    own, page = (next(link.href for link in read.feed.links if link.rel == rel) for rel in ("self", "alternate"))
    assert (read.feed.id, client.get(own).content) == (own, response.content)
    assert client.get(page).status_code == 200
    for entry in read.entries:
        assert client.get(entry.id).status_code == client.get(entry.link).status_code == 200


def test_title_says_the_selection_as_its_page_does(client, collection):
    query = "?categoria=oficinas&departamento=17"
    title = feed_of(client, f"/practicas.atom{query}").findtext(f"{ATOM}title")
    assert title == ("Prácticas en Caldas, categoría 1. Funcionamiento de las oficinas · Catálogo de buenas prácticas")
    head = client.get(f"/practicas/{query}").content.decode().partition("</head>")[0]
    (said,) = re.findall(r'type="application/atom\+xml" title="([^"]+)"', head)
    assert title.startswith(f"{said} · ")


def test_ids_stay_whatever_happens_to_what_they_name(client, collection):
    def identifiers(address: str) -> list[str]:
        return sorted(entry.findtext(f"{ATOM}id") for entry in feed_of(client, address).findall(f"{ATOM}entry"))

    before = identifiers("/practicas.atom")
    category = Category("otra", "Otra", 2, "2. Otra")
    record = Publication.objects.current().get(code="BP-PRUEBA-SSPD-001-2020").practice
    changed = store_document(replace(build_document(record), title="Otro título", category=category))
    publish(changed)
    assert identifiers("/practicas.atom") == identifiers("/en/practicas.atom") == before
    # Parameters in another order, unknown ones and an order of the list make no other feed.
    one, same = "/practicas.atom?q=tarifa&anio=2020", "/practicas.atom?anio=2020&x=1&orden=titulo&q=tarifa"
    assert client.get(one).content == client.get(same).content


@pytest.mark.parametrize(
    ("address", "feed"),
    [
        ("/panorama/", "/practicas.atom"),
        ("/panorama/?categoria=oficinas", "/practicas.atom?categoria=oficinas"),
        ("/en/autores/aguas-prueba/", "/en/practicas.atom?autor=aguas-prueba"),
        ("/datos/", "/practicas.atom"),
    ],
)
def test_every_list_leads_to_its_feed(client, collection, address, feed):
    head = client.get(address).content.decode().partition("</head>")[0]
    assert re.findall(r'type="application/atom\+xml" title="[^"]+" href="([^"]+)"', head) == [feed]
    assert client.get(feed).status_code == 200


@pytest.mark.parametrize(
    ("broken", "said"),
    [
        (("<updated>", "<updated>x"), "updated"),
        (("<id>http://testserver/practicas/", "<id>/practicas/"), "id"),
        (('rel="self"', 'rel="related"'), "no self"),
        (("xml:lang", "lang"), "no language"),
        (("<published>2", "<published>3"), "changed before it was published"),
    ],
)
def test_rules_refuse_what_is_broken(client, collection, broken, said):
    text = client.get("/practicas.atom").content.decode().replace(*broken)
    try:
        found = faults(ElementTree.fromstring(text))
    except ValueError as error:
        found = [str(error)]
    assert any(said in fault or "isoformat" in fault for fault in found)
