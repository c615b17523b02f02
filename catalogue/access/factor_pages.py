"""Staff's own second factor: set it up, new recovery codes, remove it; and a superuser's way to reset another's."""

from typing import Any, cast

from django.contrib import admin, messages
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters

from . import factor, sessions
from .forms import ConfirmForm, SetUpForm
from .session_store import FACTOR


def overview(request: HttpRequest) -> HttpResponse:
    user = cast(User, request.user)
    if not factor.is_set(user):
        return set_up(request, user)
    left = factor.codes_left(user)
    return draw(request, "overview", _("Second factor"), codes_left=left, few=left < 3)


@sensitive_post_parameters()
def set_up(request: HttpRequest, user: User) -> HttpResponse:
    sent = request.POST if request.method == "POST" else None
    offer = factor.Offer.read(user, sent.get("offer", "")) if sent else None
    if sent and offer is None:
        messages.error(request, _("This page was open for too long: here is a new key. Enter it in your app."))
        sent = None
    offer = offer or factor.Offer.new(user)
    form = SetUpForm(request, user, sent, initial={"offer": offer.signed()})
    if sent and form.is_valid():
        codes = factor.set_up(offer, form.cleaned_data["code"])
        if codes:
            _changed(request, True, _("Second factor set up."))
            return show_codes(request, codes)
        form.add_error("code", _("This code is not of this key. Is the clock of your device right?"))
    # Each of the staff sees this page once; no other worker need hold what draws it.
    import segno

    picture = segno.make(offer.address, error="m").svg_data_uri(scale=4, border=4, dark="#000", light="#fff")
    return draw(
        request,
        "set_up",
        _("Set up your second factor"),
        form=form,
        key=offer.text,
        picture=picture,
        must=factor.is_missing(request),
    )


@sensitive_post_parameters()
def new_codes(request: HttpRequest) -> HttpResponse:
    user = cast(User, request.user)
    if not factor.is_set(user):
        return redirect("admin:second_factor")
    form = ConfirmForm(request, user, request.POST or None)
    if request.method == "POST" and form.is_valid():
        codes = factor.new_codes(user)
        factor.note(user, user, _("New recovery codes."))
        return show_codes(request, codes)
    text = _("You get ten new codes. Those that you have now stop working.")
    return draw(request, "confirm", _("New recovery codes"), form=form, text=text, button=_("Make new codes"))


@sensitive_post_parameters()
def remove(request: HttpRequest) -> HttpResponse:
    user = cast(User, request.user)
    if not factor.is_set(user):
        return redirect("admin:second_factor")
    form = ConfirmForm(request, user, request.POST or None)
    if request.method == "POST" and form.is_valid():
        factor.remove(user)
        _changed(request, False, _("Second factor removed."))
        messages.success(request, _("Your second factor is removed: only your password protects your account."))
        return redirect("admin:second_factor")
    text = _(
        "From then on only your password protects your account. To change your phone, remove it and set it up anew."
    )
    return draw(request, "confirm", _("Remove your second factor"), form=form, text=text, button=_("Remove it"))


def reset(request: HttpRequest, user_id: int) -> HttpResponse:
    """For somebody who has lost device and codes. Only superusers: whoever may do it may get in as the other."""
    by = cast(User, request.user)
    if not by.is_superuser:
        raise PermissionDenied
    user = get_object_or_404(User, pk=user_id)
    if request.method == "POST" and factor.is_set(user):
        factor.remove(user)
        sessions.end_others(user, keep=request.session.session_key if user == by else None)
        if user == by:
            request.session[FACTOR] = False
        factor.note(user, by, _("Second factor reset."))
        text = _("%s signs in with the password alone until a new second factor is set up.")
        messages.success(request, text % user.get_username())
        return redirect("admin:auth_user_change", user.pk)
    return draw(request, "reset", _("Reset the second factor"), person=user, has_one=factor.is_set(user))


def show_codes(request: HttpRequest, codes: list[str]) -> HttpResponse:
    return draw(request, "codes", _("Your recovery codes"), codes=codes)


def draw(request: HttpRequest, template: str, title: str, **more: Any) -> HttpResponse:
    context = {**admin.site.each_context(request), "title": title, "subtitle": None, **more}
    return TemplateResponse(request, f"admin/access/{template}.html", context)


def _changed(request: HttpRequest, now_set: bool, text: str) -> None:
    """What follows for the sessions of this account, and its history."""
    user = cast(User, request.user)
    request.session.cycle_key()
    request.session[FACTOR] = now_set
    sessions.end_others(user, keep=request.session.session_key)
    factor.note(user, user, text)
