"""What the search box offers while somebody types, as JSON. The box works without it."""

from urllib.parse import urlencode

from django.http import HttpRequest, JsonResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from practices.browse.parameters import TEXT
from practices.browse.suggestions import Suggestion
from practices.browse.suggestions import suggestions as suggestions_for


@require_safe
def suggestions(request: HttpRequest) -> JsonResponse:
    text, found = suggestions_for(request.GET.get(TEXT, ""))
    data = {"q": text, "suggestions": [_as_data(suggestion) for suggestion in found]}
    headers = {"Cache-Control": "public, max-age=60"}
    return JsonResponse(data, headers=headers, json_dumps_params={"ensure_ascii": False})


def _as_data(suggestion: Suggestion) -> dict[str, str]:
    data = {"kind": suggestion.kind, "label": suggestion.label, "url": _address(suggestion)}
    return {**data, "code": suggestion.value} if suggestion.kind == "practice" else data


def _address(suggestion: Suggestion) -> str:
    if suggestion.kind == "practice":
        return reverse("web:practice_detail", args=[suggestion.value])
    if suggestion.kind == "author":
        return reverse("web:author", args=[suggestion.value])
    return f"{reverse('web:practice_list')}?{urlencode({'categoria': suggestion.value})}"
