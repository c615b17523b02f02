"""Taking a practice back from the public: a page of its own that asks for the reason the public will read."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from practices.models.limits import LINE

from .fields import uncut


class WithdrawalForm(forms.Form):
    reason = forms.CharField(
        label=_("Reason"),
        max_length=LINE,
        widget=forms.Textarea(attrs={"rows": 3, "class": "vLargeTextField"}),
        help_text=_("The public reads it at the practice's address, instead of the practice."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        uncut(self.fields["reason"])

    def clean_reason(self) -> str:
        return " ".join(self.cleaned_data["reason"].split())
