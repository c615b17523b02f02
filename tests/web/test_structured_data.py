"""The JSON-LD of pages, expanded as a processor does it, against what schema.org and search engines ask for.

Nothing is fetched: tests/exchange/shapes holds a context with the terms that pages use, and the rules as shapes.
"""

import json
import re
from pathlib import Path

import pytest
from pyshacl import validate
from rdflib import RDF, Graph, Literal, Namespace, URIRef

from practices.document import Category
from practices.extraction.pictures import read_picture
from practices.models.identity import Identity
from tests.factories import author, published, rich_document

pytestmark = [pytest.mark.django_db, pytest.mark.filterwarnings("ignore::DeprecationWarning:rdflib")]
FOLDER = Path(__file__).parent.parent / "exchange" / "shapes"
CONTEXT = json.loads((FOLDER / "schema_org.jsonld").read_text())["@context"]
SHAPES = Graph().parse(FOLDER / "schema_org.ttl")
SCHEMA = Namespace("https://schema.org/")
RELATIVE = "urn:relative:/"
BLOCK = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.DOTALL)
CODE = "BP-PRUEBA-SSPD-001-2020"
PAGES = {
    "/": {"Organization", "WebSite", "SearchAction", "EntryPoint"},
    f"/practicas/{CODE}/": {
        *("Report", "Organization", "AdministrativeArea", "PropertyValue", "DefinedTerm", "DataCatalog"),
        *("MediaObject", "BreadcrumbList", "ListItem"),
    },
    "/autores/aguas-prueba/": {"Organization", "BreadcrumbList", "ListItem"},
    "/datos/": {
        *("DataCatalog", "Dataset", "DataDownload", "Country", "Organization", "BreadcrumbList", "ListItem"),
    },
}
HOSTILE = '</script><script>alert(1)</script> "a" \'b\' & <!-- \u2028 \\u003c {"@id": "urn:x"}'


@pytest.fixture(scope="module")
def one(module_database):
    published(rich_document(1))


def data_of(client, address: str) -> dict:
    (block,) = BLOCK.findall(client.get(address).content.decode())
    data = json.loads(block)
    assert data["@context"] == "https://schema.org"
    return data


def terms(value) -> set[str]:
    """Every name of a property and of a class in it."""
    if isinstance(value, list):
        return set().union(*map(terms, value))
    if not isinstance(value, dict):
        return set()
    own = {name for name in value if not name.startswith("@")} | ({value["@type"]} if "@type" in value else set())
    return own.union(*(terms(item) for item in value.values()))


def expanded(data: dict) -> Graph:
    """With our context in the place of the one that would be fetched."""
    local = {**data, "@context": CONTEXT}
    return Graph().parse(data=json.dumps(local), format="json-ld", base=RELATIVE)


def faults(found: Graph) -> str:
    conforms, _report, text = validate(found, shacl_graph=SHAPES, inference="none")
    return "" if conforms else text


@pytest.mark.parametrize("before", ["", "/en"])
@pytest.mark.parametrize("address", PAGES)
def test_blocks_expand_whole_and_have_what_is_asked_for(client, address, before):
    published(rich_document(1, authors=(author(website="https://aguas.example"),), distinction="Mención"))
    data = data_of(client, f"{before}{address}")
    assert terms(data["@graph"]) <= set(CONTEXT)
    found = expanded(data)
    assert {str(kind).removeprefix(SCHEMA) for kind in found.objects(None, RDF.type)} == PAGES[address]
    assert faults(found) == ""
    # Nothing is relative to a page that a harvester no longer knows.
    assert [node for node in found.all_nodes() if isinstance(node, URIRef) and node.startswith(RELATIVE)] == []


@pytest.mark.parametrize("address", PAGES)
def test_things_have_the_same_names_in_both_languages(client, one, address):

    def named(before: str) -> set[str]:
        return {part["@id"] for part in data_of(client, f"{before}{address}")["@graph"] if "@id" in part}

    assert named("") == named("/en") != set()


@pytest.mark.parametrize("address", PAGES)
def test_hostile_texts_end_no_element_and_make_no_thing(client, address):
    category = Category("oficinas", HOSTILE, 1, HOSTILE)
    odd = author(HOSTILE, slug="aguas-prueba")
    published(rich_document(1, title=HOSTILE, summary=HOSTILE, category=category, authors=(odd,)))
    Identity.objects.update(site_name=HOSTILE, name=HOSTILE)
    found = expanded(data_of(client, address))
    assert faults(found) == ""
    assert URIRef("urn:x") not in set(found.all_nodes())
    assert Literal(" ".join(HOSTILE.split())) in set(found.objects(None, SCHEMA.name))


def test_steps_of_a_way_are_counted_from_one(client, one):
    for address in (f"/practicas/{CODE}/", "/autores/aguas-prueba/", "/datos/"):
        for before in ("", "/en"):
            (way,) = [
                part for part in data_of(client, f"{before}{address}")["@graph"] if part["@type"] == "BreadcrumbList"
            ]
            steps = way["itemListElement"]
            assert [step["position"] for step in steps] == list(range(1, len(steps) + 1))
            assert steps[0]["item"] == f"http://testserver{before}/"
            assert steps[-1]["item"] == f"http://testserver{before}{address}"
            shown = client.get(f"{before}{address}").content.decode()
            trail = shown.partition('<nav class="trail')[2].partition("</nav>")[0]
            assert [step["name"] for step in steps] == [
                " ".join(re.sub(r"<[^>]+>", "", item).split()) for item in re.findall(r"<li.*?</li>", trail, re.DOTALL)
            ]


