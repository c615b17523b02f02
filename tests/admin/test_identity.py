"""The institution's identity and its pages, as publishers keep them."""

import io
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from PIL import Image

from practices.exchange.downloads import INERT
from practices.models.identity import ROW, Identity, IdentityLink
from practices.models.page import Page
from practices.models.version import CatalogueVersion

from .forms import FormReader
from .people import signed_in

ADDRESS = "admin:practices_identity_change"


def picture(kind: str = "png", size: tuple[int, int] = (120, 40), name: str = "") -> SimpleUploadedFile:
    made = io.BytesIO()
    Image.new("RGB", size, "white").save(made, kind)
    return SimpleUploadedFile(name or f"logo.{kind}", made.getvalue())


@pytest.fixture
def chief(vocabulary) -> Client:
    return signed_in("publisher")


def sent(client: Client, address: str, **typed: object) -> object:
    """Open a form of the stock kind, type over it and save."""
    reader = FormReader()
    reader.feed(re.sub(r'id="(identity|page)_form"', 'id="practice_form"', client.get(address).content.decode()))
    values = {name: values for name, values in reader.values.items() if "__prefix__" not in name}
    return client.post(address, {**values, **typed})


def save(client: Client, **typed: object) -> object:
    return sent(client, reverse(ADDRESS, args=[ROW]), **typed)


def wrong(response: object) -> dict[str, list[str]]:
    found = {name: list(messages) for name, messages in response.context["adminform"].form.errors.items()}
    for inline in response.context["inline_admin_formsets"]:
        for row in inline.formset.forms:
            found |= {f"{row.prefix}-{name}": list(messages) for name, messages in row.errors.items()}
    return found


def test_what_publishers_write_is_on_every_page_at_once(chief):
    client = Client()
    assert "Entidad de ejemplo" in client.get("/").content.decode()
    before = CatalogueVersion.current()
    assert save(chief, name="Entidad <de> prueba", site_name="Otro nombre", govco="on").status_code == 302
    assert CatalogueVersion.current() > before
    shown = client.get("/").content.decode()
    assert "Entidad &lt;de&gt; prueba" in shown
    assert "Otro nombre</title>" in shown
    assert 'href="https://www.gov.co/"' in shown
    assert "Entidad de ejemplo" not in shown


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        (
            {"brand": "#ffcc00"},
            {"on_brand": ["The contrast is 1.51 to 1 and must be at least 4.5: choose colours further apart."]},
        ),
        (
            {"action": "#777777"},
            {"action": ["The contrast is 4.11 to 1 and must be at least 4.5: choose colours further apart."]},
        ),
    ],
)
def test_colours_that_cannot_be_read_are_refused_with_what_was_measured(chief, typed, message):
    assert wrong(save(chief, **typed)) == message
    assert not Identity.current().has_own_colours


@pytest.mark.parametrize("colour", ["red", "#fff", "#12345g", "</style>", "#0d4a6"])
def test_a_colour_is_six_digits(chief, colour):
    assert list(wrong(save(chief, brand=colour))) == ["brand"]
    with pytest.raises(IntegrityError), transaction.atomic():
        Identity.objects.update(brand=colour[:7])


@pytest.mark.parametrize(
    "address",
    [
        *("javascript:alert(1)", "//evil.example/", "/\\evil.example", "\\\\evil.example", "http:///evil.example"),
        *(
            "data:text/html,x",
            "ftp://example.org/",
            "terminos",
            "https://",
            "mailto:x@example.org",
            "/a b",
            "HTTPS//x",
        ),
    ],
)
def test_a_link_leads_to_the_web_or_into_this_site(chief, address):
    response = save(chief, **{"links-0-address": address})
    assert list(wrong(response)) == ["links-0-address"]
    with pytest.raises(IntegrityError), transaction.atomic():
        IdentityLink.objects.update(address=address)


@pytest.mark.parametrize(
    "address", ["/", "/terminos/", "/practicas/?q=agua#q", "https://example.org/á?x=1", "http://x"]
)
def test_other_links_are_taken(chief, address):
    assert save(chief, **{"links-0-address": address}).status_code == 302


