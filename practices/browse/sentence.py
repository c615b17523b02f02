"""A selection said in words: one sentence that the heading, the title of the page and the file name share."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from .terms import NATIONAL

Labels = Mapping[str, Sequence[str]]


def sentence(count: int | None, text: str, labels: Labels, *, is_partial: bool = False) -> str:
    """For example “12 prácticas sobre «tarifa» de acueducto en Caldas o Tolima, 2020 – 2022”; without a count
    “Prácticas sobre …”. `is_partial`: not all of the text is there."""
    counted = _("Practices") if count is None else _counted(count)
    return ", ".join([" ".join([counted, *_phrases(text, labels, is_partial)]), *_apart(labels)])


def _counted(count: int) -> str:
    return ngettext("%(count)s practice", "%(count)s practices", count) % {
        "count": number_format(count, use_l10n=True, force_grouping=True)
    }


def _phrases(text: str, labels: Labels, is_partial: bool) -> Iterator[str]:
    """What can be said in the same breath: about what, of which service, where, by whom."""
    if text:
        yield (_("close to “%(text)s”") if is_partial else _("about “%(text)s”")) % {"text": text}
    if services := labels.get("servicio"):
        yield _("of %(services)s") % {"services": either([service[:1].lower() + service[1:] for service in services])}
    if places := list(_places(labels)):
        yield ", ".join(places)
    if authors := labels.get("autor"):
        yield _("by %(authors)s") % {"authors": either(authors)}


def _places(labels: Labels) -> Iterator[str]:
    """In one of the municipalities, and in one of the departments or in the whole country."""
    if municipalities := labels.get("municipio"):
        yield _("in %(places)s") % {"places": either(municipalities)}
    departments, scope = labels.get("departamento"), [*labels.get(NATIONAL, ())]
    if departments:
        scope.insert(0, _("in %(places)s") % {"places": either(departments)})
    if scope:
        yield either(scope)


def _apart(labels: Labels) -> Iterator[str]:
    """What is said after a comma."""
    if years := labels.get("anio"):
        yield _years(years)
    if categories := labels.get("categoria"):
        yield _("category %(categories)s") % {"categories": either(categories)}
    if calls := labels.get("convocatoria"):
        yield _("call %(calls)s") % {"calls": either(calls)}
    if distinctions := labels.get("distincion"):
        yield _("distinction %(distinctions)s") % {"distinctions": either(distinctions)}
    if criteria := labels.get("criterio"):
        yield _("criterion met: %(criteria)s") % {"criteria": either(criteria)}
    if labels.get("indicadores"):
        yield _("with figures of the impact")
    if labels.get("archivos"):
        yield _("with files")


def _years(labels: Sequence[str]) -> str:
    """Years in a row as a range: “2020 – 2022”."""
    years = sorted(int(label) for label in labels)
    if len(years) > 1 and all(after == before + 1 for before, after in pairwise(years)):
        return f"{years[0]} – {years[-1]}"
    return either([str(year) for year in years])


def either(values: Sequence[str]) -> str:
    """Alternatives as words: “Caldas, Tolima o Huila”."""
    *first, last = values
    return _("%(first)s or %(last)s") % {"first": ", ".join(first), "last": last} if first else last
