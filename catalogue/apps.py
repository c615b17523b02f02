"""What the project itself registers with Django when it starts."""

from django.apps import AppConfig


class CatalogueConfig(AppConfig):
    name = "catalogue"

    def ready(self) -> None:
        from . import checks, patience, watching

        checks.register()
        patience.begin()
        watching.begin()
