"""The institution's own pages: terms, policies, transparency. Plain text whose structure is seen, in both languages.

A row is a flat page of django.contrib.flatpages, in Spanish, with its English text and its date beside it.
"""

from django.contrib.flatpages.models import FlatPage
from django.db import models
from django.utils.translation import gettext_lazy as _

from .limits import TEXT, at_most

TITLE = 200


class Page(FlatPage):
    title_en = models.CharField(
        _("title in English"),
        max_length=TITLE,
        blank=True,
        help_text=_("Left empty: the page exists in Spanish only."),
    )
    content_en = models.TextField(
        _("text in English"),
        max_length=TEXT,
        blank=True,
        help_text=_("As the Spanish one. Where it is missing, English readers get the Spanish text and a notice."),
    )
    updated_at = models.DateTimeField(_("updated"), auto_now=True)

    class Meta:
        verbose_name = _("page of the institution")
        verbose_name_plural = _("pages of the institution")
        constraints = at_most("page", title_en=TITLE, content_en=TEXT)

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return str(self.url)

    @property
    def is_in_english(self) -> bool:
        return bool(self.title_en and self.content_en)
