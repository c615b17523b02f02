"""The text layer of a PDF, page by page. A page that was only scanned has none."""

import time
from collections.abc import Iterator

import pypdfium2

MOST_PAGES = 1_000
# How the library writes the hyphen of a word that goes on in the next line.
HYPHEN = "\x02"


def pages(content: bytes, within: float) -> Iterator[str]:
    """The text of each page, until so many seconds of work are over; a broken page is left out.

    Raises PdfiumError for what is no PDF or asks for a password.
    """
    document = pypdfium2.PdfDocument(content)
    for number in range(min(len(document), MOST_PAGES)):
        if time.process_time() > within:
            break
        try:
            yield _text(document, number).replace(HYPHEN, "")
        except pypdfium2.PdfiumError:
            continue


def _text(document: pypdfium2.PdfDocument, number: int) -> str:
    page = document[number]
    text = page.get_textpage()
    try:
        return text.get_text_bounded()
    finally:
        text.close()
        page.close()
