"""The form of a practice: what is read out of what people write, and which code a new record gets."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.contrib.admin.utils import flatten_fieldsets
from django.core.exceptions import ValidationError
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from practices.document import PracticeDocument
from practices.editorial.codes import NoSeries, default_prefix
from practices.editorial.gazetteer import gazetteer
from practices.language.codes import read_code, split_code
from practices.language.coverage import Gazetteer, read_coverage
from practices.language.dates import read_implementation_date
from practices.language.texts import clean
from practices.models.contact import Contact
from practices.models.history import NOTE
from practices.models.limits import LINE
from practices.models.practice import Practice
from practices.models.vocabulary import CodeSeries, Department, Municipality

from .fields import uncut
from .following import Fate, fate
from .guided import GuidedForm
from .layout import FIELDSETS
from .recoding import require_free
from .several_files import SeveralFilesField

DATES = ("implemented_start", "implemented_end", "implemented_precision")
PLACES = ("departments", "municipalities")
Reading = tuple[str, str, str]


@dataclass(frozen=True)
class Places:
    """Where a practice was carried out, as codes. The departments of the municipalities are always among them."""

    national: bool = False
    departments: frozenset[str] = frozenset()
    municipalities: frozenset[str] = frozenset()


class PracticeForm(GuidedForm):
    """Anything may be missing but the code, which a new record gets by itself."""

    publication_note = forms.CharField(
        label=_("What changed"),
        max_length=LINE,
        required=False,
        help_text=_("Only for publishing. The public reads it in the history of the practice."),
    )

    more_files = SeveralFilesField(
        label=_("Add several files at once"),
        required=False,
        help_text=_("Each becomes a row above, under its own name; describe them after saving."),
    )
    step_note = forms.CharField(
        label=_("Note for the review"),
        max_length=NOTE,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2, "class": "vLargeTextField"}),
        help_text=_("Only the staff reads it, in the history of the record."),
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
    before: PracticeDocument | None = None
    """The document that the record was before this form was saved; None for a new one."""
    contacts_before: Sequence[Contact] = ()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # The labels of texts that changed while the values beside them, put there by a person, did not.
        self.doubtful: list[str] = []
        uncut(self.fields["publication_note"])
        uncut(self.fields["step_note"])
        if "code" in self.fields and self.instance._state.adding:
            self.fields["code"].required = False
            self.fields["code"].help_text = _("Leave it as it is, or empty, to get the next free number.")
            # What was proposed comes back with the form, so a proposal left untouched is known as one.
            self.fields["code"].show_hidden_initial = True
        elif "code" in self.fields and self.is_bound and self.add_prefix("code") not in self.data:
            # The page was drawn while the code could not be changed, and somebody moved the record since.
            self.fields["code"].disabled = True

    def clean_title(self) -> str:
        return " ".join(clean(self.cleaned_data["title"]).split())

    def clean_code(self) -> str:
        """The code typed, in its canonical shape; "" where the record is to get the next free one."""
        code = self.cleaned_data["code"]
        if self.instance._state.adding and (not code or "code" not in self.changed_data):
            return self._ask_for_next_code(code)
        code = read_code(code, CodeSeries.objects.values_list("prefix", flat=True)) or code
        # Of the very same code the model's own check says that it is taken.
        if "code" in self.changed_data and not Practice.objects.filter(code=code).exists():
            require_free(code, self.instance)
        return code

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

    def _follow(self, text: str, derived: tuple[str, ...], stored: Any, before: Any, now: Any, empty: Any) -> bool:
        """Whether the derived fields take the reading of their text."""
        filled = any(self.cleaned_data[name] for name in derived)
        touched = any(name in self.changed_data for name in derived)
        if text not in self.changed_data:
            return not filled and not touched
        if touched:
            return not filled
        found = fate(stored, before, now, empty)
        if found is Fate.DOUBTFUL:
            self.doubtful.append(capfirst(str(self.fields[text].label)))
        return found is Fate.READ

    def _read_dates(self) -> None:
        stored = tuple(self.cleaned_data[name] for name in DATES)
        before = dates_in(self.initial.get("implemented_text") or "")
        now = dates_in(self.cleaned_data["implemented_text"])
        if self._follow("implemented_text", DATES, stored, before, now, ("", "", "")):
            self.cleaned_data |= dict(zip(DATES, now, strict=True))
        elif self.cleaned_data["implemented_end"] and not self.cleaned_data["implemented_start"]:
            self.add_error("implemented_start", _("Say when it began, too."))

    def _read_places(self) -> None:
        """Chosen places are never replaced."""
        known = gazetteer()
        stored = self._chosen_places(known)
        before = places_in(self.initial.get("coverage_text") or "", known)
        now = places_in(self.cleaned_data["coverage_text"], known)
        if not self._follow("coverage_text", PLACES, stored, before, now, Places()):
            return
        self.cleaned_data["departments"] = Department.objects.filter(code__in=now.departments)
        self.cleaned_data["municipalities"] = Municipality.objects.filter(code__in=now.municipalities)
        if "national" not in self.changed_data:
            self.cleaned_data["national"] = now.national

    def _chosen_places(self, known: Gazetteer) -> Places:
        codes = {name: {row.pk for row in self.cleaned_data[name]} for name in PLACES}
        # Ticking the box at the same time as the text was written is no sign that the places are somebody's.
        national = self.initial.get("national", False)
        return places(national, codes["departments"], codes["municipalities"], known)


def dates_in(text: str) -> Reading:
    read = read_implementation_date(text)
    return (read.start, read.end, read.precision)


def places_in(text: str, known: Gazetteer) -> Places:
    read = read_coverage(text, known)
    return places(read.national, read.departments, read.municipalities, known)


def places(national: bool, departments: Iterable[str], municipalities: Iterable[str], known: Gazetteer) -> Places:
    within = {known.department_of(code) for code in municipalities}
    return Places(national, frozenset({*departments, *within}), frozenset(municipalities))


def partial_date(text: str) -> str:
    """The date as it is, when it is YYYY, YYYY-MM or YYYY-MM-DD of the calendar, or empty."""
    try:
        if text:
            date.fromisoformat((text + "-01-01")[:10] if len(text) in (4, 7, 10) else "")
    except ValueError:
        raise ValidationError(_("Write it as 2020, 2020-04 or 2020-04-15.")) from None
    return text
