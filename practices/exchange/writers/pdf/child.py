"""The process that sets one document: `python child.py TEMPLATE CPU MEGABYTES < data.json > document.pdf`.

Not part of the package when it runs: it starts in some thirtieths of a second because it knows typst and nothing else.
Whoever starts it knows what it answers, but does not load typst: that is seven megabytes of each worker.
"""

import resource
import sys
from pathlib import Path
from typing import Literal

STANDARD: Literal["ua-1"] = "ua-1"
"""PDF/UA-1: tagged, with language and title; what could not be read aloud is refused."""

REFUSED = 3
"""The status of a document that typst refuses, as it does a character that no font has."""


def main(template: str, cpu: int, megabytes: int) -> int:
    import typst

    memory = megabytes * 1024 * 1024
    resource.setrlimit(resource.RLIMIT_CPU, (cpu, cpu))
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    try:
        document = compiled(Path(template), sys.stdin.read())
    except typst.TypstError as error:
        sys.stderr.write(error.message)
        return REFUSED
    sys.stdout.buffer.write(document)
    return 0


def compiled(template: Path, data: str) -> bytes:
    """Only with the fonts that typst brings: a document is the same on every machine."""
    import typst

    return typst.compile(
        template,
        root=template.parent,
        font_paths=typst.Fonts(include_system_fonts=False),
        ignore_system_fonts=True,
        format="pdf",
        pdf_standards=STANDARD,
        sys_inputs={"data": data},
    )


if __name__ == "__main__":
    sys.stdin.reconfigure(encoding="utf-8")  # type: ignore[union-attr]
    sys.exit(main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3])))
