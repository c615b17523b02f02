"""The database itself refuses to change what a publication froze and what history tells, whoever asks: ORM, shell
or SQL client.

Installed after every migrate, because SQLite drops triggers whenever a migration rebuilds the table, and taken away
before, because no column can be dropped that a trigger names.
"""

from django.apps import AppConfig
from django.db import DEFAULT_DB_ALIAS, connections

from .history import Event
from .publication import FROZEN, Publication

MESSAGE = "what is frozen cannot be changed"
TABLES = {
    Publication._meta.db_table: FROZEN,
    Event._meta.db_table: tuple(field.column for field in Event._meta.concrete_fields),
}

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
    known = connection.introspection.table_names()
    statements, differs = (SQLITE, "IS NOT") if connection.vendor == "sqlite" else (POSTGRESQL, "IS DISTINCT FROM")
    with connection.cursor() as cursor:
        for table, columns in TABLES.items():
            changed = " OR ".join(f"OLD.{column} {differs} NEW.{column}" for column in columns)
            for statement in statements if table in known else ():
                cursor.execute(statement.format(table=table, changed=changed, message=MESSAGE))


def remove_trigger(sender: AppConfig | None = None, using: str = DEFAULT_DB_ALIAS, **kwargs: object) -> None:
    """Receiver of pre_migrate."""
    connection = connections[using]
    known = connection.introspection.table_names()
    drop = SQLITE[0] if connection.vendor == "sqlite" else POSTGRESQL[1]
    with connection.cursor() as cursor:
        for table in TABLES.keys() & set(known):
            cursor.execute(drop.format(table=table))
