"""The buttons of the form that lead a record on its way, and the page that returns it to its writer."""

from collections.abc import Callable
from typing import Any, cast

from django import forms
from django.contrib import messages
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from practices.editorial.roles import REVIEW
from practices.editorial.steps import NEEDS, Step
from practices.editorial.workflow import WrongState, approve, return_to_writer, send_to_review, take_back
from practices.language.texts import clean
from practices.models.history import NOTE, Event
from practices.models.practice import Practice, State

from .fields import uncut

BUTTONS = {
    "_send": Step.SEND,
    "_take_back": Step.TAKE_BACK,
    "_approve": Step.APPROVE,
    "_return": Step.RETURN,
    "_publish": Step.PUBLISH,
}

DO: dict[Step, Callable[[Practice, User | None, str], Event]] = {
    Step.SEND: send_to_review,
    Step.TAKE_BACK: take_back,
    Step.APPROVE: approve,
}

DONE: dict[Step, str | Promise] = {
    Step.SEND: _("%s is saved and sent to review."),
    Step.TAKE_BACK: _("%s is saved and taken back out of the review."),
    Step.APPROVE: _("%s is saved and approved."),
}


def pressed(request: HttpRequest) -> Step | None:
    """The step whose button was pressed. Raises PermissionDenied where it can only be a forgery: no page of this
    user has the button in any state of the record."""
    step = next((step for button, step in BUTTONS.items() if button in request.POST), None)
    if step and not cast(User, request.user).has_perm(NEEDS[step]):
        raise PermissionDenied
    return step


def take(request: HttpRequest, practice: Practice, step: Step) -> HttpResponse | None:
    """Take the step with the record just saved, in the same transaction, and say what became of it. A page to go
    to, where the step has one of its own."""
    if step == Step.RETURN:
        messages.success(request, _("%s is saved.") % practice.code)
        return HttpResponseRedirect(reverse("admin:practices_practice_return", args=[practice.pk]))
    note = clean(request.POST.get("step_note", "")).strip()
    try:
        DO[step](practice, cast(User, request.user), note)
    except WrongState as error:
        messages.error(request, refused(practice, step, error))
    else:
        messages.success(request, str(DONE[step]) % practice.code)
    return None


def refused(practice: Practice, step: Step, error: WrongState) -> str:
    """Why the step was not taken; the record is saved all the same."""
    if step == Step.SEND and error.state == State.PUBLISHED:
        return str(_("%s says what the public reads already: there is no change to review.")) % practice.code
    text = _("%(code)s is saved, but it went no further: meanwhile it is “%(state)s”.")
    return str(text) % {"code": practice.code, "state": error.state.label}


class ReturnForm(forms.Form):
    reason = forms.CharField(
        label=_("What has to be corrected"),
        max_length=NOTE,
        widget=forms.Textarea(attrs={"rows": 6, "class": "vLargeTextField"}),
        help_text=_("The writer reads it above the record. Name the fields, and what each needs."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        uncut(self.fields["reason"])

    def clean_reason(self) -> str:
        return clean(self.cleaned_data["reason"]).strip()


def returned(request: HttpRequest, practice: Practice) -> tuple[ReturnForm, bool]:
    """The form of the page, and whether the record was returned. Raises PermissionDenied."""
    if not cast(User, request.user).has_perm(REVIEW):
        raise PermissionDenied
    form = ReturnForm(request.POST or None)
    if request.method != "POST" or not form.is_valid():
        return form, False
    try:
        return_to_writer(practice, form.cleaned_data["reason"], cast(User, request.user))
    except WrongState as error:
        text = _("It was not returned: meanwhile it is “%s”.")
        form.add_error(None, str(text) % error.state.label)
        return form, False
    messages.success(request, _("%s is returned to its writer.") % practice.code)
    return form, True
