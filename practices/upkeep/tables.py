"""Which tables are data, which are made of data, and which only pass through: said of each, in one place.

A backup holds the data. What is derived is made anew when one is restored; what passes is left behind. A model that
nobody declared counts as data, so that nothing is lost, and a test fails until somebody has thought about it.
"""

from django.apps import apps
from django.db.models import Model

DATA = (
    *("contenttypes.contenttype", "auth.permission", "auth.group", "auth.group_permissions"),
    *("auth.user", "auth.user_groups", "auth.user_user_permissions"),
    *("otp_totp.totpdevice", "otp_static.staticdevice", "otp_static.statictoken"),
    *("axes.accessattempt", "axes.accessattemptexpiration", "axes.accesslog", "axes.accessfailurelog"),
    *("sites.site", "flatpages.flatpage", "flatpages.flatpage_sites", "practices.page"),
    *("practices.storedfile", "practices.filetext", "practices.identity", "practices.identitylink"),
    *("practices.department", "practices.municipality", "practices.category", "practices.service"),
    *("practices.call", "practices.criterion", "practices.codeseries", "practices.synonymgroup"),
    *("practices.organization", "practices.organization_services", "practices.requirement"),
    *("practices.failedsearch", "practices.catalogueversion"),
    # Before the practices: the guard of the codes looks through all of those for each former code that is written.
    "practices.codealias",
    *("practices.practice", "practices.practice_services", "practices.practice_departments"),
    *("practices.practice_municipalities", "practices.authorship", "practices.metric", "practices.successfactor"),
    *("practices.assessment", "practices.attachment", "practices.link", "practices.contact"),
    # The label of a term is the one that was published last: no document tells which that was.
    *("practices.facetterm", "practices.publication", "practices.publication_terms"),
    *("practices.event", "practices.invitation", "practices.sectioncomment"),
    *("practices.importbatch", "practices.importrow", "practices.stagedfile", "admin.logentry"),
    *("practices.linkcheck", "practices.consent"),
)
"""In the order in which they are written back."""

DERIVED = {
    "practices.searchindex": "of the publications in force (manage.py rebuild_search)",
    "practices.searchword": "of the publications in force (manage.py rebuild_search)",
    "practices.drawn": "of the publications in force (manage.py draw)",
}
PASSING = {
    "sessions.session": "who has signed in signs in again",
    "practices.missingfile": "the next check finds what is missing there (manage.py check_links)",
}

MADE_BY_MIGRATE = {
    *("contenttypes.contenttype", "auth.permission", "auth.group", "auth.group_permissions", "sites.site"),
    *("flatpages.flatpage", "flatpages.flatpage_sites", "practices.page", "practices.identity"),
    *("practices.identitylink", "practices.requirement", "practices.catalogueversion"),
}
"""What a database holds that was only just made."""


def data_models() -> list[type[Model]]:
    """Every table of data, in the order in which they are written back."""
    known = _every_model()
    undeclared = sorted(known.keys() - set(DATA) - DERIVED.keys() - PASSING.keys())
    return [known[label] for label in (*DATA, *undeclared) if label in known]


def other_models() -> list[type[Model]]:
    """What is derived or passes, but for the index itself, which only practices.search writes."""
    known = _every_model()
    return [known[label] for label in (*DERIVED, *PASSING) if label in known and label != "practices.searchindex"]


def undeclared() -> set[str]:
    """The models of which nobody said what they are."""
    return _every_model().keys() - set(DATA) - DERIVED.keys() - PASSING.keys()


def _every_model() -> dict[str, type[Model]]:
    every = apps.get_models(include_auto_created=True)
    return {m._meta.label_lower: m for m in every if m._meta.managed and not m._meta.proxy and not m._meta.swapped}
