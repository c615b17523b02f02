"""What goes out to be filled in and comes back: empty templates, and a spreadsheet with its problems beside it.

What makes them is loaded when they are asked for: a worker that only shows pages is 40 MB smaller without it.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path


def ficha_template() -> bytes:
    """The form of one practice, for Word."""
    from .ficha import ficha_template as made

    return made()


def spreadsheet_template() -> bytes:
    """The spreadsheet of many practices."""
    from .spreadsheet import spreadsheet_template as made

    return made()


def report_spreadsheet(source: Path, name: str, problems: Mapping[tuple[str, int], Sequence[str]]) -> bytes:
    """The spreadsheet that was sent, with the problems of each row beside it."""
    from .report import report_spreadsheet as made

    return made(source, name, problems)


__all__ = ["ficha_template", "report_spreadsheet", "spreadsheet_template"]
