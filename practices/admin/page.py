"""The institution's own pages: plain text in both languages, and where it stands."""

from typing import Any, cast

from django import forms
from django.conf import settings
from django.contrib import admin
from django.contrib.flatpages.models import FlatPage
from django.contrib.sites.models import Site
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest
from django.urls import Resolver404, resolve
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from practices.models.limits import TEXT
from practices.models.page import Page

from .fields import CatalogueFields, LongTextField, could_be
from .requests import CarefulAdmin

# Their own screens would show what these pages are made of, and let it be broken.
for model in (FlatPage, Site):
    if admin.site.is_registered(model):
        admin.site.unregister(model)

WRITING = _(
    "Plain text. A line that begins with ## is a heading; one that begins with • or - is an item of a list; an "
    "empty line begins a paragraph. These words are replaced by the institution's own: {entidad} {sigla} {sitio} "
    "{nit} {direccion} {ciudad} {horario} {telefonos} {linea} {correo} {correo_judicial}"
)


def answers_already(url: str, language: str) -> bool:
    """Whether another view answers at this address, or at that of its twin, in that language."""
    twin = f"{url.rstrip('/')}.json"
    with override(language):
        return is_of_another(url, "web:page") or is_of_another(twin, "web:page_json")


def is_of_another(path: str, view: str) -> bool:
    try:
        return resolve(path).view_name != view
    except Resolver404:
        return False


class PageForm(forms.ModelForm):
    url = forms.CharField(
        label=_("Address"),
        max_length=100,
        help_text=_(
            "One word or several joined by hyphens between two /: /terminos/. English readers have /en before."
        ),
    )
    content = LongTextField(
        label=_("Text"),
        max_length=TEXT,
        help_text=WRITING,
        widget=forms.Textarea(attrs={"class": "vLargeTextField", "rows": 24}),
    )

    class Meta:
        model = Page
        fields = ("title", "url", "content", "title_en", "content_en")
        help_texts = {"title": _("In Spanish, as the heading of the page.")}

    def clean_url(self) -> str:
        """An address that no other view and no other page answers."""
        slug = slugify(self.cleaned_data["url"].strip("/ "))
        url = f"/{slug}/"
        if not slug or url != f"/{self.cleaned_data['url'].strip('/ ')}/":
            raise ValidationError(_("Use small letters without accents, numbers and hyphens: /terminos/"))
        if any(answers_already(url, code) for code, _name in settings.LANGUAGES):
            raise ValidationError(_("Another page of this site has this address."))
        if FlatPage.objects.filter(url=url).exclude(pk=self.instance.pk).exists():
            raise ValidationError(_("Another page of this site has this address."))
        return url


@admin.register(Page)
class PageAdmin(CatalogueFields, CarefulAdmin):
    form = PageForm
    fieldsets = (
        (_("In Spanish"), {"fields": ("title", "url", "content")}),
        (_("In English"), {"fields": ("title_en", "content_en")}),
    )
    list_display = ("title", "url", "updated_at")
    ordering = ("title",)
    list_per_page = 50

    def get_object(self, request: HttpRequest, object_id: str, from_field: str | None = None) -> Any:
        """The key of a page is that of its flat page: only there is it known how large it can be."""
        if not could_be(FlatPage._meta.pk, object_id):
            raise Http404
        return super().get_object(request, object_id, from_field)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """A flat page belongs to a site, and there is one."""
        super().save_related(request, form, formsets, change)
        cast(Page, form.instance).sites.set([settings.SITE_ID])

    def view_on_site(self, obj: Page) -> str:
        """The stock way leads through the address that the site's row claims."""
        return obj.get_absolute_url()
