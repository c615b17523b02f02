"""The door for the application server (`make serve`)."""

import os

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "catalogue.settings")

django.setup(set_prefix=False)

from .requests import Handler  # noqa: E402 - the parts must be there first

application = Handler()
