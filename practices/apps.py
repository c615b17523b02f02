from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class PracticesConfig(AppConfig):
    name = "practices"
    verbose_name = _("Catalogue of good practices")

    def ready(self) -> None:
        from .models.immutability import install_trigger

        post_migrate.connect(install_trigger, sender=self, dispatch_uid="publication_frozen")
