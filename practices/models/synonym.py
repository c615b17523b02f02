"""What staff teach the search: words that mean the same, and the searches that found nothing."""

from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from practices.language.words import squash

from .limits import at_most
from .vocabulary import NaturalKeyManager

MOST = 20
LONGEST = 80
TERMS = MOST * (LONGEST + 2)
MOST_SEARCHES = 5_000
LONGEST_SEARCH = 60


def terms_in(line: str) -> list[str]:
    """The words and phrases of a line, each once, as written."""
    found: dict[str, str] = {}
    for term in line.replace("\n", ",").split(","):
        tidy = " ".join(term.split())
        if squash(tidy):
            found.setdefault(squash(tidy), tidy)
    return list(found.values())


class SynonymGroup(models.Model):
    """Words and phrases that mean the same. `key` is the first of them, folded."""

    terms = models.CharField(
        _("words that mean the same"),
        max_length=TERMS,
        help_text=_("Words or phrases, parted by commas: PQR, PQRS, peticiones quejas y recursos."),
    )
    key = models.CharField(_("key"), max_length=LONGEST, unique=True, editable=False)

    NATURAL_KEY: ClassVar[str] = "key"
    objects: ClassVar[NaturalKeyManager] = NaturalKeyManager()

    class Meta:
        verbose_name = _("group of synonyms")
        verbose_name_plural = _("groups of synonyms")
        ordering = ["key"]
        constraints = at_most("synonymgroup", terms=TERMS, key=LONGEST)

    def __str__(self) -> str:
        return self.terms

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.key = squash((terms_in(self.terms) or [""])[0])[:LONGEST]
        super().save(*args, **kwargs)

    def natural_key(self) -> tuple[str]:
        return (self.key,)

    def clean(self) -> None:
        terms = terms_in(self.terms)
        if len(terms) < 2:
            raise ValidationError({"terms": _("Write two words or phrases at least, with a comma between them.")})
        if len(terms) > MOST:
            raise ValidationError({"terms": _("Twenty words or phrases fit in a group.")})
        if any(len(term) > LONGEST for term in terms):
            raise ValidationError({"terms": _("A word or phrase may have 80 characters.")})
        known = type(self).objects.filter(key=squash(terms[0])[:LONGEST]).exclude(pk=self.pk).first()
        if known:
            raise ValidationError({"terms": _("The catalogue knows it already: %(name)s") % {"name": known}})
        self.terms = ", ".join(terms)


class FailedSearch(models.Model):
    """The words of searches that found nothing, and how often. Nothing of who searched."""

    words = models.CharField(_("words"), max_length=LONGEST_SEARCH, unique=True)
    count = models.PositiveIntegerField(_("times"), default=1)
    last_on = models.DateField(_("last time"), default=timezone.localdate)

    class Meta:
        verbose_name = _("search that found nothing")
        verbose_name_plural = _("searches that found nothing")
        ordering = ["-count", "-last_on", "words"]
        constraints = at_most("failedsearch", words=LONGEST_SEARCH)

    def __str__(self) -> str:
        return self.words


__all__ = ["FailedSearch", "SynonymGroup", "terms_in"]
