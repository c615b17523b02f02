"""What publishing would show, drawn by the public page's own template; and what an earlier version showed."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language

from practices.browse.unavailable import unavailable
from practices.document import Attachment
from practices.exchange.preview import page_of_record
from practices.exchange.writers.page import PracticePage, edition_of
from practices.models.contact import Contact
from practices.models.practice import Practice
from practices.models.publication import Publication


def preview_of_practice(request: HttpRequest, practice: Practice) -> HttpResponse:
    def file_address(file_id: int) -> str:
        return reverse("admin:practices_practice_file", args=[practice.pk, file_id])

    page = page_of_record(practice, file_address)
    return draw(request, page, reverse("admin:practices_practice_change", args=[practice.pk]), preview=True)


def preview_of_publication(request: HttpRequest, publication: Publication) -> HttpResponse:
    def file_address(number: int, attachment: Attachment) -> str:
        return reverse("admin:practices_publication_file", args=[publication.pk, number])

    page = PracticePage(
        publication.content,
        language=get_language() or "",
        contacts=Contact.objects.public(publication.practice_id),
        edition=edition_of(publication),
        file_address=file_address,
        unavailable=unavailable,
    )
    back = reverse("admin:practices_publication_change", args=[publication.pk])
    return draw(request, page, back, preview=False)


def draw(request: HttpRequest, page: PracticePage, back: str, *, preview: bool) -> HttpResponse:
    """`back` is the staff's page that this one belongs to."""
    context = {"page": page, "document": page.document, "preview": preview, "back": back}
    response = render(request, "admin/practices/preview.html", context)
    response["X-Robots-Tag"] = "noindex"
    return response
