"""The Atom feed of a selection (RFC 4287), and the description by which browsers search here."""

from dataclasses import replace
from datetime import datetime, timedelta
from xml.etree import ElementTree

import pytest
from django.utils import timezone

from practices.document import Category
from practices.editorial.documents import build_document
from practices.editorial.publishing import publish, withdraw
from practices.editorial.recording import store_document
from practices.models.contact import Contact
from practices.models.identity import Identity
from practices.web.views import feeds
from tests.factories import author, document, practice, published, rich_document
from tests.web.shown import ListShown

pytestmark = pytest.mark.django_db
ATOM, XML = "{http://www.w3.org/2005/Atom}", "{http://www.w3.org/XML/1998/namespace}"
OPENSEARCH = "{http://a9.com/-/spec/opensearch/1.1/}"


def feed_of(client, query: str = "", before: str = "") -> ElementTree.Element:
    response = client.get(f"{before}/practicas.atom{query}")
    assert (response.status_code, response["Content-Type"]) == (200, "application/atom+xml; charset=utf-8")
    return ElementTree.fromstring(response.content)


def texts(element: ElementTree.Element, *names: str) -> list[str | None]:
    return [element.findtext(f"{ATOM}{name}") for name in names]


def links(element: ElementTree.Element) -> dict[str, str]:
    return {link.get("rel"): link.get("href") for link in element.findall(f"{ATOM}link")}


def entries(feed: ElementTree.Element) -> list[ElementTree.Element]:
    return feed.findall(f"{ATOM}entry")


def moment(text: str) -> datetime:
    """As RFC 3339 wants it: with an offset."""
    found = datetime.fromisoformat(text)
    assert found.tzinfo
    return found


def faults(feed: ElementTree.Element) -> list[str]:
    """What RFC 4287 asks of a feed and its entries (4.1.1, 4.1.2, 4.2.7)."""
    found = [f"root is {feed.tag}"] if feed.tag != f"{ATOM}feed" else []
    for element in (feed, *entries(feed)):
        for name in ("id", "title", "updated"):
            if len(element.findall(f"{ATOM}{name}")) != 1 or not element.findtext(f"{ATOM}{name}").strip():
                found.append(f"{name} of {element.tag}")
        moment(element.findtext(f"{ATOM}updated"))
        kinds = [(link.get("rel"), link.get("type"), link.get("hreflang")) for link in element.findall(f"{ATOM}link")]
        if len(kinds) != len(set(kinds)) or "alternate" not in {kind[0] for kind in kinds}:
            found.append(f"links of {element.tag}")
        if not all(href.startswith("http://testserver/") for href in links(element).values()):
            found.append(f"relative link of {element.tag}")
    if not feed.findtext(f"{ATOM}author/{ATOM}name"):
        found.append("author")
    identifiers = [entry.findtext(f"{ATOM}id") for entry in entries(feed)]
    if len(identifiers) != len(set(identifiers)):
        found.append("the same id twice")
    return found


def test_feed_of_everything_is_valid_and_tells_each_practice_as_it_stands(client):
    two = (author(), author("Otra S.A."))
    published(rich_document(1))
    newest = published(rich_document(2, authors=two, summary="Primero.\n\n• Uno\n• Dos"))
    feed = feed_of(client)
    assert faults(feed) == []
    assert feed.get(f"{XML}lang") == "es-CO"
    assert texts(feed, "id", "title") == [
        "http://testserver/practicas.atom",
        "Prácticas · Catálogo de buenas prácticas",
    ]
    assert links(feed) == {
        "alternate": "http://testserver/practicas/",
        "self": "http://testserver/practicas.atom",
    }
    entry = entries(feed)[0]
    address = f"http://testserver/practicas/{newest.code}/"
    assert texts(entry, "id", "title", "summary") == [address, "Práctica 2", "Primero. Uno Dos"]
    assert (links(entry), entry.get(f"{XML}lang")) == ({"alternate": address}, "es")
    assert [name.text for name in entry.iterfind(f"{ATOM}author/{ATOM}name")] == [a.as_written for a in two]
    assert [(c.get("term"), c.get("label")) for c in entry.iterfind(f"{ATOM}category")] == [
        ("oficinas", "Funcionamiento de las oficinas"),
        ("acueducto", "Acueducto"),
    ]


