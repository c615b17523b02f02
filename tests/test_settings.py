"""The project refuses to start where it would not be safe, and says why."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PRODUCTION = {
    "SECRET_KEY": "not-a-real-one-" + "abcdefghijklmnopqrstuvwxyz0123456789" * 2,
    "ALLOWED_HOSTS": "example.org",
    "DATABASE_URL": "sqlite://",
    "INSECURE_HTTP": "0",
    "DEBUG": "0",
}


def manage(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """manage.py with only these variables; an empty one counts as missing, and hides what a .env says."""
    clean = {"PATH": os.environ["PATH"], "DJANGO_SETTINGS_MODULE": "catalogue.settings", **environment}
    command = [sys.executable, str(ROOT / "manage.py"), *arguments]
    return subprocess.run(command, capture_output=True, text=True, env=clean, cwd=ROOT, check=False)


@pytest.mark.parametrize("missing", ["SECRET_KEY", "ALLOWED_HOSTS", "DATABASE_URL"])
def test_production_does_not_start_without(missing):
    outcome = manage("check", **{**PRODUCTION, missing: ""})
    assert outcome.returncode != 0
    assert f"{missing} is not set" in outcome.stderr


def test_deployment_checks_are_silent_under_production_settings():
    outcome = manage("check", "--deploy", "--fail-level", "WARNING", **PRODUCTION)
    assert (outcome.returncode, "no issues" in outcome.stdout) == (0, True)


def test_weak_secret_is_told():
    outcome = manage("check", "--deploy", "--fail-level", "WARNING", **{**PRODUCTION, "SECRET_KEY": "short"})
    assert "security.W009" in outcome.stderr


def test_replica_of_another_kind_is_refused():
    outcome = manage("check", **PRODUCTION, REPLICA_URL="postgres://catalogue@127.0.0.1/catalogue")
    assert "REPLICA_URL is no replica of DATABASE_URL" in outcome.stderr


def test_growth_is_a_matter_of_settings():
    """Nothing of what they name is there: it is asked when it is needed, not to start."""
    grown = {
        "DATABASE_URL": "postgres://catalogue@127.0.0.1:9/catalogue",
        "REPLICA_URL": "postgres://public@127.0.0.1:10/catalogue",
        "CACHE_URL": "redis://127.0.0.1:9/0",
        "FILES_S3_BUCKET": "catalogue-files",
        "FILES_S3_ENDPOINT": "https://files.example.org",
        "TRUSTED_PROXIES": "unix",
        "BEHIND_TLS_PROXY": "1",
    }
    outcome = manage("check", "--deploy", "--fail-level", "WARNING", **{**PRODUCTION, **grown})
    assert (outcome.returncode, "no issues" in outcome.stdout) == (0, True)
