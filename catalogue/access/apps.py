from django.apps import AppConfig
from django.contrib.auth.signals import user_logged_in


class AccessConfig(AppConfig):
    """No models of its own. After the apps of the second factor, whose stock pages it takes away (admin.py)."""

    name = "catalogue.access"
    label = "access"

    def ready(self) -> None:
        from .sessions import begin

        user_logged_in.connect(begin, dispatch_uid="session_begins")
