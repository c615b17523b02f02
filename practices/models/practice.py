"""The working record: what staff write. The public never reads it; see publication.py for what it reads.

Fields stand in the order of the institution's form. Anything may be missing while a record is a draft.
"""

from typing import Any, ClassVar

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from practices.language.codes import CODE_PATTERN

from .limits import COVERAGE, LINE, NAME, PARTIAL_DATE, TEXT, TITLE, at_most, matches, one_of
from .vocabulary import Call, Category, Department, Municipality, NaturalKeyManager, Organization, Service

LONG_TEXTS = ("population", "summary", "impact", "validation", "replicability", "limitations", "conclusion")


class State(models.TextChoices):
    DRAFT = "draft", _("draft")
    IN_REVIEW = "in_review", _("in review")
    RETURNED = "returned", _("returned")
    APPROVED = "approved", _("approved")
    PUBLISHED = "published", _("published")
    WITHDRAWN = "withdrawn", _("withdrawn")


class Precision(models.TextChoices):
    DAY = "day", _("day")
    MONTH = "month", _("month")
    QUARTER = "quarter", _("quarter")
    SEMESTER = "semester", _("semester")
    YEAR = "year", _("year")


class Practice(models.Model):
    code = models.CharField(
        _("code"),
        max_length=60,
        unique=True,
        validators=[RegexValidator(CODE_PATTERN, _("The shape is BP-AGREEMENT-ENTITY-NNN-YYYY."))],
        help_text=_("Permanent. Leave it empty to get the next free number of the series proposed."),
    )
    title = models.CharField(
        _("title"),
        max_length=TITLE,
        blank=True,
        help_text=_("The name that the provider gave to its practice, as written in the form."),
    )
    organizations = models.ManyToManyField(
        Organization, through="Authorship", related_name="practices", verbose_name=_("authors")
    )
    author_text = models.CharField(
        _("authors as the form writes them"),
        max_length=LINE,
        blank=True,
        help_text=_("Only when the form names several authors in one line: copy that line. Otherwise leave it empty."),
    )
    implemented_text = models.CharField(
        _("implementation date"),
        max_length=LINE,
        blank=True,
        help_text=_("As written in the form: “Abril de 2020”, “2019 - 2021”, “Primer semestre de 2021”."),
    )
    implemented_start = models.CharField(
        _("from"),
        max_length=10,
        blank=True,
        help_text=_("Read from the text: YYYY, YYYY-MM or YYYY-MM-DD. Correct it only if it was misread."),
    )
    implemented_end = models.CharField(
        _("to"), max_length=10, blank=True, help_text=_("The same shape; empty when the practice goes on.")
    )
    implemented_precision = models.CharField(
        _("precision"), max_length=10, blank=True, choices=Precision, help_text=_("How exact the date is.")
    )
    category = models.ForeignKey(
        Category,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="practices",
        verbose_name=_("category"),
        help_text=_("The one of the form. Leave it empty if the form gives none."),
    )
    services = models.ManyToManyField(
        Service,
        blank=True,
        related_name="practices",
        verbose_name=_("services"),
        help_text=_("The public utilities that the practice is about."),
    )
    call = models.ForeignKey(
        Call,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="practices",
        verbose_name=_("call"),
        help_text=_("The contest or process that the practice comes from, if any."),
    )
    distinction = models.CharField(
        _("distinction"),
        max_length=NAME,
        blank=True,
        help_text=_("For example: first place, mention of honour."),
    )
    population = models.TextField(
        _("target population"),
        max_length=TEXT,
        blank=True,
        help_text=_("Who benefits: which users, how many, with which needs."),
    )
    summary = models.TextField(
        _("summary"),
        max_length=TEXT,
        blank=True,
        help_text=_("What was done and to solve which problem, in one or two paragraphs."),
    )
    impact = models.TextField(
        _("impact"),
        max_length=TEXT,
        blank=True,
        help_text=_("What changed, with its figures. One figure a line, beginning with a bullet."),
    )
    coverage_text = models.TextField(
        _("coverage"),
        max_length=COVERAGE,
        blank=True,
        help_text=_("As written in the form: “Caldas – Manizales”."),
    )
    national = models.BooleanField(
        _("national"), default=False, help_text=_("The practice was carried out in the whole country.")
    )
    departments = models.ManyToManyField(
        Department,
        blank=True,
        related_name="practices",
        verbose_name=_("departments"),
        help_text=_("Type the first letters. Those of the chosen municipalities are added by themselves."),
    )
    municipalities = models.ManyToManyField(
        Municipality,
        blank=True,
        related_name="practices",
        verbose_name=_("municipalities"),
        help_text=_("Type the first letters."),
    )
    validation = models.TextField(
        _("validation"),
        max_length=TEXT,
        blank=True,
        help_text=_("How one knows that it worked: who checked it with users or interested parties, and how."),
    )
    replicability = models.TextField(
        _("possibility of replication"),
        max_length=TEXT,
        blank=True,
        help_text=_("Who else could do it, and what they would need: people, money, time, technology."),
    )
    limitations = models.TextField(
        _("limitations"),
        max_length=TEXT,
        blank=True,
        help_text=_("What made it hard, and what it does not solve."),
    )
    conclusion = models.TextField(
        _("conclusion"), max_length=TEXT, blank=True, help_text=_("What was learned, in a few sentences.")
    )
    demonstration = models.BooleanField(
        _("demonstration record"),
        default=False,
        help_text=_("The public page says that the record only shows how the catalogue works."),
    )
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.DRAFT, editable=False)
    differs = models.BooleanField(
        _("has changes that are not published"),
        default=False,
        editable=False,
        help_text="whether the record says something else than its current publication; False without one",
    )
    revision = models.PositiveIntegerField(
        default=0, editable=False, help_text="raised by every change: two people who edit at once are told apart by it"
    )
    form_key = models.UUIDField(
        null=True,
        unique=True,
        editable=False,
        help_text="the form that it was entered with: sent twice, it is one record",
    )
    last_sent = models.CharField(
        max_length=64, blank=True, editable=False, help_text="SHA-256 of the form that was saved last: a double click"
    )
    publish_at = models.DateTimeField(_("publish at"), null=True, blank=True, editable=False)
    publish_note = models.CharField(_("what changed"), max_length=LINE, blank=True, editable=False)
    withdraw_at = models.DateTimeField(_("withdraw at"), null=True, blank=True, editable=False)
    withdraw_reason = models.CharField(_("public reason"), max_length=LINE, blank=True, editable=False)
    scheduled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("scheduled by"),
    )
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        editable=False,
        related_name="+",
        verbose_name=_("entered by"),
    )
    created_at = models.DateTimeField(_("created"), auto_now_add=True)
    changed_at = models.DateTimeField(_("last change"), auto_now=True)
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        editable=False,
        related_name="+",
        verbose_name=_("changed by"),
    )

    NATURAL_KEY: ClassVar[str] = "code"
    objects: ClassVar[NaturalKeyManager] = NaturalKeyManager()

    class Meta:
        verbose_name = _("practice")
        verbose_name_plural = _("practices")
        ordering = ["-changed_at", "-pk"]
        permissions = [
            ("review_practice", _("Can return and approve practices")),
            ("publish_practice", _("Can publish and withdraw practices")),
        ]
        indexes = [
            models.Index(fields=["state", "-changed_at"], name="practice_state_changed"),
            models.Index(fields=["publish_at"], name="practice_publish_at"),
            models.Index(fields=["withdraw_at"], name="practice_withdraw_at"),
            models.Index(fields=["-changed_at"], name="practice_differs", condition=Q(differs=True)),
        ]
        constraints = [
            *matches("practice", _("The shape is BP-AGREEMENT-ENTITY-NNN-YYYY."), code=CODE_PATTERN),
            *matches(
                "practice",
                _("Write it as 2020, 2020-04 or 2020-04-15."),
                implemented_start=PARTIAL_DATE,
                implemented_end=PARTIAL_DATE,
            ),
            *one_of("practice", state=State.values, implemented_precision=["", *Precision.values]),
            *at_most("practice", title=TITLE, author_text=LINE, implemented_text=LINE, distinction=NAME),
            *at_most("practice", publish_note=LINE, withdraw_reason=LINE, last_sent=64),
            *at_most("practice", coverage_text=COVERAGE, **dict.fromkeys(LONG_TEXTS, TEXT)),
            models.CheckConstraint(
                condition=Q(implemented_end="") | ~Q(implemented_start=""),
                name="practice_end_needs_start",
                violation_error_message=_("Say when it began, too."),
            ),
            models.CheckConstraint(
                condition=Q(withdraw_at__isnull=True) | ~Q(withdraw_reason=""),
                name="practice_withdrawal_needs_reason",
                violation_error_message=_("A withdrawal needs a public reason."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} · {self.title}" if self.title else self.code

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Raises ValidationError when the code of a record that was published once has changed."""
        self._refuse_changed_code()
        super().save(*args, **kwargs)
        self._stored_code = self.code

    def natural_key(self) -> tuple[str]:
        return (self.code,)

    # The code as the database has it: what a published record must keep.
    _stored_code = ""

    @classmethod
    def from_db(cls, *args: Any, **kwargs: Any) -> "Practice":
        practice = super().from_db(*args, **kwargs)
        practice._stored_code = practice.__dict__.get("code", "")
        return practice

    def clean(self) -> None:
        super().clean()
        self._refuse_changed_code()
        if self.implemented_end and self.implemented_start > self.implemented_end:
            raise ValidationError({"implemented_end": _("It ends before it begins.")})

    def _refuse_changed_code(self) -> None:
        stored = self._stored_code
        if stored and stored != self.code and self.publications.exists():
            raise ValidationError({"code": _("The code is permanent: the practice was published under %s.") % stored})
