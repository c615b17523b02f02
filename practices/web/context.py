"""What every page knows: whose site it is, and the same page in the other language."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core.exceptions import DisallowedHost
from django.http import HttpRequest
from django.urls import reverse, translate_url
from django.utils.functional import SimpleLazyObject, lazy
from django.utils.translation import get_language_info

from .frame import frame
from .twins import twin_of


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
    known = {"frame": around, "site_name": lazy(lambda: around.site_name, str)()}
    try:
        request.get_host()
    except DisallowedHost:
        return known
    return {
        **known,
        "alternates": alternates(request, request.get_full_path()),
        "canonical": request.build_absolute_uri(request.path),
        "twin": twin_of(request),
    }


def home_alternates(request: HttpRequest) -> list[Alternate]:
    """For a page that says nothing of the address one typed."""
    return alternates(request, reverse("web:home"))


def alternates(request: HttpRequest, address: str) -> list[Alternate]:
    return [
        Alternate(code, language_name(code), request.build_absolute_uri(translate_url(address, code)))
        for code, _name in settings.LANGUAGES
    ]


def language_name(code: str) -> str:
    """In the language itself, without the country: “Español”."""
    return get_language_info(code.partition("-")[0])["name_local"].capitalize()
