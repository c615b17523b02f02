"""What blocks a publication is ticked by publishers, never typed."""

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Group, User
from django.test import Client
from django.urls import reverse

from practices.editorial.checklist import RULES
from practices.editorial.requirements import MINIMUM, required_names
from practices.editorial.roles import PUBLISHERS, REVIEWERS, WRITERS
from practices.models.requirement import Requirement

ADDRESS = "admin:practices_requirement_changelist"


@pytest.fixture
def one_of_each(vocabulary) -> dict[str, Client]:
    clients = {}
    for name in (WRITERS, REVIEWERS, PUBLISHERS):
        user = User.objects.create_user(name, password="x", is_staff=True)
        user.groups.add(Group.objects.get(name=name))
        clients[name] = Client()
        clients[name].force_login(user)
    return clients


def test_a_publisher_ticks_what_is_required(one_of_each: dict[str, Client]) -> None:
    chief = one_of_each[PUBLISHERS]
    page = chief.get(reverse(ADDRESS))
    assert page.context["form"]["required"].value() == sorted(MINIMUM)

    answer = chief.post(reverse(ADDRESS), {"required": ["title", "impact"]})

    assert (answer.status_code, required_names()) == (302, {"code", "title", "impact"})
    assert sorted(LogEntry.objects.values_list("object_repr", "action_flag")) == [
        ("authors", 3),
        ("impact", 1),
        ("substance", 3),
    ]


def test_every_line_of_the_checklist_can_be_ticked(one_of_each: dict[str, Client]) -> None:
    chief = one_of_each[PUBLISHERS]
    chief.post(reverse(ADDRESS), {"required": [rule.name for rule in RULES if rule.name != "code"]})

    assert required_names() == {rule.name for rule in RULES}


@pytest.mark.parametrize("sent", [{}, {"required": ["nada"]}, {"required": ["title", "<b>"]}])
def test_what_is_no_line_changes_nothing(one_of_each: dict[str, Client], sent: dict[str, list[str]]) -> None:
    answer = one_of_each[PUBLISHERS].post(reverse(ADDRESS), sent)

    assert (answer.status_code, bool(answer.context["form"].errors), required_names()) == (200, True, set(MINIMUM))


def test_the_other_roles_neither_see_nor_change_it(one_of_each: dict[str, Client]) -> None:
    for name in (WRITERS, REVIEWERS):
        client = one_of_each[name]
        answers = (client.get(reverse(ADDRESS)).status_code, client.post(reverse(ADDRESS), {"required": ["title"]}))
        assert (answers[0], answers[1].status_code) == (403, 403)
    assert required_names() == set(MINIMUM)


def test_names_are_never_typed(one_of_each: dict[str, Client]) -> None:
    chief = one_of_each[PUBLISHERS]
    row = Requirement.objects.first()
    add = chief.post(reverse("admin:practices_requirement_add"), {"name": "inventada"})
    delete = chief.post(reverse("admin:practices_requirement_delete", args=[row.pk]), {"post": "yes"})
    change = chief.post(reverse("admin:practices_requirement_change", args=[row.pk]), {"name": "inventada"})

    assert (add.status_code, delete.status_code, change.status_code, required_names()) == (403, 403, 302, set(MINIMUM))
