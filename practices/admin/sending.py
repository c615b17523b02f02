"""How a practice's form that was sent is taken: nothing typed is lost, and nobody's work is written over.

The stored row is locked while the form is saved. A form that was drawn from an earlier state of the record is not
saved: it is laid over the record as it is now, the whole saving is tried and undone, and the two are shown side by
side. A form of a new record that comes twice leads to the record that it made.
"""

from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any, cast

from django.contrib import admin, messages
from django.contrib.auth.models import User
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from practices.editorial import staging
from practices.models.practice import Practice

from . import conflict, keeping, rebasing, troubles
from .ticket import Ticket, read_ticket, ticket_for

UNSAVED = "_unsaved"
"""A button, or a way in, that draws the sent form again without saving it."""


class Stale(Exception):
    """The record is another one than the form was drawn from."""

    def __init__(self, practice: Practice) -> None:
        self.practice = practice


class Tried(Exception):
    """The form was saved to see what comes of it; raising this undoes it."""

    def __init__(self, mine: conflict.Version, labels: dict[str, Any]) -> None:
        self.mine, self.labels = mine, labels


@dataclass
class Sending:
    """One sending of the form, while it is being answered."""

    ticket: Ticket | None
    digest: str = ""
    unsaved: bool = False
    outage: bool = False
    trying: bool = False
    stored: rebasing.Stored | None = field(default=None, repr=False)
    practice: Practice | None = None
    theirs: conflict.Version | None = field(default=None, repr=False)

    def is_of(self, practice: Practice) -> bool:
        ticket = self.ticket
        return ticket is not None and (ticket.practice, ticket.revision) == (practice.pk, practice.revision)


def sending_of(request: HttpRequest) -> Sending | None:
    return getattr(request, "sending", None)


def digest_of(request: HttpRequest) -> str:
    """SHA-256 of all that the form says, whatever button sent it."""
    said = [item for item in request.POST.lists() if not item[0].startswith("_") and item[0] != "csrfmiddlewaretoken"]
    files = [(name, [(file.name, file.size) for file in found]) for name, found in request.FILES.lists()]
    return sha256(repr((sorted(said), sorted(files))).encode(errors="surrogatepass")).hexdigest()


def mark(request: HttpRequest, practice: Practice) -> None:
    """By which a form is known again, should it come twice."""
    sending = sending_of(request)
    if sending and sending.ticket:
        practice.last_sent = sending.digest
        if practice._state.adding:
            practice.form_key = sending.ticket.key


def _refuse_second(request: HttpRequest) -> None:
    """Raises Stale where the form of a new record has made its record already. One query, for a sent form only."""
    sending = sending_of(request)
    if sending and sending.ticket and (made := Practice.objects.filter(form_key=sending.ticket.key).first()):
        raise Stale(made)


