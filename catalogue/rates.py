"""How often something may happen, written as people write it: "120/m" is 120 times a minute."""

import re
from dataclasses import dataclass

SECONDS = {"s": 1, "m": 60, "h": 60 * 60, "d": 24 * 60 * 60}
WRITTEN = re.compile(r"([1-9]\d{0,6})/([1-9]\d{0,3})?([smhd])")


@dataclass(frozen=True)
class Rate:
    most: int
    seconds: int

    @classmethod
    def of(cls, text: str) -> "Rate | None":
        """None for an empty text: no limit. Raises ValueError."""
        if not text.strip():
            return None
        found = WRITTEN.fullmatch(text.strip().lower())
        if not found:
            raise ValueError(f"“{text}” is no rate: write 120/m (or /s, /h, /d; 10/5m), or nothing for no limit")
        most, times, unit = found.groups()
        return cls(int(most), int(times or 1) * SECONDS[unit])
