"""The rows of the practice's lists: what each needs to be worth keeping, said in words before the database says it."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from practices.language.metrics import read_metric
from practices.models.parts import Assessment
from practices.models.vocabulary import Criterion

from .following import Fate, fate
from .guided import GuidedForm
from .link_states import note_of
from .loading import LoadedRows
from .ordering import OrderedForm, OrderedFormSet

READ_FROM_TEXT = ("label", "value", "unit", "baseline", "period")
NOTHING_READ = ("", None, "", None, "")


class AuthorshipFormSet(OrderedFormSet):
    def clean(self) -> None:
        """Before Django's own check, which says less and not where."""
        seen = set()
        for form in kept(self):
            organization = form.cleaned_data.get("organization")
            if organization and organization in seen:
                form.add_error("organization", _("This author is in the list already."))
            seen.add(organization)
        super().clean()


def figure_in(text: str) -> tuple[Any, ...]:
    """What stands beside the line: only what it says plainly."""
    read = read_metric(text)
    return NOTHING_READ if read.value is None else tuple(getattr(read, name) for name in READ_FROM_TEXT)


class MetricForm(OrderedForm):
    # Whether the text changed and the figure beside it, which a person had put there, did not.
    doubtful = False

    def clean(self) -> dict[str, Any]:
        super().clean()
        if self.errors:
            return self.cleaned_data
        self._read_text()
        data = self.cleaned_data
        if not data["text"] and not data["label"]:
            self.add_error("text", _("Copy the line of the form, or say what is measured."))
        if data["baseline"] is not None and data["value"] is None:
            self.add_error("value", _("A value before needs a value after."))
        return data

    def _read_text(self) -> None:
        """Fill the figure from its changed line, unless somebody typed it."""
        text = self.cleaned_data["text"]
        beside = tuple(self.cleaned_data[name] for name in READ_FROM_TEXT)
        typed = beside != NOTHING_READ and any(name in self.changed_data for name in READ_FROM_TEXT)
        if typed or not text or "text" not in self.changed_data:
            return
        now = figure_in(text)
        found = fate(beside, figure_in(self.initial.get("text") or ""), now, NOTHING_READ)
        self.doubtful = found is Fate.DOUBTFUL
        if found is Fate.READ:
            self.cleaned_data |= dict(zip(READ_FROM_TEXT, now, strict=True))

    def validate_constraints(self) -> None:
        """The one headline is a matter of all rows together: MetricFormSet looks after it."""
        exclude = {*self._get_validation_exclusions(), "headline"}  # type: ignore[attr-defined]
        try:
            self.instance.validate_constraints(exclude=exclude)
        except ValidationError as errors:
            self._update_errors(errors)  # type: ignore[attr-defined]


class MetricFormSet(OrderedFormSet):
    def clean(self) -> None:
        super().clean()
        headlines = [form for form in kept(self) if form.cleaned_data.get("headline")]
        for form in headlines[1:]:
            form.add_error("headline", _("One figure only can be the headline."))

    def save(self, commit: bool = True) -> list[Any]:
        """The old headline goes first, or the database would see two."""
        if commit:
            keeping = {form.instance.pk for form in kept(self) if form.cleaned_data.get("headline")}
            self.get_queryset().model._default_manager.filter(practice=self.instance, headline=True).exclude(
                pk__in=keeping - {None}
            ).update(headline=False)
        return super().save(commit=commit)


class LinkForm(OrderedForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        note = note_of(self.instance)
        if note and "address" in self.fields:
            # A help text may be HTML, and a screen reader reads it with the field.
            self.fields["address"].help_text = note

    def clean_address(self) -> str:
        address = self.cleaned_data["address"]
        if address and not address.lower().startswith(("http://", "https://")):
            raise ValidationError(_("Only addresses that begin with https:// or http:// can be links."))
        # The scheme is written in small letters: the database knows no other spelling.
        scheme, mark, rest = address.partition(":")
        return scheme.lower() + mark + rest

    def clean(self) -> dict[str, Any]:
        super().clean()
        if not self.errors and not self.cleaned_data["address"] and not self.cleaned_data["label"]:
            self.add_error("address", _("Give the address, or at least its text."))
        return self.cleaned_data


class AssessmentForm(GuidedForm):
    """The criterion is given: the row of each stands ready."""

    class Meta:
        model = Assessment
        fields = ("criterion", "state", "reason")
        widgets = {"criterion": forms.HiddenInput, "reason": forms.Textarea(attrs={"rows": 2})}

    shown: Criterion | None = None


class AssessmentFormSet(LoadedRows):
    """One row for each criterion that the catalogue knows, assessed or not. A row left as it was is not stored."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.criteria = {criterion.pk: criterion for criterion in Criterion.objects.all()}
        stored = {row.criterion_id for row in self.get_queryset()} if self.instance.pk else set()
        missing = [pk for pk in self.criteria if pk not in stored]
        self.initial_extra: list[dict[str, Any]] = [{"criterion": pk} for pk in missing]
        self.extra = len(missing)

    def add_fields(self, form: Any, index: int | None) -> None:
        super().add_fields(form, index)
        known = form.instance.criterion_id
        if known is None and index is not None:
            extra = index - self.initial_form_count()
            known = self.initial_extra[extra]["criterion"] if extra < len(self.initial_extra) else None
        form.shown = self.criteria.get(known)


def kept(formset: Any) -> list[Any]:
    """The valid rows that will be there after saving."""
    rows = [form for form in formset.forms if not (formset.can_delete and formset._should_delete_form(form))]
    return [form for form in rows if form.is_valid() and (form.has_changed() or form.instance.pk)]
