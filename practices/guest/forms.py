"""The author's answer: yes or no, for whom, and what is to be said of each section."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from practices.exchange.writers.page import TITLES, PracticePage
from practices.language.texts import clean
from practices.models.approval import COMMENT, Answer, Invitation
from practices.models.limits import NAME

WHOLE = "general"
COMMENT_OF = "comment_"
COMMENTED: dict[str, str | Promise] = {WHOLE: _("On the title, the facts or the whole"), **TITLES}


class CommentField(forms.CharField):
    """Plain text of several lines, counted as it will be kept. No attribute cuts in silence what is pasted."""

    widget = forms.Textarea
    default_error_messages = {"max_length": _("This text has %(show_value)d characters; %(limit_value)d fit.")}

    def to_python(self, value: Any) -> str:
        return clean(super().to_python(value) or "")

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return {"rows": 2}


class AnswerForm(forms.Form):
    """A comment for each section of the page, and for those that somebody has commented although they are gone."""

    required_css_class = "required"

    answer = forms.ChoiceField(
        label=_("May it be published like this?"),
        choices=[
            (Answer.APPROVED.value, _("Yes: we approve it as it is")),
            (Answer.CHANGES.value, _("No: we ask for the changes that stand in the comments")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one of the two answers.")},
    )
    answered_for = forms.CharField(
        label=_("For which office or role do you answer?"),
        max_length=NAME,
        help_text=_("For example: Customer Service Department. Do not write a person's name."),
        error_messages={
            "required": _("Write the office or role that answers."),
            "max_length": _("This text has %(show_value)d characters; %(limit_value)d fit."),
        },
    )

    def __init__(self, page: PracticePage, data: QueryDict | None, initial: Mapping[str, Any]) -> None:
        super().__init__(data, initial=dict(initial), label_suffix="")
        self.fields["answered_for"].widget.attrs.pop("maxlength", None)
        for section, title in _commented(page, data if data is not None else initial).items():
            label = str(title if section == WHOLE else _("On “%(section)s”") % {"section": title})
            self.fields[COMMENT_OF + section] = CommentField(label=label, max_length=COMMENT, required=False)
        self.order_fields([*(name for name in self.fields if name.startswith(COMMENT_OF)), "answer", "answered_for"])

    def clean_answered_for(self) -> str:
        return " ".join(self.cleaned_data["answered_for"].split())

    def clean(self) -> dict[str, Any]:
        super().clean()
        asks = self.cleaned_data.get("answer") == Answer.CHANGES
        if asks and not any(self.comments.values()) and not any(n.startswith(COMMENT_OF) for n in self.errors):
            self.add_error(COMMENT_OF + WHOLE, _("Say here or in a section what should change."))
        return self.cleaned_data

    @property
    def comments(self) -> dict[str, str]:
        """By section; valid forms only."""
        found = self.cleaned_data.items()
        return {name.removeprefix(COMMENT_OF): text for name, text in found if name.startswith(COMMENT_OF)}

    @property
    def comment_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in self.fields if name.startswith(COMMENT_OF)]


def _commented(page: PracticePage, given: Mapping[str, Any]) -> dict[str, str | Promise]:
    shown = {section.slug for section in page.sections}
    return {
        section: title
        for section, title in COMMENTED.items()
        if section == WHOLE or section in shown or given.get(COMMENT_OF + section)
    }


def initial_of(invitation: Invitation) -> dict[str, str]:
    """The earlier answer, to be corrected. One query where there is one."""
    if not invitation.answer:
        return {}
    comments = invitation.comments.values_list("section", "text")
    return {
        "answer": invitation.answer,
        "answered_for": invitation.answered_for,
        **{COMMENT_OF + section: text for section, text in comments},
    }


def typed_comments(sent: QueryDict) -> list[str]:
    """What somebody wrote into a form that cannot be taken any more, to give it back."""
    return [str(text) for name, text in sent.items() if name.startswith(COMMENT_OF) and str(text).strip()]
