"""The addresses of the documents: what they answer, and to whom."""

import html5lib
import pytest
from django.core.management import call_command

from practices.editorial.publishing import withdraw
from practices.exchange.writers import pdf
from practices.models.contact import Contact
from tests.factories import OFFICES, document, practice, published, rich_document
from tests.pdf import pages_of, squeezed, text_of, title_of

pytestmark = pytest.mark.django_db
CODE = "BP-PRUEBA-SSPD-001-2020"
FICHA = f"/practicas/{CODE}.pdf"


@pytest.fixture
def _few(monkeypatch):
    """A compendium of two is large."""
    monkeypatch.setattr(pdf, "MOST_PRACTICES", 2)


@pytest.mark.django_db(transaction=True)
def test_ficha_is_a_pdf_that_opens_in_the_browser(client, django_assert_num_queries):
    """Two queries: the publication, and the catalogue version for whose document it is."""
    published(rich_document(1))
    client.get("/criterios/")
    with django_assert_num_queries(2):
        response = client.get(FICHA)
    assert (response.status_code, response["Content-Type"]) == (200, "application/pdf")
    assert response["Content-Disposition"] == f'inline; filename="{CODE}.pdf"'
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Link"] == f'<http://testserver/practicas/{CODE}/>; rel="canonical"'
    assert "default-src 'none'" in response["Content-Security-Policy"]
    assert f"http://testserver/practicas/{CODE}/" in squeezed(text_of(response.content))


def test_ficha_of_the_real_record_has_two_pages(client, settings):
    call_command("load_vocabulary", verbosity=0)
    call_command(
        "import_practices",
        settings.BASE_DIR / "fixtures/records/BP-ANDESCO-SSPD-002-2020.json",
        publish=True,
        verbosity=0,
    )
    for prefix in ("", "/en"):
        response = client.get(f"{prefix}/practicas/BP-ANDESCO-SSPD-002-2020.pdf")
        assert len(pages_of(response.content)) == 2
        assert title_of(response.content).startswith("Un contacto virtual para hacer nuestra relación más real")


def test_ficha_speaks_the_language_of_its_address(client):
    published(rich_document(1))
    english, spanish = client.get(f"/en{FICHA}").content, client.get(FICHA).content
    assert b"/Lang(en)/StructTreeRoot" in english
    assert b"/Lang(es-CO)/StructTreeRoot" in spanish
    assert "Why it worked" in text_of(english)
    assert "Why it worked" not in text_of(spanish)
    assert f"http://testserver/en/practicas/{CODE}/" in squeezed(text_of(english))


def test_contact_with_consent_is_on_the_page_and_in_no_document(client):
    publication = published(rich_document(1))
    Contact.objects.create(
        practice=publication.practice,
        email="xilocarpo@example.org",
        consent_given_on="2020-01-01",
        consent_given_by="Carta",
    )
    assert "xilocarpo@" in client.get(f"/practicas/{CODE}/").content.decode()
    for address in (FICHA, "/practicas.pdf"):
        content = client.get(address).content
        assert "xilocarpo" not in text_of(content)
        assert b"xilocarpo" not in content


def test_other_spellings_redirect_to_the_document(client):
    published(document(1))
    response = client.get("/en/practicas/bp-prueba-sspd-001-2020.pdf")
    assert (response.status_code, response["Location"]) == (301, f"/en{FICHA}")


def test_withdrawn_practice_has_no_document_any_more(client):
    withdraw(published(document(1)).practice, "Motivo")
    response = client.get(FICHA)
    assert response.status_code == 410
    assert "Motivo" in response.content.decode()


@pytest.mark.parametrize("code", [CODE, "x", "%00", "a" * 3000, ".."])
def test_what_is_not_published_has_no_document(client, code):
    practice(document(1))
    assert client.get(f"/practicas/{code}.pdf").status_code == 404


@pytest.mark.django_db(transaction=True)
def test_compendium_costs_two_queries_for_one_and_for_three(client, django_assert_num_queries):
    """The catalogue version and the publications; what changed since is read by the first visit."""
    for number in (1, 2, 3):
        published(rich_document(number))
        client.get("/practicas/")
        with django_assert_num_queries(2):
            response = client.get("/practicas.pdf")
        assert len(pages_of(response.content)) == 2 + number


