"""The pages of an import, as each role meets them."""

import json

import pytest
from django.contrib.auth.models import Group, User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from practices.editorial.roles import PUBLISHERS, REVIEWERS, WRITERS
from practices.exchange.batches import begin
from practices.models.batch import ImportBatch
from practices.models.practice import Practice, State
from practices.models.publication import Publication
from practices.models.vocabulary import Organization

from .. import factories
from ..exchange.batches import previewed, record, upload
from .forms import add, rows

GET_PAGES = ("change", "apply", "undo", "report")
POST_PAGES = ("choose", "apply", "undo")


def address(page: str, *args) -> str:
    return reverse(f"admin:practices_importbatch_{page}", args=args)


def chosen(*records, name: str = "prácticas.json") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, json.dumps(list(records)).encode())


def text_of(response) -> str:
    return response.content.decode()


@pytest.fixture
def as_role(vocabulary):
    def client_of(group: str) -> Client:
        user = User.objects.create_user(group.lower(), password="x", is_staff=True)
        user.groups.add(Group.objects.get(name=group))
        client = Client()
        client.force_login(user)
        return client

    return client_of


# --- Who gets in


@pytest.mark.parametrize("group", [WRITERS, REVIEWERS, PUBLISHERS])
def test_every_role_may_import_and_sees_the_imports_of_the_others(as_role, group):
    batch = previewed(record(1, title="Secreta"), by=User.objects.create_superuser("otra"))
    client = as_role(group)
    answers = [client.get(address(page, batch.pk)).status_code for page in GET_PAGES]
    assert (answers, client.get(address("add")).status_code) == ([200] * 4, 200)
    assert "Secreta" in text_of(client.get(address("change", batch.pk)))


def test_who_may_only_read_sees_imports_and_does_nothing(as_reader):
    batch = previewed(record(1))
    answers = {page: as_reader.get(address(page, batch.pk)).status_code for page in GET_PAGES}
    assert answers == {"change": 200, "apply": 403, "undo": 403, "report": 200}
    assert [as_reader.post(address(page, batch.pk)).status_code for page in POST_PAGES] == [403] * 3
    assert as_reader.post(address("add"), {"chosen": chosen(record(2))}).status_code == 403
    assert (Practice.objects.count(), ImportBatch.objects.count()) == (0, 1)


def test_preview_is_not_made_by_who_may_only_look(as_reader):
    batch = begin(upload(record(1)), None)
    response = as_reader.get(address("change", batch.pk))
    assert (response["Refresh"], batch.rows.filter(report="{}").count()) == ("5", 1)


def test_staff_without_the_permission_are_refused(client, vocabulary):
    batch = previewed(record(1))
    client.force_login(User.objects.create_user("nadie", is_staff=True))
    answers = [client.get(address(page, batch.pk)).status_code for page in GET_PAGES]
    answers += [client.post(address(page, batch.pk)).status_code for page in POST_PAGES]
    others = [client.get(address(page)).status_code for page in ("changelist", "add")]
    assert answers == [404] * 7
    assert others == [403] * 2
    assert client.get(address("template", "spreadsheet")).status_code == 403


def test_strangers_are_sent_to_the_login(client, vocabulary):
    batch = previewed(record(1))
    addresses = [*(address(page, batch.pk) for page in GET_PAGES), address("changelist"), address("add")]
    assert [client.get(one).url for one in addresses] == [f"{reverse('admin:login')}?next={one}" for one in addresses]


def test_unknown_import_is_not_found(as_writer):
    answers = [as_writer.get(address(page, 999)).status_code for page in GET_PAGES]
    answers += [as_writer.post(address(page, 999)).status_code for page in POST_PAGES]
    assert answers == [404] * 7


def test_an_import_is_neither_edited_nor_deleted(as_publisher):
    batch = previewed(record(1))
    for page in ("delete", "history"):
        assert as_publisher.get(f"{address('change', batch.pk)}{page}/").status_code == 404
    assert ImportBatch.objects.count() == 1


@pytest.mark.parametrize("kind", ["otra", "report"])
def test_unknown_template_is_not_found(as_writer, kind):
    assert as_writer.get(address("template", kind)).status_code == 404


@pytest.mark.parametrize(("kind", "ending"), [("spreadsheet", "xlsx"), ("ficha", "docx")])
def test_empty_templates_are_linked_and_given(as_writer, kind, ending):
    assert address("template", kind) in text_of(as_writer.get(address("add")))
    response = as_writer.get(address("template", kind))
    assert (response.content[:2], f".{ending}" in response["Content-Disposition"]) == (b"PK", True)


# --- Choosing files


