"""What every page knows: whose site it is, and the same page in the other language."""

from dataclasses import dataclass
from functools import cache
from typing import Any

from django.conf import settings
from django.core.exceptions import DisallowedHost
from django.http import HttpRequest
from django.urls import get_script_prefix, reverse
from django.utils.functional import SimpleLazyObject, lazy
from django.utils.translation import get_language_info

from .frame import frame
from .twins import twin_of

NAMED = tuple(code for code, _name in settings.LANGUAGES if code != settings.LANGUAGE_CODE)
"""The languages that stand in the addresses of their pages."""


@dataclass(frozen=True)
class Alternate:
    """A page in one of the site's languages."""

    code: str
    name: str
    address: str


def site(request: HttpRequest) -> dict[str, Any]:
    """Nothing but the name for a request that came under another site's name: it has no addresses of ours."""
    around = SimpleLazyObject(frame)
    # Asked for by the pages that show them: the staff's have a frame of their own.
    known = {"frame": around, "site_name": _site_name(around)}
    try:
        request.get_host()
    except DisallowedHost:
        return known
    return {
        **known,
        # Views that know what of an address may be shown again give their own.
        "alternates": SimpleLazyObject(lambda: alternates(request, request.get_full_path())),
        "canonical": request.build_absolute_uri(request.path),
        "twin": twin_of(request),
    }


_site_name = lazy(lambda frame: frame.site_name, str)


def home_alternates(request: HttpRequest) -> list[Alternate]:
    """For a page that says nothing of the address one typed."""
    return alternates(request, reverse("web:home"))


def alternates(request: HttpRequest, address: str) -> list[Alternate]:
    return [
        Alternate(code, language_name(code), request.build_absolute_uri(in_language(address, code)))
        for code, _name in settings.LANGUAGES
    ]


def in_language(address: str, code: str) -> str:
    """The same address of this site in that language: Spanish at /, the others under their own name."""
    root = get_script_prefix()
    rest = address.removeprefix(root)
    named = next((f"{other}/" for other in NAMED if rest.startswith(f"{other}/")), "")
    return f"{root}{f'{code}/' if code in NAMED else ''}{rest.removeprefix(named)}"


@cache
def language_name(code: str) -> str:
    """In the language itself, without the country: “Español”."""
    return get_language_info(code.partition("-")[0])["name_local"].capitalize()