def test_compendium_is_the_selection_of_the_list_in_its_order_and_words(client):
    for number, title in [(1, "Cedro"), (2, "Abeto"), (3, "Nogal")]:
        published(rich_document(number, title=title))
    published(document(4, title="Roble"))
    query = f"categoria={OFFICES.slug}&orden=titulo&pagina=7&x=y"
    response = client.get(f"/en/practicas.pdf?{query}")
    cover, index, *fichas = pages_of(response.content)
    assert title_of(response.content) == "3 practices, category 1. Funcionamiento de las oficinas"
    assert title_of(response.content) in cover
    assert [index.index(title) for title in ("Abeto", "Cedro", "Nogal")] == sorted(
        index.index(title) for title in ("Abeto", "Cedro", "Nogal")
    )
    assert "Roble" not in index
    assert len(fichas) == 3
    assert response["Content-Disposition"] == (
        'inline; filename="3-practices-category-1-funcionamiento-de-las-oficinas.pdf"'
    )
    assert response["X-Robots-Tag"] == "noindex"


def test_file_name_is_safe_whatever_was_searched_for(client):
    published(document(1, summary="agua"))
    response = client.get('/en/practicas.pdf?q=agua+";%0d%0aX-Evil:1+../<b>agua')
    assert response.status_code in {200, 422}
    response = client.get("/practicas.pdf?q=agua")
    assert response["Content-Disposition"].startswith('inline; filename="1-')


@pytest.mark.usefixtures("_few")
def test_selection_that_is_too_large_is_refused_with_advice(client):
    for number in (1, 2):
        published(rich_document(number))
    published(document(3, summary="<b>Texto</b>"))
    response = client.get("/en/practicas.pdf?orden=titulo")
    shown = response.content.decode()
    assert response.status_code == 422
    assert "A document holds up to 2 practices" in shown
    assert 'href="/en/practicas/?orden=titulo"' in shown
    assert f'href="/en/practicas.pdf?orden=titulo&amp;categoria={OFFICES.slug}"' in shown
    assert client.get(f"/en/practicas.pdf?orden=titulo&categoria={OFFICES.slug}").status_code == 200


def test_empty_selection_is_refused_with_advice(client):
    published(rich_document(1))
    response = client.get("/en/practicas.pdf?q=xilocarpo%22%3E")
    assert response.status_code == 422
    assert "There is nothing to make a document of" in response.content.decode()
    assert 'xilocarpo">' not in response.content.decode()


def test_document_that_must_wait_too_long_says_when_to_ask_again(client, monkeypatch):
    published(rich_document(1))
    for press, address, seconds in [
        (pdf.press.fichas, FICHA, "5"),
        (pdf.press.compendia, "/practicas.pdf", "15"),
    ]:
        monkeypatch.setattr(press, "_patience", 0)
        taken = 0
        while press._places.acquire(blocking=False):
            taken += 1
        try:
            response = client.get(address)
        finally:
            press._places.release(taken)
        assert (response.status_code, response["Retry-After"]) == (503, seconds)
        assert client.get(address).status_code == 200


@pytest.mark.usefixtures("_few")
def test_pages_that_refuse_are_valid_html(client, monkeypatch):
    for number in (1, 2, 3):
        published(rich_document(number, category=OFFICES if number == 1 else None))
    monkeypatch.setattr(pdf.press.fichas, "_seconds", 0.001)
    for address, status in [("/practicas.pdf", 422), ("/practicas.pdf?q=xilocarpo", 422), (FICHA, 503)]:
        response = client.get(address)
        assert response.status_code == status
        html5lib.HTMLParser(strict=True).parse(response.content.decode())


def test_document_beyond_its_limits_is_refused_and_not_an_error(client, monkeypatch):
    published(rich_document(1))
    for press in (pdf.press.fichas, pdf.press.compendia):
        monkeypatch.setattr(press, "_seconds", 0.001)
    assert client.get("/practicas.pdf").status_code == 422
    response = client.get(FICHA)
    assert (response.status_code, response["Retry-After"]) == (503, "60")


@pytest.mark.parametrize("address", [FICHA, "/practicas.pdf"])
def test_documents_are_only_read(client, address):
    assert client.post(address).status_code == 405
