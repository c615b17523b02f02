"""What is drawn at publication is what would be drawn now, and is gone with its publication."""

import csv
import io
import re

import pytest
from django.core.management import call_command

from practices.document import Metric
from practices.drawing.stencil import slot
from practices.editorial.bulk import publish_documents
from practices.editorial.publishing import publish, withdraw
from practices.editorial.recording import store_document
from practices.exchange.writers.csv_out import INTERNATIONAL, SPANISH
from practices.exchange.writers.csv_row import row_of, rows_in
from practices.models.contact import Contact
from practices.models.drawn import Drawn
from practices.models.identity import Identity
from practices.models.publication import Publication
from practices.web import kin_block
from tests.factories import document, practice, published, rich_document

pytestmark = pytest.mark.django_db
PARTS = {"article", "card en", "card es-co", "row", "words"}
BY_COMMAND = PARTS | {"related"}
MARK = "PALABRAQUENADIEDEBELEER"
ADDRESSES = (
    *("/", "/practicas/", "/practicas/?q=practica", "/en/practicas/", "/autores/aguas-prueba/"),
    *("/practicas.csv", "/practicas.csv?formato=internacional", "/en/practicas.csv"),
    *("/practicas/BP-PRUEBA-SSPD-001-2020/", "/practicas/BP-PRUEBA-SSPD-001-2020/?categoria=oficinas"),
)


def parts_of(publication):
    return set(Drawn.objects.filter(publication=publication).values_list("part", flat=True))


def read(client, address):
    response = client.get(address)
    assert response.status_code == 200
    return response.getvalue().decode()


@pytest.fixture(scope="module")
def two(module_database):
    first = published(rich_document(1))
    published(rich_document(2, title="Otra <b>práctica</b> & «más» con 100 %"))
    return first


def test_every_part_is_drawn_with_the_publication_and_goes_with_it():
    first = published(document(1))
    assert parts_of(first) == PARTS
    store_document(document(1, title="Otra"))
    first.practice.refresh_from_db()
    second = publish(first.practice)
    assert (parts_of(first), parts_of(second)) == (set(), PARTS)
    withdraw(first.practice, "Motivo")
    assert parts_of(second) == set()


def test_draft_is_never_drawn(two):
    practice(document(3, title=MARK))
    Contact.objects.create(practice=two.practice, name=MARK)
    store_document(rich_document(1, title=MARK))
    call_command("draw", processes=1)
    assert not any(MARK.encode() in content for content in Drawn.objects.values_list("content", flat=True))


@pytest.mark.parametrize("address", ADDRESSES)
def test_page_is_the_same_whether_drawn_ahead_or_now(client, two, settings, address):
    Contact.objects.create(practice=two.practice, name="Oficina", consent_given_on="2026-01-01", consent_given_by="x")
    call_command("draw", processes=1)
    ahead = read(client, address)
    Drawn.objects.all().delete()
    now = read(client, address)
    assert re.sub(r"\s*([<>])\s*", r"\1", ahead) == re.sub(r"\s*([<>])\s*", r"\1", now)


def test_what_another_build_drew_is_not_shown(client, two):
    Drawn.objects.update(content=MARK.encode(), build="another")
    for address in ADDRESSES:
        assert MARK not in read(client, address)


def test_article_that_shows_another_site_is_not_shown(client, two):
    page = "/practicas/BP-PRUEBA-SSPD-001-2020/"
    Drawn.objects.filter(part="article").update(content=MARK.encode())
    Identity.objects.update(site_name="Otro nombre")
    Identity.objects.get().save()
    assert "Otro nombre" in read(client, page)


def test_command_draws_only_what_is_late(two, django_assert_num_queries):
    Drawn.objects.filter(publication=two).update(build="another")
    before = dict(Drawn.objects.exclude(publication=two).values_list("pk", "build"))
    assert len(before) == len(PARTS)
    call_command("draw", processes=1)
    assert "another" not in Drawn.objects.values_list("build", flat=True)
    assert dict(Drawn.objects.filter(pk__in=before).values_list("pk", "build")) == before
    every = Publication.objects.order_by("pk").values_list("pk", flat=True)
    assert list(Drawn.objects.values_list("publication_id", "part").order_by("publication_id", "part")) == [
        (pk, part) for pk in every for part in sorted(BY_COMMAND)
    ]


