"""What every page knows: the site's name and the same page in the other language."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import translate_url
from django.utils.translation import get_language_info


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
    return request.build_absolute_uri(translate_url(request.get_full_path(), code))
