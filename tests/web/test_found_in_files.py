"""What a list says of a practice that was found only by the words inside its file."""

import pytest

from practices.models.files import FileText
from practices.models.synonym import SynonymGroup
from tests.factories import attachment, document, practice, published
from tests.files import pdf, word

pytestmark = pytest.mark.django_db


def card_of(client, query: str) -> str:
    """What the first card of the list shows of the file."""
    body = client.get(f"/practicas/?{query}").content.decode()
    return " ".join(body.partition('<p class="card-passage">')[2].partition("</p>")[0].split())


def test_card_shows_the_passage_of_the_file(client):
    published(document(attachments=(attachment(pdf("Nada", "La medición de los caudales."), "Informe final.pdf"),)))
    assert card_of(client, "q=caudal") == (
        'En el archivo Informe final.pdf: <span lang="es">Nada La medición de los <mark>caudales</mark>.</span>'
    )
    assert card_of(client, "q=practica") == ""


def test_card_escapes_the_file(client):
    published(document(attachments=(attachment(word("<b>caudal</b> & más"), "a <i>b.docx", language="en"),)))
    assert card_of(client, "q=caudal") == (
        'En el archivo a &lt;i&gt;b.docx: <span lang="en">&lt;b&gt;<mark>caudal</mark>&lt;/b&gt; &amp; más</span>'
    )


@pytest.mark.parametrize("fields", [{"title": "El caudal"}, {"summary": "El caudal"}])
def test_card_shows_the_record_itself_where_it_holds_the_word(client, fields):
    published(document(attachments=(attachment(pdf("El caudal")),), **fields))
    assert card_of(client, "q=caudal") == ""


def test_card_marks_what_means_the_same(client):
    SynonymGroup.objects.create(terms="PQR, peticiones y quejas")
    published(document(attachments=(attachment(pdf("Las peticiones y quejas")),)))
    assert card_of(client, "q=pqr").endswith(">Las <mark>peticiones</mark> y <mark>quejas</mark></span>")


def test_card_finds_the_passage_deep_in_the_file(client):
    published(document(attachments=(attachment(pdf("vacío")), attachment(word("relleno " * 20_000, "Existencias")))))
    shown = card_of(client, "q=existencia")
    assert shown.endswith(" relleno <mark>Existencias</mark></span>")
    assert len(shown) < 400


@pytest.mark.django_db(transaction=True)
def test_list_costs_one_query_more_for_one_and_for_three_found_in_files(client, django_assert_num_queries):
    for number in (1, 2, 3):
        published(document(number, attachments=(attachment(pdf(f"caudal {number}")), attachment(pdf("caudal")))))
        for query, queries in (("q=caudal", 3), ("q=practica", 2), ("q=hizo", 2), ("", 2)):
            client.get(f"/practicas/?{query}")
            with django_assert_num_queries(queries):
                client.get(f"/practicas/?{query}")


def test_list_never_shows_a_file_of_a_draft(client):
    """The same practice's draft has a second file that holds the word too."""
    file = attachment(pdf("caudal publicado"))
    published(document(1, attachments=(file,)))
    practice(document(1, attachments=(file, attachment(pdf("caudal secreto"), "borrador.pdf"))))
    practice(document(2, attachments=(attachment(pdf("otro caudal secreto"), "otro.pdf"),)))
    assert FileText.objects.count() == 1
    body = client.get("/practicas/?q=caudal").content.decode()
    assert ("publicado" in body, "secreto" in body, "borrador" in body) == (True, False, False)


def test_english_page_says_it_in_english(client):
    published(document(attachments=(attachment(pdf("caudal")),)))
    body = client.get("/en/practicas/?q=caudal").content.decode()
    assert "In the file Informe.pdf:" in body
