"""Cool addresses do not change: what was published under a code answers under it for ever."""

from copy import deepcopy
from dataclasses import replace
from datetime import datetime
from xml.etree import ElementTree

import pytest
from django.utils.timezone import localdate

from practices.editorial.documents import build_document
from practices.editorial.publishing import publish, withdraw
from practices.editorial.recoding import correct_code
from practices.editorial.recording import store_document
from practices.models.code_alias import CodeAlias
from practices.models.practice import Practice
from practices.models.vocabulary import CodeSeries
from tests.factories import attachment, document, practice, published, rich_document

pytestmark = pytest.mark.django_db
OLD, NEW, OTHER = "BP-PRUEBA-SSPD-001-2020", "BP-ENSAYO-SSPD-041-2021", "BP-PRUEBA-SSPD-002-2020"
PAGES = [
    *("/", "/?orden=titulo&q=a%20b", ".json", ".bib", ".ris", ".pdf", "/archivos/1/", "/versiones/"),
    *("/versiones/comparar/?de=1&a=2", "/v1/", "/v2/", "/v1/archivos/1/"),
]
# Nothing is a spelling of a code that only a series could tell apart, unless it is given one.
SPELLINGS = [OLD, OLD.lower(), "BP-PRUEBA-SSPD-1-2020", "bp_prueba_sspd_001_2020", "bppruebasspd0012020", f"VER {OLD}"]
REASON = "Cifras falsas."
MARK = "xilocarpo"


def correct(code: str, to: str) -> None:
    correct_code(Practice.objects.get(code=code), to, "Estaba mal escrito.")


@pytest.fixture(scope="module")
def made(module_database) -> Practice:
    """Version 1 under the old code, with a file, version 2 under the new one; another practice; a draft."""
    first = published(document(1, attachments=(attachment(b"uno", "uno.txt"),)))
    CodeSeries.objects.get_or_create(prefix="BP-PRUEBA-SSPD")
    correct(OLD, NEW)
    published(document(2))
    practice(document(3, title=MARK))
    return first.practice


@pytest.fixture
def corrected(made):
    """What is made for all is copied for each: to withdraw it changes it."""
    return deepcopy(made)


@pytest.mark.parametrize("language", ["", "/en"])
@pytest.mark.parametrize("end", PAGES)
def test_every_address_leads_to_the_same_under_the_new_code(client, corrected, language, end):
    response = client.get(f"{language}/practicas/{OLD}{end}")
    assert (response.status_code, response["Location"]) == (301, f"{language}/practicas/{NEW}{end}")


@pytest.mark.parametrize("spelling", SPELLINGS)
def test_a_former_code_is_read_in_any_spelling(client, corrected, spelling):
    for end in ("/", ".json", "/v1/"):
        response = client.get(f"/practicas/{spelling}{end}")
        assert (response.status_code, response["Location"]) == (301, f"/practicas/{NEW}{end}")


def test_who_keeps_a_redirection_asks_again_since_a_code_may_come_back(client, corrected):
    assert "max-age=0" in client.get(f"/practicas/{OLD}/")["Cache-Control"]
    correct(NEW, OLD)
    assert client.get(f"/practicas/{OLD}/").status_code == 200
    assert client.get(f"/practicas/{NEW}/v1/")["Location"] == f"/practicas/{OLD}/v1/"


def test_from_every_former_code_it_is_one_step(client, corrected):
    last = "BP-ENSAYO-SSPD-099-2021"
    correct(NEW, last)
    found = [client.get(f"/practicas/{code}/")["Location"] for code in (OLD, NEW)]
    assert found == [f"/practicas/{last}/"] * 2


@pytest.mark.parametrize("code", ["BP-PRUEBA-SSPD-003-2020", "BP-PRUEBA-SSPD-999-2020", "x" * 101, "%00", "-", "'"])
def test_nothing_else_is_found(client, corrected, code):
    response = client.get(f"/practicas/{code}/")
    assert response.status_code == 404
    assert MARK not in response.content.decode()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("corrections", [0, 1, 3])
def test_a_code_in_use_costs_no_query_more(client, django_assert_num_queries, corrections):
    publication = published(document(1))
    code = OLD
    for number in range(corrections):
        code, before = f"BP-ENSAYO-SSPD-{number + 10:03d}-2021", code
        correct(before, code)
    client.get("/criterios/")
    assert CodeAlias.objects.count() == corrections
    for address, queries in ((f"/practicas/{code}.json", 2), (f"/practicas/{code}/versiones/", 3)):
        with django_assert_num_queries(queries):
            assert client.get(address).status_code == 200
    if corrections:
        # The version, the code, the series, the former code.
        with django_assert_num_queries(4):
            assert client.get(f"/practicas/{OLD}.json").status_code == 301
    assert publication.practice.publications.count() == corrections + 1


