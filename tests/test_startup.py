"""What a worker holds in memory before anybody has asked it for anything."""

import os
import subprocess
import sys
from pathlib import Path

DEAR = (
    "psycopg",
    "psycopg_pool",
    "typst",
    "segno",
    "openpyxl",
    "docx",
    "lxml",
    "rdflib",
    "boto3",
    "redis",
    "pypdfium2",
)
"""Some megabytes of each worker: loaded by the first who needs them, or by a setting."""


def test_worker_on_sqlite_loads_nothing_dear_until_it_is_needed(tmp_path):
    script = f"""
import sys
import catalogue.wsgi, catalogue.urls
print(sorted({{name.partition(".")[0] for name in sys.modules}} & {set(DEAR)!r}))
"""
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith(("CACHE_", "FILES_", "REPLICA_"))},
        "DJANGO_SETTINGS_MODULE": "catalogue.settings",
        "DATABASE_URL": f"sqlite:///{tmp_path / 'empty.sqlite3'}",
        "VAR_DIR": str(tmp_path),
    }
    command = [sys.executable, "-c", script]
    root = Path(__file__).resolve().parents[1]
    done = subprocess.run(command, cwd=root, env=environment, capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"
