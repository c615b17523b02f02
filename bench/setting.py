"""A catalogue to measure: the project's own settings, on the database that DATABASE_URL names."""

import os
import tempfile
from pathlib import Path

DEFAULT = f"sqlite:///{Path(tempfile.gettempdir()) / 'catalogue-bench.sqlite3'}"


def prepare() -> None:
    """Set Django up and bring the database to today's tables."""
    os.environ.setdefault("DATABASE_URL", DEFAULT)
    os.environ.setdefault("SECRET_KEY", "only-for-measuring-" + "x" * 50)
    os.environ.setdefault("ALLOWED_HOSTS", "127.0.0.1,localhost")
    os.environ.setdefault("INSECURE_HTTP", "1")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "catalogue.settings")
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0)
