"""The words that records share: categories, services, places, calls, criteria, organisations, code series.

All of it is data that staff keep; every table has a natural key, so fixtures can be loaded again and again.
"""

from typing import Any, ClassVar

from django.core.validators import RegexValidator
from django.db import models
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from practices.language.organizations import organization_key

from .limits import ADDRESS, NAME, at_most, matches, one_of

LONGEST_BASE = 70
SLUG_SHAPE = r"^[a-z0-9]+(-[a-z0-9]+)*$"
SERIES_SHAPE = r"^[A-Z]{2,10}(-[A-Z0-9]{1,20}){1,4}$"


class NaturalKeyManager(models.Manager[Any]):
    """Finds a row by the one column that is its name everywhere: the model's NATURAL_KEY."""

    def get_by_natural_key(self, value: str) -> Any:
        return self.get(**{self.model.NATURAL_KEY: value})


class Slugged(models.Model):
    """A row known by its slug, which is also what the public query string says."""

    slug = models.SlugField(
        _("short name in addresses"),
        max_length=80,
        unique=True,
        help_text=_("Small letters, digits and hyphens. It is part of public addresses: do not change it."),
    )

    NATURAL_KEY: ClassVar[str] = "slug"
    objects: ClassVar[NaturalKeyManager] = NaturalKeyManager()

    class Meta:
        abstract = True

    def natural_key(self) -> tuple[str]:
        return (self.slug,)


class Category(Slugged):
    number = models.PositiveSmallIntegerField(
        _("number"), unique=True, null=True, blank=True, help_text=_("The number that the form gives it.")
    )
    name = models.CharField(
        _("name"), max_length=NAME, unique=True, help_text=_("As the form writes it, without its number.")
    )
    description = models.TextField(
        _("description"),
        blank=True,
        max_length=2000,
        help_text=_("One or two sentences for the public pages."),
    )

    class Meta:
        verbose_name = _("category")
        verbose_name_plural = _("categories")
        ordering = ["number", "name"]
        constraints = at_most("category", name=NAME, description=2000)

    def __str__(self) -> str:
        return f"{self.number}. {self.name}" if self.number else self.name


class Service(Slugged):
    name = models.CharField(_("name"), max_length=NAME, unique=True)
    position = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        verbose_name = _("service")
        verbose_name_plural = _("services")
        ordering = ["position", "name"]
        constraints = at_most("service", name=NAME)

    def __str__(self) -> str:
        return self.name


class Department(models.Model):
    """A department of Colombia or Bogotá, D.C., by its DIVIPOLA code."""

    code = models.CharField(_("DIVIPOLA code"), max_length=2, primary_key=True)
    name = models.CharField(_("name"), max_length=NAME)

    NATURAL_KEY: ClassVar[str] = "code"
    objects: ClassVar[NaturalKeyManager] = NaturalKeyManager()

    class Meta:
        verbose_name = _("department")
        verbose_name_plural = _("departments")
        ordering = ["name"]
        constraints = [
            *matches("department", _("The DIVIPOLA code of a department has two digits."), code=r"^[0-9]{2}$"),
            *at_most("department", name=NAME),
        ]

    def __str__(self) -> str:
        return self.name

    def natural_key(self) -> tuple[str]:
        return (self.code,)


class Municipality(models.Model):
    """A municipality, district or non-municipalised area, by its DIVIPOLA code."""

    code = models.CharField(_("DIVIPOLA code"), max_length=5, primary_key=True)
    name = models.CharField(_("name"), max_length=NAME)
    department = models.ForeignKey(
        Department, on_delete=models.PROTECT, related_name="municipalities", verbose_name=_("department")
    )

    NATURAL_KEY: ClassVar[str] = "code"
    objects: ClassVar[NaturalKeyManager] = NaturalKeyManager()

    class Meta:
        verbose_name = _("municipality")
        verbose_name_plural = _("municipalities")
        ordering = ["name", "department"]
        constraints = [
            *matches("municipality", _("The DIVIPOLA code of a municipality has five digits."), code=r"^[0-9]{5}$"),
            *at_most("municipality", name=NAME),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.department.name})"

    def natural_key(self) -> tuple[str]:
        return (self.code,)


class Call(Slugged):
    name = models.CharField(_("name"), max_length=NAME, help_text=_("Of the contest or process."))
    year = models.PositiveSmallIntegerField(_("year"), null=True, blank=True)
    description = models.TextField(_("description"), blank=True, max_length=2000)

    class Meta:
        verbose_name = _("call")
        verbose_name_plural = _("calls")
        ordering = ["-year", "name"]
        constraints = at_most("call", name=NAME, description=2000)

    def __str__(self) -> str:
        return f"{self.name} ({self.year})" if self.year else self.name


