"""What is drawn when a practice is published. PostgreSQL keeps it in the row, as it is: a row of a table is read by
the thousand, and to fetch and unpack each from elsewhere takes longer than everything else.
"""

import django.db.models.deletion
from django.db import migrations, models


def keep_in_the_row(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("ALTER TABLE practices_drawn ALTER COLUMN content SET STORAGE EXTERNAL")
        schema_editor.execute("ALTER TABLE practices_drawn SET (toast_tuple_target = 8160)")


class Migration(migrations.Migration):

    dependencies = [
        ('practices', '0011_code_aliases'),
    ]

    operations = [
        migrations.CreateModel(
            name='Drawn',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('part', models.CharField(max_length=20)),
                ('build', models.CharField(max_length=16)),
                ('content', models.BinaryField()),
                ('publication', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='drawn', to='practices.publication')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('publication', 'part'), name='drawn_once')],
            },
        ),
        migrations.RunPython(keep_in_the_row, migrations.RunPython.noop),
    ]
