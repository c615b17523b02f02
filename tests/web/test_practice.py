from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.core.files.base import ContentFile

from practices.document import Attachment, Link, from_json
from practices.editorial.documents import build_document
from practices.editorial.publishing import publish, withdraw
from practices.editorial.recording import store_document
from practices.models.contact import Contact
from practices.models.files import StoredFile
from practices.models.vocabulary import CodeSeries
from tests.factories import document, practice, published, rich_document

pytestmark = pytest.mark.django_db
CODE = "BP-PRUEBA-SSPD-001-2020"
PAGE = f"/practicas/{CODE}/"


def body(client, address=PAGE) -> str:
    return client.get(address).content.decode()


@pytest.mark.parametrize(
    "spelling",
    [
        "bp-prueba-sspd-001-2020",
        "BP PRUEBA SSPD 1 2020",
        "bp_prueba_sspd_001_2020",
        "BP–PRUEBA–SSPD–001–2020",
        "bppruebasspd0012020",
        "BP.PRUEBA.SSPD.1.2020",
    ],
)
@pytest.mark.parametrize(
    ("before", "after"), [("/practicas/", "/"), ("/en/practicas/", "/"), ("/practicas/", ".json")]
)
def test_any_other_spelling_redirects_permanently(client, spelling, before, after):
    published(document(1))
    CodeSeries.objects.get_or_create(prefix="BP-PRUEBA-SSPD")
    response = client.get(f"{before}{spelling}{after}?q=a%20b")
    assert (response.status_code, response["Location"]) == (301, f"{before}{CODE}{after}?q=a%20b")


@pytest.mark.parametrize("unknown", ["BP-PRUEBA-SSPD-002-2020", "x", "%00", "a" * 3000, "..", "%F0%9F%8E%89", "-"])
def test_unknown_code_is_404_that_helps_and_repeats_nothing(client, unknown):
    published(document(1))
    response = client.get(f"/practicas/{unknown}/")
    assert response.status_code == 404
    assert 'name="q"' in response.content.decode()
    assert "BP-PRUEBA-SSPD-002-2020" not in response.content.decode()


def test_draft_does_not_exist_for_the_public(client):
    practice(document(1))
    assert client.get(PAGE).status_code == client.get(PAGE[:-1] + ".json").status_code == 404


def test_withdrawn_practice_is_gone_with_the_reason_and_without_its_text(client):
    publication = published(document(1, title="Título retirado", summary="Texto retirado"))
    withdraw(publication.practice, "Los datos no se pudieron verificar.")
    for address in (PAGE, f"/practicas/{CODE}.json", f"/en{PAGE}"):
        response = client.get(address)
        assert response.status_code == 410
        assert "Los datos no se pudieron verificar." in response.content.decode()
        assert "retirado" not in response.content.decode()


def test_json_is_the_frozen_document(client):
    publication = published(rich_document(1))
    response = client.get(f"/practicas/{CODE}.json")
    assert response["Content-Type"] == "application/json"
    assert response.content.decode() == publication.document
    assert from_json(response.content) == build_document(publication.practice)


@pytest.mark.django_db(transaction=True)
def test_practice_page_costs_three_queries(client, django_assert_num_queries):
    """The publication, its contacts, and the catalogue version for what stands around every page."""
    published(rich_document(1))
    client.get(PAGE)
    with django_assert_num_queries(3):
        client.get(PAGE)


def test_page_shows_every_field_of_the_document(client):
    wanted = rich_document(
        1,
        population="Habitantes de las veredas",
        validation="Se validó con encuestas",
        replicability="La puede hacer cualquiera",
        limitations="Fue difícil",
        conclusion="Se aprendió",
        distinction="Primer lugar",
        links=(Link("https://example.org/informe", "Informe"), Link("", "Acta sin dirección")),
    )
    published(wanted)
    shown = body(client)
    for text in (
        *(wanted.code, wanted.title, wanted.author, wanted.population, wanted.summary, wanted.validation),
        *(wanted.replicability, wanted.limitations, wanted.conclusion, wanted.distinction, "Abril de 2020"),
        *("Funcionamiento de las oficinas", "Acueducto", "Caldas – Manizales", "355 peticiones resueltas."),
        *("Publicidad impresa.", "Campañas en medios.", "https://example.org/informe", "Acta sin dirección"),
    ):
        assert text in shown


