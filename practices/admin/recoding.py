"""Correcting the code of a published practice: a page of its own that asks for the code and for the reason."""

from typing import Any, cast

from django import forms
from django.contrib import messages
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from practices.editorial.publishing import NotPublished, Unchanged
from practices.editorial.recoding import CodeTaken, correct_code, refuse_taken
from practices.editorial.roles import PUBLISH
from practices.language.codes import read_code
from practices.models.limits import LINE
from practices.models.practice import Practice
from practices.models.vocabulary import CodeSeries

from .fields import uncut


class CodeForm(forms.Form):
    code = forms.CharField(
        label=_("Right code"),
        max_length=100,
        widget=forms.TextInput(attrs={"class": "vTextField", "autocomplete": "off"}),
        help_text=_(
            "As BP-AGREEMENT-ENTITY-NNN-YYYY, in any spelling. One that this practice had before may come back."
        ),
    )
    reason = forms.CharField(
        label=_("Reason"),
        max_length=LINE,
        widget=forms.Textarea(attrs={"rows": 3, "class": "vLargeTextField"}),
        help_text=_("The public reads it in the history of the practice, beside the version with the new code."),
    )

    def __init__(self, practice: Practice, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.practice = practice
        uncut(self.fields["code"])
        uncut(self.fields["reason"])

    def clean_code(self) -> str:
        """In its canonical shape, and free."""
        code = read_code(self.cleaned_data["code"], CodeSeries.objects.values_list("prefix", flat=True))
        if code is None:
            raise ValidationError(_("The shape is BP-AGREEMENT-ENTITY-NNN-YYYY."))
        if code == self.practice.code:
            raise ValidationError(_("That is its code already."))
        require_free(code, self.practice)
        return code

    def clean_reason(self) -> str:
        return " ".join(self.cleaned_data["reason"].split())


def require_free(code: str, practice: Practice | None = None) -> None:
    """Raises ValidationError where another record has the code or had it before."""
    try:
        refuse_taken(code, practice)
    except CodeTaken as taken:
        text = (
            _("%(code)s was the code of %(holder)s, and leads to it for ever.")
            if taken.is_former
            else _("%(code)s is the code of %(holder)s.")
        )
        raise ValidationError(text, params={"code": code, "holder": taken.holder}) from taken


def corrected(request: HttpRequest, practice: Practice) -> tuple[CodeForm, bool]:
    """The form of the page, and whether the code was corrected. Raises PermissionDenied."""
    if not cast(User, request.user).has_perm(PUBLISH):
        raise PermissionDenied
    form = CodeForm(practice, request.POST or None)
    if request.method != "POST" or not form.is_valid():
        return form, False
    code, reason = form.cleaned_data["code"], form.cleaned_data["reason"]
    try:
        publication = correct_code(practice, code, reason, cast(User, request.user))
    except (NotPublished, Unchanged, CodeTaken):
        form.add_error(None, _("It was not corrected: somebody changed the practice or took the code meanwhile."))
        return form, False
    text = _("%(former)s is %(code)s from now on, as version %(number)s. The former code leads to it for ever.")
    said = {"former": practice.code, "code": code, "number": publication.number}
    messages.success(request, str(text) % said)
    return form, True
