"""Whose catalogue this is: one page for the institution's data, colours, logo, and the links of every page."""

from typing import Any, cast

from django import forms
from django.contrib import admin
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import models
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.defaultfilters import filesizeformat
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from practices.extraction.pictures import MOST_PIXELS, Picture, read_picture
from practices.models.files import StoredFile
from practices.models.identity import ROW, Identity, IdentityLink

from . import keeping
from .fields import CatalogueFields
from .requests import CarefulAdmin
from .uploads import check

MOST_BYTES = 200 * 1024
PICTURES = ".png,.jpg,.jpeg,.webp"


WIDE = {
    **CatalogueFields.formfield_overrides,
    models.CharField: {"widget": forms.TextInput(attrs={"class": "vLargeTextField"})},
}


class IdentityForm(forms.ModelForm):
    new_logo = forms.FileField(
        label=_("Logo"),
        required=False,
        help_text=_("PNG, JPEG or WebP of up to 200 kB, on a transparent ground or on that of the header."),
        widget=forms.FileInput(attrs={"accept": PICTURES}),
    )
    without_logo = forms.BooleanField(
        label=_("Without a logo"), required=False, help_text=_("The sign of the catalogue is shown in its place.")
    )
    picture: Picture | None = None

    class Meta:
        model = Identity
        fields = ("name",)  # IdentityAdmin.fieldsets names them all

    def clean_new_logo(self) -> UploadedFile | None:
        upload: UploadedFile | None = self.cleaned_data.get("new_logo")
        if not upload:
            return None
        size = upload.size or 0
        if size > MOST_BYTES:
            message = _("The logo has %(size)s; 200 kB at most are taken. Save it smaller.")
            raise ValidationError(message, params={"size": filesizeformat(size)})
        check(upload)
        upload.seek(0)
        self.picture = read_picture(upload.read())
        upload.seek(0)
        if self.picture is None:
            message = _("This is no whole PNG, JPEG or WebP picture of up to %(most)s pixels a side.")
            raise ValidationError(message, params={"most": MOST_PIXELS})
        return upload

    def save(self, commit: bool = True) -> Identity:
        identity: Identity = self.instance
        upload = self.cleaned_data.get("new_logo")
        if upload and self.picture:
            identity.logo = StoredFile.objects.store(upload)
            identity.logo_width, identity.logo_height = self.picture.width, self.picture.height
        elif self.cleaned_data.get("without_logo"):
            identity.logo, identity.logo_width, identity.logo_height = None, 0, 0
        return cast(Identity, super().save(commit))


class LinkInline(CatalogueFields, admin.StackedInline):
    model = IdentityLink
    fields = (("place", "position"), ("label", "label_en"), "address")
    ordering = ("place", "position", "pk")
    extra = 1


@admin.register(Identity)
class IdentityAdmin(CatalogueFields, CarefulAdmin):
    """There is one row: its list is its form, and it is neither added nor deleted."""

    form = IdentityForm
    inlines = (LinkInline,)
    formfield_overrides = WIDE
    readonly_fields = ("logo_shown",)
    fieldsets = (
        (_("The institution"), {"fields": ("name", "short_name", "nit", "site_name", "slogan")}),
        (
            _("How to reach it"),
            {"fields": ("address", "city", "hours", "telephones", "free_line", "email", "judicial_email")},
        ),
        (
            _("How it looks"),
            {"fields": ("logo_shown", "new_logo", "without_logo", "brand", "on_brand", "action", "govco")},
        ),
    )

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    @admin.display(description=_("logo now"))
    def logo_shown(self, identity: Identity) -> str:
        if not identity.logo_id:
            return str(_("None yet."))
        address = f"{reverse('web:logo')}?v={identity.logo_id[:12]}"
        return format_html('<img src="{}" alt="{}" height="48">', address, identity.name)

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        if not self.has_view_or_change_permission(request):
            return super().changelist_view(request, extra_context)
        return HttpResponseRedirect(reverse("admin:practices_identity_change", args=[ROW]))

    def change_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method == "POST" and self.has_change_permission(request):
            keeping.bring_back(request)
        return super().change_view(request, *args, **kwargs)

    def render_change_form(self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any) -> Any:
        """Only a form that was not saved is drawn after a POST: the file that was chosen comes back with it."""
        if request.method == "POST":
            form = context["adminform"].form
            keeping.show(keeping.keep(request.FILES, cast(User, request.user)), [form])
        return super().render_change_form(request, context, *args, **kwargs)

    def response_change(self, request: HttpRequest, obj: Any) -> HttpResponse:
        keeping.forget_saved(request)
        return super().response_change(request, obj)
