"""What a page says of itself to machines, and that none of it is more than what the page says to people."""

import gzip
import json
import re
from dataclasses import replace
from datetime import date
from html import unescape

import html5lib
import pytest

from practices.browse.parameters import FACETS, ORDER, SINCE, SIZE, TEXT, WITH_NATIONAL
from practices.document import Author, Category, Coverage, Implementation, Place
from practices.editorial.documents import build_document
from practices.editorial.publishing import publish
from practices.editorial.recording import store_document
from practices.exchange.writers.metadata import MOST_PLACES, interval, places
from practices.models.contact import Contact
from practices.models.identity import Identity, IdentityLink
from practices.models.identity import Place as LinkPlace
from tests.factories import author, document, published, rich_document

pytestmark = pytest.mark.django_db
CODE = "BP-PRUEBA-SSPD-001-2020"
PAGE = f"/practicas/{CODE}/"
BLOCK = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.DOTALL)
HOSTILE = "</script><script>alert(1)</script> \"a\" 'b' & <!-- \u2028 \\u003c"


def head(client, address: str = PAGE):
    shown = client.get(address).content.decode()
    return html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(shown).find("head")


def tags(client, address: str = PAGE) -> dict[str, list[str]]:
    """By name or property, in the order of the page."""
    found: dict[str, list[str]] = {}
    for meta in head(client, address).iter("meta"):
        if name := meta.get("name") or meta.get("property"):
            found.setdefault(name, []).append(meta.get("content"))
    return found


def parts(client, address: str = PAGE) -> list[dict]:
    (block,) = BLOCK.findall(client.get(address).content.decode())
    data = json.loads(block)
    assert data["@context"] == "https://schema.org"
    return data["@graph"]


def graph(client, address: str = PAGE) -> dict[str, dict]:
    """By type, of which there is one each."""
    found = parts(client, address)
    assert len({part["@type"] for part in found}) == len(found)
    return {part["@type"]: part for part in found}


def test_report_says_what_the_document_says(client):
    first = published(
        rich_document(1, authors=(author(website="https://aguas.example"),), distinction="Mención de honor")
    )
    changed = publish(store_document(replace(build_document(first.practice), summary="Otra cosa.\n\n• Una")))
    report = graph(client)["Report"]
    home, listing = "http://testserver/", "http://testserver/practicas/"
    assert report == {
        "@type": "Report",
        "@id": f"{listing}{CODE}/",
        "url": f"{listing}{CODE}/",
        "name": "Práctica 1",
        "headline": "Práctica 1",
        "image": f"{home}static/compartir.png",
        "abstract": "Otra cosa. Una",
        "author": [
            {
                "@type": "Organization",
                "name": "Aguas de Prueba S.A. E.S.P.",
                "url": f"{home}autores/aguas-prueba/",
                "sameAs": "https://aguas.example",
            }
        ],
        "publisher": {"@type": "Organization", "@id": f"{home}#entidad", "name": "Entidad de ejemplo"},
        "reportNumber": CODE,
        "identifier": CODE,
        "version": 2,
        "datePublished": first.published_at.isoformat(timespec="seconds"),
        "dateModified": changed.published_at.isoformat(timespec="seconds"),
        "temporalCoverage": "2020-04",
        "spatialCoverage": [
            {
                "@type": "AdministrativeArea",
                "name": "Manizales",
                "identifier": {"@type": "PropertyValue", "propertyID": "DIVIPOLA", "value": "17001"},
                "containedInPlace": {"@type": "AdministrativeArea", "name": "Caldas"},
            }
        ],
        "about": [
            {
                "@type": "DefinedTerm",
                "name": "Funcionamiento de las oficinas",
                "url": f"{listing}?categoria=oficinas",
            },
            {"@type": "DefinedTerm", "name": "Acueducto", "url": f"{listing}?servicio=acueducto"},
        ],
        "award": "Mención de honor",
        "creativeWorkStatus": "Published",
        "inLanguage": "es",
        "license": f"{home}derechos-de-autor/",
        "isAccessibleForFree": True,
        "isPartOf": {"@type": "DataCatalog", "@id": f"{home}#catalogo", "name": "Catálogo de buenas prácticas"},
        "encoding": [
            {
                "@type": "MediaObject",
                "encodingFormat": "application/json",
                "contentUrl": f"{listing.rstrip('/')}/{CODE}.json",
            },
            {
                "@type": "MediaObject",
                "encodingFormat": "application/pdf",
                "contentUrl": f"{listing.rstrip('/')}/{CODE}.pdf",
            },
        ],
    }


def test_every_address_that_the_metadata_name_answers(client):
    published(rich_document(1))
    report = graph(client)["Report"]
    named = [report["@id"], report["license"], report["author"][0]["url"], report["encoding"][0]["contentUrl"]]
    named += [term["url"] for term in report["about"]]
    named += [step["item"] for step in graph(client, f"/en{PAGE}")["BreadcrumbList"]["itemListElement"]]
    named += tags(client)["citation_pdf_url"]
    assert {client.get(address).status_code for address in named} == {200}
    # The version in force leads to the practice.
    (version,) = tags(client)["citation_public_url"]
    assert client.get(version)["Location"] == PAGE


