from django.apps import AppConfig
from django.db.models.signals import post_migrate, pre_migrate
from django.utils.translation import gettext_lazy as _


class PracticesConfig(AppConfig):
    name = "practices"
    verbose_name = _("Catalogue of good practices")

    def ready(self) -> None:
        from .editorial.institution import ensure_institution
        from .editorial.requirements import ensure_requirements
        from .editorial.roles import ensure_groups
        from .exchange.writers.drawn import draw_published
        from .models.code_guard import install_code_guard, remove_code_guard
        from .models.drawn import published
        from .models.immutability import install_trigger, remove_trigger
        from .upkeep.checks.drawings import DRAWERS
        from .web import article, kin_block

        for receiver in (remove_trigger, remove_code_guard):
            pre_migrate.connect(receiver, sender=self, dispatch_uid=receiver.__name__)
        for receiver in (install_trigger, install_code_guard, ensure_groups, ensure_requirements, ensure_institution):
            post_migrate.connect(receiver, sender=self, dispatch_uid=receiver.__name__)
        published.connect(draw_published, dispatch_uid="drawn_parts")
        published.connect(article.draw_published, dispatch_uid="drawn_article")
        DRAWERS.extend((lambda: article.rows_of, kin_block.drawer))
