"""Production's settings, as the environment of the exercise fills them, but for what only takes time and for the
faults that FAULTS_… asks for."""

import os

from catalogue.settings import *  # noqa: F403

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES["default"] = {"BACKEND": "tests.faults.full_disk.FullDisk"}  # noqa: F405
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}  # noqa: F405
WHITENOISE_USE_FINDERS = True

if "sqlite3" in DATABASES["default"]["ENGINE"]:  # noqa: F405
    options = DATABASES["default"]["OPTIONS"]  # noqa: F405
    options["timeout"] = float(os.environ.get("FAULTS_PATIENCE", options["timeout"]))
    options["init_command"] += f"PRAGMA max_page_count={os.environ.get('FAULTS_MOST_PAGES', 1_000_000_000)};"
