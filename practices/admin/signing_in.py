"""A practice's form that is sent after its session ended: through the login, back to the form with its content.

What was typed travels in hidden fields of the sign-in page, and its files are kept for the person whose form it was.
Only that person gets it back, unsaved. Nothing is stored in the session, and no address is taken from the request.
"""

from collections.abc import Callable
from typing import Any

from django.contrib import admin, messages
from django.contrib.auth import login
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse, QueryDict
from django.middleware.csrf import REASON_NO_CSRF_COOKIE
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext_lazy as _
from django.views import csrf as stock
from django.views.decorators.csrf import csrf_protect

from catalogue.access import factor, steps
from catalogue.access.forms import PasswordForm
from catalogue.doors import FOR_STAFF
from practices.editorial.staging import KEPT as KEPT_FOR
from practices.models.practice import Practice

from . import keeping
from .sending import UNSAVED
from .ticket import Ticket, read_ticket
from .uploads import safe_name

SIGN_IN = "_sign_in"
SET_UP = "_set_up"
TYPED = "typed:"
ADD, CHANGE = "practices_practice_add", "practices_practice_change"
View = Callable[..., Any]


def guarded(model_admin: admin.ModelAdmin) -> list[URLPattern]:
    """The addresses of the form, whose sending never ends at a login that forgets it."""
    return [
        path("add/", guard(model_admin, model_admin.add_view), name=ADD),
        path("<path:object_id>/change/", guard(model_admin, model_admin.change_view), name=CHANGE),
    ]


def guard(model_admin: admin.ModelAdmin, view: View) -> View:
    stock_view = model_admin.admin_site.admin_view(view)

    def come_in(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if request.method != "POST":
            return _kept_by_the_browser(request, stock_view(request, *args, **kwargs))
        if SIGN_IN in request.POST:
            return sign_in(model_admin, request, lambda: stock_view(request, *args, **kwargs))
        if not may_come_in(model_admin, request):
            return ask(model_admin, request)
        return stock_view(request, *args, **kwargs)

    guarded_view = csrf_protect(come_in)
    setattr(guarded_view, FOR_STAFF, True)
    return guarded_view


def may_come_in(model_admin: admin.ModelAdmin, request: HttpRequest) -> bool:
    return model_admin.admin_site.has_permission(request) and not factor.is_missing(request)


def _kept_by_the_browser(request: HttpRequest, response: Any) -> Any:
    """The empty form holds nothing personal; kept by the browser, it is the same form when somebody goes back to it,
    so that what was saved from it is known again."""
    if request.resolver_match and request.resolver_match.url_name == ADD and response.status_code == 200:
        response.headers["Cache-Control"] = "private, max-age=0, must-revalidate"
    return response


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """CSRF_FAILURE_VIEW. The token of a form that was opened before the last sign-in is not accepted any more: the
    form comes back, unsaved, to the person whose form it was. Other failures are refused as always."""
    match = request.resolver_match
    model_admin = admin.site.get_model_admin(Practice)
    ticket = read_ticket(typed_in(request))
    about_token = reason == REASON_NO_CSRF_COOKIE or reason.startswith(("CSRF token", "CSRF cookie"))
    if not match or match.view_name not in (f"admin:{ADD}", f"admin:{CHANGE}") or not ticket or not about_token:
        return stock.csrf_failure(request, reason)
    if not may_come_in(model_admin, request) or request.user.pk != ticket.user:
        return ask(model_admin, request)
    # Looked at already, and refused: what follows only draws.
    request.csrf_processing_done = True  # type: ignore[attr-defined]
    view = model_admin.add_view if match.url_name == ADD else model_admin.change_view
    response = come_back(request, lambda: view(request, *match.args, **match.kwargs))
    add_never_cache_headers(response)
    return response


def typed_in(request: HttpRequest) -> QueryDict:
    """What was typed in the practice's form, without its buttons, wherever it comes from."""
    found = QueryDict(mutable=True)
    start = TYPED if SIGN_IN in request.POST else ""
    for name, values in request.POST.lists():
        inner = name.removeprefix(start)
        if name.startswith(start) and not inner.startswith("_") and inner != "csrfmiddlewaretoken":
            found.setlist(inner, values)
    return found


def come_back(request: HttpRequest, view: Callable[[], Any]) -> Any:
    """The form with all that was typed, as its own page would show it, not saved."""
    typed = typed_in(request)
    typed[UNSAVED] = "1"
    request.POST = typed  # type: ignore[assignment]
    messages.warning(request, _("Nothing is lost: here is what you typed. It is not saved yet; look at it and save."))
    return view()


def sign_in(model_admin: admin.ModelAdmin, request: HttpRequest, view: Callable[[], Any]) -> Any:
    """One step: the password, the code of who has a second factor, or the way on of who had to set one up first."""
    if SET_UP in request.POST and model_admin.admin_site.has_permission(request):
        user: Any = request.user
        form: Any = PasswordForm(request)
    else:
        form, user = steps.take(request)
    if user is None:
        return ask(model_admin, request, form)
    ticket = read_ticket(typed_in(request))
    if ticket and ticket.user != user.pk:
        text = _("This was typed under another account: sign in with that one to get it back.")
        return ask(model_admin, request, PasswordForm.refusing(request, text))
    if user != request.user:
        login(request, user)
    return come_back(request, view) if may_come_in(model_admin, request) else ask(model_admin, request)


def ask(model_admin: admin.ModelAdmin, request: HttpRequest, form: Any = None) -> HttpResponse:
    """The sign-in page with what was typed in it. Not to be kept by any cache."""
    typed = typed_in(request)
    lost = _keep_files(request, typed)
    missing = model_admin.admin_site.has_permission(request) and factor.is_missing(request)
    context = {
        **model_admin.admin_site.each_context(request),
        "title": _("Sign in again"),
        "subtitle": None,
        "form": form or PasswordForm(request),
        "set_up": SET_UP if missing else "",
        "address": request.path,
        "typed": [(TYPED + name, value) for name, values in typed.lists() for value in values],
        "lost": lost,
        "sign_in": SIGN_IN,
    }
    response = TemplateResponse(request, "admin/practices/practice/sign_in_again.html", context)
    add_never_cache_headers(response)
    return response


def _keep_files(request: HttpRequest, typed: QueryDict) -> list[str]:
    """Keep the chosen files for the person whose form it was; the names of those that must be chosen again."""
    ticket = read_ticket(typed)
    owner = _owner(ticket) if ticket else None
    kept = keeping.keep(request.FILES, owner) if owner else []
    for one in kept:
        typed.appendlist(one.field + keeping.KEPT, one.key)
    known = {(one.field, one.name) for one in kept}
    chosen = ((name, upload.name or "") for name, uploads in request.FILES.lists() for upload in uploads)
    return [name for field, name in chosen if (field, safe_name(name)) not in known]


def _owner(ticket: Ticket) -> User | None:
    """Whose form it was, while the account may still enter files and the form is not an old one."""
    if timezone.now() - ticket.opened_at > KEPT_FOR:
        return None
    user = User.objects.filter(pk=ticket.user, is_active=True, is_staff=True).first()
    may_write = user and (user.has_perm("practices.add_practice") or user.has_perm("practices.change_practice"))
    return user if may_write else None
