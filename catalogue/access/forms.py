"""What is asked of who signs in, and of who changes how he signs in."""

from datetime import timedelta
from typing import Any

from django import forms
from django.contrib.admin.forms import AdminAuthenticationForm
from django.contrib.auth import authenticate
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from . import factor, limits

# The field that tells the second step from the first.
CODE = "code"


class PasswordForm(AdminAuthenticationForm):
    """The first step. Whoever has to wait reads that, whether or not there is such an account."""

    @classmethod
    def refusing(cls, request: HttpRequest, why: Any) -> "PasswordForm":
        """Empty again, with the reason above it."""
        form = cls(request)
        form.cleaned_data = {}
        form.add_error(None, why)
        return form

    def get_invalid_login_error(self) -> ValidationError:
        if self.request and limits.seconds_left(self.request):
            return ValidationError(limits.told(self.request), code="wait")
        return super().get_invalid_login_error()


def code_field(help_text: Any, **attrs: Any) -> forms.CharField:
    return forms.CharField(
        label=_("Code"),
        max_length=40,
        widget=forms.TextInput(
            attrs={"autocomplete": "one-time-code", "autocapitalize": "none", "spellcheck": "false", **attrs}
        ),
        help_text=help_text,
    )


class CodeForm(forms.Form):
    """The second step, for who has given the password of `user`."""

    code = code_field(_("The six digits that your app shows now, or one of your recovery codes."), autofocus=True)

    def __init__(self, request: HttpRequest, user: User, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.request, self.user = request, user

    def clean_code(self) -> str:
        code = self.cleaned_data["code"]
        username = self.user.get_username()
        if limits.refused(self.request, username):
            raise ValidationError(limits.told(self.request), code="wait")
        if left := factor.wait_for(self.user, code):
            self._wait(left)
        if factor.accepts(self.user, code):
            return code
        limits.failed(self.request, username)
        if limits.seconds_left(self.request):
            raise ValidationError(limits.told(self.request), code="wait")
        raise ValidationError(_("This code is not right, or was used already. Wait for the next one."), code="wrong")

    def _wait(self, left: timedelta) -> None:
        limits.make_wait(self.request, left)
        raise ValidationError(limits.told(self.request), code="wait")


class ConfirmForm(forms.Form):
    """The password again, of who is signed in, before the way of signing in is changed."""

    password = forms.CharField(
        label=_("Your password"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
        help_text=_("So that nobody changes this who only found your window open."),
    )

    def __init__(self, request: HttpRequest, user: User, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.request, self.user = request, user

    def clean_password(self) -> str:
        password = self.cleaned_data["password"]
        found = authenticate(self.request, username=self.user.get_username(), password=password)
        if found is not None and found.pk == self.user.pk:
            return password
        if limits.seconds_left(self.request):
            raise ValidationError(limits.told(self.request), code="wait")
        raise ValidationError(_("This is not your password."), code="wrong")


class SetUpForm(ConfirmForm):
    """A first code of the new key, and the password."""

    offer = forms.CharField(widget=forms.HiddenInput)
    code = code_field(_("The six digits that your app shows for this key."))
    field_order = ["offer", "code", "password"]
