"""The first page: the work that waits, one's own and one's role's, and quietly below it every list there is."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, cast

from django.contrib import admin
from django.contrib.auth.models import User
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import NoReverseMatch, reverse
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.text import Truncator
from django.utils.timezone import localtime
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from practices.editorial.desk import PILES, beginning, last_words, logo_trouble, recent_imports, waiting
from practices.exchange.writers.dates import long_date
from practices.models.approval import Answer
from practices.models.batch import ImportBatch
from practices.models.history import Event, Kind
from practices.models.identity import ROW
from practices.models.missing_file import Problem
from practices.models.practice import Practice

from .link_states import state_of

PARAMETER = "desk"
LONGEST_ADDRESS = 90
LIST = "admin:practices_practice_changelist"
TITLES: dict[str, str | Promise] = {
    "failed": _("Could not be done as scheduled"),
    "files": _("Missing files"),
    "returned": _("Returned to me"),
    "in_review": _("Waiting for review"),
    "approved": _("Approved, waiting for publication"),
    "author": _("With the author"),
    "draft": _("My drafts"),
    "scheduled": _("Scheduled"),
    "differs": _("Published, with unpublished changes"),
    "consents": _("Consents about to expire"),
    "links": _("Links without an answer"),
}
TELLING = {
    "failed": (Kind.FAILED,),
    "returned": (Kind.RETURNED,),
    "in_review": (Kind.SENT, Kind.REOPENED),
    "approved": (Kind.APPROVED,),
}
"""The kinds of event whose newest tells why a practice is on a list."""
QUOTED = (Kind.FAILED, Kind.RETURNED)


@dataclass(frozen=True)
class Line:
    """One thing to do. `quote` is what somebody wrote about it."""

    address: str
    title: str
    code: str = ""
    detail: str = ""
    quote: str = ""


@dataclass(frozen=True)
class Shown:
    """A list as the desk shows it: its first lines, how many there are, and where all of them are."""

    slug: str
    title: str | Promise
    lines: list[Line]
    total: int
    address: str


def first_page(request: HttpRequest) -> HttpResponse:
    context = {
        **admin.site.each_context(request),
        "title": admin.site.index_title,
        "desk": desk_of(cast(User, request.user)),
        "groups": grouped(admin.site.get_app_list(request)),
        "may_add": request.user.has_perm("practices.add_practice"),
        "may_list": request.user.has_perm("practices.view_practice"),
        "import_address": address_of_imports(request),
    }
    return TemplateResponse(request, "admin/index.html", context)


def desk_of(user: User) -> list[Shown]:
    """The lists that hold something. A query for each, one for what was said of them, one for the imports."""
    if not user.has_perm("practices.change_practice"):
        return []
    found = {slug: beginning(slug, user) for slug in PILES}
    words = last_words([practice for practices in found.values() for practice in practices])
    shown = [shown_list(slug, practices, words) for slug, practices in found.items() if practices]
    return [*shown, *logo_of(user), *imports_of(user)]


def shown_list(slug: str, practices: list[Any], words: dict[tuple[int, str], Event]) -> Shown:
    lines = [line_of(slug, practice, event_of(slug, practice, words)) for practice in practices]
    return Shown(slug, TITLES[slug], lines, practices[0].total, f"{reverse(LIST)}?{PARAMETER}={slug}")


def event_of(slug: str, practice: Practice, words: dict[tuple[int, str], Event]) -> Event | None:
    events = [words[practice.pk, kind] for kind in TELLING.get(slug, ()) if (practice.pk, kind) in words]
    return max(events, key=lambda event: (event.at, event.pk), default=None)


def line_of(slug: str, practice: Any, event: Event | None) -> Line:
    return Line(
        address=reverse("admin:practices_practice_change", args=[practice.pk]),
        title=practice.title or gettext("(without title)"),
        code=practice.code,
        detail=DETAILS.get(slug, changed)(practice, event),
        quote=event.note if event and event.kind in QUOTED else "",
    )


# --- What a line tells --------------------------------------------------------------------------------------------


def changed(practice: Any, event: Event | None) -> str:
    """Who last did something about it, and when."""
    who = name_of(event.by if event else practice.changed_by)
    when = day(event.at if event else practice.changed_at)
    return gettext("%(who)s, %(when)s") % {"who": who, "when": when} if who else when


def scheduled(practice: Any, event: Event | None) -> str:
    times = {_("publication: %s"): practice.publish_at, _("withdrawal: %s"): practice.withdraw_at}
    return " · ".join(text % moment(at) for text, at in times.items() if at)


def with_author(practice: Any, event: Event | None) -> str:
    if practice.author_answer:
        answer, when = Answer(practice.author_answer).label, day(practice.author_answered_at)
        return f"{practice.author_recipient}: {answer}, {when}"
    until = gettext("no answer yet; the link expires on %s") % day(practice.author_expires_at)
    return f"{practice.author_recipient}: {until}"


def silent_link(practice: Any, event: Event | None) -> str:
    check = getattr(practice, "silent", None)
    if check is None:
        # It answered between the list and its lines.
        return changed(practice, event)
    state = state_of(check.first_failed_on, check.reason, check.status)
    return f"{state} · {Truncator(check.address).chars(LONGEST_ADDRESS)}"


def missing_file(practice: Any, event: Event | None) -> str:
    return gettext("%(name)s: %(state)s") % {"name": practice.file_name, "state": Problem(practice.file_problem).label}


def consent(practice: Any, event: Event | None) -> str:
    return gettext("until %s") % long_date(practice.consent_until)


DETAILS: dict[str, Callable[[Any, Event | None], str]] = {
    "scheduled": scheduled,
    "author": with_author,
    "consents": consent,
    "links": silent_link,
    "files": missing_file,
}


def name_of(user: Any) -> str:
    return (user.get_full_name() or user.get_username()) if user else ""


def day(at: Any) -> str:
    return long_date(localtime(at))


def moment(at: Any) -> str:
    return f"{day(at)}, {date_format(localtime(at), 'H:i')}"


# --- The logo ---------------------------------------------------------------------------------------------------


def logo_of(user: User) -> list[Shown]:
    """Its file is missing, for who may choose another. One query for such a person."""
    trouble = logo_trouble() if user.has_perm("practices.change_identity") else None
    if trouble is None:
        return []
    address = reverse("admin:practices_identity_change", args=[ROW])
    line = Line(address, gettext("Logo of the institution"), detail=trouble.get_problem_display())
    return [Shown("logo", TITLES["files"], [line], 1, address)]


# --- Imports ------------------------------------------------------------------------------------------------------


def address_of_imports(request: HttpRequest) -> str:
    """Where files are imported; "" where there is no such page, or not for this user."""
    return reverse_or_empty("admin:practices_importbatch_add") if may_import(request.user) else ""


def may_import(user: Any) -> bool:
    return user.has_perm("practices.add_importbatch")


def imports_of(user: User) -> list[Shown]:
    address = reverse_or_empty("admin:practices_importbatch_changelist")
    batches = recent_imports(user) if address and may_import(user) else []
    lines = [line_of_import(batch) for batch in batches]
    return [Shown("imports", _("My imports"), lines, len(lines), address)] if lines else []


def line_of_import(batch: ImportBatch) -> Line:
    address = reverse_or_empty("admin:practices_importbatch_change", batch.pk)
    return Line(address, batch.name, detail=f"{batch.get_state_display()}, {day(batch.made_at)}")


def reverse_or_empty(name: str, *args: Any) -> str:
    try:
        return reverse(name, args=args)
    except NoReverseMatch:
        return ""


# --- Every list there is, and the desk's lists in full --------------------------------------------------------------

GROUPS: tuple[tuple[str | Promise, tuple[str, ...]], ...] = (
    (_("Practices"), ("Practice", "Publication", "ImportBatch", "Event", "Invitation", "Consent")),
    (_("Authors and classification"), ("Organization", "Category", "Service", "Call", "Criterion", "CodeSeries")),
    (_("Places"), ("Department", "Municipality")),
    (_("Search"), ("SynonymGroup", "FailedSearch")),
    (_("The institution"), ("Identity", "Page")),
    (_("People and rules"), ("User", "Group", "Requirement")),
)


def grouped(apps: list[dict[str, Any]]) -> list[tuple[str | Promise, list[dict[str, Any]]]]:
    """The lists that the user may see, by what they are about; those that no group names stand last."""
    known = {model["object_name"]: model for app in apps for model in app["models"] if model["admin_url"]}
    groups = [(title, [known.pop(name) for name in names if name in known]) for title, names in GROUPS]
    return [(title, models) for title, models in [*groups, (_("Other lists"), list(known.values()))] if models]


class DeskFilter(admin.SimpleListFilter):
    """All of one of the desk's lists, in the list of practices."""

    title = _("what waits")
    parameter_name = PARAMETER

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return list(TITLES.items()) if request.user.has_perm("practices.change_practice") else []

    def queryset(self, request: HttpRequest, queryset: QuerySet[Practice]) -> QuerySet[Practice]:
        slug = self.value()
        if slug not in PILES:
            return queryset
        return queryset.filter(pk__in=waiting(slug, cast(User, request.user)).order_by().values("pk"))
