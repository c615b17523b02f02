"""The three roles of the staff, as groups. Who has which permission may be changed in the admin afterwards."""

from typing import Any

from django.contrib.auth.models import Group, Permission, User
from django.core.exceptions import PermissionDenied

WRITERS, REVIEWERS, PUBLISHERS = "Redactores", "Revisores", "Publicadores"

WRITE = "practices.change_practice"
REVIEW = "practices.review_practice"
PUBLISH = "practices.publish_practice"

VOCABULARY = ("category", "service", "call", "criterion", "codeseries", "department", "municipality")
HISTORY = ("publication", "event")
OWN_WORDS = ("synonymgroup", "requirement", "page", "identitylink")

READING = [f"view_{name}" for name in ("practice", "organization", *VOCABULARY, *HISTORY)]
WRITING = [
    *READING,
    *("add_practice", "change_practice"),
    # A new author is named while writing; all other words of the catalogue are the publishers'.
    *("add_organization", "change_organization"),
    *("add_importbatch", "view_importbatch", "change_importbatch"),
]
PERMISSIONS = {
    WRITERS: WRITING,
    REVIEWERS: [*WRITING, "review_practice"],
    PUBLISHERS: [
        *WRITING,
        *("publish_practice", "delete_practice", "delete_organization"),
        *(f"{verb}_{name}" for name in (*VOCABULARY, *OWN_WORDS) for verb in ("add", "change", "delete")),
        *(f"view_{name}" for name in OWN_WORDS),
        *("view_failedsearch", "delete_failedsearch"),
        *("view_identity", "change_identity"),
    ],
}


def ensure_groups(sender: Any = None, using: str = "default", **kwargs: Any) -> None:
    """Receiver of post_migrate: makes the groups there are not yet, and leaves those there are alone."""
    for name, codenames in PERMISSIONS.items():
        group, created = Group.objects.using(using).get_or_create(name=name)
        if created:
            known = Permission.objects.using(using).filter(content_type__app_label="practices")
            group.permissions.set(known.filter(codename__in=codenames))


def require(permission: str, by: User | None) -> None:
    """Raises PermissionDenied unless the user has it. None is the system itself: a command or a timer."""
    if by is not None and not by.has_perm(permission):
        raise PermissionDenied(permission)


def may(permission: str, by: User | None) -> bool:
    return by is None or by.has_perm(permission)
