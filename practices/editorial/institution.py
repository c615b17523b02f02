"""What an installation begins with: a neutral identity, and the pages that a public site owes its readers.

Made where they are missing whenever the database is migrated; what there is already is the institution's own.
"""

from pathlib import Path
from typing import Any

from django.apps import apps as every_app
from django.conf import settings
from django.contrib.auth.models import Group, Permission
from django.contrib.flatpages.models import FlatPage
from django.contrib.sites.models import Site
from django.db import transaction
from django.utils import timezone

from practices.models.identity import ROW, Identity, IdentityLink, Place
from practices.models.page import Page
from practices.models.version import CatalogueVersion

from .roles import PUBLISHERS

TEXTS = Path(settings.BASE_DIR) / "fixtures" / "pages"
STOCK_DOMAIN = "example.com"
LANGUAGES = ("es", "en")
OWN = ("identity", "identitylink", "page")

TRANSPARENCY = {
    "transparencia": ("Transparencia", "Transparency"),
    "participa": ("Participe", "Take part"),
    "pqrsd": ("PQRSD", "Petitions and complaints (PQRSD)"),
}
POLICIES = {
    "terminos": ("Términos de uso", "Terms of use"),
    "datos-personales": ("Datos personales", "Personal data"),
    "derechos-de-autor": ("Derechos de autor", "Copyright"),
    "accesibilidad": ("Accesibilidad", "Accessibility"),
    "cookies": ("Cookies", "Cookies"),
}
SLUGS = ("acerca", *TRANSPARENCY, *POLICIES)


def ensure_institution(sender: Any = None, using: str = "default", apps: Any = every_app, **kwargs: Any) -> None:
    """Receiver of post_migrate. A database that is migrated only part of the way has no room for it yet."""
    try:
        apps.get_model("practices", "Identity")
    except LookupError:
        return
    with transaction.atomic(using):
        ensure_site(using)
        if not Identity.objects.using(using).exists():
            ensure_identity(using)
            grant_to_publishers(using)
        ensure_pages(using)


def ensure_site(using: str) -> None:
    """The stock row claims example.com. Nothing of ours makes an address of it, and it should not mislead either."""
    hosts = [host for host in settings.ALLOWED_HOSTS if host != "*" and not host.startswith(".")]
    own = hosts[0] if hosts else "localhost"
    Site.objects.using(using).get_or_create(pk=settings.SITE_ID, defaults={"domain": own, "name": own[:50]})
    Site.objects.using(using).filter(domain=STOCK_DOMAIN).update(domain=own, name=own[:50])


def ensure_identity(using: str) -> None:
    identity = Identity(pk=ROW)
    identity.save(using=using)
    IdentityLink.objects.using(using).bulk_create(
        IdentityLink(identity=identity, place=place, label=es, label_en=en, address=f"/{slug}/", position=position)
        for place, pages in ((Place.TRANSPARENCY, TRANSPARENCY), (Place.FOOTER, POLICIES))
        for position, (slug, (es, en)) in enumerate(pages.items(), 1)
    )


def grant_to_publishers(using: str) -> None:
    """Where the group is older than the identity, it learns once that this is its own. Then it is left alone."""
    new = Permission.objects.using(using).filter(content_type__app_label="practices", content_type__model__in=OWN)
    for group in Group.objects.using(using).filter(name=PUBLISHERS):
        group.permissions.add(*new)


def ensure_pages(using: str) -> None:
    """One query where all are there, else one for each that is missing and a few more."""
    known = set(FlatPage.objects.using(using).values_list("url", flat=True))
    missing = {f"/{slug}/": default_texts(slug) for slug in SLUGS if f"/{slug}/" not in known}
    if not missing:
        return
    stock = FlatPage.objects.using(using).bulk_create(
        FlatPage(url=url, title=title, content=content) for url, (title, content, _title, _content) in missing.items()
    )
    FlatPage.sites.through.objects.using(using).bulk_create(
        FlatPage.sites.through(flatpage=page, site_id=settings.SITE_ID) for page in stock
    )
    for page, (_title, _content, title_en, content_en) in zip(stock, missing.values(), strict=True):
        # Only the row beside it: that of the flat page is there.
        own = Page(flatpage_ptr=page, title_en=title_en, content_en=content_en, updated_at=timezone.now())
        own.save_base(raw=True, using=using, force_insert=True)
    CatalogueVersion.raise_by_one()


def default_texts(slug: str) -> tuple[str, ...]:
    """Title and text, in Spanish and then in English. The first line of a file is its title."""
    files = [(TEXTS / f"{slug}.{language}.txt").read_text(encoding="utf-8") for language in LANGUAGES]
    return tuple(part.strip() for text in files for part in text.split("\n", 1))
