"""What an address of data is, told in few words: from these declarations `writing.py` makes the description."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from django.utils.functional import Promise
from msgspec import Meta

Told = str | Promise
JSON, CSV, LINES = "application/json", "text/csv", "application/x-ndjson"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True)
class Parameter:
    """One value that an address takes. `schema` is JSON Schema; a repeated one is a list of such values.

    `stand_in` is what the address of a path is made with: any value that fits its place, found again in it."""

    name: str
    meaning: Told
    schema: Mapping[str, Any]
    place: Literal["query", "path", "header"] = "query"
    repeats: bool = False
    stand_in: str | int = ""
    key: str = ""
    """What tells it from another one of the same name."""


@dataclass(frozen=True)
class Operation:
    """An address of data, by the name of its view. `holds` is the class that its JSON answer keeps to; of
    several, it keeps to one."""

    name: str
    group: str
    summary: Told
    media_type: str
    holds: Any = None
    parameters: Sequence[Parameter] = ()
    refusals: Sequence[int] = ()
    meaning: Told = ""
    is_lasting: bool = True
    """Whether it has an ETag by which a revisit is answered 304."""
    headers: Sequence[str] = ()

    @property
    def classes(self) -> tuple[Any, ...]:
        if self.holds is None:
            return ()
        return self.holds if isinstance(self.holds, tuple) else (self.holds,)


def says(msgid: str, **limits: Any) -> Meta:
    """What a field of an answer means. The text is a msgid; limits are keywords of JSON Schema."""
    return Meta(extra_json_schema={"description": msgid, **limits})
