"""A comparison as data: the documents as they were frozen, and the figures that share a unit, practice by practice."""

from collections.abc import Sequence
from typing import Any

import msgspec

from practices.document import Metric, PracticeDocument
from practices.models.publication import Publication

from .comparison_table import common_units, in_unit

_encoder = msgspec.json.Encoder(decimal_format="number")


def comparison_json(publications: Sequence[Publication]) -> bytes:
    """JSON with every digit of every number. No queries."""
    documents = [publication.content for publication in publications]
    return _encoder.encode(
        {
            "codes": [publication.code for publication in publications],
            "metrics": aligned_metrics(documents),
            "practices": [msgspec.Raw(publication.document.encode()) for publication in publications],
        }
    )


def aligned_metrics(documents: Sequence[PracticeDocument]) -> list[dict[str, Any]]:
    """For each unit that two or more share, a list of figures for each practice, in the order of the practices."""
    return [
        {"unit": unit, "values": [[_value(metric) for metric in in_unit(d, key)] for d in documents]}
        for key, unit in common_units(documents).items()
    ]


def _value(metric: Metric) -> dict[str, Any]:
    fields = ("label", "value", "baseline", "period", "text")
    return {name: getattr(metric, name) for name in fields}
