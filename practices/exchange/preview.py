"""What publishing a record would show: one page for staff and for the author who is asked. Never for the public."""

from collections.abc import Callable

from django.utils.translation import get_language

from practices.browse.unavailable import unavailable
from practices.document import Attachment
from practices.editorial.documents import build_document
from practices.models.contact import Contact
from practices.models.practice import Practice

from .writers.page import PracticePage


def page_of_record(practice: Practice, file_address: Callable[[int], str]) -> PracticePage:
    """The page of the document that would be frozen now; `file_address` is given the key of each attachment.

    About fourteen queries: those of the document, the files and the contacts that may be shown.
    """
    files = list(practice.attachment_set.values_list("pk", flat=True))

    def address(number: int, attachment: Attachment) -> str:
        return file_address(files[number - 1])

    return PracticePage(
        build_document(practice),
        language=get_language() or "",
        contacts=Contact.objects.public(practice.pk),
        file_address=address,
        unavailable=unavailable,
    )
