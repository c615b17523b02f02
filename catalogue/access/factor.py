"""The second factor of an account: a code from an app (TOTP), and recovery codes for who has lost it.

django-otp keeps the devices and sees that no code counts twice and that none can be guessed by trying. Recovery codes
are kept as digests: they are random enough (80 bits) that a plain digest gives none of them back.
"""

import secrets
import time
from base64 import b32encode, urlsafe_b64encode
from binascii import unhexlify
from dataclasses import dataclass
from datetime import timedelta
from hashlib import sha256
from typing import Any

from django.conf import settings
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.auth.models import User
from django.core import signing
from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone, translation
from django_otp import verify_token
from django_otp.models import Device
from django_otp.oath import TOTP
from django_otp.plugins.otp_static.models import StaticDevice, StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice, default_key

from practices.editorial.roles import PUBLISH

from .session_store import FACTOR

CODES = 10
TOLERANCE = 1
OFFERED_FOR = 60 * 60
SALT = "second-factor"


@dataclass(frozen=True)
class Offer:
    """A key that an account may confirm with a first code. It travels signed: nothing is kept until then."""

    user: User
    key: str

    @classmethod
    def new(cls, user: User) -> "Offer":
        return cls(user, default_key())

    @classmethod
    def read(cls, user: User, text: str) -> "Offer | None":
        try:
            owner, key = signing.loads(text, salt=SALT, max_age=OFFERED_FOR)
        except (signing.BadSignature, ValueError, TypeError):
            return None
        return cls(user, key) if owner == user.pk else None

    def signed(self) -> str:
        return signing.dumps([self.user.pk, self.key], salt=SALT)

    @property
    def address(self) -> str:
        """What the QR code says."""
        return str(TOTPDevice(user=self.user, key=self.key).config_url)

    @property
    def text(self) -> str:
        """The key as a person types it: groups of four."""
        letters = b32encode(unhexlify(self.key)).decode()
        return " ".join(letters[start : start + 4] for start in range(0, len(letters), 4))


def plain(code: str) -> str:
    """A code without the blanks and hyphens that make it readable."""
    return "".join(code.split()).replace("-", "").lower()


def set_up(offer: Offer, code: str) -> list[str] | None:
    """Confirm the key with its first code: the recovery codes, to be shown once. None where the code is wrong."""
    totp = TOTP(unhexlify(offer.key))
    totp.time = time.time()
    typed = plain(code)
    if not is_from_app(typed) or not totp.verify(int(typed), TOLERANCE):
        return None
    with transaction.atomic():
        # One after the other, where two windows confirm at once.
        User.objects.select_for_update().get(pk=offer.user.pk)
        if is_set(offer.user):
            return None
        # The code that confirmed it is used up.
        TOTPDevice.objects.create(user=offer.user, name="app", key=offer.key, last_t=totp.t(), drift=totp.drift)
        return new_codes(offer.user)


def is_set(user: User) -> bool:
    return TOTPDevice.objects.filter(user_id=user.pk, confirmed=True).exists()


def must_have(user: User) -> bool:
    """Whose word the public reads, and who may change everything."""
    return settings.SECOND_FACTOR_REQUIRED and (user.is_superuser or user.has_perm(PUBLISH))


def is_missing(request: HttpRequest) -> bool:
    """Whether who is signed in has to set one up before anything else. Costs a query only where the setting asks."""
    if not settings.SECOND_FACTOR_REQUIRED or not request.user.is_authenticated:
        return False
    return not request.session.get(FACTOR) and must_have(request.user)


def new_codes(user: User) -> list[str]:
    """Ten recovery codes, in place of those there were."""
    codes = [b32encode(secrets.token_bytes(10)).decode().lower() for _ in range(CODES)]
    with transaction.atomic():
        StaticDevice.objects.filter(user=user).delete()
        device = StaticDevice.objects.create(user=user, name="recovery")
        StaticToken.objects.bulk_create(StaticToken(device=device, token=_digest(user, code)) for code in codes)
    return ["-".join(code[start : start + 4] for start in range(0, len(code), 4)) for code in codes]


def codes_left(user: User) -> int:
    return StaticToken.objects.filter(device__user=user).count()


def _digest(user: User, code: str) -> str:
    """96 bits, in the 16 characters that django-otp has for a code."""
    return urlsafe_b64encode(sha256(f"{user.pk}:{code}".encode()).digest()[:12]).decode()


def is_from_app(typed: str) -> bool:
    return len(typed) == 6 and typed.isascii() and typed.isdecimal()


def wait_for(user: User, code: str) -> timedelta | None:
    """How long no code of this kind is looked at, after wrong ones: one second, two, four …"""
    device = _device(user, plain(code))
    allowed, why = device.verify_is_allowed() if device else (True, None)
    return None if allowed or not why else max(why["locked_until"] - timezone.now(), timedelta(seconds=1))


def accepts(user: User, code: str) -> bool:
    """Whether the code is right; from then on it is used up."""
    typed = plain(code)
    device = _device(user, typed)
    if device is None:
        return False
    token = typed if is_from_app(typed) else _digest(user, typed)
    return verify_token(user, device.persistent_id, token) is not None


def _device(user: User, typed: str) -> Any:
    kind: type[Device] = TOTPDevice if is_from_app(typed) else StaticDevice
    return kind.objects.filter(user=user, confirmed=True).first()


def remove(user: User) -> None:
    with transaction.atomic():
        TOTPDevice.objects.filter(user=user).delete()
        StaticDevice.objects.filter(user=user).delete()


def note(user: User, by: User, text: Any) -> None:
    """In the history of the account, in the language of the site."""
    with translation.override(settings.LANGUAGE_CODE):
        LogEntry.objects.log_actions(by.pk, [user], CHANGE, str(text), single_object=True)
