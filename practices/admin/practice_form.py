"""The form of a practice: what is read out of what people write, and which code a new record gets."""

from datetime import date
from typing import Any

from django import forms
from django.contrib.admin.utils import flatten_fieldsets
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from practices.editorial.codes import NoSeries, default_prefix
from practices.editorial.gazetteer import gazetteer
from practices.language.codes import read_code, split_code
from practices.language.coverage import read_coverage
from practices.language.dates import read_implementation_date
from practices.language.texts import clean
from practices.models.limits import LINE
from practices.models.practice import Practice
from practices.models.vocabulary import CodeSeries, Department, Municipality

from .layout import FIELDSETS

DATES = ("implemented_start", "implemented_end", "implemented_precision")
PLACES = ("departments", "municipalities")


class PracticeForm(forms.ModelForm):
    """Anything may be missing but the code, which a new record gets by itself."""

    publication_note = forms.CharField(
        label=_("What changed"),
        max_length=LINE,
        required=False,
        help_text=_("Only for publishing. The public reads it in the history of the practice."),
    )

    class Meta:
        model = Practice
        fields = tuple(flatten_fieldsets(FIELDSETS))
        widgets = {
            "services": forms.CheckboxSelectMultiple,
            "coverage_text": forms.Textarea(attrs={"rows": 3, "class": "vLargeTextField"}),
            "title": forms.Textarea(attrs={"rows": 2, "class": "vLargeTextField one-line"}),
        }

        help_texts = {"code": _("Permanent from the first publication on: addresses and citations hold it.")}

    proposal = ""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "code" in self.fields and self.instance._state.adding:
            self.fields["code"].required = False
            self.fields["code"].help_text = _("Leave it as it is, or empty, to get the next free number.")
            # What was proposed comes back with the form, so a proposal left untouched is known as one.
            self.fields["code"].show_hidden_initial = True

    def clean_title(self) -> str:
        return " ".join(clean(self.cleaned_data["title"]).split())

    def clean_code(self) -> str:
        """The code typed, in its canonical shape; "" where the record is to get the next free one."""
        code = self.cleaned_data["code"]
        if self.instance._state.adding and (not code or "code" not in self.changed_data):
            return self._ask_for_next_code(code)
        return read_code(code, CodeSeries.objects.values_list("prefix", flat=True)) or code

    def _ask_for_next_code(self, proposal: str) -> str:
        try:
            split_code(proposal)
            self.proposal = proposal
        except ValueError:
            try:
                default_prefix()
            except NoSeries:
                raise ValidationError(_("Write the code: no series of codes is proposed for new records.")) from None
        return ""

    def clean_implemented_start(self) -> str:
        return partial_date(self.cleaned_data["implemented_start"])

    def clean_implemented_end(self) -> str:
        return partial_date(self.cleaned_data["implemented_end"])

    def clean(self) -> dict[str, Any]:
        super().clean()
        if not self._errors_in(*DATES, "implemented_text"):
            self._read_dates()
        if not self._errors_in(*PLACES, "coverage_text"):
            self._read_places()
        return self.cleaned_data

    def _errors_in(self, *names: str) -> bool:
        return any(name in self.errors or name not in self.cleaned_data for name in names)

    def _to_be_read(self, text: str, derived: tuple[str, ...]) -> bool:
        """Whether the derived fields are to follow their text: they are empty, or the text alone was changed."""
        empty = not any(self.cleaned_data[name] for name in derived)
        touched = any(name in self.changed_data for name in derived)
        return (empty and not touched) or (text in self.changed_data and (empty or not touched))

    def _read_dates(self) -> None:
        if self._to_be_read("implemented_text", DATES):
            read = read_implementation_date(self.cleaned_data["implemented_text"])
            self.cleaned_data |= dict(zip(DATES, (read.start, read.end, read.precision), strict=True))
        elif self.cleaned_data["implemented_end"] and not self.cleaned_data["implemented_start"]:
            self.add_error("implemented_start", _("Say when it began, too."))

    def _read_places(self) -> None:
        """Chosen places are never replaced: only an empty choice is filled from the text."""
        chosen = any(self.cleaned_data[name] for name in PLACES)
        text = self.cleaned_data["coverage_text"]
        if chosen or not text or not self._to_be_read("coverage_text", PLACES):
            return
        read = read_coverage(text, gazetteer())
        self.cleaned_data["departments"] = Department.objects.filter(code__in=read.departments)
        self.cleaned_data["municipalities"] = Municipality.objects.filter(code__in=read.municipalities)
        if "national" not in self.changed_data:
            self.cleaned_data["national"] = self.cleaned_data["national"] or read.national


def partial_date(text: str) -> str:
    """The date as it is, when it is YYYY, YYYY-MM or YYYY-MM-DD of the calendar, or empty."""
    try:
        if text:
            date.fromisoformat((text + "-01-01")[:10] if len(text) in (4, 7, 10) else "")
    except ValueError:
        raise ValidationError(_("Write it as 2020, 2020-04 or 2020-04-15.")) from None
    return text
