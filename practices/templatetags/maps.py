"""The map of the departments in a page: templates drawn once, filled in with what `drawing.map.areas` says."""

from functools import lru_cache
from html import escape

from django import template
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext, ngettext

from practices.browse import Selection
from practices.browse.parameters import DEPARTMENT
from practices.drawing.map import Area, CountryMap, areas, country_map, steps
from practices.exchange.writers.stencils import fill, stencil

from .catalogue import list_address

register = template.Library()
PARTIALS = "practices/partials/"


@register.simple_tag
def country() -> CountryMap:
    return country_map()


def department_areas(selection: Selection) -> list[Area]:
    """The map that filters: each department with its count, its link the list with it chosen, or not any more."""
    group = next(group for group in selection.facets if group.name == DEPARTMENT)
    address, toggled = list_address(), selection.toggling(DEPARTMENT)
    return areas(
        {value.value: value.count for value in group.values},
        lambda code: f"{address}?{toggled(code)}",
        {value.value for value in group.selected},
    )


@register.simple_tag(name="map")
def map_of(areas: list[Area], title: str, nofollow: bool = False) -> SafeString:
    """The departments, shaded by their counts. Their equal, a list or a table, is the page's business."""
    language = get_language() or ""
    drawn = "\n".join([_area(area, nofollow, language) for area in areas])
    return fill(f"{PARTIALS}map.html", language, title=escape(title), areas=drawn, key=_key(areas, language))


def _area(area: Area, nofollow: bool, language: str) -> str:
    says = _said(area.name, area.count, area.selected, language)
    shade = str(area.shade)
    if not area.address:
        return stencil(f"{PARTIALS}map_area.html", language).fill(says=says, shade=shade, path=area.path)
    return stencil(f"{PARTIALS}map_link.html", language).fill(
        address=escape(area.address),
        code=area.code,
        nofollow=' rel="nofollow"' if nofollow else "",
        says=says,
        shade=shade,
        chosen=" map-chosen" if area.selected else "",
        path=area.path,
    )


@lru_cache(maxsize=4096)
def _said(name: str, count: int, selected: bool, language: str) -> str:
    """How a department with so many practices is named in the language in force, which is that one."""
    said = ngettext("%(name)s: %(number)s practice", "%(name)s: %(number)s practices", count)
    said %= {"name": escape(name), "number": count}
    return gettext("%(text)s (chosen)") % {"text": said} if selected else said


def _key(areas: list[Area], language: str) -> str:
    """What the shades stand for; nothing where there is none."""
    known = [
        fill(f"{PARTIALS}map_step.html", language, shade=str(step.shade), counts=_from_to(step.lowest, step.highest))
        for step in steps(areas)
    ]
    return fill(f"{PARTIALS}map_key.html", language, steps="".join(known)) if known else ""


def _from_to(lowest: int, highest: int) -> str:
    return str(lowest) if lowest == highest else f"{lowest}–{highest}"
