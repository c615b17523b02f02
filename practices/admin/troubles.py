"""What staff are told where something of theirs cannot be saved, through no fault of it."""

from typing import Any

from django.db import InterfaceError, OperationalError
from django.utils.translation import gettext_lazy as _

from catalogue.outages import is_full

OUTAGES = (OperationalError, InterfaceError, OSError)

NO_ROOM = _("There is no room left on the server: nothing was saved. Tell whoever runs the site.")
BUSY = _("The catalogue is busy or partly away: nothing was saved. Try again in a few seconds.")


def said(error: Exception) -> Any:
    return NO_ROOM if is_full(error) else BUSY
