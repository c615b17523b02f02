"""What follows the buttons of the form: the code that a new record gets, the three ends, publishing."""

from typing import Any, cast

from django.contrib import admin, messages
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.text import capfirst
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from practices.editorial.checklist import NotReady
from practices.editorial.codes import (
    NoSeries,
    default_prefix,
    practice_with_code,
    proposed_code,
    saving_under_next_code,
)
from practices.editorial.publishing import Unchanged, publish
from practices.editorial.steps import Step
from practices.language.codes import split_code
from practices.language.texts import clean
from practices.models.practice import Practice, State

from . import transitions
from .duplicates import warn_of_duplicates
from .status import is_public, tasks

PREVIEW = "_preview"


def proposal() -> str:
    """The code that a new record would get now; "" when no series is proposed. Two queries."""
    try:
        return proposed_code(default_prefix(), localdate().year)
    except NoSeries:
        return ""


def save_under_next_code(request: HttpRequest, practice: Practice, proposed: str) -> None:
    """Save the new record under the code that was proposed, or the next free one, and say so if it is another."""

    def save(code: str) -> None:
        practice.code = code
        practice.save()

    if proposed and _saved(save, proposed):
        return
    prefix, year = (split_code(proposed).prefix, split_code(proposed).year) if proposed else (None, None)
    saving_under_next_code(save, prefix, year)
    if proposed:
        text = _("%(proposed)s was taken by somebody else in the meantime: this record is %(code)s.")
        messages.warning(request, text % {"proposed": proposed, "code": practice.code})


def _saved(save: Any, code: str) -> bool:
    if practice_with_code(code):
        return False
    try:
        with transaction.atomic():
            save(code)
    except IntegrityError:
        return False
    return True


def respond(
    model_admin: admin.ModelAdmin, request: HttpRequest, practice: Practice, new: bool = False
) -> HttpResponse:
    """After the record and all its rows are saved, still inside their transaction."""
    if new:
        warn_of_duplicates(request, practice)
    step = transitions.pressed(request)
    if step == Step.PUBLISH:
        _publish(request, practice)
    elif step:
        if page := transitions.take(request, practice, step):
            return page
    elif PREVIEW in request.POST:
        return HttpResponseRedirect(reverse("admin:practices_practice_preview", args=[practice.pk]))
    else:
        messages.success(request, _saved_message(practice))
    if not model_admin.has_view_permission(request, practice):
        return HttpResponseRedirect(reverse("admin:index"))
    return HttpResponseRedirect(reverse("admin:practices_practice_change", args=[practice.pk]))


def doubtful(form: Any, formsets: list[Any]) -> list[str]:
    """A warning for each text that changed while what a person had put beside it did not."""
    rows = [
        f"{capfirst(formset.model._meta.verbose_name_plural)} {number}"
        for formset in formsets
        for number, row in enumerate(formset.forms, 1)
        if getattr(row, "doubtful", False) and row not in formset.deleted_forms
    ]
    text = _("%s: the text changed, but what stands beside it was not read again: check it.")
    return [text % field for field in [*form.doubtful, *rows]]


def _saved_message(practice: Practice) -> Any:
    if is_public(practice):
        return _("%s is saved. The public goes on seeing the last version until you publish.") % practice.code
    if practice.state == State.DRAFT:
        return _("%s is saved as a draft.") % practice.code
    return _("%s is saved.") % practice.code


def _publish(request: HttpRequest, practice: Practice) -> None:
    """Freeze the record; when it lacks something it stays saved, and the page says what is missing and where."""
    note = clean(request.POST.get("publication_note", "")).strip()
    try:
        publication = publish(practice, by=cast(User, request.user), note=note)
    except NotReady as error:
        messages.error(request, _missing(practice, error))
        return
    except Unchanged as error:
        text = _("Nothing changed since version %d: there is nothing to publish.") % error.publication.number
        messages.warning(request, text)
        return
    except PermissionDenied:
        refusal = _("%s is saved, but not published: somebody has to approve it first, or its last change again.")
        messages.error(request, refusal % practice.code)
        return
    address = reverse("web:practice_detail", args=[publication.code])
    text = _("Published as version %d.") % publication.number
    messages.success(request, format_html('{} <a href="{}">{}</a>', text, address, _("See it as the public does")))


def _missing(practice: Practice, error: NotReady) -> str:
    lines = ((task.anchor, task.item.message) for task in tasks(error.checklist.blocking))
    return format_html(
        "{} <ul>{}</ul>",
        _("%s is saved, but not published. It still needs this:") % practice.code,
        format_html_join("", '<li><a href="#{}">{}</a></li>', lines),
    )