class Criterion(Slugged):
    """A criterion of a good practice, in the institution's own words (its form, first page)."""

    class Group(models.TextChoices):
        MINIMUM = "minimum", _("minimum criterion")
        CONTEST = "contest", _("criterion of contests")

    group = models.CharField(_("group"), max_length=10, choices=Group)
    name = models.CharField(_("name"), max_length=NAME)
    description = models.TextField(_("description"), max_length=2000)
    position = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        verbose_name = _("criterion")
        verbose_name_plural = _("criteria")
        ordering = ["position", "name"]
        constraints = [
            *one_of("criterion", group=["minimum", "contest"]),
            *at_most("criterion", name=NAME, description=2000),
        ]

    def __str__(self) -> str:
        return self.name


class Organization(Slugged):
    """Who does practices. One row however its name is written: `key` is the name without case, accents,
    punctuation and legal suffix."""

    class Kind(models.TextChoices):
        PROVIDER = "provider", _("provider")
        UNIT = "unit", _("unit of the institution")
        TEAM = "team", _("team or person")
        OTHER = "other", _("other")

    name = models.CharField(_("name"), max_length=NAME, help_text=_("The full name, with its legal suffix."))
    key = models.CharField(_("key"), max_length=NAME, unique=True, editable=False)
    acronym = models.CharField(_("acronym"), max_length=40, blank=True, help_text=_("For example EAAB or EPM."))
    aliases = models.TextField(
        _("other names"),
        blank=True,
        max_length=2000,
        help_text=_("One per line, as people search for it: Acueducto de Bogotá. The search knows them at once."),
    )
    kind = models.CharField(_("kind"), max_length=10, choices=Kind, default=Kind.OTHER)
    services = models.ManyToManyField(Service, verbose_name=_("services"), blank=True, related_name="+")
    website = models.URLField(_("website"), max_length=ADDRESS, blank=True)

    class Meta:
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")
        ordering = ["name"]
        constraints = [
            *one_of("organization", kind=["provider", "unit", "team", "other"]),
            *at_most("organization", name=NAME, key=NAME, acronym=40, aliases=2000, website=ADDRESS),
            models.CheckConstraint(
                condition=~models.Q(key=""),
                name="organization_key_present",
                violation_error_message=_("Write a name."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.acronym})" if self.acronym else self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.key = organization_key(self.name)[:NAME]
        self.slug = self.slug or free_slug(type(self), self.key)
        super().save(*args, **kwargs)

    # The slug as the database has it: the public may know the organisation by it.
    _stored_slug = ""

    @classmethod
    def from_db(cls, *args: Any, **kwargs: Any) -> "Organization":
        organization = super().from_db(*args, **kwargs)
        organization._stored_slug = organization.__dict__.get("slug", "")
        return organization

    @property
    def known_slugs(self) -> set[str]:
        """The one it has and the one it had before it is saved."""
        return {self.slug, self._stored_slug} - {""}


class CodeSeries(models.Model):
    """What the codes of one agreement begin with, e.g. BP-ANDESCO-SSPD."""

    prefix = models.CharField(
        _("prefix"),
        max_length=60,
        unique=True,
        validators=[RegexValidator(SERIES_SHAPE, _("Capitals and digits, parted by hyphens: BP-ANDESCO-SSPD."))],
        help_text=_("Everything before the number: BP-ANDESCO-SSPD."),
    )
    description = models.CharField(_("description"), max_length=NAME, blank=True)
    is_default = models.BooleanField(
        _("proposed for new records"), default=False, help_text=_("One series at most is proposed.")
    )

    NATURAL_KEY: ClassVar[str] = "prefix"
    objects: ClassVar[NaturalKeyManager] = NaturalKeyManager()

    class Meta:
        verbose_name = _("series of codes")
        verbose_name_plural = _("series of codes")
        ordering = ["prefix"]
        constraints = [
            *matches("codeseries", _("Capitals and digits, parted by hyphens: BP-ANDESCO-SSPD."), prefix=SERIES_SHAPE),
            *at_most("codeseries", prefix=60, description=NAME),
            models.UniqueConstraint(
                fields=["is_default"],
                condition=models.Q(is_default=True),
                name="codeseries_one_default",
                violation_error_message=_("Another series is proposed already."),
            ),
        ]

    def __str__(self) -> str:
        return self.prefix

    def natural_key(self) -> tuple[str]:
        return (self.prefix,)


def free_slug(model: type[Slugged], text: str) -> str:
    """A slug made of the text that no row of the model has yet: `aguas`, `aguas-2`, `aguas-3` …"""
    base = slugify(text)
    if len(base) > LONGEST_BASE:
        base = base[: LONGEST_BASE + 1].rpartition("-")[0] or base[:LONGEST_BASE]
    base = base.strip("-") or "sin-nombre"
    taken = set(model.objects.filter(slug__startswith=base).values_list("slug", flat=True))
    number = 1
    slug = base
    while slug in taken:
        number += 1
        slug = f"{base}-{number}"
    return slug


__all__ = [
    "Call",
    "Category",
    "CodeSeries",
    "Criterion",
    "Department",
    "Municipality",
    "Organization",
    "Service",
    "free_slug",
]
