"""The figures of a document as people read them: a number, its unit, what it measures."""

from collections import defaultdict
from dataclasses import dataclass, replace
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from practices.document import Metric, PracticeDocument
from practices.drawing.bars import BarChart, bar_chart
from practices.drawing.change import Turn, change_between, change_chart
from practices.language.numbers import format_number

PESOS = "COP"
MILLION = Decimal(1_000_000)


@dataclass(frozen=True)
class Figure:
    """One metric, ready to be shown. `text` is as written; without a value only the text is shown."""

    text: str
    label: str
    number: str = ""
    unit: str = ""
    before: str = ""
    period: str = ""
    better: str = ""
    headline: bool = False
    change: "ChangeShown | None" = None

    @property
    def quantity(self) -> str:
        """Number and unit in one go: “355 peticiones”, “98,5 %”, “$ 5.487 millones”."""
        return f"{self.number} {self.unit}".strip()

    @property
    def measured(self) -> str:
        """What the quantity counts, as it is said after it: the label without the unit that it opens with."""
        if not self.label:
            return self.text
        opens = self.unit and f"{self.label} ".casefold().startswith(f"{self.unit} ".casefold())
        return self.label[len(self.unit) :].strip() if opens else self.label


@dataclass(frozen=True)
class ChangeShown:
    """What a figure was before and what it is: in words, and as two bars where they say anything."""

    words: str
    turn: Turn
    chart: BarChart | None


def figure_of(metric: Metric, language: str) -> Figure:
    figure = Figure(metric.text, metric.label, period=metric.period, better=metric.better)
    if metric.value is None:
        return figure
    number, unit = quantity(metric.value, metric.unit, language)
    figure = replace(figure, number=number, unit=unit, headline=metric.headline)
    if metric.baseline is None:
        return figure
    before = " ".join(quantity(metric.baseline, metric.unit, language)).strip()
    return replace(
        figure, before=before, change=_change(metric.baseline, metric.value, metric, figure, before, language)
    )


def _change(
    baseline: Decimal, value: Decimal, metric: Metric, figure: Figure, before: str, language: str
) -> ChangeShown:
    """“de 12 a 3 días (−75 %)”; of a percentage, the points."""
    change = change_between(baseline, value, metric.unit, metric.better)
    shown = format_number(baseline, language) if metric.unit and metric.unit != PESOS else before
    words = _("from %(before)s to %(after)s") % {"before": shown, "after": figure.quantity}
    if change.percent:
        words += f" ({_signed(change.percent, language)} %)"
    elif change.points:
        points = ngettext("%s point", "%s points", 1 if abs(change.points) == 1 else 2)
        words += f" ({points % _signed(change.points, language)})"
    rows = ((_("Before"), before), (_("After"), figure.quantity))
    return ChangeShown(words, change.turn, change_chart(change, metric.unit, rows))


def _signed(value: Decimal, language: str) -> str:
    return f"{'−' if value < 0 else '+'}{format_number(abs(value), language)}"


def figures_of(document: PracticeDocument, language: str) -> list[Figure]:
    return [figure_of(metric, language) for metric in document.metrics]


def quantity(value: Decimal, unit: str, language: str) -> tuple[str, str]:
    """Number and unit as written in that language. Pesos go by the million where they are whole millions."""
    if unit != PESOS:
        return format_number(value, language), unit
    english = language.startswith("en")
    sign = "COP" if english else "$"
    if abs(value) >= MILLION and value % MILLION == 0:
        return f"{sign} {format_number(value / MILLION, language)}", "million" if english else "millones"
    return f"{sign} {format_number(value, language)}", ""


def charts_of(document: PracticeDocument, language: str) -> list[BarChart]:
    """One chart of bars for each unit that two or more of the metrics share."""
    by_unit: dict[str, list[Metric]] = defaultdict(list)
    for metric in document.metrics:
        if metric.value is not None and metric.unit:
            by_unit[metric.unit].append(metric)
    charts = [
        bar_chart(
            unit,
            [
                (
                    metric.label or metric.text,
                    metric.value,
                    " ".join(quantity(metric.value, unit, language)).strip(),
                )
                for metric in metrics
                if metric.value is not None
            ],
        )
        for unit, metrics in by_unit.items()
    ]
    return [chart for chart in charts if chart]
