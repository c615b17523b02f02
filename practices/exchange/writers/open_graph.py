"""How a page is shown where somebody shares its address: the Open Graph protocol (https://ogp.me)."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.conf import settings
from django.utils.translation import gettext as _

from .citation import line

PICTURE, WIDTH, HEIGHT = "compartir.png", 1200, 630
"""A static file, and its size in pixels: that of large previews. It is the mark of favicon.svg, without words."""
LOCALES = {settings.LANGUAGE_CODE: "es_CO", "en": "en_US"}


@dataclass(frozen=True)
class Preview:
    """Addresses are absolute."""

    title: str
    description: str
    address: str
    site: str
    picture: str
    language: str
    kind: str = "website"


def open_graph(page: Preview) -> Iterator[tuple[str, str]]:
    """Names and contents of `<meta property>`."""
    yield "og:type", page.kind
    yield "og:title", line(page.title)
    yield "og:description", line(page.description)
    yield "og:url", page.address
    yield "og:site_name", line(page.site)
    yield "og:locale", LOCALES.get(page.language, page.language)
    yield from (("og:locale:alternate", name) for code, name in LOCALES.items() if code != page.language)
    yield "og:image", page.picture
    yield "og:image:type", "image/png"
    yield "og:image:width", str(WIDTH)
    yield "og:image:height", str(HEIGHT)
    yield "og:image:alt", _("A drop of water with a tick in it")
