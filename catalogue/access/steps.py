"""The steps of signing in: a password, then a code where the account has a second factor.

Between them nobody is signed in: the session holds whose password was given, for ten minutes and nothing else.
"""

from time import time
from typing import Any

from django.contrib.auth import load_backend
from django.contrib.auth.models import User
from django.forms import Form
from django.http import HttpRequest
from django.utils.crypto import constant_time_compare

from . import factor
from .forms import CODE, CodeForm, PasswordForm
from .session_store import WAITING

KEY = "signing_in"


def take(request: HttpRequest) -> tuple[Form, User | None]:
    """One step, from what was sent: the form that is to be shown now, or who is to be signed in."""
    if CODE in request.POST:
        waiting = who_waits(request)
        return take_code(request, waiting) if waiting else (PasswordForm(request), None)
    form = PasswordForm(request, data=request.POST)
    if not form.is_valid():
        return form, None
    user: Any = form.get_user()
    if not factor.is_set(user):
        return form, user
    wait(request, user)
    return CodeForm(request, user), None


def take_code(request: HttpRequest, user: User) -> tuple[Form, User | None]:
    form = CodeForm(request, user, request.POST)
    if not form.is_valid():
        return form, None
    request.session.pop(KEY, None)
    return form, user


def wait(request: HttpRequest, user: User) -> None:
    """The password was right: under a new key, so that who knew the old one learns nothing."""
    request.session.cycle_key()
    request.session[KEY] = {
        "user": user.pk,
        "backend": user.backend,
        "hash": user.get_session_auth_hash(),
        "since": time(),
    }


def who_waits(request: HttpRequest) -> User | None:
    """Whose password this session has given, while the account may sign in and has that password still."""
    known = request.session.get(KEY)
    if not known or time() - known["since"] > WAITING:
        return None
    user: Any = load_backend(known["backend"]).get_user(known["user"])
    if user is None or not constant_time_compare(known["hash"], user.get_session_auth_hash()):
        return None
    user.backend = known["backend"]
    return user
