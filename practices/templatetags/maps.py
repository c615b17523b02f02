"""The map of the departments in a page: `practices/partials/map.html` draws what `drawing.map.areas` says."""

from collections.abc import Sequence

from django import template

from practices.drawing import map as drawing

register = template.Library()


@register.simple_tag
def country() -> drawing.CountryMap:
    return drawing.country_map()


@register.filter
def steps(areas: Sequence[drawing.Area]) -> list[drawing.Step]:
    return drawing.steps(areas)
