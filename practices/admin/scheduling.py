"""The page that sets when a practice is published or withdrawn, and shows and takes back what is set."""

from collections.abc import Callable
from datetime import datetime
from typing import Any, cast

from django import forms
from django.contrib import messages
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html_join
from django.utils.timezone import get_current_timezone_name, localtime
from django.utils.translation import gettext_lazy as _

from practices.editorial.checklist import NotReady
from practices.editorial.publishing import may_publish
from practices.editorial.roles import PUBLISH
from practices.editorial.scheduling import PastTime, schedule_publication, schedule_withdrawal, unschedule
from practices.models.limits import LINE
from practices.models.practice import Practice

from .fields import uncut
from .status import tasks

PUBLICATION, WITHDRAWAL, TAKE_BACK = "_schedule_publication", "_schedule_withdrawal", "_unschedule"
SHAPE = "%Y-%m-%dT%H:%M"
YEARS = 10


class MomentField(forms.DateTimeField):
    """A day and an hour of the site's time zone, at most ten years ahead: no column holds any year that one can
    type."""

    widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format=SHAPE)
    input_formats = (SHAPE, "%Y-%m-%d %H:%M", "%d/%m/%Y %H:%M")
    default_error_messages = {"invalid": _("Write the day and the hour, for example 31/12/2030 08:00.")}

    def to_python(self, value: Any) -> datetime | None:
        try:
            return super().to_python(value)
        except OverflowError:
            raise ValidationError(self.error_messages["invalid"], code="invalid") from None

    def validate(self, value: datetime | None) -> None:
        super().validate(value)
        if value and abs(value.year - localtime().year) > YEARS:
            raise ValidationError(_("Choose a day of the next ten years."))


class ScheduleForm(forms.Form):
    at = MomentField(label=_("Day and hour"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["at"].help_text = str(_("In the time of the catalogue: %s.")) % get_current_timezone_name()
        for field in self.fields.values():
            uncut(field)


class PublicationForm(ScheduleForm):
    text = forms.CharField(
        label=_("What changed"),
        required=False,
        max_length=LINE,
        help_text=_("The public reads it in the history of the practice."),
        widget=forms.TextInput(attrs={"class": "vLargeTextField"}),
    )


class WithdrawalAtForm(ScheduleForm):
    text = forms.CharField(
        label=_("Reason"),
        max_length=LINE,
        help_text=_("The public reads it at the practice's address, instead of the practice."),
        widget=forms.Textarea(attrs={"rows": 3, "class": "vLargeTextField"}),
    )

    def clean_text(self) -> str:
        return " ".join(self.cleaned_data["text"].split())


class Schedule:
    """The two forms of the page as one request left them. Raises PermissionDenied."""

    def __init__(self, request: HttpRequest, practice: Practice) -> None:
        self.user = cast(User, request.user)
        if not self.user.has_perm(PUBLISH):
            raise PermissionDenied
        self.request, self.practice = request, practice
        self.may_publish = may_publish(practice, self.user)
        self.publication = PublicationForm(self._sent(PUBLICATION), prefix="publication")
        self.withdrawal = WithdrawalAtForm(self._sent(WITHDRAWAL), prefix="withdrawal")
        self.missing = ""

    def _sent(self, button: str) -> Any:
        return self.request.POST if button in self.request.POST else None

    def carry_out(self) -> bool:
        """Whether something was set or taken back."""
        if TAKE_BACK in self.request.POST:
            unschedule(self.practice, self.user)
            messages.success(self.request, _("The schedule is taken back: nothing happens by itself."))
            return True
        return self._set(self.publication, self._publish) or self._set(self.withdrawal, self._withdraw)

    def _set(self, form: ScheduleForm, do: Callable[[datetime, str], str]) -> bool:
        if not form.is_bound or not form.is_valid():
            return False
        try:
            said = do(form.cleaned_data["at"], form.cleaned_data["text"])
        except PastTime:
            form.add_error("at", _("This moment has gone by: choose one to come."))
        except NotReady as error:
            self.missing = missing(self.practice, error)
        except PermissionDenied:
            form.add_error(None, _("It can be published only after somebody has approved it."))
        else:
            messages.success(self.request, said)
            return True
        return False

    def _publish(self, at: datetime, text: str) -> str:
        schedule_publication(self.practice, at, self.user, text)
        return str(_("It will be published by itself at that time, as the record is then."))

    def _withdraw(self, at: datetime, text: str) -> str:
        schedule_withdrawal(self.practice, at, text, self.user)
        return str(_("It will be withdrawn by itself at that time."))


def missing(practice: Practice, error: NotReady) -> str:
    """What the record lacks, each with the way to its field."""
    form = reverse("admin:practices_practice_change", args=[practice.pk])
    lines = ((form, task.anchor, task.item.message) for task in tasks(error.checklist.blocking))
    return format_html_join("", '<li><a href="{}#{}">{}</a></li>', lines)
