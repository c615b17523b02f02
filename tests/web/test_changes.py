"""`?desde=` of the list as JSON and JSON Lines: what a program gets that keeps a copy."""

import json
from datetime import timedelta
from itertools import product

import pytest
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from practices.editorial.bulk import publish_documents
from practices.editorial.publishing import publish, withdraw
from practices.editorial.recording import store_document
from practices.models.contact import Contact
from practices.models.practice import Practice
from practices.models.publication import Publication
from practices.models.version import CatalogueVersion
from tests.factories import document, practice, published, rich_document

pytestmark = pytest.mark.django_db


def code(number: int) -> str:
    return f"BP-PRUEBA-SSPD-{number:03d}-2020"


def lines(client, query: str) -> tuple[list[str], dict]:
    """The lines but the last one, and what that says."""
    *told, last = b"".join(client.get(f"/practicas.jsonl?{query}").streaming_content).decode().splitlines()
    return told, json.loads(last)


def again(number: int, **fields) -> Publication:
    record = store_document(rich_document(number, **fields))
    record.refresh_from_db()
    return publish(record)


@pytest.fixture(scope="module")
def version(module_database) -> int:
    return version_before_changes()


def version_before_changes() -> int:
    """The catalogue version before the third practice came, the first was changed and the second withdrawn."""
    published(rich_document(1))
    second = published(rich_document(2))
    at = CatalogueVersion.current()
    published(rich_document(3))
    again(1, title="Otra")
    withdraw(second.practice, "Se retiró a petición de su autor.")
    return at


def tombstone(number: int, prefix: str = "") -> dict:
    publication = Publication.objects.withdrawn().get(code=code(number))
    return {
        "code": code(number),
        "url": f"http://testserver{prefix}/practicas/{code(number)}/",
        "withdrawn": True,
        "outside": False,
        "withdrawn_at": publication.withdrawn_at.isoformat(),
        "reason": "Se retiró a petición de su autor.",
        "version": 1,
    }


def test_lines_are_frozen_documents_and_tombstones_and_where_to_go_on(client, version):
    told, last = lines(client, f"desde={version}")
    documents = {p.code: p.document for p in Publication.objects.current()}
    assert told[:2] == [documents[code(3)], documents[code(1)]]
    assert [json.loads(line) for line in told[2:]] == [tombstone(2)]
    now = str(CatalogueVersion.current())
    expected = {"since": str(version), "complete": False, "next_since": now, "practices": 2, "tombstones": 1}
    assert last == expected
    assert lines(client, f"desde={now}") == ([], {**expected, "since": now, "practices": 0, "tombstones": 0})


def test_page_has_summaries_as_the_list_and_tombstones_beside_them(client, version):
    data = client.get(f"/en/practicas.json?desde={version}").json()
    listed = {result["code"]: result for result in client.get("/en/practicas.json").json()["results"]}
    assert data == {
        "since": str(version),
        "complete": False,
        "next_since": str(CatalogueVersion.current()),
        "next": None,
        "sentence": "2 practices",
        "results": [listed[code(3)], listed[code(1)]],
        "tombstones": [tombstone(2, "/en")],
    }


def test_pages_follow_each_other_by_their_place_and_not_by_their_number(client):
    list(publish_documents(document(number) for number in range(1, 46)))
    first = client.get("/practicas.json?desde=&pagina=3&orden=titulo&x=1").json()
    assert (first["complete"], first["since"], len(first["results"])) == (True, None, 20)
    assert first["next"] == f"http://testserver/practicas.json?desde={first['next_since']}"
    moved = first["results"][0]["code"]
    withdraw(Publication.objects.get(code=moved).practice, "Motivo")
    second = client.get(first["next"]).json()
    third = client.get(second["next"]).json()
    found = [result["code"] for page in (first, second, third) for result in page["results"]]
    assert found == [code(number) for number in range(1, 46)]
    assert [stone["code"] for page in (second, third) for stone in page["tombstones"]] == [moved]
    assert (third["next"], third["next_since"]) == (None, str(CatalogueVersion.current()))


def test_next_page_keeps_what_nobody_has_yet(client):
    list(publish_documents(rich_document(number) for number in range(1, 24)))
    first = client.get("/practicas.json?desde=0&categoria=nadie&autor=&q=&vista=tabla").json()
    assert first["next"].startswith("http://testserver/practicas.json?q=&categoria=nadie&autor=&desde=")


def test_code_that_was_corrected_is_to_be_removed(client):
    one = published(rich_document(1))
    now = CatalogueVersion.current()
    Practice.objects.update(code=code(7))
    one.practice.refresh_from_db()
    publish(one.practice)
    moved = {
        "code": code(1),
        "url": f"http://testserver/practicas/{code(1)}/",
        "withdrawn": False,
        "outside": False,
        "moved_to": code(7),
    }
    told, last = lines(client, f"desde={now}")
    assert (json.loads(told[0]), json.loads(told[1])["code"], last["practices"]) == (moved, code(7), 1)
    data = client.get(f"/practicas.json?desde={now}").json()
    assert (data["tombstones"], [result["code"] for result in data["results"]]) == ([moved], [code(7)])


