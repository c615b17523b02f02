"""Forms whose fields know their guide: what to write, how long, an example, and what the public will see of it."""

from decimal import Decimal
from typing import Any

from django.forms import BoundField, Script
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from practices.language.numbers import format_number
from practices.language.texts import Block, read_blocks
from practices.models.practice import LONG_TEXTS, Practice

from .fields import tidy
from .help_texts import Guide, guide_for
from .loading import LoadedChoices
from .proposals import PROPOSE

SCRIPTS = ("lengths", "seen", "paste", "figures", "tasks")


class GuidedField(BoundField):
    """What the templates of the form ask of a field (fields.html, guide.html)."""

    @property
    def guide(self) -> Guide:
        return guide_for(self.form._meta.model._meta.model_name, self.name)  # type: ignore[attr-defined]

    @property
    def limit(self) -> int:
        return getattr(self.field, "max_length", None) or 0

    @property
    def length_words(self) -> str:
        """The lengths in words, where no script counts; "" for a field that is not about length."""
        if not self.guide.advised:
            return ""
        return _("%(advised)s characters usually suffice; %(limit)s fit.") % self._lengths

    @property
    def length_counted(self) -> str:
        """The same with {count}, which a script fills in."""
        return _("%(count)s characters; %(advised)s usually suffice, %(limit)s fit.") % {
            **self._lengths,
            "count": "{count}",
        }

    @property
    def _lengths(self) -> dict[str, str]:
        language = get_language() or ""
        numbers = {"advised": self.guide.advised, "limit": self.limit}
        return {name: format_number(Decimal(number), language) for name, number in numbers.items()}

    @property
    def is_long_text(self) -> bool:
        return self.name in LONG_TEXTS and self.form._meta.model is Practice  # type: ignore[attr-defined]

    @property
    def proposes_figures(self) -> bool:
        return self.is_long_text and self.name == "impact"

    @property
    def as_seen(self) -> list[Block]:
        """What the public would see of the text in the form, saved or not."""
        return read_blocks(tidy(str(self.value() or "")))

    @property
    def aria_describedby(self) -> str | None:
        said = super().aria_describedby
        return f"{said or ''} {self.auto_id}_length".strip() if self.guide.advised else said


class GuidedForm(LoadedChoices):
    bound_field_class = GuidedField

    class Media:
        css = {"all": ["writing/writing.css"]}
        js = [Script(f"writing/{name}.js", defer=True) for name in SCRIPTS]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        model = str(self._meta.model._meta.model_name)
        for name, field in self.fields.items():
            if what := guide_for(model, name).what:
                field.help_text = what  # type: ignore[assignment]

    def is_valid(self) -> bool:
        """What was sent to have figures proposed is shown again, not saved."""
        return PROPOSE not in self.data and super().is_valid()
