"""The process that reads one file: `python -m practices.extraction.child CPU MEGABYTES < file > text`.

It holds itself to its limits before it looks at the file. Any error is an exit status, and nothing else.
"""

import re
import resource
import sys
import unicodedata
from collections.abc import Iterable

from . import HEAD, MOST_CHARS, PDF, office, pdf

# No letter takes more than four bytes of UTF-8.
MOST_OUTPUT = 4 * MOST_CHARS
# What no text is made of and a database may refuse (NUL); line breaks stay.
_LIGATURE = re.compile("[\ufb00-\ufb06]")
_UNPRINTED = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ufffe\uffff]+")


def main(cpu: int, megabytes: int) -> None:
    _limit(cpu, megabytes)
    file = sys.stdin.buffer
    head = file.read(HEAD)
    file.seek(0)
    texts = pdf.pages(file.read(), within=0.8 * cpu) if PDF in head else office.texts(file)
    sys.stdout.buffer.write(beginning(texts).encode())


def beginning(texts: Iterable[str]) -> str:
    """The first MOST_CHARS characters; no more of the texts is asked for."""
    found, left = [], MOST_CHARS
    for text in texts:
        if plain := _plain(text):
            found.append(plain[:left])
            left -= len(plain) + 1
        if left <= 0:
            break
    return "\n".join(found)


def _plain(text: str) -> str:
    """The text as people type it: accents in their letters, no ligatures, and nothing that cannot be printed."""
    text = _LIGATURE.sub(lambda found: unicodedata.normalize("NFKC", found[0]), text)
    text = _UNPRINTED.sub(" ", unicodedata.normalize("NFC", text).replace("\r\n", "\n"))
    # What is only half a character is none.
    return text.encode(errors="ignore").decode().strip()


def _limit(cpu: int, megabytes: int) -> None:
    memory = megabytes * 1024 * 1024
    resource.setrlimit(resource.RLIMIT_CPU, (cpu, cpu))
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_FSIZE, (MOST_OUTPUT, MOST_OUTPUT))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
