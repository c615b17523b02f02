"""The staff's screens. Importing this package registers them (django.contrib.admin's autodiscover does)."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from . import imports, practice, publication, synonym, vocabulary

__all__ = ["imports", "practice", "publication", "synonym", "vocabulary"]

# The form needs the width; the way to the other lists is the breadcrumbs and the first page.
admin.site.enable_nav_sidebar = False
admin.site.site_header = _("Catalogue of good practices: editing")
admin.site.site_title = _("Editing the catalogue")
admin.site.index_title = _("What do you want to do?")
