"""The second factor in a browser: set up, signed in with, its codes made anew, removed; with and without script."""

from base64 import b32decode

import pytest
from django.contrib.auth.models import User
from django_otp.oath import totp
from django_otp.plugins.otp_totp.models import TOTPDevice
from playwright.sync_api import Page

from .conftest import PASSWORD
from .looking import follow
from .test_admin_pages import looked_at

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def press(page: Page, name: str) -> None:
    follow(page.get_by_role("button", name=name, exact=True))


def test_from_setting_it_up_to_removing_it(signed_in, window, catalogue, chief: User):
    page = signed_in()
    follow(page.get_by_role("link", name="Segundo factor"))
    found = looked_at(page)
    assert page.locator("img.qr").evaluate("image => image.naturalWidth") > 100
    key = page.locator("code.key").inner_text()
    secret = b32decode(key.replace(" ", ""))
    page.get_by_label("Código").fill("abc")
    page.get_by_label("Su contraseña").fill(PASSWORD)
    press(page, "Activar el segundo factor")
    found += looked_at(page)
    assert page.locator("code.key").inner_text() == key
    page.get_by_label("Código").fill(f"{totp(secret):06d}")
    page.get_by_label("Su contraseña").fill(PASSWORD)
    press(page, "Activar el segundo factor")
    codes = page.locator(".codes li").all_inner_texts()
    found += looked_at(page)
    assert len(codes) == 10
    follow(page.get_by_role("link", name="Ya los guardé: continuar"))

    other = window(script=False)
    other.goto(f"{catalogue}/admin/practices/practice/")
    other.get_by_label("Nombre de usuario").fill(chief.username)
    other.get_by_label("Contraseña").fill(PASSWORD)
    press(other, "Iniciar sesión")
    other.get_by_label("Código").fill(codes[0])
    press(other, "Iniciar sesión")
    assert other.url == f"{catalogue}/admin/practices/practice/"

    for path in ("", "codes/", "remove/"):
        page.goto(f"{catalogue}/admin/second-factor/{path}")
        found += looked_at(page)
    page.goto(f"{catalogue}/admin/auth/user/{chief.pk}/second-factor/")
    found += looked_at(page)
    page.goto(f"{catalogue}/admin/second-factor/remove/")
    page.get_by_label("Su contraseña").fill(PASSWORD)
    press(page, "Quitarlo")
    assert (found, TOTPDevice.objects.exists()) == ([], False)


def test_the_second_step_is_accessible(visit, chief: User):
    TOTPDevice.objects.create(user=chief)
    page = visit("/admin/")
    page.get_by_label("Nombre de usuario").fill(chief.username)
    page.get_by_label("Contraseña").fill(PASSWORD)
    press(page, "Iniciar sesión")
    found = looked_at(page)
    page.get_by_label("Código").fill("abc")
    press(page, "Iniciar sesión")
    assert found + looked_at(page) == []
