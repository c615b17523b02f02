"""What staff are told on the page after this one, in a cookie as well guarded as the others."""

from django.conf import settings
from django.contrib.messages.storage.cookie import CookieStorage
from django.contrib.messages.storage.fallback import FallbackStorage
from django.contrib.messages.storage.session import SessionStorage


class HostCookie(CookieStorage):
    cookie_name = "messages" if settings.INSECURE_HTTP else "__Host-messages"


class Messages(FallbackStorage):
    """MESSAGE_STORAGE: the cookie, and the session for what is too long for one."""

    storage_classes = (HostCookie, SessionStorage)