def test_contents_list_names_the_sections_that_have_something_to_say(client):
    published(rich_document(1, conclusion="Se aprendió"))
    sections = client.get(PAGE).context["page"].sections
    assert [s.slug for s in sections] == ["resumen", "impacto", "factores", "cobertura", "conclusion"]
    shown = body(client)
    for section in sections:
        assert shown.count(f'id="{section.slug}"') == 1
        assert f'href="#{section.slug}"' in shown


def test_contact_is_shown_only_while_its_consent_holds(client):
    publication = published(document(1))
    today = date.today()
    for name, given, until in [
        ("sin.consentimiento", None, None),
        ("vigente", today, None),
        ("vencido", today - timedelta(9), today - timedelta(1)),
        ("futuro", today + timedelta(2), None),
    ]:
        Contact.objects.create(
            practice=publication.practice,
            email=f"{name}@example.org",
            consent_given_on=given,
            consent_given_by="Carta" if given else "",
            consent_until=until,
        )
    shown = body(client)
    assert [name for name in ("sin.consentimiento", "vigente", "vencido", "futuro") if f"{name}@" in shown] == [
        "vigente"
    ]
    assert "@example.org" not in body(client, f"/practicas/{CODE}.json")
    Contact.objects.update(consent_given_on=None, consent_given_by="", consent_until=None)
    assert "@example.org" not in body(client)


def with_file(name: str = "informe.pdf") -> Attachment:
    stored = StoredFile.objects.store(ContentFile(b"<script>contenido</script>", name=name))
    return Attachment(name, stored.sha256, stored.size, stored.media_type, "El informe")


def test_file_leaves_as_a_download_that_runs_nothing(client):
    published(document(1, attachments=(with_file("página.html"),)))
    response = client.get(f"{PAGE}archivos/1/")
    assert b"".join(response.streaming_content) == b"<script>contenido</script>"
    assert response["Content-Disposition"] == "attachment; filename*=utf-8''p%C3%A1gina.html"
    assert response["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert f'href="{PAGE}archivos/1/"' in body(client)


@pytest.mark.parametrize("number", [0, 2, 10**9])
def test_file_that_the_publication_does_not_have_is_404(client, number):
    published(document(1, attachments=(with_file(),)))
    assert client.get(f"{PAGE}archivos/{number}/").status_code == 404


def test_file_added_to_the_draft_is_not_public_until_published(client):
    publication = published(document(1))
    store_document(replace(build_document(publication.practice), attachments=(with_file(),)))
    assert client.get(f"{PAGE}archivos/1/").status_code == 404
    publish(publication.practice)
    assert client.get(f"{PAGE}archivos/1/").status_code == 200


def test_file_of_a_withdrawn_practice_is_gone_with_it(client):
    publication = published(document(1, attachments=(with_file(),)))
    withdraw(publication.practice, "Motivo")
    assert client.get(f"{PAGE}archivos/1/").status_code == 410


def test_file_under_another_spelling_of_the_code_redirects(client):
    published(document(1, attachments=(with_file(),)))
    response = client.get("/practicas/bp-prueba-sspd-1-2020/archivos/1/")
    assert (response.status_code, response["Location"]) == (301, f"{PAGE}archivos/1/")


@pytest.mark.parametrize("code", ["%00", "a%00b", "%F0%9F%8E%89", "a" * 3000])
def test_file_of_a_code_that_cannot_be_is_404(client, code):
    assert client.get(f"/practicas/{code}/archivos/1/").status_code == 404


def test_demonstration_record_says_so(client):
    published(document(1, demonstration=True))
    published(document(2))
    assert "demostración" in body(client)
    assert "demostración" not in body(client, "/practicas/BP-PRUEBA-SSPD-002-2020/")


def test_records_are_marked_as_spanish_on_english_pages(client):
    published(document(1))
    shown = body(client, f"/en{PAGE}")
    assert '<html lang="en"' in shown
    assert 'lang="es"' in shown


def test_hostile_text_is_escaped_everywhere(client):
    hostile = '"><script>alert(1)</script>'
    published(
        rich_document(
            1,
            title=hostile,
            summary=hostile,
            impact=f"• {hostile}",
            success_factors=(hostile,),
            population=hostile,
            links=(Link("", hostile), Link("https://example.org/?x=%22%3E", hostile)),
        )
    )
    for address in (PAGE, "/practicas/", "/", "/autores/aguas-prueba/"):
        assert "<script>alert" not in body(client, address)
