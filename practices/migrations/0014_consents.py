"""The register of consents, and in it those that are on record already."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

from practices.models.consent import said_of


def register_what_there_is(apps, schema_editor):
    """Whoever recorded it is not known any more, only when the history last told of a consent of that practice."""
    Consent, Event = apps.get_model("practices", "Consent"), apps.get_model("practices", "Event")
    consented = apps.get_model("practices", "Contact").objects.filter(consent_given_on__isnull=False)
    for contact in consented.select_related("practice").order_by("pk").iterator():
        told = Event.objects.filter(practice_id=contact.practice_id, kind="consent").order_by("-at").first()
        Consent.objects.create(
            contact_id=contact.pk,
            practice_id=contact.practice_id,
            code=contact.practice.code,
            recorded_at=told.at if told else contact.practice.changed_at,
            **said_of(contact),
        )


class Migration(migrations.Migration):

    dependencies = [
        ('practices', '0013_link_checks'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Consent',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=60, verbose_name='code')),
                ('whose', models.CharField(blank=True, max_length=300, verbose_name='whose')),
                ('fingerprint', models.CharField(blank=True, db_index=True, max_length=64)),
                ('scope', models.CharField(blank=True, max_length=80, verbose_name='what may be shown')),
                ('given_on', models.DateField(verbose_name='given on')),
                ('evidence', models.CharField(blank=True, max_length=300, verbose_name='given by, and how')),
                ('until', models.DateField(blank=True, null=True, verbose_name='until')),
                ('recorded_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='recorded')),
                ('ending', models.CharField(blank=True, choices=[('', 'in force'), ('withdrawn', 'taken back'), ('renewed', 'given again')], default='', max_length=9, verbose_name='standing')),
                ('ended_at', models.DateTimeField(blank=True, null=True, verbose_name='ended')),
                ('erased_at', models.DateTimeField(blank=True, null=True, verbose_name='erased')),
                ('contact', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='practices.contact', verbose_name='contact')),
                ('ended_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='ended by')),
                ('practice', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='practices.practice')),
                ('recorded_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='recorded by')),
            ],
            options={
                'verbose_name': 'consent',
                'verbose_name_plural': 'register of consents',
                'ordering': ['-recorded_at', '-pk'],
                'default_permissions': (),
                'indexes': [models.Index(fields=['practice', 'contact'], name='consent_of_contact')],
                'constraints': [models.CheckConstraint(condition=models.Q(('ending__in', ['', 'withdrawn', 'renewed'])), name='consent_ending_known', violation_error_message='Choose one of the values that are offered.'), models.CheckConstraint(condition=models.Q(('code__length__lte', 60)), name='consent_code_length', violation_error_message='A text is too long: 60 characters fit.'), models.CheckConstraint(condition=models.Q(('whose__length__lte', 300)), name='consent_whose_length', violation_error_message='A text is too long: 300 characters fit.'), models.CheckConstraint(condition=models.Q(('fingerprint__length__lte', 64)), name='consent_fingerprint_length', violation_error_message='A text is too long: 64 characters fit.'), models.CheckConstraint(condition=models.Q(('scope__length__lte', 80)), name='consent_scope_length', violation_error_message='A text is too long: 80 characters fit.'), models.CheckConstraint(condition=models.Q(('evidence__length__lte', 300)), name='consent_evidence_length', violation_error_message='A text is too long: 300 characters fit.'), models.CheckConstraint(condition=models.Q(('ending', ''), ('ended_at__isnull', False), _connector='OR'), name='consent_ending_has_time')],
            },
        ),
        migrations.RunPython(register_what_there_is, migrations.RunPython.noop),
    ]
