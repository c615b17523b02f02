"""What is in the database: `manage.py check --database default`.

Warnings all, because `migrate` asks them before it mends what they tell.
"""

from typing import Any

from django.contrib.auth.models import Group
from django.core.checks import CheckMessage
from django.db import DEFAULT_DB_ALIAS, DatabaseError, connections
from django.db.backends.base.base import BaseDatabaseWrapper

from catalogue.readiness import OK, index_verdict, pending_migrations
from practices.editorial.roles import PERMISSIONS
from practices.models import code_guard, immutability
from practices.models.identity import Identity
from practices.models.vocabulary import Category, Service

from .findings import Findings, warning

TRIGGERS = {
    "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger'",
    "postgresql": "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled <> 'D'",
}
MIGRATE = "`manage.py migrate` mends it."


def check_database(app_configs: Any = None, databases: Any = None, **kwargs: Any) -> list[CheckMessage]:
    if DEFAULT_DB_ALIAS not in (databases or ()):
        return []
    try:
        return list(_found(connections[DEFAULT_DB_ALIAS]))
    except DatabaseError as failure:
        text = f"The database of DATABASE_URL does not answer: {type(failure).__name__}."
        return [warning("060", text, "Is it running, and may this user connect? `manage.py dbshell` says more.")]


CHECKS = (check_database,)


def _found(connection: BaseDatabaseWrapper) -> Findings:
    pending = pending_migrations()
    if pending:
        yield warning("061", f"The database lacks {pending} migrations of this build.", MIGRATE)
        return
    yield from _triggers(connection)
    yield from _rows()
    with connection.cursor() as cursor:
        verdict = index_verdict(cursor)
    if verdict != OK:
        yield warning(
            "065",
            f"The search index is {verdict}: the public does not find all that is published.",
            "Run `manage.py rebuild_search`; nobody waits for it.",
        )


def wanted_triggers() -> set[str]:
    frozen = {f"{table}_frozen" for table in immutability.TABLES}
    return frozen | {f"{table}_code_{name}" for table in code_guard.TAKEN for name in code_guard.NAMES}


def _triggers(connection: BaseDatabaseWrapper) -> Findings:
    with connection.cursor() as cursor:
        cursor.execute(TRIGGERS[connection.vendor])
        missing = wanted_triggers() - {row[0] for row in cursor.fetchall()}
    if missing:
        yield warning(
            "062",
            f"The database would let publications and history be changed: it lacks {', '.join(sorted(missing))}.",
            "`manage.py migrate` mends it, also when nothing is pending, as the owner of the tables.",
        )


def _rows() -> Findings:
    missing = set(PERMISSIONS) - set(Group.objects.values_list("name", flat=True))
    if missing:
        yield warning("063", f"There are no groups {', '.join(sorted(missing))}: nobody can be given a role.", MIGRATE)
    if not (Category.objects.exists() and Service.objects.exists()):
        yield warning(
            "064",
            "The vocabulary is empty: no practice could be given a category or a service.",
            "Run `manage.py load_vocabulary`.",
        )
    if Identity.current().name == Identity._meta.get_field("name").default:
        yield warning(
            "066",
            "The institution is still the example that an installation begins with.",
            "Fill in the identity of the institution, in the admin under La entidad.",
        )
