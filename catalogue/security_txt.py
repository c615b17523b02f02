"""/.well-known/security.txt: whom to tell of a weakness, as RFC 9116 wants it told."""

from datetime import UTC, datetime, time, timedelta

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.timezone import localdate
from django.views.decorators.http import require_safe

from practices.models.identity import Identity
from practices.models.page import Page

VALID_FOR = timedelta(days=180)
"""It is written anew each day; less than a year, as the RFC advises."""
POLICY = "/seguridad/"
"""A page of the institution's own, if it has written one."""


@require_safe
def security_txt(request: HttpRequest) -> HttpResponse:
    """Two queries."""
    expires = datetime.combine(localdate() + VALID_FOR, time(), tzinfo=UTC)
    fields = [
        ("Contact", contact(request)),
        ("Expires", f"{expires:%Y-%m-%dT%H:%M:%SZ}"),
        ("Preferred-Languages", "es, en"),
        ("Canonical", request.build_absolute_uri(reverse("security_txt"))),
    ]
    if Page.objects.filter(url=POLICY).exists():
        fields.append(("Policy", request.build_absolute_uri(POLICY)))
    text = "".join(f"{name}: {value}\n" for name, value in fields)
    return HttpResponse(text, content_type="text/plain; charset=utf-8")


def contact(request: HttpRequest) -> str:
    """The setting, the institution's e-mail or, where it has none, the page where it says how to write to it."""
    told = settings.SECURITY_CONTACT or Identity.current().email
    if not told:
        return request.build_absolute_uri("/pqrsd/")
    # One field each: whatever follows a line's end would be another.
    told = "".join(told.split())
    return told if told.startswith(("https://", "mailto:", "tel:")) else f"mailto:{told}"
