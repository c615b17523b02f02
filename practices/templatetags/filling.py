"""The parts of a list that depend on what was chosen, filled into templates that were drawn once.

A list is asked for more than any other page, and holds some hundred values: Django's templates take longer for each
than all of the search. The templates stay what they are; here is only what goes into their slots, as HTML.
"""

from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from html import escape
from typing import Protocol
from urllib.parse import quote

from django import template
from django.core.paginator import Page
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import capfirst
from django.utils.translation import get_language, gettext, ngettext

from practices.browse import Selection
from practices.browse.parameters import DEPARTMENT, TABLE
from practices.drawing.stencil import Stencil, slot
from practices.exchange.writers.stencils import fill, stencil

from .catalogue import list_address, page_numbers, page_query, query
from .frame import HERE
from .maps import department_areas, map_of
from .panels import Box, Panel, Sort, View, counts_national, panels, sizes, sorts, views

register = template.Library()
PARTIALS = "practices/partials/"
CHECKED, SELECTED, DISABLED, OPEN = " checked", " selected", " disabled", " open"


@register.simple_tag
def search_box(text: str = "", hint: str = "") -> SafeString:
    """The box of every search form; `hint` is the id of what explains it."""
    described = f' aria-describedby="{escape(hint)}"' if hint else ""
    return fill(f"{PARTIALS}search_box.html", get_language() or "", text=escape(text), described=described)


@register.simple_tag
def filters(selection: Selection) -> SafeString:
    """Every facet there is. Where nothing is chosen and nothing sought they are the same on each page of the list,
    and drawn once for each version of the catalogue."""
    if selection.is_everything:
        kept, name = selection.known.drawn, f"filters {get_language()}"
        if name not in kept:
            kept[name] = _filters(selection)
        return mark_safe(kept[name])
    return mark_safe(_filters(selection))


def _filters(selection: Selection) -> str:
    found = panels(selection)
    if not found:
        return ""
    language, chosen = get_language() or "", len(selection.chosen)
    said = ngettext("%(number)s in use", "%(number)s in use", chosen) % {"number": chosen}
    return fill(
        f"{PARTIALS}filters.html",
        language,
        open=OPEN if any(panel.sought for panel in found) else "",
        chosen=f' <span class="count">({said})</span>' if chosen else "",
        panels="\n".join([_facet_panel(panel, selection, language) for panel in found]),
    )


@register.simple_tag
def facet_panel(panel: Panel, selection: Selection) -> SafeString:
    """One facet: its values to tick, those one has to ask for, and what else narrows by it."""
    return _facet_panel(panel, selection, get_language() or "")


def _facet_panel(panel: Panel, selection: Selection, language: str) -> SafeString:
    label = escape(str(panel.label))
    return fill(
        f"{PARTIALS}facet.html",
        language,
        name=panel.name,
        open=OPEN if panel.is_open else "",
        label=label,
        selected=f' <span class="count">({panel.selected})</span>' if panel.selected else "",
        search=_facet_search(panel, language) if panel.search_name else "",
        shown=_checks(panel, panel.shown, language),
        rest=_rest(panel, label, language) if panel.rest else "",
        more=_map_and_national(panel, selection, language) if panel.name == DEPARTMENT else "",
    )


def _checks(panel: Panel, boxes: Iterable[Box], language: str) -> str:
    items = [
        _check(box.name, box.value, box.label, language).fill(
            count=str(box.count), state=CHECKED if box.selected else DISABLED if box.disabled else ""
        )
        for box in boxes
    ]
    lang = ' lang="es"' if panel.in_spanish else ""
    return fill(f"{PARTIALS}checks.html", language, lang=lang, items="\n".join(items))


@lru_cache(maxsize=10_000)
def _check(name: str, value: str, label: str, language: str) -> Stencil:
    """One box; what is left to fill in are its count and its state."""
    own = {"name": name, "value": escape(value), "label": escape(label)}
    left = {"count": slot("count"), "state": slot("state")}
    return Stencil(stencil(f"{PARTIALS}check.html", language).fill(**own, **left))


def _rest(panel: Panel, label: str, language: str) -> str:
    number = len(panel.rest)
    said = ngettext("%(number)s more", "%(number)s more", number) % {"number": number}
    checks = _checks(panel, panel.rest, language)
    return fill(f"{PARTIALS}facet_rest.html", language, name=panel.name, said=said, label=label, checks=checks)


def _facet_search(panel: Panel, language: str) -> str:
    return fill(
        f"{PARTIALS}facet_search.html",
        language,
        name=panel.search_name,
        find=gettext("Find: %(facet)s") % {"facet": escape(str(panel.label).lower())},
        sought=escape(panel.sought),
        note=fill(f"{PARTIALS}facet_found.html", language, said=_found(panel)) if panel.sought else "",
    )


