import re
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import html5lib
import pytest
from django.core.files.base import ContentFile
from django.core.management import call_command
from django.template.loader import render_to_string
from django.utils import timezone

from practices.document import Attachment, Link, Metric, from_json
from practices.editorial.bulk import publish_documents
from practices.editorial.documents import build_document
from practices.editorial.publishing import publish, withdraw
from practices.editorial.recording import store_document
from practices.exchange.downloads import INERT
from practices.exchange.writers.page import PracticePage
from practices.models.contact import Contact
from practices.models.files import StoredFile
from practices.models.practice import Practice
from practices.models.vocabulary import CodeSeries
from tests.factories import document, practice, published, rich_document

pytestmark = pytest.mark.django_db
CODE = "BP-PRUEBA-SSPD-001-2020"
PAGE = f"/practicas/{CODE}/"


def body(client, address=PAGE) -> str:
    return client.get(address).content.decode()


@pytest.fixture(scope="module")
def one(module_database):
    published(document(1))


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
    ("before", "after"),
    [("/practicas/", end) for end in ("/", ".json", ".bib", ".ris")] + [("/en/practicas/", "/")],
)
def test_any_other_spelling_redirects_permanently(client, one, spelling, before, after):
    CodeSeries.objects.get_or_create(prefix="BP-PRUEBA-SSPD")
    response = client.get(f"{before}{spelling}{after}?q=a%20b")
    assert (response.status_code, response["Location"]) == (301, f"{before}{CODE}{after}?q=a%20b")


@pytest.mark.parametrize("unknown", ["BP-PRUEBA-SSPD-002-2020", "x", "%00", "a" * 3000, "..", "%F0%9F%8E%89", "-"])
def test_unknown_code_is_404_that_helps_and_repeats_nothing(client, one, unknown):
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


def led_to(response) -> tuple[int, bool]:
    """How many related practices the page names, and whether it tells the place in a list."""
    tree = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(response.content.decode())
    return len(tree.findall(".//section[@id='relacionadas']//li")), tree.find(".//nav[@class='around']") is not None


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("others", [1, 3])
@pytest.mark.parametrize("query", ["", "?categoria=oficinas"])
def test_practice_page_costs_three_queries_whatever_it_leads_to(client, others, query, django_assert_num_queries):
    """The catalogue version, the publication, and the titles of all that the page leads to."""
    for number in range(1, others + 2):
        published(rich_document(number))
    client.get(PAGE)
    with django_assert_num_queries(3):
        response = client.get(f"{PAGE}{query}")
    assert led_to(response) == (others, bool(query))


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("others", [1, 3])
@pytest.mark.parametrize(("query", "queries"), [("", 2), ("?categoria=oficinas", 3)])
def test_what_is_like_it_costs_none_where_it_is_drawn(client, others, query, queries, django_assert_num_queries):
    for number in range(1, others + 2):
        published(rich_document(number))
    call_command("draw", processes=1)
    client.get(PAGE.replace("001", "002"))
    with django_assert_num_queries(queries):
        response = client.get(f"{PAGE}{query}")
    assert led_to(response) == (others, bool(query))


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("contacts", [1, 3])
def test_contacts_cost_one_query_more(client, contacts, django_assert_num_queries):
    for number in (1, 2):
        published(rich_document(number))
    practice = Practice.objects.get(code=CODE)
    for _number in range(contacts):
        Contact.objects.create(practice=practice, role="Jefe", consent_given_on="2026-01-01", consent_given_by="Carta")
    client.get(PAGE.replace("001", "002"))
    client.get(PAGE)
    with django_assert_num_queries(4):
        assert body(client, f"{PAGE}?categoria=oficinas").count("<b>Jefe</b>") == contacts


@pytest.mark.django_db(transaction=True)
def test_contact_is_shown_from_the_day_of_its_consent(client, monkeypatch):
    published(rich_document(1))
    today = timezone.localdate()
    for day, name in ((today, "Hoy"), (today + timedelta(days=1), "Mañana")):
        consent = {"consent_given_on": day, "consent_until": day, "consent_given_by": "Carta"}
        Contact.objects.create(practice=Practice.objects.get(code=CODE), name=name, **consent)
    assert [name in body(client) for name in ("Hoy", "Mañana")] == [True, False]
    tomorrow = timezone.now() + timedelta(days=1)
    monkeypatch.setattr(timezone, "now", lambda: tomorrow)
    assert [name in body(client) for name in ("Hoy", "Mañana")] == [False, True]


def test_the_page_of_a_lonely_practice_leads_nowhere(client, one):
    response = client.get(f"{PAGE}?q=nada")
    assert led_to(response) == (0, False)


def test_the_list_takes_its_selection_along(client):
    for number in (1, 2, 3):
        published(rich_document(number))
    published(document(4))
    assert f'href="{PAGE}?categoria=oficinas"' in body(client, "/practicas/?categoria=oficinas&x=y")
    assert f'href="{PAGE}"' in body(client, "/practicas/?x=y")
    response = client.get("/en/practicas/BP-PRUEBA-SSPD-002-2020/?x=y&categoria=oficinas&categoria=xilocarpo")
    shown = response.content.decode()
    assert f'<link rel="canonical" href="http://testserver/en/practicas/{CODE.replace("001", "002")}/">' in shown
    assert "Practice 2 of 3 in your list" in " ".join(shown.split())
    assert f'href="/en{PAGE}?categoria=oficinas" rel="next"' in shown
    assert 'href="/en/practicas/BP-PRUEBA-SSPD-003-2020/?categoria=oficinas" rel="prev"' in shown
    assert 'href="/en/practicas/?categoria=oficinas"' in shown
    spanish = "http://testserver/practicas/BP-PRUEBA-SSPD-002-2020/"
    assert f'<a href="{spanish}?categoria=oficinas" lang="es-CO" hreflang="es-CO">' in shown
    # Search engines are told of the address that is the page's own.
    assert f'<link rel="alternate" hreflang="es-CO" href="{spanish}">' in shown
    assert "xilocarpo" not in shown


