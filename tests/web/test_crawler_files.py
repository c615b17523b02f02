"""The sitemap and the OpenSearch description by the rules of their formats (sitemaps.org 0.9, OpenSearch 1.1)."""

import re
from xml.etree import ElementTree

import pytest
from django.test import Client

from practices.models.identity import Identity
from practices.web.sitemaps import SITEMAPS
from tests.factories import document, published, rich_document

pytestmark = pytest.mark.django_db
SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
XHTML = "{http://www.w3.org/1999/xhtml}"
OPENSEARCH = "{http://a9.com/-/spec/opensearch/1.1/}"
ADDRESS = re.compile(r"http://testserver/[\x21-\x7e]*")
# https://www.w3.org/TR/NOTE-datetime: a day, or a moment with its offset.
MOMENT = re.compile(r"\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d))?")
MOST_ADDRESSES, MOST_BYTES, LONGEST = 50_000, 50 * 1024 * 1024, 2_048
LANGUAGE = re.compile(r"[a-z]{2,3}(-[a-zA-Z]{2})?|x-default")


def rows(content: bytes, root: str, row: str) -> list[dict[str, str]]:
    """Of a sitemap or an index, each row as its names and texts. Fails where the schema would."""
    assert len(content) <= MOST_BYTES
    tree = ElementTree.fromstring(content)
    assert (tree.tag, len(tree) <= MOST_ADDRESSES) == (f"{SITEMAP}{root}", True)
    found = []
    for each in tree:
        own = [child for child in each if child.tag.startswith(SITEMAP)]
        names = [child.tag.removeprefix(SITEMAP) for child in own]
        # An xsd:sequence would have it in this order; each at most once.
        assert (each.tag, names) == (f"{SITEMAP}{row}", ["loc", "lastmod"])
        assert {child.tag for child in each} - {child.tag for child in own} <= {f"{XHTML}link"}
        said = {child.tag.removeprefix(SITEMAP): child.text for child in own}
        assert ADDRESS.fullmatch(said["loc"])
        assert len(said["loc"]) < LONGEST
        assert MOMENT.fullmatch(said["lastmod"])
        found.append(said)
    addresses = [each["loc"] for each in found]
    assert len(addresses) == len(set(addresses))
    return found


def alternates(content: bytes) -> dict[str, dict[str, str]]:
    """Of each address of a sitemap, the same page by language."""
    found = {}
    for each in ElementTree.fromstring(content):
        targets = {link.get("hreflang"): link.get("href") for link in each.findall(f"{XHTML}link")}
        assert all(LANGUAGE.fullmatch(code) for code in targets)
        assert {link.get("rel") for link in each.findall(f"{XHTML}link")} == {"alternate"}
        found[each.findtext(f"{SITEMAP}loc")] = targets
    return found


@pytest.fixture
def collection():
    published(rich_document(1))
    published(document(2))


def test_index_and_every_part_follow_the_schema(client, collection):
    response = client.get("/sitemap.xml")
    assert response["Content-Type"] == "application/xml"
    parts = rows(response.content, "sitemapindex", "sitemap")
    assert [part["loc"] for part in parts] == [f"http://testserver/sitemap-{name}.xml" for name in SITEMAPS]
    for part in parts:
        answer = client.get(part["loc"])
        assert (answer.status_code, answer["Content-Type"]) == (200, "application/xml")
        assert rows(answer.content, "urlset", "url") != []


def test_languages_of_a_sitemap_name_each_other(client, collection):
    for name in SITEMAPS:
        pages = alternates(client.get(f"/sitemap-{name}.xml").content)
        for address, targets in pages.items():
            assert address in targets.values()
            assert targets["x-default"] == targets["es-co"]
            assert {other for other in targets.values() if pages[other] != targets} == set()


def test_sitemap_and_page_name_the_same_addresses(client, collection):
    """What a crawler is told twice is told the same."""
    for address in alternates(client.get("/sitemap-practices.xml").content):
        head = client.get(address).content.decode().partition("</head>")[0]
        assert re.findall(r'<link rel="canonical" href="([^"]+)">', head) == [address]


def test_sitemap_under_another_name_of_the_site_is_of_that_name(collection):
    answer = Client(HTTP_HOST="localhost").get("/sitemap.xml").content.decode()
    assert re.findall(r"<loc>(http://[^/]+)/", answer) == ["http://localhost"] * len(SITEMAPS)


@pytest.mark.django_db(transaction=True)
def test_index_costs_the_same_queries_for_one_and_for_three(client, django_assert_num_queries):
    """The catalogue version; of texts, practices and authors how many there are and the newest change, a withdrawal
    among them."""
    for number in (1, 2, 3):
        published(document(number))
        client.get("/criterios/")
        client.get("/sitemap.xml")
        with django_assert_num_queries(9):
            client.get("/sitemap.xml")


@pytest.mark.parametrize("before", ["", "/en"])
def test_description_of_the_search_follows_its_format(client, collection, before):
    Identity.objects.update(site_name="Un catálogo de nombre más largo que lo que cabe en esta norma de 1.1")
    tree = ElementTree.fromstring(client.get(f"{before}/opensearch.xml").content)
    assert tree.tag == f"{OPENSEARCH}OpenSearchDescription"
    texts = {child.tag.removeprefix(OPENSEARCH): child.text for child in tree if not child.attrib}
    longest = {"ShortName": 16, "LongName": 48, "Description": 1024}
    assert {name: 0 < len(texts[name]) <= most for name, most in longest.items()} == dict.fromkeys(longest, True)
    assert texts["InputEncoding"] == texts["OutputEncoding"] == "UTF-8"
    assert set(texts) == {*longest, "Language", "InputEncoding", "OutputEncoding"}
    image = tree.find(f"{OPENSEARCH}Image")
    assert (image.get("type"), image.text) == ("image/svg+xml", "http://testserver/static/favicon.svg")


@pytest.mark.parametrize("before", ["", "/en"])
def test_each_way_to_search_answers_as_its_type(client, collection, before):
    tree = ElementTree.fromstring(client.get(f"{before}/opensearch.xml").content)
    (example,) = tree.findall(f"{OPENSEARCH}Query")
    assert example.get("role") == "example"
    urls = tree.findall(f"{OPENSEARCH}Url")
    assert [url.get("type") for url in urls] == [
        "text/html",
        "application/atom+xml",
        "application/json",
        "application/opensearchdescription+xml",
    ]
    for url in urls:
        template = url.get("template")
        assert re.findall(r"\{([^}]*)\}", template) == (["searchTerms"] if url.get("rel") != "self" else [])
        answer = client.get(template.replace("{searchTerms}", example.get("searchTerms")))
        assert (answer.status_code, answer["Content-Type"].partition(";")[0]) == (200, url.get("type"))
