"""Colours as people give them (#0d4a63): how well one is read on another, and lighter or darker ones. No Django."""

import re

HEX = r"^#[0-9a-fA-F]{6}$"
READABLE = 4.5
"""What WCAG 2.2 AA asks between a text and what is behind it."""

WHITE, BLACK = "#ffffff", "#000000"
STEPS = 20


def channels(colour: str) -> tuple[int, int, int]:
    """Red, green and blue, 0 to 255. Raises ValueError."""
    if not re.fullmatch(HEX, colour):
        raise ValueError(colour)
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def luminance(colour: str) -> float:
    """Relative luminance as WCAG defines it, 0 to 1."""
    linear = [
        share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4
        for share in (channel / 255 for channel in channels(colour))
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """1 (the same) to 21 (black on white)."""
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def mixed(colour: str, other: str, share: float) -> str:
    """The colour with that share (0 to 1) of the other in it."""
    pairs = zip(channels(colour), channels(other), strict=True)
    return "#" + "".join(f"{round(one + (two - one) * share):02x}" for one, two in pairs)


def lightened_for(colour: str, ground: str, wanted: float) -> str:
    """The colour with as little white in it as makes it readable on a dark ground; white where nothing else is."""
    steps = (mixed(colour, WHITE, step / STEPS) for step in range(STEPS + 1))
    return next((step for step in steps if contrast(step, ground) >= wanted), WHITE)
