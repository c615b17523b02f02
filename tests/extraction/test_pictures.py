"""What a picture says of itself."""

import io

import pytest
from PIL import Image

from practices.extraction.pictures import Picture, read_picture


def drawn(kind: str, size: tuple[int, int] = (30, 20), **options: object) -> bytes:
    made = io.BytesIO()
    Image.new("RGB", size, "white").save(made, kind, **options)
    return made.getvalue()


@pytest.mark.parametrize(
    ("kind", "options"),
    [
        ("png", {}),
        ("jpeg", {}),
        ("jpeg", {"progressive": True}),
        ("webp", {}),
        ("webp", {"lossless": True}),
        ("webp", {"exif": b"Exif\0\0II*\0\x08\0\0\0\0\0"}),
    ],
)
def test_each_kind_tells_its_size(kind, options):
    assert read_picture(drawn(kind, **options)) == Picture(f"image/{kind}", 30, 20)


@pytest.mark.parametrize("kind", ["png", "jpeg", "webp"])
def test_a_beginning_alone_is_no_picture_and_no_error(kind):
    whole = drawn(kind)
    for length in range(24):
        assert read_picture(whole[:length]) is None


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"GIF89a" + b"\0" * 30,
        b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>",
        b"\x89PNG\r\n\x1a\n<script>alert(1)</script>" + b" " * 40,
        b"\xff\xd8\xff<html><script>alert(1)</script></html>",
        b"RIFF\0\0\0\0WEBP<html>" + b"\0" * 30,
        drawn("png", (4001, 1)),
    ],
)
def test_what_pretends_is_no_picture(content):
    assert read_picture(content) is None
