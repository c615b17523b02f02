"""The README shows what there is: its pictures exist, are small, and say in words what they show."""

import re
from pathlib import Path

from django.conf import settings

ROOT = Path(settings.BASE_DIR)
SMALL = 100 * 1024


def test_every_picture_of_the_readme_exists_and_every_one_that_exists_is_shown():
    shown = re.findall(
        r"!\[([^\]]+)\]\((docs/pictures/[\w-]+\.webp)\)", (ROOT / "README.md").read_text(encoding="utf-8")
    )
    drawn = sorted(path.relative_to(ROOT).as_posix() for path in (ROOT / "docs" / "pictures").iterdir())
    assert sorted(path for _words, path in shown) == drawn
    assert [words for words, _path in shown if len(words) < 20] == []
    assert [path for path in drawn if (ROOT / path).stat().st_size > SMALL] == []


def test_every_page_of_the_documentation_that_is_named_exists():
    named = re.findall(r"\]\(((?:docs/)?[\w.-]+)\)", (ROOT / "README.md").read_text(encoding="utf-8"))
    assert [path for path in named if not (ROOT / path).exists()] == []