class NothingLost(admin.ModelAdmin):
    """The sending of the practice's form, around the stock one."""

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> Any:
        if request.method != "POST":
            return super().changeform_view(request, object_id, form_url, extra_context)
        keeping.bring_back(request)
        ticket = read_ticket(request.POST)
        if ticket and ticket.user != request.user.pk:
            ticket = None
        sending = Sending(ticket, digest_of(request), unsaved=UNSAVED in request.POST)
        request.sending = sending  # type: ignore[attr-defined]
        try:
            return super().changeform_view(request, object_id, form_url, extra_context)
        except Stale as stale:
            return self._settle(request, sending, stale.practice, extra_context)
        except Http404:
            if not sending.ticket or sending.ticket.practice is None:
                raise
            return self._as_new(request, sending, extra_context)
        except troubles.OUTAGES as error:
            return self._after_outage(request, sending, error, (object_id, form_url, extra_context))

    def _after_outage(self, request: HttpRequest, sending: Sending, error: Exception, form: Any) -> HttpResponse:
        """What was typed is shown again, if there is enough left for that: a disk that is full, or a database that
        somebody else is writing, can still be read. Raises the error where there is not."""
        sending.unsaved, sending.trying, sending.outage = True, False, True
        try:
            # The stock view without its transaction, which would wait to write.
            response: HttpResponse = self._changeform_view(request, *form)  # type: ignore[attr-defined]
        except troubles.OUTAGES:
            raise error from None
        messages.error(request, troubles.said(error))
        return response

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """Locked while the form is saved; SQLite locks the whole database from the beginning of the transaction."""
        found = super().get_queryset(request)
        sending = sending_of(request)
        return found.select_for_update(of=("self",)) if sending and not sending.outage else found

    def get_object(self, request: HttpRequest, object_id: str, from_field: str | None = None) -> Any:
        """Raises Stale where the form was drawn from another state of the record."""
        practice = super().get_object(request, object_id, from_field)
        sending = sending_of(request)
        if practice and sending:
            self._receive(request, sending, practice)
        return practice

    def _receive(self, request: HttpRequest, sending: Sending, practice: Practice) -> None:
        chosen = conflict.choices(request.POST)
        is_stale = not sending.is_of(practice)
        if is_stale and not sending.trying and not sending.unsaved:
            raise Stale(practice)
        if not is_stale and not chosen:
            return
        stored = rebasing.as_sent(self, request, practice)
        request.POST = self._laid_over(request.POST, sending, stored, practice)  # type: ignore[assignment]
        for name, whose in chosen.items():
            if whose == conflict.THEIRS:
                rebasing.take(cast(QueryDict, request.POST), stored, conflict.form_names(name))
        request.FILES.clear()
        keeping.bring_back(request)
        if sending.trying:
            sending.practice, sending.stored = practice, stored
            sending.theirs = conflict.Version.of(practice)

    def _laid_over(self, sent: QueryDict, sending: Sending, stored: rebasing.Stored, practice: Practice) -> QueryDict:
        is_new = sending.ticket is not None and sending.ticket.practice is None
        laid = rebasing.lay_over(sent, stored, by_place=is_new)
        if is_new and sent.get("code", "") in ("", sent.get("initial-code", "")):
            laid["code"] = practice.code
        for name in [name for name in laid if name.startswith(conflict.CHOICE)]:
            del laid[name]
        return laid

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        """A form that is only drawn again is never valid, whatever it says."""
        if obj is None:
            _refuse_second(request)
        form = super().get_form(request, obj, change=change, **kwargs)
        sending = sending_of(request)
        return type(form.__name__, (form,), {"is_valid": _never}) if sending and sending.unsaved else form

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        sending = sending_of(request)
        if sending and sending.trying:
            raise Tried(conflict.Version.of(form.instance), conflict.labels_of(form, formsets))
        keeping.forget_saved(request)

    def render_change_form(
        self,
        request: HttpRequest,
        context: dict[str, Any],
        add: bool = False,
        change: bool = False,
        form_url: str = "",
        obj: Practice | None = None,
    ) -> HttpResponse:
        if obj is None or not obj.pk:
            _refuse_second(request)
        sending = sending_of(request)
        ticket = sending.ticket if sending else ticket_for(request, obj)
        if sending:
            kept = self._kept(request, sending)
            formsets = (inline.formset for inline in context["inline_admin_formsets"])
            all_forms = [context["adminform"].form, *(form for formset in formsets for form in formset.forms)]
            keeping.show(kept, all_forms)
        if add:
            # Sent to another address than it came from, or the browser would drop it and Back would open a new form.
            form_url = form_url or "?sent=1"
        context["form_ticket"] = ticket.signed() if ticket else ""
        context["is_unsaved"] = sending is not None
        return super().render_change_form(request, context, add, change, form_url, obj)

    def _kept(self, request: HttpRequest, sending: Sending) -> list[keeping.Kept]:
        if not sending.outage:
            return keeping.keep(request.FILES, cast(User, request.user))
        kept, lost = keeping.keep_what_fits(request.FILES, cast(User, request.user))
        if lost:
            messages.warning(request, _("Choose these files again: %s.") % ", ".join(lost))
        return kept

    def _as_new(self, request: HttpRequest, sending: Sending, extra_context: dict[str, Any] | None) -> HttpResponse:
        """The record was deleted meanwhile: what was typed comes back as a new one, not saved."""
        sending.unsaved, sending.ticket = True, ticket_for(request)
        request.POST = rebasing.without_keys(request.POST)  # type: ignore[assignment]
        text = _("This record was deleted meanwhile. What you typed is here as a new one, not saved yet.")
        messages.warning(request, text)
        return super().changeform_view(request, None, reverse("admin:practices_practice_add"), extra_context)

    def _settle(
        self, request: HttpRequest, sending: Sending, practice: Practice, extra_context: dict[str, Any] | None
    ) -> HttpResponse:
        """Try the whole saving over the record as it is now, undo it, and show both; or the form, if it is wrong.

        The very form that was saved last needs no more saving: it was a double click.
        """
        if sending.ticket and sending.digest == practice.last_sent:
            keeping.forget_saved(request)
            return self.response_change(request, practice)
        # Kept before the try: what is written while trying is undone, the files' rows too.
        kept = keeping.keep(request.FILES, cast(User, request.user))
        request.POST = keeping.write(request.POST, kept)  # type: ignore[assignment]
        sending.trying = True
        try:
            response = super().changeform_view(request, str(practice.pk), "", extra_context)
        except Tried as tried:
            return self._compared(request, sending, tried, [one.key for one in kept])
        text = _("This record was saved meanwhile. Correct what is marked; then you see both versions.")
        messages.warning(request, text)
        return response

    def _compared(self, request: HttpRequest, sending: Sending, tried: Tried, keys: list[str]) -> HttpResponse:
        assert sending.practice is not None  # noqa: S101
        assert sending.theirs is not None  # noqa: S101
        assert sending.stored is not None  # noqa: S101
        same_line = sending.stored.fields.get("author_text") == request.POST.getlist("author_text")
        changes = conflict.changes_between(sending.theirs, tried.mine, same_line)
        practice = Practice.objects.get(pk=sending.practice.pk)
        if not changes:
            # The same form sent twice, or two people who wrote the same.
            staging.forget(cast(User, request.user), keys)
            return self.response_change(request, practice)
        practice.revision = sending.practice.revision
        events = list(conflict.events_since(practice, sending.ticket))
        differences = list(conflict.drawn(changes, events, tried.labels))
        return conflict.page(self, request, practice, sending.ticket, differences, events)


def _never(form: Any) -> bool:
    return False
