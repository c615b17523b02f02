"""The database itself refuses to change what a publication froze, whoever asks: ORM, shell or SQL client.

Installed after every migrate, because SQLite drops triggers whenever a migration rebuilds the table.
"""

from django.apps import AppConfig
from django.db import DEFAULT_DB_ALIAS, connections

from .publication import FROZEN

TABLE = "practices_publication"
MESSAGE = "a publication is frozen"

SQLITE = [
    "DROP TRIGGER IF EXISTS {table}_frozen",
    "CREATE TRIGGER {table}_frozen BEFORE UPDATE ON {table} FOR EACH ROW WHEN {changed} "
    "BEGIN SELECT RAISE(ABORT, '{message}'); END",
]
POSTGRESQL = [
    "CREATE OR REPLACE FUNCTION {table}_frozen() RETURNS trigger LANGUAGE plpgsql AS "
    "$$ BEGIN RAISE EXCEPTION '{message}' USING ERRCODE = 'integrity_constraint_violation'; END $$",
    "DROP TRIGGER IF EXISTS {table}_frozen ON {table}",
    "CREATE TRIGGER {table}_frozen BEFORE UPDATE ON {table} FOR EACH ROW WHEN ({changed}) "
    "EXECUTE FUNCTION {table}_frozen()",
]


def install_trigger(sender: AppConfig | None = None, using: str = DEFAULT_DB_ALIAS, **kwargs: object) -> None:
    """Receiver of post_migrate. Safe to run any number of times."""
    connection = connections[using]
    if TABLE not in connection.introspection.table_names():
        return
    statements, differs = (SQLITE, "IS NOT") if connection.vendor == "sqlite" else (POSTGRESQL, "IS DISTINCT FROM")
    changed = " OR ".join(f"OLD.{column} {differs} NEW.{column}" for column in FROZEN)
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement.format(table=TABLE, changed=changed, message=MESSAGE))
