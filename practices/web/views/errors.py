"""What is said of addresses that lead nowhere."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from practices.web.context import home_alternates
from practices.web.twins import as_json, is_data


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404. Nothing of the address is repeated: not in the text, and not in the links to the other language."""
    if is_data(request):
        return as_json({"error": "not_found"}, status=404)
    return render(request, "404.html", {"alternates": home_alternates(request), "twin": ""}, status=404)