def test_without_desde_nothing_is_different(client, version):
    plain = client.get("/practicas.json").json()
    names = "url count page pages next previous sentence corrected partial facets results"
    assert list(plain) == names.split()
    text = b"".join(client.get("/practicas.jsonl").streaming_content).decode()
    newest = Publication.objects.current().order_by("-pk")
    assert text == "".join(f"{publication.document}\n" for publication in newest)
    assert client.get(f"/practicas.csv?desde={version}").getvalue() == client.get("/practicas.csv").getvalue()


def test_date_and_moment_tell_what_changed_from_then_on(client, version):
    day = timezone.localdate()
    assert len(lines(client, f"desde={day}")[0]) == 3
    assert len(lines(client, f"desde={day - timedelta(days=400)}")[0]) == 3
    last = Publication.objects.withdrawn().get().withdrawn_at
    told, _last = lines(client, f"desde={last.isoformat()}")
    assert [json.loads(line)["code"] for line in told] == [code(2)]
    assert lines(client, f"desde={(last + timedelta(seconds=1)).isoformat().replace('+', '%2B')}")[0] == []
    assert parse_datetime(json.loads(told[0])["withdrawn_at"]) == last


def test_answer_is_validated_as_every_page_and_not_kept(client, version, settings, django_assert_num_queries):
    for kind in ("json", "jsonl"):
        first = client.get(f"/practicas.{kind}?desde={version}")
        again = client.get(f"/practicas.{kind}?desde={version}", HTTP_IF_NONE_MATCH=first["ETag"])
        assert (first.status_code, again.status_code) == (200, 304)
    published(rich_document(9))
    assert client.get(f"/practicas.json?desde={version}", HTTP_IF_NONE_MATCH=first["ETag"]).status_code == 200


@pytest.mark.django_db(transaction=True)
def test_changes_cost_the_same_queries_for_one_and_for_three(client, django_assert_num_queries):
    """Version, places, documents, tombstones, former codes; one for what changed of a facet; two for a moment. A
    copy that begins holds nothing under a former code."""
    published(rich_document(9))
    now = CatalogueVersion.current()
    for number in (1, 2, 3):
        published(rich_document(number))
        again(number, title="Otra")
        withdraw(published(rich_document(number + 3)).practice, "Motivo")
        client.get("/practicas.json")
        costs = {f"desde={now}": 5, "desde=": 4, f"desde={now}&categoria=oficinas": 6, "desde=2020-01-01": 7}
        for (query, queries), kind in product(costs.items(), ("json", "jsonl")):
            with django_assert_num_queries(queries):
                response = client.get(f"/practicas.{kind}?{query}")
                b"".join(response)


@pytest.mark.django_db(transaction=True)
def test_head_makes_nothing(client, django_assert_num_queries):
    version_before_changes()
    client.get("/practicas.json")
    with django_assert_num_queries(1):
        assert b"".join(client.head("/practicas.jsonl?desde=1")) == b""


HOSTILE = [
    *(
        "%00",
        "%FF",
        "9" * 5_000,
        "-1",
        "1-1-1-1",
        "9-9-9-9",
        f"{10**17}-1-{10**17}-1",
        "1%0d%0aX-Evil:1",
        "[]",
        "null",
    ),
    *("0001-01-01T00:00:00%2B14:00", "9999-12-31", "0000-00-00", "2026-02-30", "%F0%9F%9A%B0", "1&desde=2", "٢٠٢٦"),
    *("2026-11-01T10:00:00+05:00", "' OR 1=1", "1-999999999999999999-1-0", "0-0-0-0"),
]


@pytest.mark.parametrize("text", HOSTILE)
def test_whatever_a_stranger_types_is_answered(client, version, text):
    for kind, also in product(("json", "jsonl"), ("", "&categoria=oficinas", "&q=otra", "&tamano=50")):
        response = client.get(f"/practicas.{kind}?desde={text}{also}")
        assert (response.status_code, "X-Evil" in response) == (200, False)
        content = b"".join(response)
        assert json.loads(content.splitlines()[-1])["next_since"]


def test_changes_tell_nothing_that_is_not_public(client):
    mark = "xilocarpo"
    odd = {"title": mark, "summary": mark}
    practice(rich_document(1, **odd))
    public = published(rich_document(2))
    store_document(rich_document(2, **odd))
    withdraw(published(rich_document(3, **odd)).practice, "Motivo")
    Contact.objects.create(practice=public.practice, name=mark, email=f"{mark}@example.org", as_written=mark)
    for kind, since in product(("json", "jsonl"), ("", "0", "1", "2020-01-01")):
        content = b"".join(client.get(f"/practicas.{kind}?desde={since}")).decode()
        assert ([code(n) in content for n in (1, 2, 3)], mark in content) == ([False, True, True], False)


def test_open_data_tells_how_to_keep_a_copy_and_where_the_dump_is(client, settings):
    assert "Descargar" not in client.get("/datos/").content.decode()
    settings.DUMP_URL = "/volcado/?a=1&b=2"
    shown = client.get("/en/datos/").content.decode()
    assert '<a href="/volcado/?a=1&amp;b=2">Download the whole catalogue</a>' in shown
    assert '<dt class="code">desde</dt>' in shown