def test_an_old_version_shows_the_code_of_then_and_says_so(client, corrected):
    text = client.get(f"/en/practicas/{NEW}/v1/").content.decode()
    assert f'<p class="code">{OLD}</p>' in text
    assert f"Its code was then {OLD}; today it is {NEW}." in text
    assert f"[Good practice {OLD}]" in text
    assert f"http://testserver/practicas/{NEW}/v1/" in text
    assert f"/practicas/{OLD}/" not in text
    listed = client.get(f"/en/practicas/{NEW}/versiones/").content.decode()
    assert listed.count(f'<span class="code">{OLD}</span>') == 1
    assert "Estaba mal escrito." in listed
    changes = client.get(f"/practicas/{NEW}/versiones/comparar/?de=1&a=2").context["changes"]
    assert [change.field for change in changes] == ["code"]


def test_of_one_code_the_version_says_nothing_of_codes(client):
    record = published(document(1)).practice
    store_document(replace(build_document(record), summary="Otra cosa."))
    publish(record)
    assert "Its code was then" not in client.get(f"/en/practicas/{OLD}/v1/").content.decode()


# --- Searching, comparing, following --------------------------------------------------------------------------------


@pytest.mark.parametrize("typed", SPELLINGS)
def test_searching_for_the_former_code_leads_to_the_practice(client, corrected, typed):
    response = client.get("/practicas/", {"q": typed})
    assert (response.status_code, response["Location"]) == (302, f"/practicas/{NEW}/")


def test_a_former_code_is_found_with_something_else_chosen_and_offered_while_typing(client):
    published(rich_document(1))
    correct(OLD, NEW)
    published(rich_document(2))
    found = client.get(f"/practicas.json?q={OLD}&categoria=oficinas").json()["results"]
    assert [result["code"] for result in found] == [NEW]
    for typed in (OLD, OLD[:-5]):
        offered = client.get("/buscar/sugerencias.json", {"q": typed}).json()["suggestions"]
        assert offered[0]["code"] == NEW


@pytest.mark.django_db(transaction=True)
def test_a_whole_code_in_use_is_searched_without_a_query_more(client, django_assert_num_queries):
    published(document(1))
    correct(OLD, NEW)
    published(document(2))
    client.get("/criterios/")
    for code in (OTHER, NEW, OLD):
        client.get(f"/practicas/?q={code}&x=1")
        with django_assert_num_queries(2 + (code == OLD)):
            assert client.get(f"/practicas/?q={code}&x=1").status_code == 302


def test_a_comparison_is_kept_under_former_codes(client, corrected):
    response = client.get(f"/comparar/?codigo={OLD}&codigo={OTHER}")
    assert [column.document.code for column in response.context["columns"]] == [NEW, OTHER]
    assert OLD not in response.content.decode().replace(f"codigo={OLD}", "")
    data = client.get(f"/comparar.json?codigo={OLD.lower()}&codigo={OTHER}").content.decode()
    assert (NEW in data, OLD in data) == (True, False)
    assert (
        client.get(f"/comparar.json?codigo={OLD}&codigo={NEW}").content
        == client.get(f"/comparar.json?codigo={NEW}").content
    )


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("number", [1, 3])
def test_a_comparison_under_former_codes_costs_two_queries_more(client, django_assert_num_queries, number):
    olds = [f"BP-PRUEBA-SSPD-{place:03d}-2020" for place in range(1, number + 1)]
    for place, old in enumerate(olds, 1):
        published(document(place))
        correct(old, f"BP-ENSAYO-SSPD-{place:03d}-2021")
    client.get("/criterios/")
    asked = "&".join(f"codigo={old}" for old in olds)
    client.get(f"/comparar.json?{asked}")
    with django_assert_num_queries(4):
        client.get(f"/comparar.json?{asked}&x=1")


def test_exports_feed_and_sitemap_hold_the_present_code_only(client, corrected):
    feed = client.get("/practicas.atom").content.decode()
    # But for its id, which never changes.
    assert feed.count(f"<id>http://testserver/practicas/{OLD}/</id>") == feed.count(OLD) == 1
    assert f'href="http://testserver/practicas/{NEW}/"' in feed
    for address in ("/sitemap-practices.xml", "/practicas.json", "/practicas/"):
        text = client.get(address).content.decode()
        assert (NEW in text, OLD in text) == (True, False), address
    for address in ("/practicas.csv", "/practicas.jsonl"):
        text = b"".join(client.get(address).streaming_content).decode()
        assert (NEW in text, OLD in text) == (True, False), address


def test_the_id_in_the_feed_stays_through_every_correction(client):
    published(document(1))
    ids = [ids_of(client)]
    for before, code in ((OLD, NEW), (NEW, OTHER), (OTHER, OLD)):
        correct(before, code)
        ids.append(ids_of(client))
    assert ids == [[f"http://testserver/practicas/{OLD}/"]] * 4


