"""Who recorded a consent, and who its end: what the register (models/consent.py) cannot see by itself."""

from collections.abc import Collection

from django.contrib.auth.models import User

from practices.models.consent import Consent, Ending


def sign_given(contacts: Collection[int], by: User | None) -> None:
    """In the transaction that wrote the consents of these contacts. One query."""
    if by is not None and contacts:
        open_ones = Consent.objects.filter(contact_id__in=contacts, ending=Ending.NONE, recorded_by=None)
        open_ones.update(recorded_by=by)


def sign_ended(contacts: Collection[int], by: User | None) -> None:
    """The same of those that ended. One query."""
    if by is not None and contacts:
        ended = Consent.objects.filter(contact_id__in=contacts, ended_by=None).exclude(ending=Ending.NONE)
        ended.update(ended_by=by)
