"""The institution's own: its pages, its logo, its colours."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import translate_url
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from practices.drawing.colours import BLACK, WHITE, lightened_for, mixed
from practices.exchange.downloads import INERT
from practices.exchange.writers.site_json import page_as_data
from practices.extraction.pictures import read_picture
from practices.models.files import StoredFile
from practices.models.identity import Identity
from practices.models.page import Page
from practices.web.context import alternates
from practices.web.frame import Frame, colours_key, frame
from practices.web.twins import twin

SPANISH = settings.LANGUAGE_CODE
FOR_EVER = "public, max-age=31536000, immutable"
SHORTLY = "public, max-age=300"
DARK_GROUND = "#19232b"
READABLE_IN_THE_DARK = 7
"""Links stand in running text there, in thin strokes."""


@require_safe
def page(request: HttpRequest, slug: str) -> HttpResponse:
    """A page of the institution. Where it has no English text, English readers get the Spanish one and are told."""
    found = get_object_or_404(Page, url=f"/{slug}/")
    title, text = in_language(found)
    in_spanish_only = get_language() != SPANISH and not found.is_in_english
    context = {
        "page": found,
        "page_title": title,
        "text": filled_in(text, frame()),
        "in_spanish_only": in_spanish_only,
        "in_both": found.is_in_english,
        "alternates": alternates(request, request.path),
    }
    if in_spanish_only:
        context["canonical"] = request.build_absolute_uri(translate_url(request.path, SPANISH))
    return render(request, "practices/page.html", context)


@require_safe
def page_json(request: HttpRequest, slug: str) -> HttpResponse:
    found = get_object_or_404(Page, url=f"/{slug}/")
    title, text = in_language(found)
    language = "en" if get_language() != SPANISH and found.is_in_english else "es"
    return twin(request, page_as_data(found, title, filled_in(text, frame()), language))


def in_language(page: Page) -> tuple[str, str]:
    """Its title and text in the language of the reader, else in Spanish."""
    english = get_language() != SPANISH and page.is_in_english
    return (page.title_en, page.content_en) if english else (page.title, page.content)


def filled_in(text: str, around: Frame) -> str:
    """The text with what it asks for by name: {entidad}, {correo}… What is not known yet is seen: [correo]."""
    for name, word in around.words.items():
        text = text.replace(f"{{{name}}}", word or f"[{name}]")
    return text


def kept_for_ever(response: HttpResponse, request: HttpRequest, key: str) -> HttpResponse:
    """An address with the key of its content never changes what it says; without it, it is asked for again."""
    response["Cache-Control"] = FOR_EVER if request.GET.get("v") == key[:12] else SHORTLY
    return response


@require_safe
def logo(request: HttpRequest) -> HttpResponse:
    """The bytes that were uploaded, as the kind of picture that they are; nothing in them runs."""
    stored = get_object_or_404(StoredFile, pk=Identity.current().logo_id or "")
    try:
        content = stored.content.read()
    except FileNotFoundError as error:
        raise Http404 from error
    picture = read_picture(content)
    if picture is None:
        raise Http404
    response = HttpResponse(content, content_type=picture.media_type)
    response["Content-Security-Policy"] = INERT
    return kept_for_ever(response, request, stored.pk)


@require_safe
def colours(request: HttpRequest) -> HttpResponse:
    """The institution's colours, over the tokens of catalogue.css. There is none where they are ours."""
    identity = Identity.current()
    if not identity.has_own_colours:
        raise Http404
    response = HttpResponse(style_sheet(identity), content_type="text/css; charset=utf-8")
    return kept_for_ever(response, request, colours_key(identity))


def style_sheet(identity: Identity) -> str:
    """Colours only, which the database holds to be six digits; each is checked or made to be readable."""
    light, strong = identity.action, mixed(identity.action, BLACK, 0.35)
    dark = lightened_for(identity.action, DARK_GROUND, READABLE_IN_THE_DARK)
    return (
        "@layer tokens{"
        f":root{{--brand:{identity.brand};--on-brand:{identity.on_brand};--on-brand-soft:{identity.on_brand};"
        f"--link:{light};--link-strong:{strong};--button:{light};--button-strong:{strong};--accent:{light}}}"
        "@media (prefers-color-scheme:dark){"
        f":root{{--brand:{identity.brand};--link:{dark};--link-strong:{mixed(dark, WHITE, 0.5)};"
        f"--button:{dark};--button-strong:{mixed(dark, WHITE, 0.5)};--accent:{dark}}}"
        "}}\n"
    )
