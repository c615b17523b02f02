"""The life of a session: begun at the sign-in, ended elsewhere when an account's safety changes."""

from time import time
from typing import Any

from django.contrib.auth import SESSION_KEY
from django.contrib.auth.models import User
from django.contrib.sessions.models import Session
from django.http import HttpRequest
from django.utils import timezone

from . import factor
from .session_store import BEGUN, FACTOR, SEEN


def begin(sender: Any, request: HttpRequest, user: User, **kwargs: Any) -> None:
    """Receiver of user_logged_in."""
    request.session[BEGUN] = request.session[SEEN] = time()
    request.session[FACTOR] = factor.is_set(user)


def end_others(user: User, keep: str | None = None) -> int:
    """End the sessions of an account, all but one. Sessions are opaque: the few of the staff are looked through."""
    ended = [
        session.session_key
        for session in Session.objects.filter(expire_date__gt=timezone.now()).iterator()
        if session.session_key != keep and session.get_decoded().get(SESSION_KEY) == str(user.pk)
    ]
    return Session.objects.filter(session_key__in=ended).delete()[0]
