"""Files of practices, each kind by its own reader, as readings."""

from collections.abc import Iterable
from pathlib import Path

from practices.language.coverage import Gazetteer

from .json import read_json
from .reading import NotAnImport, Reading, Readings

__all__ = ["NotAnImport", "Reading", "Readings", "read_file"]


def read_file(path: Path, name: str, gazetteer: Gazetteer, prefixes: Iterable[str] = ()) -> Readings:
    """The records of a file. Raises NotAnImport, saying where; what is wrong in one record is in its reading.

    `name` is the name that people know the file by; the kind is decided by content and extension.
    `prefixes` are the known series of codes; a code written in one word is read by them only.
    """
    return read_json(path, gazetteer, tuple(prefixes))
