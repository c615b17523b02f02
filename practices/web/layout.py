"""A page in the frame of base.html without drawing base.html: for the two kinds of page that are asked for most.

base.html is drawn once for each language and version of the frame, with slots where its blocks are (slotted.html). To
walk through it took Django's templates a fifth of the time that a list costs.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language

from practices.drawing.stencil import Stencil, slot
from practices.exchange.writers.stencils import drawn
from practices.templatetags.frame import banner_in
from practices.templatetags.metadata import preview_in, with_query_of

from .context import Alternate
from .frame import Frame, frame
from .twins import twin_of

LAYOUT = "layout"


@dataclass(frozen=True)
class Blocks:
    """What a page puts into base.html. Title and description are plain texts, the queries begin with their question
    mark or are "", the rest is HTML."""

    title: str
    description: str
    trail: str
    content: str
    head: str = ""
    query: str = ""
    """Of the canonical address."""
    twin_query: str = ""
    tells_itself: bool = False
    """Whether the head has metadata of the page's own for where it is shared."""


def laid_out(request: HttpRequest, blocks: Blocks, alternates: Sequence[Alternate]) -> HttpResponse:
    known = frame()
    around = {"request": request, "frame": known, "site_name": known.site_name, "alternates": alternates}
    title, description = _line(blocks.title), _line(blocks.description)
    canonical = f"{request.build_absolute_uri(request.path)}{blocks.query}"
    shared = "" if blocks.tells_itself else preview_in(request, known.site_name, title, description, canonical)
    layout = _layout(known, alternates)
    return HttpResponse(
        layout.fill(
            title=escape(title),
            description=escape(description),
            canonical=escape(canonical),
            preview=shared,
            twin=escape(f"{twin_of(request)}{blocks.twin_query}"),
            head=blocks.head,
            banner=banner_in(around),
            trail=blocks.trail,
            content=blocks.content,
            **{one.code: escape(with_query_of(one.address, canonical)) for one in alternates},
        )
    )


def _line(text: str) -> str:
    return " ".join(text.split())


def _layout(known: Frame, alternates: Sequence[Alternate]) -> Stencil:
    """Kept with the frame that it shows."""
    language = get_language() or ""
    if (LAYOUT, language) not in known.drawn:
        places = [Alternate(one.code, one.name, slot(one.code)) for one in alternates]
        around = {"frame": known, "site_name": known.site_name, "alternates": places, "LANGUAGE_CODE": language}
        known.drawn[LAYOUT, language] = Stencil(drawn("slotted.html", language, **around))
    return known.drawn[LAYOUT, language]
