"""What the metadata of a practice need to know of the site around it. No queries: the frame is kept."""

from django.conf import settings
from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import get_language, override

from practices.exchange.writers.metadata import Owner, Surroundings
from practices.exchange.writers.open_graph import PICTURE
from practices.models.publication import Publication
from practices.web.addresses import lasting_address
from practices.web.frame import frame

LICENCE = "/derechos-de-autor/"
"""The page that tells under which terms the contents may be used; an institution may have dropped it."""
SPANISH = settings.LANGUAGE_CODE


def owner(request: HttpRequest, picture: str = "") -> Owner:
    """`picture` stands for the address of the picture where the static files are not known yet."""
    around = frame()
    identity, links = around.identity, around.by_language.get(SPANISH, {})
    pages = {link.address for group in links.values() for link in group}
    return Owner(
        site=around.site_name,
        home=request.build_absolute_uri("/"),
        practices=lasting_address(request, "practice_list"),
        name=(identity and identity.name) or around.site_name,
        short_name=identity.short_name if identity else "",
        nit=identity.nit if identity else "",
        is_government=bool(identity and identity.govco),
        logo=request.build_absolute_uri(around.logo_address) if around.logo_address else "",
        same_as=tuple(link.address for link in links.get("social", ()) if link.address.startswith("http")),
        licence=request.build_absolute_uri(LICENCE) if LICENCE in pages else "",
        picture=picture or picture_address(request),
        email=identity.email if identity else "",
        # Every public body has an e-mail for judicial notices, and no other has one.
        is_public_body=bool(identity and (identity.govco or identity.judicial_email)),
    )


def picture_address(request: HttpRequest) -> str:
    return request.build_absolute_uri(static(PICTURE))


def surroundings(request: HttpRequest, publication: Publication, known: Owner | None = None) -> Surroundings:
    code = publication.code
    with override(SPANISH):
        author = request.build_absolute_uri(reverse("web:author", args=["-"]))
    return Surroundings(
        owner=known or owner(request),
        permanent=lasting_address(request, "practice_detail", code),
        version=lasting_address(request, "version", code, publication.number),
        here=request.build_absolute_uri(reverse("web:practice_detail", args=[code])),
        home=request.build_absolute_uri(reverse("web:home")),
        listing=request.build_absolute_uri(reverse("web:practice_list")),
        data=lasting_address(request, "practice_json", code),
        pdf=lasting_address(request, "practice_pdf", code),
        authors=author.removesuffix("-/"),
        language=get_language() or SPANISH,
    )
