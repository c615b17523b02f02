"""The site as it is served, with one page more: a view that returns a constant, through the same middleware.

BENCH_FILES is a folder whose files are served beside it as static files are.
"""

import os
import sys
from types import ModuleType

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import path


def constant(request: HttpRequest) -> HttpResponse:
    return HttpResponse("Nada.")


os.environ.setdefault("DJANGO_SETTINGS_MODULE", "catalogue.settings")
settings.WHITENOISE_ROOT = os.environ.get("BENCH_FILES")
settings.ROOT_URLCONF = "bench.served_urls"

from catalogue.wsgi import application  # noqa: E402, F401  (it reads the settings; granian looks for it here)

# isort: split
from catalogue import urls  # noqa: E402  (it needs the applications)

served = ModuleType(settings.ROOT_URLCONF)
served.urlpatterns = [path("constante/", constant), *urls.urlpatterns]  # type: ignore[attr-defined]
served.handler404 = urls.handler404  # type: ignore[attr-defined]
sys.modules[served.__name__] = served