def test_a_logo_is_served_as_the_picture_that_it_is(chief):
    upload = picture("webp", (120, 40))
    assert save(chief, new_logo=upload).status_code == 302
    shown = Client().get("/").content.decode()
    address = re.search(r'<img class="logo" src="([^"]+)" alt="" width="120" height="40">', shown)[1]
    answer = Client().get(address)
    upload.seek(0)
    assert (answer.content, answer["Content-Type"]) == (upload.read(), "image/webp")
    assert answer["Cache-Control"] == "public, max-age=31536000, immutable"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"] == INERT
    assert Client().get("/identidad/logo?v=otro")["Cache-Control"] == "public, max-age=300"
    assert save(chief, without_logo="on").status_code == 302
    assert Client().get(address).status_code == 404
    assert 'class="logo"' not in Client().get("/").content.decode()


SVG = b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>"


@pytest.mark.parametrize(
    "upload",
    [
        SimpleUploadedFile("logo.svg", SVG),
        SimpleUploadedFile("logo.png", SVG),
        SimpleUploadedFile("logo.png", b"\x89PNG\r\n\x1a\n" + SVG),
        SimpleUploadedFile("logo.pdf", b"%PDF-1.4"),
        SimpleUploadedFile("logo.jpg", b"\xff\xd8\xff" + b"\0" * 300_000),
        picture("jpeg", name="logo.png"),
        picture("png", (5000, 1)),
    ],
    ids=["svg", "svg as png", "svg behind png", "pdf", "too large", "jpeg as png", "too wide"],
)
def test_a_logo_that_pretends_or_is_too_large_is_refused(chief, upload):
    upload.seek(0)
    assert list(wrong(save(chief, new_logo=upload))) == ["new_logo"]
    assert Identity.current().logo_id is None


def test_a_chosen_logo_is_not_lost_with_another_mistake(chief):
    response = save(chief, brand="#ffcc00", new_logo=picture())
    kept = re.search(r'name="new_logo-kept" value="([^"]+)"', response.content.decode())[1]
    assert save(chief, **{"new_logo-kept": kept}).status_code == 302
    assert Identity.current().logo_width == 120


def test_every_field_says_what_to_write(chief):
    form = chief.get(reverse(ADDRESS, args=[ROW])).context["adminform"].form
    page = chief.get(reverse("admin:practices_page_add")).context["adminform"].form
    rows = chief.get(reverse(ADDRESS, args=[ROW])).context["inline_admin_formsets"][0].formset.forms[0]
    fields = [*form, *page, *(rows[name] for name in ("place", "label", "label_en", "address", "position"))]
    assert [field.name for field in fields if not field.help_text] == []


def page_typed(**typed: str) -> dict[str, str]:
    return {"title": "Nueva", "url": "/nueva/", "content": "Hola", "title_en": "", "content_en": "", **typed}


def test_a_new_page_answers_in_both_languages(chief):
    typed = page_typed(content="<p>Hola</p><script>alert(1)</script>")
    assert chief.post(reverse("admin:practices_page_add"), typed).status_code == 302
    assert Page.objects.get(url="/nueva/").content == "Hola"
    assert [Client().get(f"{before}/nueva/").status_code for before in ("", "/en")] == [200, 200]


@pytest.mark.parametrize(
    "url", ["/practicas/", "/criterios/", "/inicio/", "/admin/", "/en/", "/", "", "/a/b/", "/Á/", "/terminos/"]
)
def test_a_page_never_takes_the_address_of_another(chief, url):
    response = chief.post(reverse("admin:practices_page_add"), page_typed(url=url))
    assert list(wrong(response)) == ["url"]
    assert Client().get("/practicas/").status_code == 200


def test_a_changed_page_raises_the_catalogue_version(chief):
    page = Page.objects.get(url="/cookies/")
    before = CatalogueVersion.current()
    address = reverse("admin:practices_page_change", args=[page.pk])
    assert chief.post(address, page_typed(url="/cookies/", content="Otra cosa")).status_code == 302
    assert CatalogueVersion.current() > before
    assert "Otra cosa" in Client().get("/cookies/").content.decode()
    before = CatalogueVersion.current()
    page.delete()
    assert CatalogueVersion.current() > before
    assert Client().get("/cookies/").status_code == 404


@pytest.mark.parametrize("name", ["flatpages_flatpage_changelist", "sites_site_changelist"])
def test_the_stock_screens_of_pages_and_sites_are_not_there(name):
    from django.urls import NoReverseMatch

    with pytest.raises(NoReverseMatch):
        reverse(f"admin:{name}")
