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


@pytest.fixture(scope="module", autouse=True)
def vocabulary(module_database):
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


def test_code_that_stands_twice_in_a_file_is_refused_the_second_time(imported):
    printed = imported([record(title="Uno"), record(title="Dos")], publish=True)
    assert "CommandError" in printed
    assert [p.title for p in Publication.objects.all()] == ["Uno"]


def test_code_read_from_another_spelling_is_told(imported):
    assert "bp x sspd 1 2021 → BP-X-SSPD-001-2021" in imported([record(code="bp x sspd 1 2021")])


def test_figures_go_with_the_impact_that_stated_them(imported):
    imported([record(impact="• 300 usuarios atendidos\n• 20 visitas")])
    assert len(only_document().metrics) == 2
    imported([record(impact="N.A.")])
    assert (only_document().impact, only_document().metrics) == ("", ())


def test_what_staff_put_right_survives_the_same_file(imported):
    given = record(impact="• 300 usuarios atendidos", coverage="Caldas – Manizales", implemented="Abril de 2020")
    imported([given], publish=True)
    practice = Practice.objects.get()
    practice.metric_set.update(label="usuarios que llamaron", headline=True)
    practice.municipalities.add("17653")
    practice.implemented_start = practice.implemented_end = "2020-05"
    practice.save()
    before = only_document()
    assert ", sin cambios, " in imported([given]).replace("—", ",")
    assert only_document() == before
    imported([{**given, "impact": "• 400 usuarios atendidos"}])
    assert [metric.value for metric in only_document().metrics] == [400]


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"impact": {"texto": "x", "viñetas": ["y"]}}, "impact"),
        ({"links": [{"enlace": "https://example.org/"}]}, "links"),
        ({"criteria": "x"}, "criteria"),
        ({"criteria": 5}, "criteria"),
        ({"criteria": [None]}, "criteria"),
        ({"contact": {"consent": "sí"}}, "contact"),
        ({"contact": {"correo": "a@example.org"}}, "contact"),
        ({"demonstration": "no"}, "demonstration"),
        ({"author": "¿?"}, "author"),
        ({"author": "x" * 301 + " S.A."}, "author"),
        ({"category": "x" * 301}, "category"),
        ({"summary": "x" * 20_001}, "summary"),
        ({"summary": "x" * 10_000_000}, "summary"),
    ],
)
def test_value_that_would_be_lost_or_does_not_fit_is_refused_by_field(imported, fields, field):
    printed = imported([record(**fields), record(code="BP-X-SSPD-009-2021")])
    assert f"✗ {field}: " in printed
    assert len(printed) < 2_000
    assert [p.code for p in Practice.objects.all()] == ["BP-X-SSPD-009-2021"]


@pytest.mark.parametrize("broken", ['{"code": ' + "9" * 5_000 + "}", '{"code": "a", "code": "b"}'])
def test_json_that_python_would_read_wrongly_is_refused(imported, broken):
    assert imported(broken).startswith("CommandError: ")


@pytest.mark.parametrize(
    ("written", "address", "label"),
    [
        ("https://example.org/a", "https://example.org/a", ""),
        ("https://example.org/a_(b)?c=d%20e", "https://example.org/a_(b)?c=d%20e", ""),
        ("Video: https://example.org/a", "https://example.org/a", "Video: https://example.org/a"),
        ("Informe (www.example.org/a).", "http://www.example.org/a", "Informe (www.example.org/a)."),
        ("https://example.org/Informe Final 2020.pdf", "", "https://example.org/Informe Final 2020.pdf"),
        ("https://example.org/a https://example.org/b", "", "https://example.org/a https://example.org/b"),
        ("Acta en el archivo central", "", "Acta en el archivo central"),
        ("javascript:alert(1)", "", "javascript:alert(1)"),
    ],
)
def test_link_leads_only_where_the_text_surely_says(imported, written, address, label):
    imported([record(links=[written])])
    (link,) = only_document().links
    assert (link.address, link.label) == (address, label)


def test_mail_address_among_the_links_is_a_contact_and_not_public(imported):
    imported([record(links=["Ana Prueba ana@example.org", "https://example.org/"])], publish=True)
    assert [link.address for link in only_document().links] == ["https://example.org/"]
    assert "ana@" not in Publication.objects.get().document
    assert [contact.email for contact in Contact.objects.all()] == ["ana@example.org"]


@pytest.mark.parametrize(
    ("written", "number", "label"),
    [
        ("3. Facturación y recaudo", 3, "3. Facturación y recaudo"),
        ("15.- Cultura ciudadana", 15, "15. Cultura ciudadana"),
        ("4) Gestión", 4, "4. Gestión"),
        ("3.1 Otra cosa", None, "3.1 Otra cosa"),
        ("5 Aprovechamiento", None, "5 Aprovechamiento"),
        ("1. Otra con el número tomado", None, "1. Otra con el número tomado"),
        ("Sin número", None, "Sin número"),
    ],
)
def test_category_keeps_its_number_where_it_is_one(imported, written, number, label):
    imported([record(category=written)])
    category = only_document().category
    assert (category.number, category.label) == (number, label)


def test_services_are_those_the_catalogue_knows_and_the_others_are_told(imported):
    printed = imported([record(services="acueducto, Aseo y gas; telefonía")])
    assert [service.slug for service in only_document().services] == ["acueducto", "aseo", "gas-combustible"]
    assert "services: telefonía" in printed


def test_line_of_authors_is_kept_beside_the_list(imported):
    imported([record(author="Uno S.A. y aliados", authors=["Uno S.A.", "Dos S.A."])])
    document = only_document()
    assert (document.author, [a.as_written for a in document.authors]) == (
        "Uno S.A. y aliados",
        ["Uno S.A.", "Dos S.A."],
    )


def test_author_as_written_survives_a_new_name_of_the_organisation(imported):
    imported([record(author="Firma S.A.")])
    Organization.objects.filter(key="firma").update(name="Firma Nueva S.A.")
    assert only_document().author == "Firma S.A."
