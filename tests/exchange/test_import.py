import json
from dataclasses import replace
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from practices.document import from_json, to_json
from practices.editorial.documents import build_document
from practices.models.contact import Contact
from practices.models.practice import Practice, State
from practices.models.publication import Publication
from practices.models.vocabulary import Category, Organization

pytestmark = pytest.mark.django_db
FIXTURES = Path(__file__).parents[2] / "fixtures" / "records"
SEED = FIXTURES / "BP-ANDESCO-SSPD-002-2020.json"
EXAMPLES = FIXTURES / "examples.json"


@pytest.fixture(autouse=True)
def vocabulary():
    call_command("load_vocabulary", verbosity=0)


@pytest.fixture
def imported(tmp_path):
    """Import these records and return what was printed; refusals are in the text too."""

    def run(records, **options) -> str:
        path = tmp_path / "records.json"
        path.write_text(records if isinstance(records, str) else json.dumps(records), encoding="utf-8")
        printed = StringIO()
        try:
            call_command("import_practices", path, stdout=printed, **options)
        except CommandError as error:
            printed.write(f"CommandError: {error}")
        return printed.getvalue()

    return run


def record(**fields):
    return {"code": "BP-X-SSPD-001-2021", "title": "Título", "author": "Firma S.A.", "summary": "Resumen", **fields}


def only_document():
    return build_document(Practice.objects.get())


def test_real_record_is_kept_word_for_word():
    call_command("import_practices", SEED, publish=True, verbosity=0)
    source = json.loads(SEED.read_text(encoding="utf-8"))
    document = Publication.objects.current().get().content
    for name in ("code", "title", "author", "population", "summary", "impact", "validation", "replicability"):
        assert getattr(document, name) == source[name].strip()
    assert (document.limitations, document.conclusion) == (source["limitations"], source["conclusion"])
    assert document.implemented.text == source["implemented"]
    assert document.category.label == source["category"]
    assert list(document.success_factors) == source["success_factors"]
    assert document.coverage.text == source["coverage"]
    assert [link.address for link in document.links] == source["links"]
    assert [(m.text, float(m.value), m.unit) for m in document.metrics] == [
        (m["text"], m["value"], m["unit"]) for m in source["metrics"]
    ]
    assert [c.email for c in Contact.objects.public(Practice.objects.get().pk)] == [
        "responsabilidad.social@example.org"
    ]


def test_every_example_is_kept_as_given():
    call_command("import_practices", EXAMPLES, publish=True, demonstration=True, verbosity=0)
    for source in json.loads(EXAMPLES.read_text(encoding="utf-8")):
        document = Publication.objects.current().get(code=source["code"]).content
        assert document.title == source["title"]
        assert document.author == source["author"]
        assert document.implemented.text == source["implemented"]
        assert document.coverage.text == source["coverage"]
        assert [link.address for link in document.links] == source["links"]
        assert list(document.success_factors) == source["success_factors"]
        for name in ("population", "summary", "impact", "validation", "replicability", "limitations", "conclusion"):
            assert getattr(document, name) == (source[name] or "")
        assert document.demonstration is True


def test_second_import_changes_nothing():
    for _time in range(2):
        call_command("import_practices", SEED, EXAMPLES, publish=True, verbosity=0)
    assert (Practice.objects.count(), Publication.objects.count(), Contact.objects.count()) == (11, 11, 11)


def test_same_code_in_another_spelling_updates_the_record(imported):
    imported([record()], publish=True)
    imported([record(code="bp x sspd 1 2021", title="Otro título")], publish=True)
    assert [(p.number, p.title) for p in Publication.objects.order_by("number")] == [(1, "Título"), (2, "Otro título")]


def test_field_that_a_file_does_not_give_keeps_what_staff_wrote(imported):
    imported([record()])
    practice = Practice.objects.get()
    practice.conclusion = "Escrita por el equipo."
    practice.save()
    imported([record(title="Otro título")])
    assert only_document().conclusion == "Escrita por el equipo."
    imported([record(conclusion=None)])
    assert only_document().conclusion == ""


def test_import_without_publish_publishes_nothing(imported):
    imported([record()])
    assert (Practice.objects.get().state, Publication.objects.count()) == (State.DRAFT, 0)


def test_dry_run_reports_the_same_and_writes_nothing(imported):
    previewed = imported([record(), record(code="BP-X-SSPD-002-2021", links=["x" * 9000])], publish=True, dry_run=True)
    assert (
        Practice.objects.count()
        == Publication.objects.count()
        == Organization.objects.filter(key="firma").count()
        == 0
    )
    applied = imported([record(), record(code="BP-X-SSPD-002-2021", links=["x" * 9000])], publish=True)
    assert previewed.replace("Simulacro: no se escribió nada.\n", "") == applied
    assert Practice.objects.count() == 1