def test_feed_is_of_the_selection_and_its_title_says_it(client):
    published(rich_document(1, title="Tarifa clara"))
    published(rich_document(2))
    published(document(3, title="Tarifa sin categoría"))
    feed = feed_of(client, "?orden=titulo&pagina=7&vista=tabla&tamano=50&q=tarifa&categoria=oficinas&nada=1", "/en")
    assert faults(feed) == []
    assert [entry.findtext(f"{ATOM}title") for entry in entries(feed)] == ["Tarifa clara"]
    assert feed.findtext(f"{ATOM}title") == (
        "Practices about “tarifa”, category 1. Funcionamiento de las oficinas · Catálogo de buenas prácticas"
    )
    assert feed.get(f"{XML}lang") == "en"
    assert entries(feed)[0].get(f"{XML}lang") == "es"
    assert links(feed) == {
        "alternate": "http://testserver/en/practicas/?q=tarifa&categoria=oficinas",
        "self": "http://testserver/en/practicas.atom?q=tarifa&categoria=oficinas",
    }
    # The entry is the same one in both languages; the link is for whoever reads this feed.
    assert texts(entries(feed)[0], "id") == ["http://testserver/practicas/BP-PRUEBA-SSPD-001-2020/"]
    assert links(entries(feed)[0]) == {"alternate": "http://testserver/en/practicas/BP-PRUEBA-SSPD-001-2020/"}


@pytest.mark.parametrize("query", ["", "?orden=titulo", "?orden=fecha", "?q=practica", "?q=practica&orden=titulo"])
def test_feed_is_newest_first_whatever_order_is_asked_for(client, query):
    for number in (2, 1, 3):
        published(rich_document(number))
    assert [texts(entry, "title")[0] for entry in entries(feed_of(client, query))] == [
        "Práctica 3",
        "Práctica 1",
        "Práctica 2",
    ]


def test_published_stays_and_updated_follows_a_change_with_the_same_id(client):
    first = published(rich_document(1))
    published(rich_document(2))
    before = feed_of(client)
    changed = publish(store_document(replace(build_document(first.practice), title="Otro título")))
    after = feed_of(client)
    entry = entries(after)[0]
    assert texts(entry, "id", "title") == [*texts(entries(before)[1], "id"), "Otro título"]
    assert moment(entry.findtext(f"{ATOM}published")) == first.published_at
    assert moment(entry.findtext(f"{ATOM}updated")) == changed.published_at
    assert moment(after.findtext(f"{ATOM}updated")) == changed.published_at > first.published_at
    assert len(entries(after)) == 2


def test_feed_that_has_not_changed_is_the_same_to_the_byte(client):
    for number in (0, 1):
        if number:
            published(rich_document(number))
        first = client.get("/practicas.atom")
        assert client.get("/practicas.atom").content == first.content
    assert timezone.now() - moment(feed_of(client).findtext(f"{ATOM}updated")) < timedelta(minutes=5)


def test_empty_feed_is_valid(client):
    for query in ("", "?q=inexistente", "?anio=1900"):
        assert faults(feed_of(client, query)) == []


def test_feed_holds_the_newest_fifty(client, monkeypatch):
    assert feeds.ENTRIES == 50
    monkeypatch.setattr(feeds, "ENTRIES", 2)
    for number in (1, 2, 3):
        published(document(number))
    assert [texts(entry, "title")[0] for entry in entries(feed_of(client))] == ["Práctica 3", "Práctica 2"]


