"""The words inside attached files: found below the record's own words, and only where the public may read the file."""

import random
from dataclasses import replace
from io import StringIO

import pytest
from django.core.files.base import ContentFile
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction
from pyroaring import BitMap

from practices import search
from practices.editorial.bulk import publish_documents
from practices.editorial.documents import build_document
from practices.editorial.publishing import publish, withdraw
from practices.editorial.recording import store_document
from practices.models.files import FileText, StoredFile
from practices.models.publication import Publication
from practices.models.search_index import SearchWord
from practices.search import file_texts
from practices.search.tokens import FILES, PLACES, columns_of
from tests.factories import attachment, document, practice, published
from tests.files import pdf, word

pytestmark = pytest.mark.django_db


def titles(text: str) -> list[str]:
    """The titles that the text finds, best first."""
    live = BitMap(Publication.objects.current().values_list("pk", flat=True))
    match = search.match(text, live, max(live, default=0))
    by_id = Publication.objects.in_bulk(match.ids)
    return [by_id[pk].title for pk in match.ranked(match.ids)]


def suggested(text: str) -> list[int]:
    live = BitMap(Publication.objects.current().values_list("pk", flat=True))
    return search.suggest(text, live, live.max())


@pytest.mark.parametrize(
    "content", [pdf("Medición de caudales"), word("Nada", table=("Otra", "Medición de caudales"))]
)
@pytest.mark.parametrize("typed", ["caudal", "MEDICION", '"medición de caudales"', "caud", "práctica caudales"])
def test_practice_is_found_by_the_words_inside_its_file(content, typed):
    published(attachments=(attachment(content),))
    published(document(2))
    assert titles(typed) == ["Práctica 1"]


def test_words_inside_files_count_less_than_the_record_itself():
    in_file, in_both = attachment(pdf("La tarifa")), attachment(pdf("La tarifa social"))
    for title, fields in {
        "en el título: tarifa": {},
        "en el resumen": {"summary": "La tarifa"},
        "en el texto": {"impact": "La tarifa"},
        "en el nombre del archivo": {"attachments": (attachment(pdf("Nada"), "tarifa.pdf"),)},
        "en el texto y el archivo": {"impact": "La tarifa", "attachments": (in_both,)},
        "en el archivo": {"attachments": (in_file,)},
    }.items():
        published(document(Publication.objects.count() + 1, title=title, **fields))
    assert titles("tarifa") == [
        "en el título: tarifa",
        "en el resumen",
        "en el texto y el archivo",
        "en el nombre del archivo",
        "en el texto",
        "en el archivo",
    ]


def test_phrase_does_not_run_from_the_record_into_the_file_nor_on_into_the_next():
    files = (attachment(pdf("azul verde")), attachment(pdf("gris negro")))
    published(document(conclusion="rojo", attachments=files))
    assert [titles(f'"{phrase}"') for phrase in ("rojo azul", "azul verde", "verde gris", "gris negro")] == [
        [],
        ["Práctica 1"],
        [],
        ["Práctica 1"],
    ]


def test_only_files_of_what_is_published_are_found():
    """A draft's, an unpublished change's, a withdrawn practice's, and that of a version before: none of them."""
    practice(document(1, attachments=(attachment(pdf("xilófono")),)))
    changed = published(document(2))
    store_document(replace(build_document(changed.practice), attachments=(attachment(word("xilófono")),)))
    withdraw(published(document(3, attachments=(attachment(pdf("el xilófono")),))).practice, "Motivo")
    superseded = published(document(4, attachments=(attachment(word("el xilófono")),)))
    store_document(replace(build_document(superseded.practice), attachments=()))
    publish(superseded.practice)
    assert (titles("xilófono"), titles("xilóf"), titles("práctica")) == ([], [], ["Práctica 4", "Práctica 2"])
    assert list(search.rebuild()) == [2]
    assert titles("xilófono") == []


def test_words_inside_files_are_neither_completed_nor_suggested():
    published(document(title="Tarifa social", attachments=(attachment(pdf("xilófono tarifario")),)))
    assert list(SearchWord.objects.filter(word__startswith="x")) == []
    assert (suggested("xilo"), suggested("xilofono"), len(suggested("tarif"))) == ([], [], 1)


def test_withdrawing_takes_away_the_words_that_publishing_added():
    kept = published(document(1, summary="agua"))
    before = list(SearchWord.objects.exclude(count=0).order_by("word").values())
    gone = published(document(2, summary="agua", attachments=(attachment(pdf("agua y gas")),)))
    withdraw(gone.practice, "Motivo")
    assert list(SearchWord.objects.exclude(count=0).order_by("word").values()) == before
    assert (titles("agua"), titles("gas")) == ([kept.title], [])


