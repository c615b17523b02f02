"""The database itself refuses that a former code of one practice is the code of another, whoever asks.

No constraint reaches over two tables, so triggers do, after the row is written: who waited for another transaction
sees then what that one wrote. Installed after every migrate and taken away before, because SQLite renames no table
that the trigger of another one names.
"""

from django.apps import AppConfig
from django.db import DEFAULT_DB_ALIAS, connections

from .code_alias import CodeAlias
from .practice import Practice

MESSAGE = "a code that a practice had before belongs to no other"
PRACTICES, ALIASES = Practice._meta.db_table, CodeAlias._meta.db_table
TAKEN = {
    PRACTICES: "SELECT 1 FROM {aliases} WHERE code_key = lower(replace(NEW.code, '-', '')) AND practice_id <> NEW.id",
    ALIASES: "SELECT 1 FROM {practices} WHERE lower(replace(code, '-', '')) = NEW.code_key AND id <> NEW.practice_id",
}
"""For each table, what is in the way of a row."""

COLUMNS = {PRACTICES: "code", ALIASES: "code_key"}

SQLITE = [
    "CREATE TRIGGER {table}_code_{name} AFTER {event} ON {table} FOR EACH ROW WHEN EXISTS ({taken}) "
    "BEGIN SELECT RAISE(ABORT, '{message}'); END",
]
POSTGRESQL = [
    "CREATE OR REPLACE FUNCTION {table}_code() RETURNS trigger LANGUAGE plpgsql AS "
    "$$ BEGIN IF EXISTS ({taken}) THEN RAISE EXCEPTION '{message}' USING ERRCODE = 'integrity_constraint_violation'; "
    "END IF; RETURN NULL; END $$",
    "CREATE TRIGGER {table}_code_{name} AFTER {event} ON {table} FOR EACH ROW EXECUTE FUNCTION {table}_code()",
]
NAMES = ("insert", "update")


def install_code_guard(sender: AppConfig | None = None, using: str = DEFAULT_DB_ALIAS, **kwargs: object) -> None:
    """Receiver of post_migrate. Safe to run any number of times."""
    remove_code_guard(using=using)
    connection = connections[using]
    statements = SQLITE if connection.vendor == "sqlite" else POSTGRESQL
    if not TAKEN.keys() <= set(connection.introspection.table_names()):
        return
    with connection.cursor() as cursor:
        for table, template in TAKEN.items():
            taken = template.format(practices=PRACTICES, aliases=ALIASES)
            for name, event in zip(NAMES, ("INSERT", f"UPDATE OF {COLUMNS[table]}"), strict=True):
                for statement in statements:
                    cursor.execute(statement.format(table=table, name=name, event=event, taken=taken, message=MESSAGE))


def remove_code_guard(sender: AppConfig | None = None, using: str = DEFAULT_DB_ALIAS, **kwargs: object) -> None:
    """Receiver of pre_migrate."""
    connection = connections[using]
    known = connection.introspection.table_names()
    place = "" if connection.vendor == "sqlite" else " ON {table}"
    with connection.cursor() as cursor:
        for table in TAKEN:
            for name in NAMES if table in known else ():
                cursor.execute(f"DROP TRIGGER IF EXISTS {table}_code_{name}{place.format(table=table)}")
