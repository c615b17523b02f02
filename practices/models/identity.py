"""Whose catalogue this is: one row that publishers fill in, and the links of its header and footer.

Its colours are checked as readers will meet them: a text that cannot be read on its ground is refused.
"""

from collections.abc import Collection

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.utils.formats import number_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from practices.drawing.colours import HEX, READABLE, contrast

from .files import StoredFile
from .limits import ADDRESS, LINE, NAME, at_most, matches, one_of

ROW = 1
SHORT = 60
BRAND, ON_BRAND, ACTION = "#0d4a63", "#ffffff", "#0b5a85"
# What links and headings stand on in the light scheme; the words on a button are white.
GROUNDS = ("#ffffff", "#f2f6f8", "#fff7de")
HERE_OR_WEB = r"^(https?://[^\s/\\]+[^\s]*|/([^\s/\\][^\s\\]*)?)$"

NO_COLOUR = _("Write a colour as # and six digits or letters from a to f: #0d4a63")
NO_LINK = _("A link begins with https://, with http://, or with one / for a page of this site.")
COLOUR = RegexValidator(HEX, NO_COLOUR)
ADDRESS_OF_LINK = RegexValidator(HERE_OR_WEB, NO_LINK)


class Identity(models.Model):
    name = models.CharField(
        _("name of the institution"),
        max_length=NAME,
        default="Entidad de ejemplo",
        help_text=_("In full, as the law that created it writes it."),
    )
    short_name = models.CharField(
        _("short name"), max_length=SHORT, blank=True, help_text=_("Its acronym, for narrow places.")
    )
    site_name = models.CharField(
        _("name of this site"),
        max_length=NAME,
        blank=True,
        help_text=_("Left empty: the one that its server was given."),
    )
    slogan = models.CharField(
        _("what this site is"),
        max_length=LINE,
        blank=True,
        help_text=_("One or two sentences in the footer of every page."),
    )
    nit = models.CharField("NIT", max_length=SHORT, blank=True, help_text=_("With its check digit: 800.000.000-0"))
    address = models.CharField(
        _("address"), max_length=NAME, blank=True, default="Carrera 00 # 00-00", help_text=_("Of its main office.")
    )
    city = models.CharField(
        _("city"), max_length=NAME, blank=True, default="Bogotá, D.C., Colombia", help_text=_("With its department.")
    )
    hours = models.CharField(
        _("opening hours"),
        max_length=NAME,
        blank=True,
        default="Lunes a viernes, 8:00 a. m. a 4:00 p. m.",
        help_text=_("When the public is attended to."),
    )
    telephones = models.CharField(
        _("telephones"),
        max_length=NAME,
        blank=True,
        default="+57 601 000 0000",
        help_text=_("With +57 and the number of the region; several are separated by commas."),
    )
    free_line = models.CharField(
        _("free line"),
        max_length=SHORT,
        blank=True,
        default="01 8000 000 000",
        help_text=_("Free from all over the country."),
    )
    email = models.EmailField(
        _("e-mail"), blank=True, default="contacto@entidad.example", help_text=_("Where citizens write to.")
    )
    judicial_email = models.EmailField(
        _("e-mail for judicial notices"),
        blank=True,
        default="notificaciones@entidad.example",
        help_text=_("Every public body has one and shows it (Law 1437 of 2011, article 197)."),
    )
    logo = models.ForeignKey(
        StoredFile, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("logo")
    )
    logo_width = models.PositiveIntegerField(default=0, editable=False)
    logo_height = models.PositiveIntegerField(default=0, editable=False)
    brand = models.CharField(
        _("colour of the header"),
        max_length=7,
        default=BRAND,
        validators=[COLOUR],
        help_text=_("As # and six digits: #0d4a63"),
    )
    on_brand = models.CharField(
        _("colour of the words in the header"),
        max_length=7,
        default=ON_BRAND,
        validators=[COLOUR],
        help_text=_("White on a dark header."),
    )
    action = models.CharField(
        _("colour of links and buttons"),
        max_length=7,
        default=ACTION,
        validators=[COLOUR],
        help_text=_("It must be read on white; a lighter one is made of it for dark screens."),
    )
    govco = models.BooleanField(
        _("GOV.CO bar"), default=False, help_text=_("National public bodies show it above the header of every page.")
    )

    class Meta:
        verbose_name = _("identity of the institution")
        verbose_name_plural = _("identity of the institution")
        default_permissions = ("change", "view")
        constraints = [
            models.CheckConstraint(condition=models.Q(pk=ROW), name="identity_one_row"),
            *at_most(
                "identity",
                **dict.fromkeys(("name", "site_name", "address", "city", "hours", "telephones"), NAME),
                **dict.fromkeys(("short_name", "nit", "free_line"), SHORT),
                **dict.fromkeys(("email", "judicial_email"), 254),
                slogan=LINE,
            ),
            *matches(
                "identity",
                NO_COLOUR,
                **dict.fromkeys(("brand", "on_brand", "action"), HEX),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @classmethod
    def current(cls) -> "Identity":
        """The row, or one with neutral values where there is none. One query."""
        return cls.objects.filter(pk=ROW).first() or cls(pk=ROW)

    @property
    def has_own_colours(self) -> bool:
        return (self.brand, self.on_brand, self.action) != (BRAND, ON_BRAND, ACTION)

    @property
    def telephone_list(self) -> list[str]:
        return [phone.strip() for phone in self.telephones.split(",") if phone.strip()]

    def clean(self) -> None:
        """Raises ValidationError with the contrast that was measured."""
        faults = {}
        if not is_readable(self.on_brand, [self.brand]):
            faults["on_brand"] = too_faint(self.on_brand, [self.brand])
        if not is_readable(self.action, GROUNDS):
            faults["action"] = too_faint(self.action, GROUNDS)
        if faults:
            raise ValidationError(faults)


def measured(colour: str, grounds: Collection[str]) -> float | None:
    """The worst contrast with any of them; None where one of them is no colour."""
    try:
        return min(contrast(colour, ground) for ground in grounds)
    except ValueError:
        return None


def is_readable(colour: str, grounds: Collection[str]) -> bool:
    """What is no colour is told by its own field."""
    found = measured(colour, grounds)
    return found is None or found >= READABLE


def too_faint(colour: str, grounds: Collection[str]) -> str:
    # Rounded down, so that 4.49 is never told as the 4.5 that it lacks.
    found = int((measured(colour, grounds) or 0) * 100) / 100
    return gettext("The contrast is %(found)s to 1 and must be at least %(wanted)s: choose colours further apart.") % {
        "found": number_format(found, decimal_pos=2),
        "wanted": number_format(READABLE, decimal_pos=1),
    }


class Place(models.TextChoices):
    HEADER = "header", _("header")
    TRANSPARENCY = "transparency", _("transparency and participation")
    FOOTER = "footer", _("policies, in the footer")
    SOCIAL = "social", _("social networks")


class IdentityLink(models.Model):
    identity = models.ForeignKey(Identity, on_delete=models.CASCADE, related_name="links")
    place = models.CharField(
        _("place"), max_length=20, choices=Place, default=Place.FOOTER, help_text=_("Where on every page it stands.")
    )
    label = models.CharField(_("text"), max_length=SHORT, help_text=_("In Spanish."))
    label_en = models.CharField(
        _("text in English"), max_length=SHORT, blank=True, help_text=_("Left empty: the Spanish one.")
    )
    address = models.CharField(
        _("address"),
        max_length=ADDRESS,
        validators=[ADDRESS_OF_LINK],
        help_text=_("https://… or, on this site, the part from the first /: /terminos/"),
    )
    position = models.PositiveSmallIntegerField(
        _("order"), default=0, help_text=_("The smallest number stands first.")
    )

    class Meta:
        verbose_name = _("link of every page")
        verbose_name_plural = _("links of every page")
        ordering = ["position", "pk"]
        constraints = [
            *at_most("identitylink", label=SHORT, label_en=SHORT, address=ADDRESS),
            *one_of("identitylink", place=Place.values),
            *matches(
                "identitylink",
                NO_LINK,
                address=HERE_OR_WEB,
            ),
        ]

    def __str__(self) -> str:
        return self.label
