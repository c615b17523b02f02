"""Two people changed one record: what is saved and what was typed, side by side, to choose field by field."""

from collections.abc import Iterator
from dataclasses import dataclass, fields
from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, QueryDict
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from practices.comparison import Change, compare, said
from practices.document import PracticeDocument
from practices.editorial.documents import build_document
from practices.editorial.history import changes_of
from practices.language.differences import Stretch, differences
from practices.models.contact import Contact
from practices.models.history import Event, Kind
from practices.models.practice import Practice

from .practice_form import DATES, PLACES
from .ticket import FIELD, Ticket

CHOICE = "keep-"
MINE, THEIRS = "mine", "theirs"

PLACES_IN_FORM: dict[str, tuple[str, ...]] = {
    "author": ("author_text",),
    "authors": ("authorship_set",),
    "implemented": ("implemented_text", *DATES),
    "metrics": ("metric_set",),
    "success_factors": ("successfactor_set",),
    "coverage": ("coverage_text", "national", *PLACES),
    "criteria": ("assessment_set",),
    "attachments": ("attachment_set",),
    "links": ("link_set",),
    "contacts": ("contact_set",),
}
"""Where in the form a field of the document is written; every other stands under its own name."""

CONTACT = ("name", "role", "email", "phone", "as_written", "consent_given_on", "consent_given_by", "consent_until")


@dataclass(frozen=True)
class Version:
    """All that a form of the record can change: its document, and its contacts, which no document holds."""

    document: PracticeDocument
    contacts: str

    @classmethod
    def of(cls, practice: Practice) -> "Version":
        rows = Contact.objects.filter(practice=practice).values_list(*CONTACT)
        lines = (" · ".join(str(value) for value in row if value) for row in rows)
        # Read afresh: what the form holds in memory may be older than its rows.
        return cls(build_document(Practice.objects.get(pk=practice.pk)), "\n".join(lines))


@dataclass(frozen=True)
class Difference:
    """A field in which the two differ. `theirs` without what was added, `mine` without what was removed."""

    name: str
    label: str
    theirs: list[Stretch]
    mine: list[Stretch]
    chosen: str

    @property
    def looks_alike(self) -> bool:
        return not any(stretch.fate != "same" for stretch in (*self.theirs, *self.mine))


def form_names(field: str) -> tuple[str, ...]:
    return PLACES_IN_FORM.get(field, (field,))


def choices(sent: QueryDict) -> dict[str, str]:
    """By field of the document, whose version is to be kept."""
    known = {field.name for field in fields(PracticeDocument)} | {"contacts"}
    given = {name.removeprefix(CHOICE): value for name, value in sent.items() if name.startswith(CHOICE)}
    return {name: str(value) for name, value in given.items() if name in known and value in (MINE, THEIRS)}


def changes_between(theirs: Version, mine: Version, same_author_text: bool) -> list[Change]:
    """What differs, as text; a field that differs in what its text does not tell is among them, too."""
    found = {change.field: change for change in compare(theirs.document, mine.document)}
    before, after = said(theirs.document), said(mine.document)
    for field in fields(PracticeDocument):
        if getattr(theirs.document, field.name) != getattr(mine.document, field.name):
            name = field.name
            found.setdefault(name, Change(name, before.get(name, ""), after.get(name, "")))
    if same_author_text:
        # The line of authors follows the list of authors, where nobody wrote it.
        found.pop("author", None)
    if theirs.contacts != mine.contacts:
        found["contacts"] = Change("contacts", theirs.contacts, mine.contacts)
    return list(found.values())


def events_since(practice: Practice, ticket: Ticket | None) -> QuerySet[Event]:
    """Who wrote the record since the form was opened, oldest first."""
    written = Event.objects.filter(practice=practice).exclude(changes="[]").select_related("by")
    since = written.filter(at__gte=ticket.opened_at) if ticket else written
    return since.order_by("at", "pk")


def drawn(changes: list[Change], events: list[Event], labels: dict[str, Any]) -> Iterator[Difference]:
    """Each field with what is proposed: what was typed, unless the person had left that field as it was."""
    untouched: dict[str, str] = {}
    for event in events:
        for change in changes_of(event) if event.kind != Kind.CREATED else []:
            untouched.setdefault(change.field, change.before)
    for change in changes:
        stretches = differences(change.before, change.after)
        yield Difference(
            change.field,
            capfirst(str(labels.get(change.field, change.field))),
            [stretch for stretch in stretches if stretch.fate != "added"],
            [stretch for stretch in stretches if stretch.fate != "removed"],
            THEIRS if untouched.get(change.field) == change.after else MINE,
        )


def labels_of(form: Any, formsets: list[Any]) -> dict[str, Any]:
    """What the form calls each field of the document."""
    names = {name: field.label for name, field in form.fields.items()}
    names |= {formset.prefix: formset.model._meta.verbose_name_plural for formset in formsets}
    return {**names, **{field: names[places[0]] for field, places in PLACES_IN_FORM.items() if places[0] in names}}


def page(
    model_admin: admin.ModelAdmin,
    request: HttpRequest,
    practice: Practice,
    ticket: Ticket | None,
    differences_drawn: list[Difference],
    events: list[Event],
) -> HttpResponse:
    """Everything typed travels on in hidden fields; what is chosen here goes to the practice's own form."""
    now = Ticket(request.user.pk or 0, practice.pk, practice.revision, opened=practice.changed_at.timestamp())
    typed = [
        (name, value)
        for name, values in request.POST.lists()
        for value in values
        if not name.startswith(("_", CHOICE)) and name not in ("csrfmiddlewaretoken", FIELD)
    ]
    context = {
        **model_admin.admin_site.each_context(request),
        "opts": model_admin.opts,
        "title": _("This record was changed meanwhile"),
        "subtitle": practice.code,
        "original": practice,
        "differences": differences_drawn,
        "last": events[-1] if events else None,
        "first_sending": ticket is not None and ticket.practice is None,
        "typed": [*typed, (FIELD, now.signed())],
        "address": reverse("admin:practices_practice_change", args=[practice.pk]),
    }
    return TemplateResponse(request, "admin/practices/practice/conflict.html", context)