def test_the_way_back_leads_to_the_page_of_the_list(client):
    list(publish_documents(rich_document(number) for number in range(1, 22)))
    shown = body(client, f"{PAGE}?categoria=oficinas")
    assert shown.count('<a href="/practicas/?categoria=oficinas&amp;pagina=2">') == 2


@pytest.mark.parametrize(
    "query", ["q=%00", "q=" + "a" * 5000, "orden=x&pagina=" + "9" * 400, "categoria=%FF", "q=-", "q=%22"]
)
def test_no_selection_breaks_the_page(client, one, query):
    assert client.get(f"{PAGE}?{query}").status_code == 200


def test_what_was_before_is_said_and_drawn(client):
    metrics = (
        Metric("Espera: de 12 a 3 días", "espera", 3, "días", 12, better="less"),
        Metric("Quejas: de 100 a 140", "quejas", 140, "quejas", 100, better="less"),
        Metric("Cobertura", "cobertura", Decimal("98.5"), "%", 80),
        Metric("Igual", "igual", 5, "horas", 5),
    )
    published(document(1, metrics=metrics, impact=""))
    page = client.get(f"/en{PAGE}").context["page"]
    assert [figure.change.words for figure in page.figures] == [
        "from 12 to 3 días (−75 %)",
        "from 100 to 140 quejas (+40 %)",
        "from 80 to 98.5 % (+18.5 points)",
        "from 5 to 5 horas",
    ]
    assert [figure.text for figure in page.said_figures] == ["Igual"]
    shown = body(client, f"/en{PAGE}")
    assert (shown.count("<svg"), shown.count(">Improved<"), shown.count(">Worsened<")) == (3, 1, 1)
    assert shown.count('<th scope="row">') == 4


def test_what_is_said_in_brief_is_taken_from_the_record(client):
    summary = "Se instalaron medidores. " * 20
    page = PracticePage(rich_document(1, summary=summary, population="Usuarios rurales."), language="es-co")
    assert page.what == ("Se instalaron medidores. " * 9).strip()
    assert (page.for_whom, page.result, page.has_brief) == ("Usuarios rurales.", "355 peticiones resueltas.", True)
    bare = PracticePage(document(1, summary="Corto."), language="es-co")
    assert (bare.what, bare.for_whom, bare.result, bare.has_brief) == ("", "", "", False)


def test_sections_that_are_read_together_stand_under_one_heading():
    page = PracticePage(document(1, replicability="Sí.", limitations="No.", validation="Bien."), language="es-co")
    assert [(chapter.slug, [s.slug for s in chapter.sections]) for chapter in page.chapters] == [
        ("resumen", ["resumen"]),
        ("replicar", ["replica", "limitaciones"]),
        ("validacion", ["validacion"]),
    ]


@pytest.mark.parametrize(
    ("kind", "media_type", "begins"),
    [("bib", "application/x-bibtex", "@misc{"), ("ris", "application/x-research-info-systems", "TY  - GEN")],
)
def test_the_reference_leaves_as_a_file(client, kind, media_type, begins):
    publication = published(document(1))
    response = client.get(f"/en/practicas/{CODE}.{kind}")
    assert response["Content-Type"] == f"{media_type}; charset=utf-8"
    assert response["Content-Disposition"] == f'attachment; filename="{CODE}.{kind}"'
    assert response.content.decode().startswith(begins)
    assert f"http://testserver{PAGE}v1/" in response.content.decode()
    withdraw(publication.practice, "Motivo")
    assert client.get(f"/practicas/{CODE}.{kind}").status_code == 410


def test_sharing_is_by_plain_links_to_the_lasting_address(client):
    published(document(1, title="Título & más\n%"))
    shown = body(client, f"/en{PAGE}?q=titulo")
    hosts = re.findall(r'<a href="(?:https://|mailto:)([^"/?]*)[^"]*" rel="noopener nofollow external"', shown)
    assert hosts == ["", "wa.me", "www.facebook.com", "x.com", "www.linkedin.com"]
    assert f"http://testserver{PAGE}" in shown
    assert "subject=T%C3%ADtulo%20%26%20m%C3%A1s%20%25&amp;body=" in shown


def test_staff_and_authors_see_the_page_without_what_only_the_public_one_has(client):
    page = PracticePage(document(1), language="es-co")
    shown = render_to_string("practices/detail.html", {"page": page, "document": page.document, "preview": True})
    assert [part for part in ("citar", "compartir", "relacionadas", "version") if f'id="{part}"' in shown] == []


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
    shown = body(client)
    contents = shown[shown.index('id="contenidos"') :].partition("</nav>")[0]
    assert re.findall(r'href="#(\w+)"', contents) == [
        *("resumen", "impacto", "factores", "conclusion", "cobertura", "citar"),
    ]
    for slug in ("resumen", "impacto", "factores", "conclusion", "cobertura"):
        assert shown.count(f'id="{slug}"') == 1


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
    assert response["Content-Security-Policy"] == INERT
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