def test_shares_are_all_of_it_and_nothing_twice(capsys):
    list(publish_documents(document(number) for number in range(1, 8)))
    Drawn.objects.all().delete()
    for number in (0, 1, 2):
        call_command("draw", share=(number, 3))
    assert sum(map(int, capsys.readouterr().out.split())) == 21
    assert Drawn.objects.count() == 7 * len(BY_COMMAND)


def test_many_published_at_once_leave_their_articles_to_the_command():
    list(publish_documents([document(1), document(2)]))
    assert set(Drawn.objects.values_list("part", flat=True)) == PARTS - {"article"}
    call_command("draw", processes=1)
    assert Drawn.objects.filter(part="article").count() == 2


def test_what_is_like_a_practice_is_read_while_the_catalogue_stands(client, two):
    address = "/practicas/BP-PRUEBA-SSPD-001-2020/"
    call_command("draw", processes=1)
    drawn = Drawn.objects.filter(publication=two, part="related")
    assert "BP-PRUEBA-SSPD-002-2020" in bytes(drawn.get().content).decode()
    drawn.update(content=MARK.encode())
    assert MARK in read(client, address)
    third = published(rich_document(3))
    came = read(client, address)
    assert (MARK in came, third.code in came) == (False, True)
    call_command("draw", processes=1)
    assert third.code in bytes(drawn.get().content).decode()
    withdraw(third.practice, "Motivo")
    assert third.code not in read(client, address)
    # Nothing of what was withdrawn stays behind, read or not.
    assert not Drawn.objects.filter(part="related").exists()
    withdraw(Publication.objects.get(code="BP-PRUEBA-SSPD-002-2020").practice, "Motivo")
    alone = read(client, address)
    call_command("draw", processes=1)
    assert (bytes(drawn.get().content), read(client, address)) == (b"", alone)


@pytest.mark.parametrize("count", [1, 3])
def test_what_is_like_many_is_found_with_two_queries_for_each_few(count, django_assert_num_queries):
    list(publish_documents(rich_document(number) for number in range(1, count + 1)))
    draw = kin_block.drawer()
    publications = list(Publication.objects.current())
    with django_assert_num_queries(1 if count == 1 else 3):
        rows = draw(publications)
    assert [row.publication for row in rows] == publications


def test_document_opens_no_slot_of_its_own(client):
    trap = f"Título {slot('start', MARK)} {slot('kept')}"
    published(document(1, title=trap, summary=trap))
    for address in ("/practicas/", "/practicas/BP-PRUEBA-SSPD-001-2020/"):
        shown = read(client, address)
        assert "\N{REPLACEMENT CHARACTER}start\N{REPLACEMENT CHARACTER}" in shown
        assert not {"\ufdd0", "\ufdd1", "\ufdd2"} & set(shown.partition('type="application/ld+json"')[0])


@pytest.mark.parametrize(("dialect", "point"), [(SPANISH, ","), (INTERNATIONAL, ".")])
def test_row_is_read_back_in_each_dialect(dialect, point):
    publication = published(
        rich_document(
            1,
            title='Uno; dos, "tres"',
            metrics=(Metric("98,5 %", "satisfacción", "98.5", "%", headline=True),),
            limitations="=1+1\n\nOtro; párrafo, con comas",
        )
    )
    text = rows_in(row_of(publication, publication.content), dialect, "https://x.org/practicas/", "sí", "no").decode()
    (row,) = csv.reader(io.StringIO(text, newline=""), delimiter=dialect.separator)
    assert (row[0], row[1]) == (publication.code, 'Uno; dos, "tres"')
    assert f"98{point}5" in row
    assert "'=1+1\n\nOtro; párrafo, con comas" in row
    assert row[-2:] == [f"https://x.org/practicas/{publication.code}/", "no"]
