"""Where the site writes: that it can, and that nobody else reads it."""

import os
import stat
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage

from catalogue.places import sqlite_file

from .findings import Findings, error, warning


def check_folders(app_configs: Any = None, **kwargs: Any) -> list[CheckMessage]:
    return [*_written(), *_served(), *_read_by_others(), *_sqlite(), *_temporary()]


CHECKS = (check_folders,)


def can_be_written(folder: Path) -> bool:
    """Itself or, where it is not there yet, the folder that it would be made in."""
    while not folder.exists() and folder != folder.parent:
        folder = folder.parent
    return folder.is_dir() and os.access(folder, os.W_OK | os.X_OK)


def _written() -> Findings:
    for folder in dict.fromkeys((Path(settings.VAR_DIR), Path(settings.MEDIA_ROOT))):
        if not can_be_written(folder):
            yield error(
                "020",
                f"{folder} cannot be written: no file can be attached.",
                "Set VAR_DIR to a folder of the user that runs the site: `install -d -o USER -m 750 FOLDER`.",
            )
            return


def _served() -> Findings:
    """What a proxy or whitenoise hands out as it is."""
    served = [Path(settings.STATIC_ROOT), *map(Path, settings.STATICFILES_DIRS)]
    kept = [Path(settings.VAR_DIR), Path(settings.MEDIA_ROOT), *filter(None, [sqlite_file()])]
    inside = [each for each in kept if any(each.resolve().is_relative_to(folder.resolve()) for folder in served)]
    if inside:
        yield error(
            "021",
            f"{inside[0]} lies in a folder that is served as it is: anybody could take files that are not published.",
            "Set VAR_DIR, and the file of DATABASE_URL, to a folder outside static/ and outside VAR_DIR/static.",
        )


def _read_by_others() -> Findings:
    if settings.INSECURE_HTTP:
        return
    environment = Path(settings.BASE_DIR) / ".env"
    for path in filter(None, (Path(settings.MEDIA_ROOT), sqlite_file(), environment)):
        if path.exists() and _others_may_read(path):
            yield warning(
                "022",
                f"{path} can be read by every user of the machine.",
                f"`chmod o-rwx {path}`, as the user that runs the site.",
            )


def _others_may_read(path: Path) -> bool:
    """Through all the folders above it too."""
    if not path.stat().st_mode & stat.S_IROTH:
        return False
    return all(folder.stat().st_mode & stat.S_IXOTH for folder in path.resolve().parents)


def _sqlite() -> Findings:
    file = sqlite_file()
    if file is None:
        return
    if not file.parent.is_dir():
        yield error(
            "023",
            f"DATABASE_URL names a file in {file.parent}, which is no folder.",
            f"`install -d -m 750 {file.parent}`; an absolute path has four slashes with the scheme: sqlite:////var/…",
        )
    elif not os.access(file.parent, os.W_OK) or (file.exists() and not os.access(file, os.W_OK)):
        yield error(
            "024",
            f"{file} cannot be written: SQLite writes into its folder too.",
            "Give file and folder to the user that runs the site.",
        )
    if settings.CACHE_URL or len(settings.DATABASES) > 1:
        yield warning(
            "025",
            "DATABASE_URL is SQLite, which one server alone can use, and other settings are those of several servers.",
            "Set DATABASE_URL=postgres://…, or remove CACHE_URL and REPLICA_URL.",
        )


def _temporary() -> Findings:
    named = os.environ.get("TMPDIR")
    if named and not (Path(named).is_dir() and os.access(named, os.W_OK | os.X_OK)):
        yield error(
            "026",
            f"TMPDIR is {named}, which cannot be written: uploads, spreadsheets and imports pass through it.",
            f"`install -d -m 700 {named}` for the user that runs the site, or remove TMPDIR.",
        )
