"""The spreadsheet that somebody sent, with one more column that says what is wrong in each row."""

from collections.abc import Mapping, Sequence
from pathlib import Path

Line = tuple[str, int]
"""Sheet and row, as Reading.line gives them."""


def report_spreadsheet(source: Path, name: str, problems: Mapping[Line, Sequence[str]]) -> bytes:
    """The same file with the problems of each row in a last column: XLSX stays XLSX, CSV keeps its delimiter and
    encoding. Raises NotAnImport when the file is neither."""
    raise NotImplementedError