def test_hostile_texts_stay_texts(client):
    hostile = "]]></title><script>alert('1')</script> & \"x\" \x07\ufffe\u2028 <b>"
    shown = "]]></title><script>alert('1')</script> & \"x\" <b>"
    category = Category("oficinas", hostile, 1, hostile)
    published(rich_document(1, title=hostile, summary=hostile, authors=(author(hostile),), category=category))
    Identity.objects.update(name="Entidad \x07 <b>")
    feed = feed_of(client, "?q=%3Cb%3E%00%0B&categoria=%3Cb%3E")
    feed = feed_of(client)
    assert faults(feed) == []
    entry = entries(feed)[0]
    assert texts(entry, "title", "summary") == [shown, shown]
    assert entry.findtext(f"{ATOM}author/{ATOM}name") == shown
    assert feed.findtext(f"{ATOM}author/{ATOM}name") == "Entidad <b>"


@pytest.mark.parametrize(
    "query", ["?q=%ED%A0%80", "?q=" + "a" * 5000, "?categoria=%00", "?pagina=" + "9" * 5000, "?q=%0B"]
)
def test_whatever_is_asked_for_the_feed_is_valid(client, query):
    published(document(1))
    assert faults(feed_of(client, query)) == []


def test_feed_tells_of_nothing_that_is_not_public(client):
    mark = "xilocarpo"
    practice(rich_document(1, title=mark))
    withdraw(published(rich_document(2, title=mark)).practice, "Motivo")
    public = published(rich_document(3))
    store_document(replace(build_document(public.practice), title=mark))
    Contact.objects.create(practice=public.practice, name=mark, email=f"{mark}@example.org", as_written=mark)
    response = client.get("/practicas.atom")
    assert (mark in response.content.decode(), len(entries(feed_of(client)))) == (False, 1)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("query", ["", "?categoria=oficinas&departamento=17", "?q=practica"])
def test_feed_costs_two_queries_for_one_and_for_three(client, django_assert_num_queries, query):
    """The catalogue version and the publications of the feed."""
    for number in (1, 2, 3):
        published(rich_document(number))
        client.get(f"/practicas.atom{query}")
        with django_assert_num_queries(2):
            client.get(f"/practicas.atom{query}")


@pytest.mark.parametrize(
    ("address", "feed"),
    [
        ("/", "/practicas.atom"),
        ("/practicas/", "/practicas.atom"),
        ("/practicas/?orden=titulo&q=agua&anio=2020&pagina=2", "/practicas.atom?q=agua&amp;anio=2020"),
        ("/autores/aguas-prueba/", "/practicas.atom?autor=aguas-prueba"),
        ("/en/practicas/?categoria=oficinas", "/en/practicas.atom?categoria=oficinas"),
    ],
)
def test_pages_name_their_feed(client, address, feed):
    published(rich_document(1))
    shown = client.get(address).content.decode()
    head = shown.partition("</head>")[0]
    assert head.count('type="application/atom+xml"') == 1
    assert f'href="{feed}"' in head


@pytest.mark.parametrize(("before", "language"), [("", "es-CO"), ("/en", "en")])
def test_browsers_can_search_here(client, before, language):
    published(rich_document(1))
    Identity.objects.update(site_name='Un catálogo & "muy" <largo>, más largo que lo que cabe en la norma')
    response = client.get(f"{before}/opensearch.xml")
    assert response["Content-Type"] == "application/opensearchdescription+xml"
    root = ElementTree.fromstring(response.content)
    assert root.tag == f"{OPENSEARCH}OpenSearchDescription"
    said = {
        name: root.findtext(f"{OPENSEARCH}{name}") for name in ("ShortName", "LongName", "Description", "Language")
    }
    assert len(said["ShortName"]) <= 16
    assert said["LongName"].startswith('Un catálogo & "muy" <largo>')
    assert len(said["LongName"]) <= 48
    assert said["Description"]
    assert said["Language"] == language
    urls = {url.get("type"): url.get("template") for url in root.iterfind(f"{OPENSEARCH}Url")}
    template = urls["text/html"]
    assert template == f"http://testserver{before}/practicas/?q={{searchTerms}}"
    assert ListShown.at(client, template.replace("{searchTerms}", "practica")).count == 1
    assert 'rel="search" type="application/opensearchdescription+xml"' in client.get("/").content.decode()
