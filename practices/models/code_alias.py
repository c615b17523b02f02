"""The codes that practices had before: no address of theirs ever dies, and no other practice ever gets them.

A former code leads to its practice, not to another code: however often a code is corrected, from each of them it is
one step to the present one, and there are no circles to walk in.
"""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import Lower, Replace
from django.utils.translation import gettext_lazy as _

from practices.language.codes import CODE_PATTERN

from .limits import LINE, at_most, matches


def key_of(code: str) -> Lower:
    """`language.codes.code_key` of a column that holds canonical codes, as the database reckons it."""
    return Lower(Replace(F(code), Value("-"), Value("")))


class CodeAlias(models.Model):
    """Written by editorial/recoding.py alone. That it is no present code of another practice, the database holds
    too: see code_guard.py."""

    code = models.CharField(_("code"), max_length=60)
    code_key = models.CharField(max_length=60, help_text="the code in any spelling (language.codes.code_key)")
    practice = models.ForeignKey(
        "practices.Practice", on_delete=models.PROTECT, related_name="former_codes", verbose_name=_("practice")
    )
    changed_at = models.DateTimeField(_("corrected on"))
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("corrected by")
    )
    reason = models.CharField(_("reason"), max_length=LINE)

    objects: ClassVar[models.Manager["CodeAlias"]] = models.Manager()

    class Meta:
        verbose_name = _("former code")
        verbose_name_plural = _("former codes")
        ordering = ["-changed_at", "-pk"]
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["code_key"], name="codealias_once"),
            *matches("codealias", code=CODE_PATTERN),
            *at_most("codealias", reason=LINE),
            models.CheckConstraint(condition=Q(code_key=key_of("code")), name="codealias_key_of_code"),
            models.CheckConstraint(condition=~Q(reason=""), name="codealias_with_reason"),
        ]

    def __str__(self) -> str:
        return self.code