def test_file_is_read_once_and_outside_the_transaction(transactional_db, monkeypatch):
    read = []

    def extract(file) -> str:
        read.append(connection.in_atomic_block)
        return "caudal"

    monkeypatch.setattr(file_texts, "extract", extract)
    file = attachment(pdf("caudal"))
    first = published(document(1, attachments=(file,)))
    published(document(2, attachments=(file,)))
    withdraw(first.practice, "Motivo")
    publish(first.practice)
    list(publish_documents([document(3, attachments=(file, attachment(pdf("otro"))))]))
    assert read == [False, False]
    assert titles("caudal") == ["Práctica 3", "Práctica 1", "Práctica 2"]


def test_index_reads_what_nobody_read_before():
    published(document(attachments=(attachment(pdf("caudal")),)))
    FileText.objects.all().delete()
    assert list(search.rebuild()) == [1]
    assert (titles("caudal"), FileText.objects.get().text) == (["Práctica 1"], "caudal")


def test_texts_cost_one_query_for_one_and_for_three(django_assert_num_queries):
    documents = [document(n, attachments=(attachment(pdf(f"texto {n}")),)) for n in (1, 2, 3)]
    list(map(search.read_file, StoredFile.objects.all()))
    for count in (1, 3):
        with django_assert_num_queries(1):
            texts = file_texts.texts_for(documents[:count])
        assert sorted(texts.values()) == [f"texto {n}" for n in range(1, count + 1)]
    with django_assert_num_queries(0):
        assert file_texts.texts_for([document()]) == {}


def test_file_whose_bytes_are_not_there_now_is_tried_again():
    file = attachment(pdf("caudal"))
    stored = StoredFile.objects.get()
    content = stored.content.open().read()
    stored.content.storage.delete(stored.content.name)
    publication = published(document(attachments=(file,)))
    assert (titles("caudal"), FileText.objects.count()) == ([], 0)
    stored.content.storage.save(stored.content.name, ContentFile(content))
    assert list(search.rebuild()) == [1]
    assert titles("caudal") == [publication.title]


def test_what_was_read_first_stays():
    attachment(pdf("caudal"))
    stored = StoredFile.objects.get()
    assert [search.keep_text(stored, text) for text in ("uno", "dos")] == ["uno", "uno"]


def test_database_refuses_a_text_that_is_too_long():
    attachment(pdf("caudal"))
    with pytest.raises(DatabaseError), transaction.atomic():
        FileText.objects.create(stored_file=StoredFile.objects.get(), text="a" * 200_001)


def test_words_beyond_the_first_thousands_are_found_one_by_one():
    text = " ".join([*["relleno"] * PLACES, "primera segunda primera tercera"])
    file = attachment(word(text))
    published(document(attachments=(file,)))
    assert [titles(typed) for typed in ("segunda", "tercera primera", '"primera segunda"')] == [
        ["Práctica 1"],
        ["Práctica 1"],
        [],
    ]


def test_files_of_any_words_fit_into_the_index():
    """A PostgreSQL tsvector holds a megabyte: five files of nothing but different words are cut to less."""
    letters = random.Random(5)  # noqa: S311
    texts = [" ".join("".join(letters.choices("abcdefgz", k=7)) for _ in range(24_000)) for _file in range(5)]
    files = tuple(attachment(f"{n}".encode(), "x.txt") for n in range(5))
    for file, text in zip(files, texts, strict=True):
        search.keep_text(StoredFile.objects.get(pk=file.sha256), text)
    published(document(attachments=files))
    assert titles(texts[0].split()[0]) == titles(texts[0].split()[9_000]) == ["Práctica 1"]
    assert titles(texts[4].split()[-1]) == []


def test_file_texts_stand_in_their_own_column():
    file = attachment(pdf("caudal"))
    columns = columns_of(document(attachments=(file,)), {file.sha256: "Caudales del río"})
    assert columns[FILES] == ["caudales", "rio", ""]


@pytest.mark.django_db(transaction=True)
def test_rebuild_command_reads_files_never_read_before_it_locks_anything(monkeypatch):
    published(document(attachments=(attachment(pdf("caudal")),)))
    FileText.objects.all().delete()
    read, inside = file_texts.extract, []
    monkeypatch.setattr(file_texts, "extract", lambda file: (inside.append(connection.in_atomic_block), read(file))[1])
    out = StringIO()
    call_command("rebuild_search", stdout=out)
    call_command("rebuild_search", stdout=StringIO())
    assert (inside, titles("caudal")) == ([False], ["Práctica 1"])
    assert [line.strip().partition(" · ")[0] for line in out.getvalue().strip().split("\n")] == [
        "1 / 1",
        "Se leyeron 1 archivos.",
        "1 / 1",
        "Se pueden buscar 1 prácticas.",
    ]
