"""A practice as plain data for sheet.typ: what its page says, in the order of the page, and never a contact."""

import io
from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any

from django.template.defaultfilters import filesizeformat
from django.utils.encoding import iri_to_uri
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from practices.browse.terms import category_label
from practices.exchange.writers.citation import Citation
from practices.exchange.writers.dates import long_date
from practices.exchange.writers.page import Edition, PracticePage, Section
from practices.language.texts import Inlines, Paragraph, clean, plain, read_blocks, shorten
from practices.language.words import squash

from .glyphs import MISSING, cut, drawable
from .words import state_words

Values = dict[str, Any]
MOST_FIGURES = 4
LONGEST_NUMBER = 14
LONGEST_UNIT = 18
"""Characters that fit into a fourth of the page at their size."""
LONGEST_ADDRESS = 2_000
SHORT = 500
"""Characters of data: more are surely more lines than any heading."""
WHOLE = 2_000
"""Characters of data: fewer surely fit on one page."""


def practice_values(page: PracticePage, edition: Edition, address: str, citation: Citation) -> Values:
    """`address` is that of its page, whole. No queries."""
    document = page.document
    values: Values = {
        "code": document.code,
        "title": _line(document.title) or document.code,
        "authors": _authors(page),
        "demonstration": document.demonstration,
        "address": address,
        "qr": qr_of(address),
        "qr_says": _("QR code that leads to %(address)s") % {"address": address},
        "facts": list(_facts(page, edition)),
        "figures": [
            {
                "number": cut(figure.number, LONGEST_NUMBER),
                "unit": cut(_line(figure.unit), LONGEST_UNIT),
                "measured": _line(figure.measured),
            }
            for figure in page.headlines[:MOST_FIGURES]
        ],
        "sections": [*_sections(page), _about(edition, citation)],
    }
    values = drawable(values)
    if MISSING in str(values):
        values["sections"][-1]["parts"].append(_note(_missing(address)))
    return values


def qr_of(address: str) -> str:
    """The code as SVG: one path."""
    # For the few who ask for paper: no other worker need hold what draws it.
    import segno

    drawing = io.BytesIO()
    segno.make_qr(address, error="m").save(drawing, kind="svg", border=0, xmldecl=False, omitsize=True, dark="#17212b")
    return drawing.getvalue().decode()


def _missing(address: str) -> str:
    said = _("%(sign)s stands for a character that this document cannot draw. It is shown at %(address)s")
    return said % {"sign": MISSING, "address": address}


def _line(text: str) -> str:
    return " ".join(clean(text).split())


def _authors(page: PracticePage) -> str:
    document = page.document
    return " · ".join(_line(a.as_written or a.name) for a in document.authors) or _line(document.author)


def _facts(page: PracticePage, edition: Edition) -> Iterator[Values]:
    """What the page says under its title, and which version this is."""
    document, coverage = page.document, page.document.coverage
    if page.author_as_written and document.authors:
        yield _fact(_("Author as written"), page.author_as_written)
    if document.category:
        yield _fact(_("Category"), category_label(document))
    if document.services:
        yield _fact(_("Services"), ", ".join(service.name for service in document.services))
    if document.implemented.text:
        yield _fact(_("Implemented"), document.implemented.text)
    if coverage.text:
        yield _fact(_("Place"), shorten(coverage.text, 200))
    elif coverage.national:
        yield _fact(_("Place"), _("The whole country"), spanish=False)
    if document.call:
        call = document.call
        yield _fact(_("Call"), f"{call.name} ({call.year})" if call.year else call.name)
    if document.distinction:
        yield _fact(_("Distinction"), document.distinction)
    said = _("%(number)d, of %(date)s") % {"number": edition.number, "date": _date(edition.published_at)}
    yield _fact(_("Version"), said, spanish=False)


def _fact(label: str, value: str, *, spanish: bool = True) -> Values:
    return {"label": label, "value": _line(value), "spanish": spanish}


def _date(moment: datetime) -> str:
    return long_date(localtime(moment))


# --- Sections ----------------------------------------------------------------------------------------------------


def _sections(page: PracticePage) -> Iterator[Values]:
    for section in page.sections:
        write = PARTS.get(section.slug, _text)
        if parts := [part for part in write(page, section) if part]:
            yield _section(str(section.title), parts)


def _section(title: str, parts: list[Values]) -> Values:
    return {"title": title, "parts": parts, "short": len(str(parts)) < SHORT, "whole": False}


def _text(page: PracticePage, section: Section) -> list[Values | None]:
    return [_texts(section.text)]


def _impact(page: PracticePage, section: Section) -> list[Values | None]:
    rows = [
        {
            "text": _line(figure.text),
            "before": figure.before,
            "after": figure.quantity,
            "period": "" if page.period else _line(figure.period),
        }
        for figure in page.figures
    ]
    return [
        {"kind": "texts", "blocks": [_block(block) for block in page.impact_blocks]},
        {"kind": "measures", "rows": rows} if rows else None,
        _note(f"{_('Period:')} {_line(page.period)}") if page.period else None,
        *(
            {
                "kind": "bars",
                "unit": chart.unit,
                "bars": [{"label": _line(b.label), "shown": b.shown, "width": b.width} for b in chart.bars],
            }
            for chart in page.charts
        ),
    ]