def _found(panel: Panel) -> str:
    """How many values hold what was sought, and how many of them are shown."""
    said = ngettext("%(number)s with “%(text)s”", "%(number)s with “%(text)s”", panel.found)
    said %= {"number": panel.found, "text": escape(panel.sought)}
    shown = len(panel.shown)
    if panel.found <= shown:
        return said
    more = ngettext("; the first %(number)s are shown", "; the first %(number)s are shown", shown)
    return said + more % {"number": shown}


def _map_and_national(panel: Panel, selection: Selection, language: str) -> str:
    drawn = map_of(department_areas(selection), gettext("Practices by department"), nofollow=True)
    shown = fill(f"{PARTIALS}facet_map.html", language, map=drawn)
    if not counts_national(panel, selection):
        return shown
    state = CHECKED if selection.with_national else ""
    note = fill(f"{PARTIALS}national_note.html", language) if state else ""
    return shown + fill(f"{PARTIALS}national.html", language, state=state, count=str(selection.national), note=note)


@register.simple_tag
def sorting(selection: Selection) -> SafeString:
    """Order, length and view of the list."""
    language = get_language() or ""
    return fill(
        f"{PARTIALS}sorting.html",
        language,
        sorts=_options(sorts(selection), language),
        sizes=_options(sizes(selection), language),
        table=f'<input type="hidden" name="vista" value="{TABLE}">' if selection.is_table else "",
        views="\n".join([_view(view, language) for view in views(selection)]),
    )


def _options(options: Iterable[Sort], language: str) -> str:
    one = stencil(f"{PARTIALS}option.html", language).fill
    return "".join(
        [
            one(value=option.value, label=escape(option.label), state=SELECTED if option.selected else "")
            for option in options
        ]
    )


def _view(view: View, language: str) -> str:
    return fill(
        f"{PARTIALS}view.html",
        language,
        address=escape(f"{list_address()}{query(view.query)}"),
        key=view.key,
        current=' aria-current="true"' if view.selected else "",
        label=escape(str(view.label)),
    )


@register.simple_tag
def chosen(selection: Selection) -> SafeString:
    """What is in force, each with the way to do without it."""
    if not selection.chosen:
        return mark_safe("")
    language = get_language() or ""
    one = stencil(f"{PARTIALS}chip.html", language).fill
    choices = [
        one(
            without=escape(query(choice.without)),
            facet=escape(choice.facet_label or gettext("Search")),
            label=escape(choice.label),
        )
        for choice in selection.chosen
    ]
    return fill(f"{PARTIALS}chosen.html", language, choices="\n".join(choices))


class Titled(Protocol):
    """Another practice that a page leads to."""

    @property
    def code(self) -> str: ...
    @property
    def title(self) -> str: ...
    @property
    def reasons(self) -> str: ...


@register.simple_tag
def kindred(related: Sequence[Titled]) -> SafeString:
    """The practices that are like this one, each with its reasons; nothing where there are none."""
    if not related:
        return mark_safe("")
    language = get_language() or ""
    one = stencil(f"{PARTIALS}related_item.html", language).fill
    items = [
        one(code=quote(other.code), title=escape(other.title), reasons=escape(capfirst(other.reasons)))
        for other in related
    ]
    return fill(f"{PARTIALS}related.html", language, items="\n".join(items))


@register.simple_tag
def outputs(selection: Selection, page: Page) -> SafeString:
    """The same selection in other shapes."""
    return fill(
        f"{PARTIALS}outputs.html",
        get_language() or "",
        kept=escape(query(selection.kept)),
        this=escape(page_query(selection, page.number)),
        feed=escape(query(selection.in_feed)),
    )


@register.simple_tag(takes_context=True)
def pagination(context: template.Context, page: Page, selection: Selection | None = None) -> SafeString:
    """The way to the other pages of a list, which may have no selection; nothing where there are none."""
    if not page.has_other_pages():
        return mark_safe("")
    return mark_safe(pages_of(page, context["request"].path, selection))


def pages_of(page: Page, path: str, selection: Selection | None) -> str:
    language = get_language() or ""

    def address(number: int) -> str:
        return escape(f"{path}{page_query(selection, number)}")

    def way(name: str, number: int) -> str:
        return fill(f"{PARTIALS}{name}.html", language, address=address(number))

    return fill(
        f"{PARTIALS}pagination.html",
        language,
        before=way("page_before", page.number - 1) if page.has_previous() else "",
        numbers="\n".join([_number(number, page.number, address, language) for number in page_numbers(page)]),
        after=way("page_after", page.number + 1) if page.has_next() else "",
    )


def _number(number: int | str, here: int, address: Callable[[int], str], language: str) -> str:
    if not isinstance(number, int):
        return f'<li class="pages-gap">{number}</li>'
    is_here = number == here
    return fill(
        f"{PARTIALS}page_number.html",
        language,
        far="" if is_here else ' class="pages-number"',
        address=address(number),
        current=HERE if is_here else "",
        number=str(number),
    )
