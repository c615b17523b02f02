"""What an installation begins with, and what it never overwrites."""

import pytest
from django.conf import settings
from django.contrib.auth.models import Group
from django.contrib.sites.models import Site

from practices.editorial.institution import SLUGS, default_texts, ensure_institution
from practices.editorial.roles import PUBLISHERS
from practices.models.identity import Identity, IdentityLink
from practices.models.page import Page

pytestmark = pytest.mark.django_db


def test_an_installation_has_a_neutral_identity_and_its_pages():
    assert Identity.objects.get().name == "Entidad de ejemplo"
    assert sorted(Page.objects.values_list("url", flat=True)) == sorted(f"/{slug}/" for slug in SLUGS)
    assert {link.address.strip("/") for link in IdentityLink.objects.all()} == {*SLUGS} - {"acerca"}
    assert Site.objects.get(pk=settings.SITE_ID).domain == "testserver"


def test_what_the_institution_wrote_is_left_alone():
    Identity.objects.update(name="Otra")
    IdentityLink.objects.all().delete()
    Page.objects.filter(url="/cookies/").update(title="Galletas")
    Page.objects.get(url="/pqrsd/").delete()
    ensure_institution()
    assert (Identity.objects.get().name, IdentityLink.objects.count()) == ("Otra", 0)
    assert Page.objects.get(url="/cookies/").title == "Galletas"
    assert Page.objects.filter(url="/pqrsd/").count() == 1


def test_publishers_of_before_learn_once_that_the_identity_is_theirs():
    group = Group.objects.get(name=PUBLISHERS)
    group.permissions.clear()
    ensure_institution()
    assert group.permissions.count() == 0
    Identity.objects.all().delete()
    ensure_institution()
    own = set(group.permissions.values_list("codename", flat=True))
    expected = {f"{verb}_{name}" for name in ("page", "identitylink") for verb in ("add", "change", "delete", "view")}
    assert own == {*expected, "change_identity", "view_identity"}


@pytest.mark.parametrize("slug", SLUGS)
def test_every_default_text_is_whole_in_both_languages(slug):
    title, text, title_en, text_en = default_texts(slug)
    assert text.count("\n## ") == text_en.count("\n## ") > 0
    assert 0 < max(len(title), len(title_en)) < 90
    assert "{" not in title + title_en