def test_datasets_have_lasting_names_and_a_version_that_rises(client, one):
    practices, counts = (part for part in data_of(client, "/en/datos/")["@graph"] if part["@type"] == "Dataset")
    assert [each["@id"] for each in (practices, counts)] == [
        "http://testserver/datos/#practicas",
        "http://testserver/datos/#conteos",
    ]
    assert {each["url"] for each in (practices, counts)} == {"http://testserver/en/datos/"}
    assert [each["sameAs"] for each in (practices, counts)] == [
        "http://testserver/practicas/",
        "http://testserver/panorama/",
    ]
    assert practices["temporalCoverage"] == "2020"
    before = practices["version"]
    published(rich_document(2))
    practices = next(part for part in data_of(client, "/datos/")["@graph"] if part["@type"] == "Dataset")
    assert int(practices["version"]) > int(before)


def heads(client, address: str) -> dict[str, list[str]]:
    """Contents of the meta elements of a page by property, and addresses of its links by relation."""
    head = client.get(address).content.decode().partition("</head>")[0]
    found: dict[str, list[str]] = {}
    for name, content in re.findall(r'<meta property="([^"]+)" content="([^"]*)">', head):
        found.setdefault(name, []).append(content)
    for language, target in re.findall(r'<link rel="alternate" hreflang="([^"]+)" href="([^"]+)">', head):
        found.setdefault(f"hreflang {language}", []).append(target)
    found["canonical"] = re.findall(r'<link rel="canonical" href="([^"]+)">', head)
    return found


SHARED = [
    *PAGES,
    *("/practicas/", "/practicas/?categoria=oficinas&orden=titulo&tamano=50", "/practicas/?q=practica&x=1"),
    *("/panorama/", "/criterios/", "/terminos/", "/mapa-del-sitio/", f"/practicas/{CODE}/?q=practica"),
    *("/autores/aguas-prueba/?x=1", f"/practicas/{CODE}/versiones/"),
]


@pytest.mark.parametrize("before", ["", "/en"])
@pytest.mark.parametrize("address", SHARED)
def test_shared_pages_have_a_preview(client, one, address, before):
    said = heads(client, f"{before}{address}")
    og = {name: contents for name, contents in said.items() if name.startswith("og:")}
    assert {name: len(contents) for name, contents in og.items()} == dict.fromkeys(
        [
            *("og:type", "og:title", "og:description", "og:url", "og:site_name", "og:locale", "og:locale:alternate"),
            *("og:image", "og:image:type", "og:image:width", "og:image:height", "og:image:alt"),
        ],
        1,
    )
    assert all(contents != [""] for contents in og.values())
    assert og["og:url"] == said["canonical"]
    assert og["og:type"] == [
        "article" if address.startswith(f"/practicas/{CODE}/") and "versiones" not in address else "website"
    ]
    assert og["og:locale"] + og["og:locale:alternate"] == (["en_US", "es_CO"] if before else ["es_CO", "en_US"])
    assert (og["og:image:width"], og["og:image:height"]) == (["1200"], ["630"])
    assert og["og:image"] == ["http://testserver/static/compartir.png"]


def test_picture_is_what_is_said_of_it(settings):
    content = (settings.BASE_DIR / "static" / "compartir.png").read_bytes()
    picture = read_picture(content)
    assert (picture.media_type, picture.width, picture.height) == ("image/png", 1200, 630)
    assert len(content) < 20_000


def test_hostile_title_is_a_title_wherever_it_is_said(client):
    published(rich_document(1, authors=(author(HOSTILE),)))
    shown = client.get("/practicas/?q=%22%3E%3Cscript%3Ealert(1)%3C/script%3E%26amp;").content.decode()
    head = shown.partition("</head>")[0]
    assert "<script>alert" not in head
    (title,) = re.findall(r"<title>(.*?) · ", head)
    assert re.findall(r'<meta property="og:title" content="([^"]*)">', head) == [title]
    assert "&lt;script&gt;alert(1)&lt;/script&gt;&amp;amp;" in title


@pytest.mark.parametrize("address", SHARED)
def test_languages_of_a_page_name_each_other(client, one, address):
    """Each names itself, its address being its canonical one, and the same set as the other."""
    spanish = heads(client, address)
    languages = {name: targets for name, targets in spanish.items() if name.startswith("hreflang")}
    if address == "/terminos/" and not languages:
        pytest.skip("the institution's own pages name an English one only where there is one")
    assert set(languages) == {"hreflang es-CO", "hreflang en", "hreflang x-default"}
    assert languages["hreflang es-CO"] == languages["hreflang x-default"] == spanish["canonical"]
    (english,) = languages["hreflang en"]
    other = heads(client, english.replace("&amp;", "&"))
    assert other["canonical"] == [english]
    assert {name: targets for name, targets in other.items() if name.startswith("hreflang")} == languages


@pytest.mark.parametrize(
    "address", ["/nada/", f"/practicas/{CODE}/v1/", f"/practicas/{CODE}/versiones/comparar/?de=1&a=1"]
)
def test_pages_for_people_only_have_no_preview(client, address):
    assert [name for name in heads(client, address) if name.startswith("og:")] == []
