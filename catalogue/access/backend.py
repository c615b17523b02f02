"""Whose password opens the door."""

from django.contrib.auth.backends import ModelBackend
from django.contrib.auth.models import AnonymousUser, User


class StaffBackend(ModelBackend):
    """Only staff sign in. To everybody else the answer is the one to a wrong password, and it counts as one: the
    stock form refuses them after their password was found right, and so tells that it was."""

    def user_can_authenticate(self, user: User | AnonymousUser | None) -> bool:
        return super().user_can_authenticate(user) and bool(getattr(user, "is_staff", False))
