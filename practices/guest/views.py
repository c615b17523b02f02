"""What the author sees behind its link: the page as it would be published, its files, and the answer."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from practices.editorial import approval
from practices.exchange.downloads import download
from practices.exchange.preview import page_of_record
from practices.exchange.writers.page import PracticePage
from practices.models.approval import Answer, Invitation

from .doors import by_link
from .forms import COMMENTED, AnswerForm, initial_of

SEAL = "seal"


@require_http_methods(["GET", "HEAD", "POST"])
@by_link
def review(request: HttpRequest, invitation: Invitation) -> HttpResponseBase:
    """The preview with its form. A form about another version than the record is now comes back with all it says."""
    page = preview_of(invitation)
    sent = request.POST if request.method == "POST" else None
    form = AnswerForm(page, sent, initial_of(invitation) if sent is None else {})
    given_seal = request.POST.get(SEAL, "")
    if sent is not None and form.is_valid():
        try:
            _take(invitation, form, given_seal)
        except approval.OtherVersion:
            page = preview_of(invitation)
            form = AnswerForm(page, sent, {})
        except approval.TooManyAnswers:
            return _draw(request, invitation, page, form, too_many=True)
        else:
            return HttpResponseRedirect(address_of(invitation, "answered"))
    changed = sent is not None and not approval.is_sealed(invitation, page.document, given_seal)
    return _draw(request, invitation, page, form, changed=changed)


def _take(invitation: Invitation, form: AnswerForm, given_seal: str) -> None:
    approval.answer(
        invitation,
        given_seal,
        approved=form.cleaned_data["answer"] == Answer.APPROVED,
        answered_for=form.cleaned_data["answered_for"],
        comments=form.comments,
    )


def _draw(
    request: HttpRequest, invitation: Invitation, page: PracticePage, form: AnswerForm, **problems: bool
) -> HttpResponse:
    version = approval.fingerprint(page.document)
    context = {
        "invitation": invitation,
        "page": page,
        "document": page.document,
        "form": form,
        "seal": approval.seal(invitation, page.document),
        "changed_since_answer": bool(invitation.answer) and invitation.document_sha256 != version,
        **problems,
    }
    return render(request, "guest/review.html", context)


@require_safe
@by_link
def answered(request: HttpRequest, invitation: Invitation) -> HttpResponseBase:
    """What was answered, after it was sent."""
    if not invitation.answer:
        return HttpResponseRedirect(address_of(invitation, "review"))
    comments = [(COMMENTED.get(comment.section, ""), comment.text) for comment in invitation.comments.all()]
    context = {"invitation": invitation, "comments": comments, "review": address_of(invitation, "review")}
    return render(request, "guest/answered.html", context)


@require_safe
@by_link
def file(request: HttpRequest, invitation: Invitation, file_id: int) -> HttpResponseBase:
    """A file of this record and of no other."""
    files = invitation.practice.attachment_set.select_related("stored_file")
    attachment = get_object_or_404(files, pk=file_id)
    return download(attachment.stored_file, attachment.name)


def preview_of(invitation: Invitation) -> PracticePage:
    return page_of_record(invitation.practice, lambda file_id: address_of(invitation, "file", file_id))


def address_of(invitation: Invitation, name: str, *arguments: int) -> str:
    return reverse(f"guest:{name}", args=[approval.token_of(invitation), *arguments])