def test_file_becomes_a_preview(as_writer):
    response = as_writer.post(address("add"), {"chosen": chosen(record(1, title="Del archivo"))}, follow=True)
    assert response.redirect_chain == [(address("change", ImportBatch.objects.get().pk), 302)]
    assert ("Del archivo" in text_of(response), Practice.objects.count()) == (True, 0)


def test_several_files_become_an_import_each_and_a_broken_one_is_told(as_writer):
    files = [chosen(record(1), name="uno.json"), chosen(record(2), name="dos.json")]
    broken = SimpleUploadedFile("roto.json", b"{")
    response = as_writer.post(address("add"), {"chosen": [*files, broken]}, follow=True)
    assert [batch.name for batch in ImportBatch.objects.order_by("pk")] == ["uno.json", "dos.json"]
    assert (response.redirect_chain[0][0], "roto.json" in text_of(response)) == (address("changelist"), True)


@pytest.mark.parametrize(
    ("name", "content"),
    [("programa.exe", b"MZ"), ("vacío.json", b""), ("ficha.docx", b"PK\x03\x04roto"), ("a.csv", b"\x00")],
)
def test_hostile_file_gets_its_reason(as_writer, name, content):
    response = as_writer.post(address("add"), {"chosen": SimpleUploadedFile(name, content)})
    assert (response.status_code, ImportBatch.objects.count()) == (200, 0)
    assert f"{name}: " in text_of(response)


def test_no_file_is_asked_for(as_writer):
    assert "This field is required." in text_of(as_writer.post(address("add"), {}))


# --- The preview


def test_preview_of_many_goes_on_by_itself(as_writer, monkeypatch):
    monkeypatch.setattr("practices.exchange.previewing.MOST_AT_ONCE", 1)
    batch = begin(upload(record(1), record(2)), None)
    first, second = (as_writer.get(address("change", batch.pk)) for _time in range(2))
    assert (first["Refresh"], "1 of 2" in text_of(first)) == ("0", True)
    assert "Refresh" not in second


def test_preview_shows_problems_with_field_and_value_and_changes_word_by_word(as_writer):
    factories.practice(code="BP-PRUEBA-SSPD-001-2021", summary="Lo que se hizo.")
    batch = previewed(
        {"code": "BP-PRUEBA-SSPD-001-2021", "summary": "Lo que se logró."},
        record(2, code="cualquiera"),
        record(3, coverage="Marte"),
    )
    html = text_of(as_writer.get(address("change", batch.pk)))
    assert "<strong>Code</strong>: “cualquiera” is not a code" in html
    assert html.index("cualquiera") < html.index("What changes")
    assert ("hizo.<" in html, "logró.<" in html, "Marte" in html) == (True, True, True)


def test_what_a_file_says_is_never_markup(as_writer):
    evil = "<script>alert(1)</script> a"
    batch = previewed(record(1, title=evil, coverage=evil, **{evil: 1}), record(2, code=evil), name="<b>.json")
    for page in GET_PAGES[:3]:
        html = text_of(as_writer.get(address(page, batch.pk)))
        assert ("<script>alert" in html, "<b>.json" in html) == (False, False)


def test_rows_of_one_kind_are_shown_alone(as_writer):
    batch = previewed(record(1, title="Nueva"), record(2, code="?", title="Rechazada"))
    html = text_of(as_writer.get(address("change", batch.pk), {"status": "refused"}))
    assert ("Rechazada" in html, "Nueva" in html) == (True, False)


@pytest.mark.parametrize("query", [{"status": "'"}, {"p": "x"}, {"p": "99999999999999999999"}, {"status": "\0"}])
def test_hostile_addresses_show_the_preview(as_writer, query):
    assert as_writer.get(address("change", previewed(record(1)).pk), query).status_code == 200


def test_choice_is_kept_for_the_rows_shown_only(as_writer):
    batch = previewed(record(1), record(2), record(3))
    as_writer.post(address("choose", batch.pk), {"shown": ["1", "2", "x", "9" * 30], "accepted": ["2", "3"]})
    assert list(batch.rows.values_list("place", "accepted")) == [(1, False), (2, True), (3, True)]


# --- Applying and taking back


def test_import_is_applied_as_drafts_after_confirmation_and_taken_back(as_writer):
    batch = previewed(record(1), record(2))
    assert "2 records are written" in text_of(as_writer.get(address("apply", batch.pk)))
    html = text_of(as_writer.post(address("apply", batch.pk), follow=True))
    assert ("2 records were written." in html, Publication.objects.count()) == (True, 0)
    assert list(Practice.objects.values_list("state", flat=True)) == [State.DRAFT] * 2
    html = text_of(as_writer.post(address("undo", batch.pk), follow=True))
    assert ("2 records are as they were before." in html, Practice.objects.count()) == (True, 0)


