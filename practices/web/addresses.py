"""Addresses to keep: absolute, in the first language, the same for whoever reads the page in another."""

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import override


def lasting_address(request: HttpRequest, name: str, *arguments: str | int) -> str:
    with override(settings.LANGUAGE_CODE):
        return request.build_absolute_uri(reverse(f"web:{name}", args=arguments))
