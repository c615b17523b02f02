"""Every page of the admin, found in its addresses: a page that nobody listed is walked too, or named as unknown."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.auth.models import Group, User
from django.contrib.contenttypes.models import ContentType
from django.core.files.base import ContentFile
from django.db.models import Model
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from practices.admin.manual import PAGES as MANUAL
from practices.models.batch import ImportBatch
from practices.models.consent import Consent
from practices.models.contact import Contact
from practices.models.files import StoredFile
from practices.models.history import Event
from practices.models.identity import Identity
from practices.models.page import Page
from practices.models.practice import Practice
from practices.models.publication import Publication
from practices.models.synonym import FailedSearch, SynonymGroup
from practices.models.vocabulary import (
    Call,
    Category,
    CodeSeries,
    Criterion,
    Department,
    Municipality,
    Organization,
    Service,
)

# What answers with no page of its own: files, data, redirections, and what only a form reaches.
NO_PAGES = {
    "autocomplete",
    "jsi18n",
    "logout",
    "view_on_site",
    "practices_practice_file",
    "practices_publication_file",
    "practices_consent_file",
    "practices_practice_revoke",
    # Walked in test_second_factor.py, each where it has something to show.
    "login_code",
    *(f"second_factor{page}" for page in ("", "_codes", "_remove")),
    *(f"practices_practice_live_{name}" for name in ("seen", "paste", "figures")),
    *(f"practices_importbatch_{name}" for name in ("template", "report", "choose")),
}
# A permission that nobody has, a superuser either.
REFUSED = {
    *(f"practices_publication_{page}" for page in ("add", "delete")),
    *(f"practices_failedsearch_{page}" for page in ("add", "change")),
    *(f"practices_event_{page}" for page in ("add", "delete")),
    *(f"practices_identity_{page}" for page in ("add", "delete")),
    # One page of boxes stands for all of them.
    *(f"practices_requirement_{page}" for page in ("add", "change", "delete", "history")),
}
MODELS = (Practice, Publication, Category, Service, Call, Criterion, Department, Municipality, Organization)
MODELS += (CodeSeries, SynonymGroup, FailedSearch, Event, ImportBatch, Identity, Page, User, Group, Consent)


@dataclass(frozen=True)
class Named:
    """One address of the admin: its name, and what it must be given."""

    name: str
    parameters: tuple[str, ...]


def names() -> Iterator[Named]:
    """Every named address of the admin."""
    namespace = get_resolver().namespace_dict["admin"][1]
    yield from names_in(namespace.url_patterns)


def names_in(patterns: list[URLPattern | URLResolver]) -> Iterator[Named]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from names_in(pattern.url_patterns)
        elif pattern.name:
            yield Named(pattern.name, tuple(pattern.pattern.regex.groupindex))


def one_of_each() -> dict[str, Model]:
    """A record of each kind with a page, by the beginning of its addresses' names; some are made here."""
    Call.objects.get_or_create(slug="ensayo", defaults={"name": "Convocatoria de ensayo", "year": 2020})
    SynonymGroup.objects.get_or_create(terms="agua, acueducto")
    FailedSearch.objects.get_or_create(words="palabra")
    found = {}
    ImportBatch.objects.get_or_create(
        name="fichas.csv", defaults={"source": StoredFile.objects.store(ContentFile(b"codigo", name="fichas.csv"))}
    )
    given = {"consent_given_on": "2024-01-31", "consent_given_by": "Carta", "consent_until": "2031-01-31"}
    Contact.objects.get_or_create(practice=Practice.objects.first(), role="Oficina de prueba", defaults=given)
    for model in MODELS:
        record = model._default_manager.first()
        assert record is not None, model
        found[f"{model._meta.app_label}_{model._meta.model_name}"] = record
    user = User.objects.get(username="jefe")
    for record in found.values():
        kind = ContentType.objects.get_for_model(record)
        LogEntry.objects.create(
            user=user,
            content_type=kind,
            object_id=str(record.pk),
            object_repr=str(record)[:200],
            action_flag=CHANGE,
            change_message="Cambiado: una frase que ocupa un renglón entero y algo más.",
        )
    return found


Arguments = Callable[[dict[str, Model]], list[list[object]]]
# Pages that are given something else than the key of the record that their name begins with.
SPECIAL: dict[str, Arguments] = {
    "app_list": lambda records: [["practices"], ["auth"]],
    "manual_page": lambda records: [[page] for page in MANUAL],
    "auth_user_password_change": lambda records: [[records["auth_user"].pk]],
    "auth_user_second_factor": lambda records: [[records["auth_user"].pk]],
}


def addresses() -> tuple[list[str], list[str]]:
    """The addresses of all pages, and the names of those for which no arguments are known."""
    records = one_of_each()
    pages: list[str] = []
    unknown: list[str] = []
    for named in sorted(set(names()), key=lambda named: named.name):
        if named.name in NO_PAGES | REFUSED:
            continue
        arguments = arguments_of(named, records)
        if arguments is None:
            unknown.append(f"{named.name}({', '.join(named.parameters)})")
            continue
        pages += [reverse(f"admin:{named.name}", args=given) for given in arguments]
    return list(dict.fromkeys(pages)), unknown


def arguments_of(named: Named, records: dict[str, Model]) -> list[list[object]] | None:
    if named.name in SPECIAL:
        return SPECIAL[named.name](records)
    if not named.parameters:
        return [[]]
    record = next((record for start, record in records.items() if named.name.startswith(f"{start}_")), None)
    if record is None or len(named.parameters) > 1:
        return None
    return [[record.pk]]
