"""What stands around every page: drawn once for each version of the frame, not for each page."""

from collections.abc import Mapping
from functools import lru_cache
from html import escape
from typing import Any

from django import template
from django.http import HttpRequest
from django.urls import get_script_prefix, reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from practices.drawing.stencil import Stencil
from practices.exchange.writers.stencils import drawn, fill

from .catalogue import lang_tag

register = template.Library()

PLACES = {
    "home": "web:home",
    "practices": "web:practice_list",
    "panorama": "web:panorama",
    "compare": "web:compare",
    "criteria": "web:criteria",
    "about": "web:page",
}
"""The entries of the menu, with the view that each leads to."""
ABOUT = "acerca"
HERE, WITHIN = ' aria-current="page"', ' aria-current="true"'


@register.simple_tag(takes_context=True)
def banner(context: template.Context) -> SafeString:
    """The head of the page: whose site it is, its languages and the menu."""
    return banner_in(_known(context))


def _known(context: template.Context) -> Mapping[str, Any]:
    return {name: context.get(name) for name in ("request", "frame", "site_name", "alternates")}


def banner_in(around: Mapping[str, Any]) -> SafeString:
    """The same for whoever has no template around it: `request`, `frame`, `site_name` and `alternates`."""
    request: HttpRequest | None = around.get("request")
    here = request.path if request else ""
    menu = _menu(get_language() or "", get_script_prefix())
    current = {name: _current(name, address, here) for name, address in menu.items()}
    return mark_safe(_of_the_frame(around, "banner").fill(languages=_languages(around), **current))


@register.simple_tag(takes_context=True)
def footer(context: template.Context) -> SafeString:
    return mark_safe(_of_the_frame(_known(context), "footer").fill())


def _of_the_frame(around: Mapping[str, Any], name: str) -> Stencil:
    """Kept with the frame that it shows, and with no other; a template drawn without a request has none."""
    frame, language = around.get("frame"), get_language() or ""
    kept: dict[tuple[str, str], Stencil] = frame.drawn if frame else {}
    if (name, language) not in kept:
        shown: dict[str, Any] = {
            "frame": frame,
            "site_name": around.get("site_name") or "",
            "menu": _menu(language, get_script_prefix()),
        }
        kept[name, language] = Stencil(drawn(f"practices/partials/{name}.html", language, **shown))
    return kept[name, language]


@lru_cache(maxsize=16)
def _menu(language: str, prefix: str) -> dict[str, str]:
    """The addresses of its entries, which depend on the language in force and on where the site begins."""
    return {name: reverse(view, args=[ABOUT] if name == "about" else []) for name, view in PLACES.items()}


def _current(name: str, address: str, here: str) -> str:
    if here == address:
        return HERE
    return WITHIN if name == "practices" and address in here else ""


def _languages(around: Mapping[str, Any]) -> str:
    """The same page in each language; nothing under a name that is not this site's."""
    language = get_language() or ""
    items = [
        fill(
            "practices/partials/language.html",
            language,
            address=escape(alternate.address),
            tag=lang_tag(alternate.code),
            name=escape(alternate.name),
            current=' aria-current="true"' if alternate.code == language else "",
        )
        for alternate in around.get("alternates") or ()
    ]
    return fill("practices/partials/languages.html", language, items="\n".join(items))