def _factors(page: PracticePage, section: Section) -> list[Values | None]:
    return [{"kind": "factors", "items": [_blocks(factor) for factor in page.document.success_factors]}]


def _coverage(page: PracticePage, section: Section) -> list[Values | None]:
    """The text as written, and the places that it does not name."""
    coverage = page.document.coverage
    written = squash(coverage.text)
    named = all(squash(place.name) in written for place in (*coverage.departments, *coverage.municipalities))
    return [
        _texts(coverage.text),
        _paragraph(_("The whole country.")) if coverage.national else None,
        *([] if named else _places(page)),
    ]


def _places(page: PracticePage) -> list[Values | None]:
    rows = [
        {"name": group.department.name, "municipalities": ", ".join(place.name for place in group.municipalities)}
        for group in page.places
        if group.municipalities
    ]
    whole = ", ".join(group.department.name for group in page.places if not group.municipalities)
    return [
        {"kind": "places", "departments": whole, "rows": rows},
        _note(_("Source of names and codes: DIVIPOLA, DANE.")),
    ]


def _criteria(page: PracticePage, section: Section) -> list[Values | None]:
    said = state_words()
    rows = [
        {"name": _line(a.name), "state": a.state, "said": said[a.state], "reason": _blocks(a.reason)}
        for a in page.document.criteria
    ]
    return [{"kind": "criteria", "rows": rows}]


def _files(page: PracticePage, section: Section) -> list[Values | None]:
    rows = [
        {
            "name": _line(file.attachment.name),
            "address": _address(file.address),
            "size": filesizeformat(file.attachment.size),
            "description": _line(file.attachment.description),
        }
        for file in page.files
    ]
    return [{"kind": "files", "rows": rows}]


def _links(page: PracticePage, section: Section) -> list[Values | None]:
    items = []
    for reference in page.references:
        text, address = _line(reference.text), _address(reference.address)
        items.append([{"text": text, "address": address} if address else text])
        if address and text != _line(reference.address):
            items[-1].append(f" ({reference.host})")
        if reference.unavailable_since:
            said = _("link unavailable since %(date)s") % {"date": long_date(reference.unavailable_since)}
            items[-1].append(f" · {said}")
    return [{"kind": "texts", "blocks": [{"kind": "bulleted", "items": items}]}]


def _nobody(page: PracticePage, section: Section) -> list[Values | None]:
    """Contacts are personal data with a consent that may end: a file that goes around never holds them."""
    return []


PARTS: dict[str, Callable[[PracticePage, Section], list[Values | None]]] = {
    "impacto": _impact,
    "factores": _factors,
    "cobertura": _coverage,
    "criterios": _criteria,
    "archivos": _files,
    "enlaces": _links,
    "contacto": _nobody,
}
"""By the anchor of the section; the others are a text."""


def _about(edition: Edition, citation: Citation) -> Values:
    """How to cite it, which version it is, and where it is kept."""
    dates = [_("Version %(number)d, published on %(date)s.") % _of(edition.number, edition.published_at)]
    if edition.number > 1:
        dates.append(_("First published on %(date)s.") % {"date": _date(edition.first_published_at)})
    if edition.note:
        dates.append(_("What changed: %(note)s") % {"note": _line(edition.note)})
    dates.append(_("At that address are its contact, its files and its later versions."))
    parts = [
        _paragraph(
            citation.text.removesuffix(citation.address), {"text": citation.address, "address": citation.address}
        ),
        _paragraph(" ".join(dates)),
    ]
    return {**_section(_("How to cite"), parts), "whole": len(str(parts)) < WHOLE}


def _of(number: int, moment: datetime) -> Values:
    return {"number": number, "date": _date(moment)}


# --- Texts -------------------------------------------------------------------------------------------------------


def _note(text: str) -> Values:
    return {"kind": "note", "text": text}


def _paragraph(*inlines: str | Values) -> Values:
    return {"kind": "texts", "blocks": [{"kind": "paragraph", "lines": [list(inlines)]}]}


def _texts(text: str) -> Values | None:
    blocks = _blocks(text)
    return {"kind": "texts", "blocks": blocks} if blocks else None


def _blocks(text: str) -> list[Values]:
    return [_block(block) for block in read_blocks(text) if plain(text)]


def _block(block: Any) -> Values:
    if isinstance(block, Paragraph):
        return {"kind": "paragraph", "lines": [_inlines(line) for line in block.lines]}
    items = [_inlines(item.inlines) for item in block.items]
    return {"kind": "numbered", "start": block.start, "items": items} if block.ordered else _bulleted(items)


def _bulleted(items: list[Any]) -> Values:
    return {"kind": "bulleted", "items": items}


def _inlines(pieces: Inlines) -> list[str | Values]:
    shown: list[str | Values] = []
    for piece in pieces:
        if isinstance(piece, str):
            shown.append(piece)
        else:
            address = _address(piece.url)
            shown.append({"text": piece.text, "address": address} if address else piece.text)
    return shown


def _address(address: str) -> str:
    """An address that a PDF may lead to; "" for what is too long to be one."""
    written = iri_to_uri(clean(address)) if address else ""
    return written if len(written) <= LONGEST_ADDRESS else ""
