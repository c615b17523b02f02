"""People of each role, by the groups that a migration makes."""

import pytest
from django.contrib.auth.models import Group, User

from practices.editorial.roles import PUBLISHERS, REVIEWERS, WRITERS


def member(name: str, group: str) -> User:
    user = User.objects.create_user(name, is_staff=True)
    user.groups.add(Group.objects.get(name=group))
    return user


@pytest.fixture
def writer(db) -> User:
    return member("escribe", WRITERS)


@pytest.fixture
def reviewer(db) -> User:
    return member("revisa", REVIEWERS)


@pytest.fixture
def publisher(db) -> User:
    return member("publica", PUBLISHERS)
