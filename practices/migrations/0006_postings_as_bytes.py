"""PostgreSQL gives the ids of a term as bytes: an array of 100,000 numbers as text costs as much as finding them.

The planner would read the whole table for a word that most entries hold, unpacking every one of them; and for the few
newest entries, where nothing is known of the table yet.
"""

from django.db import migrations

DROP = "DROP FUNCTION practices_postings(tsquery, bigint)"
# The second is for the few newest entries, which the index of ids finds at once: IS TRUE keeps the index of tokens
# out of it, since that would first give all that hold the term.
MAKE = [
    "CREATE FUNCTION practices_postings(wanted tsquery, above bigint) RETURNS bytea "
    "LANGUAGE sql STABLE SET enable_seqscan = off AS "
    "$$ SELECT string_agg(int4send(id::int), '') FROM practices_search WHERE tokens @@ wanted AND id > above $$",
    "CREATE FUNCTION practices_newest_postings(wanted tsquery, above bigint) RETURNS bytea "
    "LANGUAGE sql STABLE SET enable_seqscan = off AS $$ SELECT string_agg(int4send(id::int), '') "
    "FROM practices_search WHERE (tokens @@ wanted) IS TRUE AND id > above $$",
]
BEFORE = (
    "CREATE FUNCTION practices_postings(wanted tsquery, above bigint) RETURNS bigint[] "
    "LANGUAGE sql STABLE SET enable_seqscan = off AS "
    "$$ SELECT coalesce(array_agg(id), '{}') FROM practices_search WHERE tokens @@ wanted AND id > above $$"
)


def make(apps, schema_editor):
    _run([DROP, *MAKE], schema_editor)


def unmake(apps, schema_editor):
    _run([DROP, "DROP FUNCTION practices_newest_postings", BEFORE], schema_editor)


def _run(statements, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        for statement in statements:
            schema_editor.execute(statement, params=None)


class Migration(migrations.Migration):
    dependencies = [("practices", "0005_file_text")]

    operations = [migrations.RunPython(make, unmake)]
