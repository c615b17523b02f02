"""Accounts: nobody gives themselves rights, and who stands in the history is deactivated, not deleted."""

import pytest
from django.contrib.auth.models import Group, User
from django.test import Client
from django.urls import reverse

from practices.editorial.history import record
from practices.models.history import Event, Kind

from .. import factories
from .people import ROLES, member, signed_in


@pytest.mark.parametrize("role", ROLES)
def test_no_role_reaches_accounts_and_groups(vocabulary, role: str) -> None:
    client, own, group = signed_in(role), member(role), Group.objects.first()
    addresses = [
        reverse("admin:auth_user_changelist"),
        reverse("admin:auth_user_add"),
        reverse("admin:auth_user_change", args=[own.pk]),
        reverse("admin:auth_group_changelist"),
        reverse("admin:auth_group_change", args=[group.pk]),
    ]
    answers = [client.get(address).status_code for address in addresses]
    answers += [client.post(address, {"is_superuser": "on"}).status_code for address in addresses]

    # Of lists and forms there is no secret; whether a row exists is one.
    assert answers == [403, 403, 404, 403, 404] * 2
    own.refresh_from_db()
    assert (own.is_superuser, own.user_permissions.filter(content_type__app_label="auth").count()) == (False, 0)


def test_who_stands_in_the_history_is_deactivated_instead(as_publisher: Client) -> None:
    writer = member("writer")
    record(factories.practice(), Kind.CHANGED, writer)
    address = reverse("admin:auth_user_delete", args=[writer.pk])

    pages = [as_publisher.get(address), as_publisher.post(address, {"post": "yes"})]

    change = reverse("admin:auth_user_change", args=[writer.pk])
    assert [f'href="{change}#id_is_active"' in page.content.decode() for page in pages] == [True, True]
    assert ["Deactivate the account instead" in page.content.decode() for page in pages] == [True, True]
    assert (User.objects.filter(pk=writer.pk).exists(), Event.objects.get().by) == (True, writer)


def test_several_are_told_the_same(as_publisher: Client) -> None:
    writer = member("writer")
    record(factories.practice(), Kind.CHANGED, writer)
    sent = {"action": "delete_selected", "_selected_action": [writer.pk], "post": "yes"}

    page = as_publisher.post(reverse("admin:auth_user_changelist"), sent).content.decode()

    assert ("Nothing was deleted." in page, f"{writer.pk}/change/#id_is_active" in page) == (True, True)
    assert User.objects.filter(pk=writer.pk).exists()


def test_who_did_nothing_can_be_deleted(as_publisher: Client) -> None:
    nobody = member("nobody")
    as_publisher.post(reverse("admin:auth_user_delete", args=[nobody.pk]), {"post": "yes"})

    assert not User.objects.filter(pk=nobody.pk).exists()
