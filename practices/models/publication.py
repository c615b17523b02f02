"""What the public reads: frozen documents and the facet values they were published with.

A publication never changes after it is written; only its status does (current → superseded or withdrawn).
The database refuses anything else: see immutability.py.
"""

from datetime import datetime
from functools import cached_property
from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from practices.document import PracticeDocument, from_json

from .limits import LINE, NAME, TITLE, at_most, one_of

FROZEN = (
    *("practice_id", "code", "code_key", "first_code", "number", "document"),
    *("published_at", "published_by_id", "note"),
)


class Facet(models.TextChoices):
    """By what the public narrows the catalogue. The values are names in code; browse/ knows the public words."""

    CATEGORY = "category", _("category")
    SERVICE = "service", _("service")
    AUTHOR = "author", _("author")
    DEPARTMENT = "department", _("department")
    MUNICIPALITY = "municipality", _("municipality")
    YEAR = "year", _("year")
    CALL = "call", _("call")
    DISTINCTION = "distinction", _("distinction")
    CRITERION = "criterion", _("criterion")
    METRICS = "metrics", _("figures of the impact")
    FILES = "files", _("attached files")


class FacetTerm(models.Model):
    """One value of a facet, as publications use it. `value` is what the query string says."""

    facet = models.CharField(max_length=12, choices=Facet)
    value = models.CharField(max_length=80)
    label = models.CharField(max_length=NAME)
    parent = models.CharField(max_length=80, blank=True, help_text="of a municipality: its department's value")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["facet", "value"], name="facetterm_once"),
            *one_of("facetterm", facet=Facet.values),
            *at_most("facetterm", value=80, label=NAME, parent=80),
        ]

    def __str__(self) -> str:
        return f"{self.facet}: {self.label}"


class Status(models.TextChoices):
    CURRENT = "current", _("current")
    SUPERSEDED = "superseded", _("superseded")
    WITHDRAWN = "withdrawn", _("withdrawn")


class PublicationQuerySet(models.QuerySet["Publication"]):
    def current(self, at: datetime | None = None) -> Self:
        """What the public sees: the newest version of each practice that is not withdrawn (at that moment)."""
        # A comparison with a text is served by the composite index; a bare boolean is not on SQLite.
        found = self.filter(status=Status.CURRENT)
        return found.filter(published_at__lte=at) if at else found

    def still_current(self) -> Self:
        """The current ones of a few that another column finds; `current()` is for lists in an order.

        Beside an equality SQLite would walk the index of the status, all of it: 8 ms at 100,000 practices.
        """
        return self.exclude(status__in=(Status.SUPERSEDED, Status.WITHDRAWN))

    def withdrawn(self) -> Self:
        """The last version of each practice that was taken back; its reason is public, its text is not."""
        return self.filter(status=Status.WITHDRAWN)

    def versions_of(self, publication: "Publication") -> Self:
        """Every version of its practice, the newest first, without their documents: they are read when asked for."""
        return self.filter(practice_id=publication.practice_id).order_by("-number").defer("document")

    def with_code(self, key: str) -> Self:
        """Every version of the practice with this code, in any spelling (language.codes.code_key)."""
        return self.filter(code_key=key)

    def once_with_code(self, *keys: str) -> Self:
        """Those of the practices that had such a code before (code_alias.py)."""
        return self.filter(practice__former_codes__code_key__in=keys)


class Publication(models.Model):
    practice = models.ForeignKey("practices.Practice", on_delete=models.PROTECT, related_name="publications")
    code = models.CharField(_("code"), max_length=60)
    code_key = models.CharField(max_length=60)
    first_code = models.CharField(
        max_length=60, blank=True, help_text="the code it was first published under, where that was another one"
    )
    number = models.PositiveIntegerField(_("version"))
    document = models.TextField(_("document"), help_text="JSON, exactly as it was frozen")
    title = models.CharField(_("title"), max_length=TITLE)
    title_key = models.CharField(max_length=TITLE, help_text="the title folded, to sort by")
    implemented_start = models.CharField(max_length=10, blank=True)
    terms = models.ManyToManyField(FacetTerm, related_name="publications", blank=True)
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.CURRENT)
    published_at = models.DateTimeField(_("published"))
    first_published_at = models.DateTimeField(_("first published"))
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("published by"),
    )
    changed_in = models.PositiveBigIntegerField(
        default=0, db_index=True, help_text="the catalogue version in which the status last changed"
    )
    note = models.CharField(_("what changed"), max_length=LINE, blank=True)
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("withdrawn by"),
    )
    withdrawal_reason = models.CharField(_("public reason"), max_length=LINE, blank=True)

    objects: ClassVar[models.Manager["Publication"]] = PublicationQuerySet.as_manager()

    class Meta:
        verbose_name = _("publication")
        verbose_name_plural = _("publications")
        ordering = ["-published_at", "-pk"]
        indexes = [
            models.Index(fields=["status", "-published_at", "-id"], name="publication_newest"),
            models.Index(fields=["status", "-implemented_start", "-id"], name="publication_by_date"),
            models.Index(fields=["status", "title_key", "id"], name="publication_by_title"),
            models.Index(fields=["code_key", "-number"], name="publication_code"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["practice", "number"], name="publication_number_once"),
            models.UniqueConstraint(
                fields=["practice"], condition=~Q(status="superseded"), name="publication_one_in_force"
            ),
            *one_of("publication", status=Status.values),
            *at_most("publication", title=TITLE, note=LINE, withdrawal_reason=LINE),
            models.CheckConstraint(
                condition=~Q(status="withdrawn") | (Q(withdrawn_at__isnull=False) & ~Q(withdrawal_reason="")),
                name="publication_withdrawn_with_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} v{self.number}"

    @property
    def lasting_code(self) -> str:
        """What the practice is known by for ever, whatever its code is called today: a feed's ids are made of it."""
        return self.first_code or self.code

    @cached_property
    def content(self) -> PracticeDocument:
        """The frozen document, decoded once per instance."""
        return from_json(self.document)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        raise TypeError("A publication is history: withdraw it instead (editorial.publishing.withdraw).")
