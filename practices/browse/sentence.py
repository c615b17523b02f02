"""A selection said in words: one sentence that the heading, the title of the page and the file name share."""

from collections.abc import Mapping, Sequence

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext


def sentence(count: int, text: str, labels: Mapping[str, Sequence[str]], *, is_partial: bool = False) -> str:
    """For example “12 prácticas sobre «tarifa» · Caldas o Tolima · 2021”. `is_partial`: not all of it is there."""
    parts = [
        ngettext("%(count)s practice", "%(count)s practices", count)
        % {"count": number_format(count, use_l10n=True, force_grouping=True)}
    ]
    if text:
        parts[0] += " " + (_("close to “%(text)s”") if is_partial else _("about “%(text)s”")) % {"text": text}
    parts += [either(values) for values in labels.values() if values]
    return " · ".join(parts)


def either(values: Sequence[str]) -> str:
    """Alternatives as words: “Caldas, Tolima o Huila”."""
    *first, last = values
    return _("%(first)s or %(last)s") % {"first": ", ".join(first), "last": last} if first else last
