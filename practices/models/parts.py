"""The lists of a working record: who, figures, factors, criteria, files, links. Each keeps its order."""

from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from .files import StoredFile
from .limits import ADDRESS, LINE, NAME, at_most, matches, one_of
from .practice import Practice
from .vocabulary import Criterion, Organization


class Part(models.Model):
    """A row of one practice, at its place in the list."""

    practice = models.ForeignKey(Practice, on_delete=models.CASCADE, related_name="%(class)s_set")
    position = models.PositiveSmallIntegerField(_("order"), default=0, blank=True)

    class Meta:
        abstract = True
        ordering = ["position", "pk"]


class Authorship(Part):
    organization = models.ForeignKey(
        Organization,
        on_delete=models.PROTECT,
        related_name="authorships",
        verbose_name=_("organisation"),
        help_text=_("Type the first letters of its name; add it if the catalogue does not know it yet."),
    )
    as_written = models.CharField(
        _("as written"),
        max_length=LINE,
        blank=True,
        help_text=_("The name as this form writes it. Left empty, it is the organisation's name."),
    )

    class Meta(Part.Meta):
        verbose_name = _("author")
        verbose_name_plural = _("authors")
        constraints = [
            models.UniqueConstraint(
                fields=["practice", "organization"],
                name="authorship_once",
                violation_error_message=_("This author is in the list already."),
            ),
            *at_most("authorship", as_written=LINE),
        ]

    def __str__(self) -> str:
        return self.as_written or str(self.organization)


SIGNIFICANT_DIGITS = 15


def validate_digits(value: Decimal) -> None:
    """SQLite keeps numbers as doubles: what it could not give back exactly is refused on every database."""
    if len(value.normalize().as_tuple().digits) > SIGNIFICANT_DIGITS:
        raise ValidationError(_("Give the number with fifteen digits at most."))


class Metric(Part):
    """One figure of the impact; the value stands beside the text as written and never replaces it."""

    class Better(models.TextChoices):
        MORE = "more", _("more is better")
        LESS = "less", _("less is better")

    text = models.CharField(
        _("text as written"),
        max_length=LINE,
        blank=True,
        help_text=_("The line of the form: “949 requerimientos tramitados a través del Call Center.”"),
    )
    label = models.CharField(
        _("what is measured"),
        max_length=NAME,
        blank=True,
        help_text=_("“requerimientos tramitados por teléfono”"),
    )
    value = models.DecimalField(
        _("value"),
        max_digits=24,
        decimal_places=6,
        null=True,
        blank=True,
        validators=[validate_digits],
        help_text=_("Only the number."),
    )
    unit = models.CharField(
        _("unit"),
        max_length=80,
        blank=True,
        help_text=_("%, usuarios, días, COP for pesos. The same word for the same thing."),
    )
    baseline = models.DecimalField(
        _("value before"),
        max_digits=24,
        decimal_places=6,
        null=True,
        blank=True,
        validators=[validate_digits],
        help_text=_("Where it started from."),
    )
    period = models.CharField(
        _("period"), max_length=NAME, blank=True, help_text=_("“16 de marzo a 31 de mayo de 2020”")
    )
    better = models.CharField(_("better is"), max_length=4, blank=True, choices=Better)
    headline = models.BooleanField(_("headline"), default=False, help_text=_("The one figure shown in lists."))

    class Meta(Part.Meta):
        verbose_name = _("figure of the impact")
        verbose_name_plural = _("figures of the impact")
        constraints = [
            *one_of("metric", better=["", "more", "less"]),
            *at_most("metric", text=LINE, label=NAME, unit=80, period=NAME),
            models.CheckConstraint(
                condition=~Q(text="", label=""),
                name="metric_says_what",
                violation_error_message=_("Copy the line of the form, or say what is measured."),
            ),
            models.CheckConstraint(
                condition=Q(baseline__isnull=True) | Q(value__isnull=False),
                name="metric_baseline_needs_value",
                violation_error_message=_("A value before needs a value after."),
            ),
            models.UniqueConstraint(
                fields=["practice"],
                condition=Q(headline=True),
                name="metric_one_headline",
                violation_error_message=_("One figure only can be the headline."),
            ),
        ]

    def __str__(self) -> str:
        return self.text or self.label