def test_a_bare_practice_says_nothing_empty(client):
    published(document(1))
    report = graph(client)["Report"]
    assert all(value not in ("", [], None) for value in report.values())
    assert not {"temporalCoverage", "spatialCoverage", "about", "award"} & set(report)
    assert all(content for contents in tags(client).values() for content in contents)


def test_an_english_page_tells_of_a_spanish_record(client):
    published(rich_document(1))
    spanish, english = graph(client)["Report"], graph(client, f"/en{PAGE}")["Report"]
    assert english == {**spanish, "url": f"http://testserver/en{PAGE}"}
    assert (spanish["inLanguage"], tags(client, f"/en{PAGE}")["DC.language"]) == ("es", ["es"])
    said = tags(client, f"/en{PAGE}")
    assert (said["og:locale"], said["og:url"]) == (["en_US"], [f"http://testserver/en{PAGE}"])
    steps = graph(client, f"/en{PAGE}")["BreadcrumbList"]["itemListElement"]
    assert [(step["position"], step["name"], step["item"].removeprefix("http://testserver")) for step in steps] == [
        (1, "Home", "/en/"),
        (2, "Practices", "/en/practicas/"),
        (3, "Funcionamiento de las oficinas", "/en/practicas/?categoria=oficinas"),
        (4, CODE, f"/en{PAGE}"),
    ]


def test_tags_for_harvesters_and_reference_managers(client):
    two = (author(), author("Otra S.A."))
    publication = published(rich_document(1, authors=two))
    said = tags(client)
    names = [each.as_written for each in two]
    assert (said["DC.creator"], said["citation_author"]) == (names, names)
    assert said["DC.title"] == said["citation_title"] == said["og:title"] == ["Práctica 1"]
    assert said["DC.identifier"] == said["citation_technical_report_number"] == [CODE]
    assert said["DC.subject"] == said["citation_keywords"] == ["Funcionamiento de las oficinas", "Acueducto"]
    assert said["citation_abstract_html_url"] == [f"http://testserver{PAGE}"]
    assert said["DCTERMS.issued"] == said["DCTERMS.modified"] == said["DC.date"]
    assert said["DC.description"] == said["og:description"]
    assert said["DC.coverage"] == ["Caldas – Manizales"]
    assert said["citation_public_url"] == [f"http://testserver{PAGE}v1/"]
    assert said["citation_publication_date"] == [said["DC.date"][0].replace("-", "/")]
    assert said["og:type"] == ["article"]
    assert said["og:locale"] == ["es_CO"]
    assert said["og:description"] == ["Lo que se hizo."]
    assert said["og:site_name"] == ["Catálogo de buenas prácticas"]
    assert said["article:published_time"] == [publication.published_at.isoformat(timespec="seconds")]


def test_hostile_texts_end_no_element_and_come_back_whole(client):
    category = Category("oficinas", HOSTILE, 1, HOSTILE)
    published(rich_document(1, title=HOSTILE, summary=HOSTILE, authors=(author(HOSTILE),), category=category))
    Identity.objects.update(site_name=HOSTILE, name=HOSTILE)
    said = " ".join(HOSTILE.split())
    for before in ("", "/en"):
        shown = client.get(f"{before}{PAGE}").content.decode()
        (block,) = BLOCK.findall(shown)
        assert not set("<>&\u2028") & set(block)
        assert "alert(1)</script>" not in shown
        assert graph(client, f"{before}{PAGE}")["Report"]["headline"] == said
        assert tags(client, f"{before}{PAGE}")["DC.title"] == [said]
        assert graph(client, f"{before}/")["WebSite"]["name"] == said


def test_contacts_are_in_no_metadata(client):
    publication = published(rich_document(1))
    contact = {"name": "Xilocarpo", "email": "xilocarpo@example.org", "phone": "3001234567"}
    Contact.objects.create(
        practice=publication.practice, consent_given_on=date(2020, 1, 1), consent_given_by="Carta", **contact
    )
    assert "xilocarpo@example.org" in client.get(PAGE).content.decode()
    machine = json.dumps([tags(client), graph(client)], ensure_ascii=False)
    assert "ilocarpo" not in machine
    assert "3001234567" not in machine


@pytest.mark.parametrize(
    ("start", "end", "said"),
    [
        ("", "", ""),
        ("2020", "2020", "2020"),
        ("2020-04", "2021", "2020-04/2021"),
        ("2020", "", "2020/.."),
        ("2020-04-15", "2020-04-15", "2020-04-15"),
    ],
)
def test_interval_is_iso(start, end, said):
    assert interval(Implementation("texto", start, end)) == said


def test_places_of_a_practice_are_few():
    caldas, huila = Place("17", "Caldas"), Place("41", "Huila")
    many = tuple(Place(f"17{number:03d}", f"M{number}", "17") for number in range(MOST_PLACES + 1))

    def named(**fields) -> list[str]:
        return [place["name"] for place in places(document(1, coverage=Coverage(**fields)))]

    assert named(national=True, departments=(caldas,)) == ["Colombia"]
    assert named(departments=(caldas, huila), municipalities=many[:1]) == ["M0", "Huila"]
    assert named(departments=(caldas, huila), municipalities=many) == ["Caldas", "Huila"]
    assert named() == []


