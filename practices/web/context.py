"""What every page knows: the site's name and the same page in the other language."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse, translate_url
from django.utils.translation import get_language, get_language_info, override


@dataclass(frozen=True)
class Alternate:
    """The page one is on, in one of the site's languages."""

    code: str
    name: str
    address: str


def site(request: HttpRequest) -> dict[str, Any]:
    return {
        "site_name": settings.SITE_NAME,
        "alternates": [
            Alternate(code, get_language_info(code)["name_local"].capitalize(), _in_language(request, code))
            for code, _name in settings.LANGUAGES
        ],
        "canonical": request.build_absolute_uri(request.path),
    }


def _in_language(request: HttpRequest, code: str) -> str:
    here = request.get_full_path()
    there = translate_url(here, code)
    if there == here and code != get_language():
        # An address that leads nowhere has no translation: the way out is the home page.
        with override(code):
            there = reverse("web:home")
    return request.build_absolute_uri(there)
