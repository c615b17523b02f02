"""Showing a practice to its author: the page where staff make links, take them back and read the answers."""

from dataclasses import dataclass
from typing import Any, cast

from django import forms
from django.conf import settings
from django.contrib import admin, messages
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override
from django.views.decorators.http import require_POST

from practices.document import PracticeDocument
from practices.editorial import approval
from practices.editorial.documents import build_document
from practices.editorial.roles import WRITE
from practices.models.approval import Answer, Invitation
from practices.models.contact import Contact
from practices.models.limits import NAME
from practices.models.parts import Assessment, Attachment, Link, SuccessFactor
from practices.models.practice import Practice

from .fields import uncut
from .layout import anchor

LONGEST = 365
PAGE, REVOKE = "practices_practice_author", "practices_practice_revoke"


def _field(name: str) -> tuple[Any, str]:
    return Practice._meta.get_field(name).verbose_name, anchor(name)  # type: ignore[union-attr]


def _rows(model: Any, where: str) -> tuple[Any, str]:
    return model._meta.verbose_name_plural, where


SECTIONS: dict[str, tuple[str | Promise, str]] = {
    "general": (_("title, facts or the whole"), "section-identity"),
    "resumen": _field("summary"),
    "impacto": _field("impact"),
    "factores": _rows(SuccessFactor, anchor("success_factors")),
    "replica": _field("replicability"),
    "limitaciones": _field("limitations"),
    "conclusion": _field("conclusion"),
    "poblacion": _field("population"),
    "cobertura": _field("coverage_text"),
    "validacion": _field("validation"),
    "criterios": _rows(Assessment, anchor("criteria")),
    "archivos": _rows(Attachment, anchor("attachments")),
    "enlaces": _rows(Link, anchor("links")),
    "contacto": _rows(Contact, "contact_set-group"),
}
"""The sections of the page that an author comments: what the form calls them, and where it has them."""


@dataclass(frozen=True)
class Comment:
    field: str
    anchor: str
    text: str


class ShownInvitation:
    """A link as staff see it, beside the document that the record is now."""

    def __init__(self, invitation: Invitation, version: str) -> None:
        self.invitation = invitation
        self.version = version
        self.end = approval.end_of(invitation)

    @property
    def is_waiting(self) -> bool:
        return self.end is None and not self.invitation.answer

    @property
    def is_approved(self) -> bool:
        return self.invitation.answer == Answer.APPROVED

    @property
    def is_outdated(self) -> bool:
        """Whether the record says something else than what was answered."""
        return bool(self.invitation.answer) and self.invitation.document_sha256 != self.version

    @property
    def address(self) -> str:
        """In the first language of the site, whatever language its maker works in."""
        with override(settings.LANGUAGE_CODE):
            return reverse("guest:review", args=[approval.token_of(self.invitation)])

    @property
    def comments(self) -> list[Comment]:
        found = []
        for comment in self.invitation.comments.all():
            name, where = SECTIONS.get(comment.section, (comment.section, "section-identity"))
            found.append(Comment(capfirst(str(name)), where, comment.text))
        return found


def waiting_or_answered(practice: Practice, document: PracticeDocument) -> list[ShownInvitation]:
    """What the form says of the author: who answered, who is still asked. One query."""
    version = approval.fingerprint(document)
    shown = [ShownInvitation(row, version) for row in practice.invitations.with_overtaken()]
    return [line for line in shown if line.is_waiting or line.invitation.answer]


class InvitationForm(forms.Form):
    recipient = forms.CharField(
        label=_("For whom"),
        max_length=NAME,
        widget=forms.TextInput(attrs={"class": "vLargeTextField"}),
        help_text=_("The organisation or its office; no personal data."),
    )
    days = forms.IntegerField(
        label=_("Days that the link lasts"),
        min_value=1,
        max_value=LONGEST,
        help_text=_("It ends at the end of its last day; you can take it back before."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        uncut(self.fields["recipient"])


def urls(model_admin: Any) -> list[URLPattern]:
    """The addresses of this file, for the practice's admin."""
    wrap = model_admin.admin_site.admin_view

    def page(request: HttpRequest, object_id: str) -> HttpResponse:
        return author_view(model_admin, request, model_admin.viewable(request, object_id))

    @require_POST
    def revoke(request: HttpRequest, object_id: str, invitation_id: int) -> HttpResponse:
        return revoke_view(model_admin, request, model_admin.viewable(request, object_id), invitation_id)

    return [
        path("<path:object_id>/author/", wrap(page), name=PAGE),
        path("<path:object_id>/author/<int:invitation_id>/revoke/", wrap(revoke), name=REVOKE),
    ]


def author_view(model_admin: admin.ModelAdmin, request: HttpRequest, practice: Practice) -> HttpResponse:
    """The links of a practice with their answers, and the form that makes another."""
    may_invite = request.user.has_perm(WRITE)
    if request.method == "POST" and not may_invite:
        raise PermissionDenied
    document = build_document(practice)
    initial = {"recipient": document.author[:NAME], "days": approval.DAYS}
    form = InvitationForm(request.POST if request.method == "POST" else None, initial=initial)
    if form.is_valid():
        return _invite(model_admin, request, practice, form)
    invitations = practice.invitations.with_overtaken().select_related("created_by").prefetch_related("comments")
    version = approval.fingerprint(document)
    context = {
        **model_admin.admin_site.each_context(request),
        "opts": model_admin.opts,
        "title": _("Show it to its author"),
        "subtitle": str(practice),
        "original": practice,
        "form": form,
        "may_invite": may_invite,
        "site_address": f"{request.scheme}://{request.get_host()}",
        "invitations": [ShownInvitation(invitation, version) for invitation in invitations],
    }
    return TemplateResponse(request, "admin/practices/practice/author.html", context)


def _invite(
    model_admin: admin.ModelAdmin, request: HttpRequest, practice: Practice, form: InvitationForm
) -> HttpResponse:
    recipient, days = form.cleaned_data["recipient"], form.cleaned_data["days"]
    invitation, _token = approval.invite(practice, recipient, cast(User, request.user), days)
    text = _("The link for %s is made. Copy its address and send it.") % invitation.recipient
    model_admin.message_user(request, text, messages.SUCCESS)
    address = reverse(f"admin:{PAGE}", args=[practice.pk])
    return HttpResponseRedirect(f"{address}#link-{invitation.pk}")


def revoke_view(
    model_admin: admin.ModelAdmin, request: HttpRequest, practice: Practice, invitation_id: int
) -> HttpResponse:
    invitation = get_object_or_404(practice.invitations, pk=invitation_id)
    if approval.revoke(invitation, cast(User, request.user)):
        text = _("The link for %s is taken back: it shows nothing any more.") % invitation.recipient
        model_admin.message_user(request, text, messages.SUCCESS)
    return HttpResponseRedirect(reverse(f"admin:{PAGE}", args=[practice.pk]))