def test_an_earlier_version_is_told_to_people_only(client):
    first = published(rich_document(1))
    publish(store_document(replace(build_document(first.practice), summary="Otra cosa.")))
    shown = client.get(f"{PAGE}v1/").content.decode()
    assert ("ld+json" in shown, "citation_title" in shown, "og:title" in shown) == (False, False, False)


def test_home_tells_whose_site_it_is(client):
    Identity.objects.update(name="Superintendencia de Prueba", short_name="SP", nit="800.000.000-0", govco=True)
    identity = Identity.objects.get()
    IdentityLink.objects.create(identity=identity, place=LinkPlace.SOCIAL, label="X", address="https://x.com/prueba")
    said = graph(client, "/")
    assert said["GovernmentOrganization"] == {
        "@type": "GovernmentOrganization",
        "@id": "http://testserver/#entidad",
        "name": "Superintendencia de Prueba",
        "alternateName": "SP",
        "url": "http://testserver/",
        "taxID": "800.000.000-0",
        "sameAs": ["https://x.com/prueba"],
    }
    action = said["WebSite"]["potentialAction"]
    assert action["target"]["urlTemplate"] == "http://testserver/practicas/?q={search_term_string}"


def test_license_is_told_only_where_its_page_is_known(client):
    published(rich_document(1))
    IdentityLink.objects.filter(address="/derechos-de-autor/").delete()
    Identity.objects.get().save()
    assert "license" not in graph(client)["Report"]
    assert "DC.rights" not in tags(client)


def test_page_of_a_long_practice_stays_light_with_its_metadata(client):
    authors = tuple(Author(f"Empresa número {n} S.A. E.S.P.", f"Empresa {n}", "") for n in range(10))
    text = " ".join(f"Se hizo la cosa número {number}." for number in range(400))
    published(rich_document(1, summary=text, impact=text, authors=authors))
    page = client.get(PAGE, HTTP_ACCEPT_ENCODING="gzip")
    block = BLOCK.findall(gzip.decompress(page.content).decode())[0]
    assert len(block.encode()) < 8_000
    assert len(page.content) < 50_000


def test_open_data_tells_people_and_machines_the_same(client):
    published(rich_document(1))
    shown = client.get("/en/datos/").content.decode()
    said = parts(client, "/en/datos/")
    assert [part["@type"] for part in said] == ["DataCatalog", "Dataset", "Dataset", "Organization", "BreadcrumbList"]
    catalogue, practices, counts, organization, trail = said
    assert catalogue["dataset"] == [{"@id": practices["@id"]}, {"@id": counts["@id"]}]
    for dataset in (practices, counts):
        assert dataset["includedInDataCatalog"]["@id"] == catalogue["@id"] == "http://testserver/#catalogo"
        assert dataset["creator"]["@id"] == organization["@id"] == catalogue["publisher"]["@id"]
        assert 50 <= len(dataset["description"]) <= 5000
        assert dataset["license"] == "http://testserver/derechos-de-autor/"
    assert [(step["name"], step["item"]) for step in trail["itemListElement"]] == [
        ("Home", "http://testserver/en/"),
        ("Open data", "http://testserver/en/datos/"),
    ]
    for download in practices["distribution"] + counts["distribution"]:
        response = client.get(download["contentUrl"])
        assert (response.status_code, response["Content-Type"].partition(";")[0]) == (200, download["encodingFormat"])
        assert f'href="{download["contentUrl"]}"' in shown


def test_every_address_and_example_of_open_data_answers(client):
    published(rich_document(1, title="Tarifa"))
    for before in ("", "/en"):
        shown = unescape(client.get(f"{before}/datos/").content.decode())
        addresses = re.findall(r'<span class="code">(http[^<]*)<', shown)
        commands = re.findall(r"<code class=\"code\">curl (?:-o \S+ )?'([^']*)'<", shown)
        assert len(addresses) >= 9
        assert len(commands) >= 2
        assert {client.get(address).status_code for address in addresses + commands} == {200}
        assert all(f"testserver{before}/" in address for address in addresses)


def test_open_data_names_every_parameter_of_a_list(client):
    shown = client.get("/datos/").content.decode()
    named = set(re.findall(r'<dt class="code">([a-z]+)', shown))
    assert named == {TEXT, *FACETS, WITH_NATIONAL, ORDER, SIZE, SINCE, "pagina"}


def test_open_data_of_an_empty_catalogue_names_no_practice_that_is_there(client):
    response = client.get("/en/datos/")
    assert response.status_code == 200
    assert "Of one practice" not in response.content.decode()


@pytest.mark.django_db(transaction=True)
def test_open_data_costs_two_queries_for_one_and_for_three(client, django_assert_num_queries):
    for number in (1, 2, 3):
        published(rich_document(number))
        client.get("/datos/")
        with django_assert_num_queries(2):
            client.get("/datos/")