class SuccessFactor(Part):
    text = models.TextField(
        _("success factor"), max_length=4000, help_text=_("One thing without which it would not have worked.")
    )

    class Meta(Part.Meta):
        verbose_name = _("success factor")
        verbose_name_plural = _("success factors")
        constraints = [
            *at_most("successfactor", text=4000),
            models.CheckConstraint(
                condition=~Q(text=""),
                name="successfactor_text_present",
                violation_error_message=_("Write the success factor, or remove the row."),
            ),
        ]

    def __str__(self) -> str:
        return self.text[:60]


class Assessment(models.Model):
    class State(models.TextChoices):
        MET = "met", _("met")
        PARTLY = "partly", _("partly met")
        NOT_MET = "not_met", _("not met")
        NOT_ASSESSED = "not_assessed", _("not assessed")

    practice = models.ForeignKey(Practice, on_delete=models.CASCADE, related_name="assessment_set")
    criterion = models.ForeignKey(
        Criterion, on_delete=models.PROTECT, related_name="assessments", verbose_name=_("criterion")
    )
    state = models.CharField(_("assessment"), max_length=12, choices=State, default=State.NOT_ASSESSED)
    reason = models.TextField(
        _("reason"),
        max_length=4000,
        blank=True,
        help_text=_("What in the form shows it; one or two sentences."),
    )

    class Meta:
        verbose_name = _("assessment of a criterion")
        verbose_name_plural = _("assessment of the criteria")
        ordering = ["criterion__position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["practice", "criterion"],
                name="assessment_once",
                violation_error_message=_("This criterion is assessed already."),
            ),
            *one_of("assessment", state=["met", "partly", "not_met", "not_assessed"]),
            *at_most("assessment", reason=4000),
        ]

    def __str__(self) -> str:
        return f"{self.criterion}: {self.get_state_display()}"


class Attachment(Part):
    """A file of the record. Size, type and SHA-256 are those of its bytes (StoredFile)."""

    stored_file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+", verbose_name=_("file"))
    name = models.CharField(
        _("file name"), max_length=NAME, help_text=_("What the public sees and what the download is called.")
    )
    description = models.CharField(_("description"), max_length=LINE, blank=True, help_text=_("What the file shows."))
    keywords = models.CharField(_("keywords"), max_length=LINE, blank=True, help_text=_("Parted by commas."))
    language = models.CharField(
        _("language"), max_length=10, blank=True, default="es", help_text=_("es, en … (ISO 639).")
    )

    class Meta(Part.Meta):
        verbose_name = _("attached file")
        verbose_name_plural = _("attached files")
        constraints = [
            *at_most("attachment", name=NAME, description=LINE, keywords=LINE),
            *matches(
                "attachment",
                _("Write the short code of the language: es, en, pt …"),
                language=r"^([a-z]{2,3}(-[A-Za-z0-9]{2,6})?)?$",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Link(Part):
    address = models.URLField(_("address"), max_length=ADDRESS, blank=True, help_text=_("It begins with https://"))
    label = models.CharField(_("text"), max_length=LINE, blank=True, help_text=_("What is found there."))

    class Meta(Part.Meta):
        verbose_name = _("link")
        verbose_name_plural = _("links")
        constraints = [
            *at_most("link", address=ADDRESS, label=LINE),
            *matches(
                "link",
                _("Only addresses that begin with https:// or http:// can be links."),
                address=r"^(https?://.+)?$",
            ),
            models.CheckConstraint(
                condition=~Q(address="", label=""),
                name="link_says_something",
                violation_error_message=_("Give the address, or at least its text."),
            ),
        ]

    def __str__(self) -> str:
        return self.label or self.address
