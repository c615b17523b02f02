"""What a PDF says, to programs and to people."""

import ctypes

import pypdfium2
import pypdfium2.raw as pdfium


def pages_of(content: bytes) -> list[str]:
    """The text of each page, in the order of the content, with one space between words and where a line ends."""
    texts = (page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(content))
    # pdfium gives a hyphen at the end of a line as a character of its own.
    return [" ".join(text.replace("\ufffe", "-").split()) for text in texts]


def squeezed(text: str) -> str:
    """Without any space: where lines end does not matter."""
    return "".join(text.split())


def text_of(content: bytes) -> str:
    return " ".join(pages_of(content))


def said_by(content: bytes) -> str:
    """Its words, what it says of itself, its outline, and whatever else stands in it uncompressed."""
    document = pypdfium2.PdfDocument(content)
    about = [*document.get_metadata_dict().values(), *(item.get_title() for item in document.get_toc())]
    return "\n".join([text_of(content), *about, content.decode("latin-1")])


def is_within(content: bytes) -> bool:
    """Whether no character stands beyond the edge of its page."""
    for page in pypdfium2.PdfDocument(content):
        letters = page.get_textpage()
        if any(letters.get_charbox(place)[2] > page.get_width() for place in range(letters.count_chars())):
            return False
    return True


def outline_of(content: bytes) -> list[tuple[int, str]]:
    """Level (from 0) and title of each heading."""
    return [(item.level, item.get_title()) for item in pypdfium2.PdfDocument(content).get_toc()]


def title_of(content: bytes) -> str:
    return pypdfium2.PdfDocument(content).get_metadata_dict()["Title"]


def is_tagged(content: bytes) -> bool:
    return bool(pdfium.FPDFCatalog_IsTagged(pypdfium2.PdfDocument(content)))


def structure_of(content: bytes) -> list[str]:
    """The kinds of the tags of the first page, parents before children: “Document”, “H1”, “P” …"""
    page = pypdfium2.PdfDocument(content)[0]
    tree = pdfium.FPDF_StructTree_GetForPage(page)
    found: list[str] = []
    waiting = [
        pdfium.FPDF_StructTree_GetChildAtIndex(tree, place)
        for place in reversed(range(pdfium.FPDF_StructTree_CountChildren(tree)))
    ]
    while waiting:
        element = waiting.pop()
        found.append(_kind(element))
        children = range(pdfium.FPDF_StructElement_CountChildren(element))
        waiting += filter(None, (pdfium.FPDF_StructElement_GetChildAtIndex(element, n) for n in reversed(children)))
    return found


def _kind(element: object) -> str:
    size = pdfium.FPDF_StructElement_GetType(element, None, 0)
    buffer = ctypes.create_string_buffer(size)
    pdfium.FPDF_StructElement_GetType(element, buffer, size)
    return buffer.raw.decode("utf-16-le").rstrip("\0")
