"""The search index becomes the database's own: FTS5 on SQLite, a tsvector under GIN on PostgreSQL.

Existing publications are indexed anew by `manage.py rebuild_search`.
"""

from django.db import migrations, models

SQLITE = [
    "CREATE VIRTUAL TABLE practices_search USING fts5(tokens, columnsize=0, tokenize='ascii', prefix='2 3 4')",
]
# The planner would read the whole table for a word that most entries hold, unpacking every one of them.
POSTGRESQL = [
    "CREATE TABLE practices_search (id bigint PRIMARY KEY, tokens tsvector NOT NULL)",
    "CREATE INDEX practices_search_tokens ON practices_search USING gin (tokens) "
    # Every search reads what was only queued: 128 kB of it at most.
    "WITH (gin_pending_list_limit = 128)",
    "CREATE FUNCTION practices_postings(wanted tsquery, above bigint) RETURNS bigint[] "
    "LANGUAGE sql STABLE SET enable_seqscan = off AS "
    "$$ SELECT coalesce(array_agg(id), '{}') FROM practices_search WHERE tokens @@ wanted AND id > above $$",
]


def make(apps, schema_editor):
    for statement in SQLITE if schema_editor.connection.vendor == "sqlite" else POSTGRESQL:
        schema_editor.execute(statement, params=None)


def unmake(apps, schema_editor):
    schema_editor.execute("DROP TABLE practices_search")
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP FUNCTION practices_postings")


class Migration(migrations.Migration):
    dependencies = [("practices", "0001_initial")]

    operations = [
        migrations.AddField(
            "publication",
            "changed_in",
            models.PositiveBigIntegerField(
                db_index=True, default=0, help_text="the catalogue version in which the status last changed"
            ),
        ),
        migrations.DeleteModel("SearchEntry"),
        migrations.CreateModel(
            "SearchWord",
            [
                ("word", models.CharField(max_length=40, primary_key=True, serialize=False)),
                ("stem", models.CharField(db_index=True, max_length=40)),
                ("count", models.IntegerField(default=0)),
            ],
        ),
        migrations.SeparateDatabaseAndState(
            database_operations=[migrations.RunPython(make, unmake)],
            # Known to Django, so that a flush reaches it.
            state_operations=[
                migrations.CreateModel(
                    "SearchIndex",
                    [
                        ("id", models.BigIntegerField(primary_key=True, serialize=False)),
                        ("tokens", models.TextField()),
                    ],
                    options={"db_table": "practices_search"},
                )
            ],
        ),
    ]
