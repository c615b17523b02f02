"""What the project itself registers with Django when it starts."""

from django.apps import AppConfig


class CatalogueConfig(AppConfig):
    name = "catalogue"

    def ready(self) -> None:
        from . import checks, watching

        checks.register()
        watching.begin()
