"""Values that are read out of a text: whether they follow it when somebody changes the text."""

from enum import Enum
from typing import TypeVar

Values = TypeVar("Values")


class Fate(Enum):
    READ = "the new text is read"
    KEPT = "they go on being right"
    DOUBTFUL = "they are kept, and somebody should look at them"


def fate(stored: Values, before: Values, now: Values, empty: Values) -> Fate:
    """What becomes of the values beside a text whose reading was `before` and is `now`.

    What was read follows its text. What a person put there instead is never replaced.
    """
    if stored in (before, empty):
        return Fate.READ
    return Fate.KEPT if now in (before, stored) else Fate.DOUBTFUL
