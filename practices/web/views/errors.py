"""Pages for addresses that lead nowhere."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from practices.web.context import home_alternates


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404. Nothing of the address is repeated: not in the text, and not in the links to the other language."""
    return render(request, "404.html", {"alternates": home_alternates(request)}, status=404)
