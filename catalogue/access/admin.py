"""Accounts as superusers see them: with the state of the second factor, and the way to reset it."""

from typing import Any

from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.models import User
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django_otp.plugins.otp_static.models import StaticDevice
from django_otp.plugins.otp_totp.models import TOTPDevice

from . import factor

# Their stock pages show keys and codes.
admin.site.unregister([TOTPDevice, StaticDevice, User])


@admin.register(User)
class StaffUserAdmin(UserAdmin):
    readonly_fields = ["second_factor"]

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        fieldsets = super().get_fieldsets(request, obj)
        if obj is None or not request.user.is_superuser:
            return fieldsets
        return [*fieldsets, (_("Second factor"), {"fields": ["second_factor"]})]

    @admin.display(description=_("Second factor"))
    def second_factor(self, user: User) -> str:
        if not factor.is_set(user):
            return str(_("None."))
        address = reverse("admin:auth_user_second_factor", args=[user.pk])
        return format_html('{} <a href="{}">{}</a>', _("Set up."), address, _("Reset it"))