def test_refused_records_block_until_they_are_left_out(as_writer):
    batch = previewed(record(1), record(2, code="?"))
    assert "Nothing was applied" in text_of(as_writer.post(address("apply", batch.pk), follow=True))
    assert Practice.objects.count() == 0
    as_writer.post(address("choose", batch.pk), {"_refused": "1"})
    as_writer.post(address("apply", batch.pk))
    assert Practice.objects.count() == 1


def test_outdated_preview_is_made_anew_and_nothing_applied(as_writer):
    batch = previewed(record(1), record(2))
    factories.practice(code="BP-PRUEBA-SSPD-002-2021")
    html = text_of(as_writer.post(address("apply", batch.pk), follow=True))
    assert "Nothing was applied" in html
    assert list(batch.rows.order_by("place").values_list("status", flat=True)) == ["new", "changed"]
    assert Practice.objects.count() == 1


def test_touched_import_says_which_records_are_in_the_way(as_writer):
    batch = previewed(record(1), record(2))
    as_writer.post(address("apply", batch.pk))
    Practice.objects.filter(code="BP-PRUEBA-SSPD-002-2021").update(conclusion="De una persona.")
    html = text_of(as_writer.post(address("undo", batch.pk), follow=True))
    assert ("Nothing was taken back" in html, "BP-PRUEBA-SSPD-002-2021" in html) == (True, True)
    assert Practice.objects.count() == 2


def test_second_apply_and_early_undo_say_why_not(as_writer):
    batch = previewed(record(1))
    assert "the import is not applied" in text_of(as_writer.post(address("undo", batch.pk), follow=True))
    as_writer.post(address("apply", batch.pk))
    assert "is not waiting for it" in text_of(as_writer.post(address("apply", batch.pk), follow=True))


def test_report_of_a_file_without_rows_is_a_table_of_its_records(as_writer):
    batch = previewed(record(1, title="=1+1"), record(2, code="cualquiera"))
    response = as_writer.get(address("report", batch.pk))
    lines = response.content.decode("utf-8-sig").splitlines()
    assert (len(lines), lines[1].split(";")[3], "cualquiera" in lines[2]) == (3, "'=1+1", True)


def test_report_of_a_spreadsheet_is_that_spreadsheet_with_its_problems(as_writer):
    sheet = SimpleUploadedFile("hoja.csv", "Código;Título;Autor\ncualquiera;Uno;Firma S.A.\n".encode())
    as_writer.post(address("add"), {"chosen": sheet}, follow=True)
    response = as_writer.get(address("report", ImportBatch.objects.get().pk))
    lines = response.content.decode("utf-8-sig").splitlines()
    assert lines[0].startswith("Código;Título;Autor;")
    assert lines[1].startswith("cualquiera;Uno;Firma S.A.;")
    assert "“cualquiera” is not a code" in lines[1]


# --- The lists


@pytest.mark.parametrize("count", [1, 3])
def test_list_of_imports_has_as_many_queries_however_long(as_writer, count):
    for number in range(count):
        previewed(record(1), record(2, code="?"), name=f"{number}.json")
    as_writer.get(address("changelist"))
    with CaptureQueriesContext(connection) as queries:
        html = text_of(as_writer.get(address("changelist")))
    assert ("1 new, 1 refused" in html, len(queries)) == (True, 6)


@pytest.mark.parametrize("count", [1, 3])
def test_preview_has_as_many_queries_however_long(as_writer, count):
    batch = previewed(*(record(number) for number in range(1, count + 1)))
    with CaptureQueriesContext(connection) as queries:
        as_writer.get(address("change", batch.pk))
    assert len(queries) == 9


def test_import_is_linked_where_one_looks_for_it(as_writer, as_reader):
    for page in (reverse("admin:index"), reverse("admin:practices_practice_changelist"), address("changelist")):
        linked = [address("add") in text_of(client.get(page)) for client in (as_writer, as_reader)]
        assert linked == [True, False]


# --- While entering


def test_new_record_that_resembles_another_is_saved_with_a_warning(as_writer):
    other = factories.practice(title="Oficina móvil de atención")
    organization = Organization.objects.get(key="aguas prueba").pk
    authors = rows("authorship_set", {"organization": organization})
    saved = add(as_writer, title="Oficinas móviles de atencion", **authors)
    html = text_of(as_writer.get(saved.url))
    assert "The catalogue may have this practice already" in html
    assert f'<a href="{reverse("admin:practices_practice_change", args=[other.pk])}">' in html
    assert Practice.objects.count() == 2
