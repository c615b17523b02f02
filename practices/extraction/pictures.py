"""What a picture says of itself: its kind and its size, read from its first bytes. No Django.

A picture whose size cannot be read is none: its name and its first four bytes are only claims.
"""

import struct
from dataclasses import dataclass

MOST_PIXELS = 4_000
"""Along either side."""
# The frames of a JPEG that tell its size; C4, C8 and CC are tables.
JPEG_FRAMES = set(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}


@dataclass(frozen=True)
class Picture:
    """Sizes are pixels."""

    media_type: str
    width: int
    height: int


def read_picture(content: bytes) -> Picture | None:
    """A PNG, JPEG or WebP; None for anything else, and for one without a sensible size."""
    for media_type, size in (("image/png", _png), ("image/jpeg", _jpeg), ("image/webp", _webp)):
        try:
            found = size(content)
        except (struct.error, IndexError):
            return None
        if found:
            sensible = all(0 < side <= MOST_PIXELS for side in found)
            return Picture(media_type, *found) if sensible else None
    return None


def _png(content: bytes) -> tuple[int, int] | None:
    if not content.startswith(b"\x89PNG\r\n\x1a\n") or content[12:16] != b"IHDR":
        return None
    width, height = struct.unpack(">II", content[16:24])
    return (width, height) if content.rstrip(b"\0").endswith(b"IEND\xaeB`\x82") else None


def _jpeg(content: bytes) -> tuple[int, int] | None:
    if not content.startswith(b"\xff\xd8\xff"):
        return None
    at = 2
    while content[at] == 0xFF:
        marker = content[at + 1]
        if marker in JPEG_FRAMES:
            height, width = struct.unpack(">HH", content[at + 5 : at + 9])
            return width, height
        (length,) = struct.unpack(">H", content[at + 2 : at + 4])
        at += 2 + max(length, 2)
    return None


def _webp(content: bytes) -> tuple[int, int] | None:
    if content[:4] != b"RIFF" or content[8:12] != b"WEBP":
        return None
    kind = content[12:16]
    if kind == b"VP8X":
        return _three_bytes(content[24:27]) + 1, _three_bytes(content[27:30]) + 1
    if kind == b"VP8L" and content[20] == 0x2F:
        (bits,) = struct.unpack("<I", content[21:25])
        return (bits & 0x3FFF) + 1, ((bits >> 14) & 0x3FFF) + 1
    if kind == b"VP8 " and content[23:26] == b"\x9d\x01\x2a":
        width, height = struct.unpack("<HH", content[26:30])
        return width & 0x3FFF, height & 0x3FFF
    return None


def _three_bytes(part: bytes) -> int:
    return part[0] | part[1] << 8 | part[2] << 16
