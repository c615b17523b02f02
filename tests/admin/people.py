"""People of each role, signed in: by the groups that a migration makes."""

from django.contrib.auth.models import Group, Permission, User
from django.test import Client

from practices.editorial.roles import PUBLISHERS, REVIEWERS, WRITERS

GROUPS = {"writer": WRITERS, "reviewer": REVIEWERS, "publisher": PUBLISHERS}
ROLES = (*GROUPS, "reader", "nobody")


def member(role: str) -> User:
    """Of that role; "reader" may only view, "nobody" is staff without any permission. One of each."""
    user, created = User.objects.get_or_create(username=role, defaults={"is_staff": True})
    if created and role in GROUPS:
        user.groups.add(Group.objects.get(name=GROUPS[role]))
    elif created and role == "reader":
        views = Permission.objects.filter(content_type__app_label="practices", codename__startswith="view_")
        user.user_permissions.set(views)
    return user


def signed_in(role: str) -> Client:
    """The role "anonymous" is signed in as nobody at all."""
    client = Client()
    if role != "anonymous":
        client.force_login(member(role))
    return client