def ids_of(client) -> list[str]:
    atom = "{http://www.w3.org/2005/Atom}"
    root = ElementTree.fromstring(client.get("/practicas.atom").content)
    return [entry.findtext(f"{atom}id") for entry in root.iter(f"{atom}entry")]


# --- Withdrawn ------------------------------------------------------------------------------------------------------

GONE = ["/", ".json", ".bib", ".ris", ".pdf", "/archivos/1/", "/versiones/", "/versiones/comparar/", "/v1/", "/v2/"]


@pytest.mark.parametrize("language", ["", "/en"])
@pytest.mark.parametrize("end", [*GONE, "/v1/archivos/1/"])
def test_a_withdrawn_practice_is_gone_under_each_of_its_codes(client, corrected, language, end):
    withdraw(corrected, REASON)
    moved = client.get(f"{language}/practicas/{OLD}{end}")
    assert (moved.status_code, moved["Location"]) == (301, f"{language}/practicas/{NEW}{end}")
    response = client.get(moved["Location"])
    assert (response.status_code, response["X-Robots-Tag"]) == (410, "noindex")
    text = response.content.decode()
    assert (REASON in text, NEW in text, "Lo que se hizo" in text) == (True, True, False)


def test_programs_are_told_in_their_own_words_that_it_is_gone(client, corrected):
    withdraw(corrected, "Motivo: «cifras» <falsas>")
    response = client.get(f"/practicas/{NEW}.json")
    withdrawn = response.json()["withdrawn"]
    assert response["Content-Type"] == "application/json"
    assert response.json() == {
        "error": "withdrawn",
        "code": NEW,
        "withdrawn": withdrawn,
        "reason": "Motivo: «cifras» <falsas>",
    }
    for end in (".bib", ".ris"):
        response = client.get(f"/en/practicas/{NEW}{end}")
        assert response["Content-Type"] == "text/plain; charset=utf-8"
        assert response.content.decode().splitlines() == [
            "This practice was withdrawn",
            f"Code: {NEW}",
            f"Withdrawn on: {localdate(datetime.fromisoformat(withdrawn))}",
            "Reason: Motivo: «cifras» <falsas>",
        ]
    for end in (".pdf", "/archivos/1/"):
        assert "&lt;falsas&gt;" in client.get(f"/practicas/{NEW}{end}").content.decode()


def test_a_withdrawn_version_under_a_former_code_stays_gone(client):
    record = published(document(1)).practice
    withdraw(record, REASON)
    publish(record)
    correct(OLD, NEW)
    response = client.get(f"/practicas/{NEW}/v1/")
    assert (response.status_code, REASON in response.content.decode()) == (410, True)
    assert client.get(f"/practicas/{OLD}/v1/")["Location"] == f"/practicas/{NEW}/v1/"


# --- Sitemaps -------------------------------------------------------------------------------------------------------


def test_a_sitemap_that_one_has_is_not_sent_again(client, corrected):
    for address in ("/sitemap.xml", "/sitemap-practices.xml", "/sitemap-pages.xml", "/sitemap-authors.xml"):
        first = client.get(address)
        again = client.get(address, HTTP_IF_NONE_MATCH=first["ETag"])
        assert (address, first.status_code, again.status_code, again.content) == (address, 200, 304, b"")
        assert "noindex" in first["X-Robots-Tag"]
    published(document(7))
    assert client.get("/sitemap.xml", HTTP_IF_NONE_MATCH=first["ETag"]).status_code == 200


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("number", [1, 3])
def test_a_sitemap_costs_the_same_for_one_and_for_three(client, django_assert_num_queries, number):
    for place in range(number):
        published(document(place + 1))
    client.get("/criterios/")
    client.get("/sitemap-practices.xml")  # the first visit keeps the row of django.contrib.sites
    for address, queries in (("/sitemap.xml?x=1", 9), ("/sitemap-practices.xml?x=1", 2)):
        with django_assert_num_queries(queries):
            assert client.get(address).status_code == 200


def test_the_index_says_when_a_practice_went(client, corrected):
    before = changes_in_index(client)
    withdraw(published(document(5)).practice, REASON)
    withdraw(corrected, REASON)
    corrected.refresh_from_db()
    gone_at = corrected.publications.order_by("-number")[0].withdrawn_at
    after = changes_in_index(client)
    assert after["/sitemap-practices.xml"] == after["/sitemap-authors.xml"] == gone_at
    assert before["/sitemap-practices.xml"] < after["/sitemap-practices.xml"]


def changes_in_index(client) -> dict[str, datetime]:
    site = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
    root = ElementTree.fromstring(client.get("/sitemap.xml").content)
    return {
        one.findtext(f"{site}loc").removeprefix("http://testserver"): datetime.fromisoformat(
            one.findtext(f"{site}lastmod")
        )
        for one in root.iter(f"{site}sitemap")
    }