@pytest.mark.parametrize("blank", [None, "", "N.A.", "N/A", "No aplica", "n.a."])
def test_not_applicable_is_empty(imported, blank):
    imported([record(validation=blank, links=blank, success_factors=blank, coverage=blank, category=blank)])
    document = only_document()
    assert (document.validation, document.links, document.success_factors) == ("", (), ())
    assert (document.coverage.text, document.category) == ("", None)


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"code": "sin código"}, "code"),
        ({"code": None}, "code"),
        ({"title": ["lista"]}, "title"),
        ({"title": "x" * 501}, "title"),
        ({"summary": {"a": 1}}, "summary"),
        ({"metrics": [{"value": 3}]}, "metrics"),
        ({"criteria": [{"criterion": "no-existe"}]}, "criteria"),
        ({"contacts": [{"consent": {"given_on": "ayer"}}]}, "contacts"),
        ({"metrics": [{"text": "a", "headline": True}, {"text": "b", "headline": True}]}, ""),
        ({"criteria": [{"criterion": "eficaz"}, {"criterion": "eficaz"}]}, ""),
    ],
)
def test_record_that_cannot_be_kept_is_refused_by_field_and_the_others_are_not(imported, fields, field):
    printed = imported([record(**fields), record(code="BP-X-SSPD-009-2021")])
    assert f"✗ {field}: " in printed
    assert "CommandError" in printed
    assert [p.code for p in Practice.objects.all()] == ["BP-X-SSPD-009-2021"]


@pytest.mark.parametrize("broken", ["", "{", "[1, 2]", '"texto"', "null", "\x00", "[" * 100_000])
def test_file_that_is_no_import_changes_nothing_and_says_why(imported, broken):
    assert imported(broken).startswith("CommandError: ")
    assert Practice.objects.count() == 0


def test_unknown_key_is_listed(imported):
    assert "presupuesto" in imported([record(presupuesto="$ 3")])


def test_record_below_the_minimum_is_kept_as_draft_and_says_what_it_lacks(imported):
    printed = imported([record(title=None)], publish=True)
    assert "✗ title: " in printed
    assert (Practice.objects.get().state, Publication.objects.count()) == (State.DRAFT, 0)


def test_unknown_category_is_added_and_a_known_one_reused(imported):
    imported(
        [
            record(category="1. FUNCIONAMIENTO DE LAS OFICINAS PRESENCIALES O VIRTUALES DE ATENCION"),
            record(code="BP-X-SSPD-002-2021", category="2. Facturación y recaudo"),
            record(code="BP-X-SSPD-003-2021", category="2. Otra con el mismo número"),
        ]
    )
    assert list(Category.objects.order_by("pk").values_list("slug", "number")) == [
        ("oficinas", 1),
        ("facturacion-y-recaudo", 2),
        ("otra-con-el-mismo-numero", None),
    ]


@pytest.mark.parametrize(
    ("written", "keys"),
    [
        ("AGUAS DE MANIZALES S.A E.S.P.", ["aguas manizales"]),
        ("aguas de manizales", ["aguas manizales"]),
        ("EPM E.S.P.", ["empresas publicas medellin"]),
        ("GASES DEL CARIBE S.A. E.S.P. – HOCOL S.A.", ["gases caribe", "hocol"]),
    ],
)
def test_author_in_any_spelling_is_the_organisation_that_is_known(imported, written, keys):
    known = Organization.objects.count()
    imported([record(author=written)])
    rows = Practice.objects.get().authorship_set.all()
    assert [row.organization.key for row in rows] == keys
    assert Organization.objects.count() == known
    assert only_document().author == written


def test_two_spellings_of_one_firm_are_one_author(imported):
    imported([record(author=["Aguas de Manizales S.A. E.S.P.", "AGUAS DE MANIZALES SA ESP"])])
    assert [author.slug for author in only_document().authors] == ["aguas-manizales"]
    assert only_document().author == "Aguas de Manizales S.A. E.S.P.; AGUAS DE MANIZALES SA ESP"


def test_html_becomes_text(imported):
    imported([record(summary="<p>Uno &amp; dos</p><ul><li>tres</li></ul><script>alert(1)</script>")])
    assert only_document().summary == "Uno & dos\n\n• tres"


def test_contact_without_consent_is_kept_for_staff_and_hidden_from_the_public(imported):
    imported([record(contact="Ana Prueba, Gerente – ana@example.org")])
    contact = Contact.objects.get()
    assert (contact.email, contact.role, contact.as_written) == (
        "ana@example.org",
        "Ana Prueba, Gerente",
        "Ana Prueba, Gerente – ana@example.org",
    )
    assert list(Contact.objects.public(contact.practice_id)) == []


def test_document_of_the_catalogue_is_its_own_import(imported):
    call_command("import_practices", SEED, publish=True, verbosity=0)
    first = only_document()
    edited = replace(first, title="Otro título")
    imported(to_json(edited), publish=True)
    assert from_json(Publication.objects.current().get().document) == edited


def test_file_of_windows_is_read(tmp_path):
    path = tmp_path / "records.json"
    path.write_text(json.dumps([record(title="Atención")], ensure_ascii=False), encoding="utf-8-sig")
    call_command("import_practices", path, verbosity=0)
    assert only_document().title == "Atención"
