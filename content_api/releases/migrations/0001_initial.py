import django.db.models.deletion
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ('content_api', '0001_initial'),
        ('editorial', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Release',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('number', models.PositiveIntegerField(editable=False, null=True, unique=True)),
                ('state', models.CharField(choices=[('OPEN', 'Open'), ('PUBLISHED', 'Published'), ('CANCELLED', 'Cancelled')], default='OPEN', editable=False, max_length=10)),
                ('title', models.CharField(max_length=200)),
                ('notes', models.TextField(blank=True)),
                ('urgency', models.CharField(choices=[('ROUTINE', 'Routine'), ('URGENT', 'Urgent')], default='ROUTINE', max_length=10)),
                ('act_by', models.DateTimeField(blank=True, null=True)),
                ('is_pull', models.BooleanField(default=False, editable=False)),
                ('created_at', models.DateTimeField(editable=False)),
                ('published_at', models.DateTimeField(editable=False, null=True)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['OPEN', 'PUBLISHED', 'CANCELLED'])), name='release_state_is_of_its_vocabulary'), models.CheckConstraint(condition=models.Q(('urgency__in', ['ROUTINE', 'URGENT'])), name='release_urgency_is_of_its_vocabulary'), models.CheckConstraint(condition=models.Q(models.Q(('number__isnull', False), ('published_at__isnull', False), ('state', 'PUBLISHED')), models.Q(models.Q(('state', 'PUBLISHED'), _negated=True), ('number', None), ('published_at', None)), _connector='OR'), name='a_published_release_and_no_other_has_a_number')],
            },
        ),
        migrations.CreateModel(
            name='ReleaseComposer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('release', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='composers', to='releases.release')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('release', 'person'), name='a_composer_is_listed_once')],
            },
        ),
        migrations.CreateModel(
            name='ReleaseCounter',
            fields=[
                ('id', models.PositiveSmallIntegerField(default=1, primary_key=True, serialize=False)),
                ('number', models.PositiveIntegerField(default=0, help_text='Of the last release published.')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('id', 1)), name='there_is_one_release_counter')],
            },
        ),
        migrations.CreateModel(
            name='ReleaseItem',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('item', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='content_api.contentitem')),
                ('release', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='items', to='releases.release')),
                ('version', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='release_items', to='editorial.version')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('release', 'item'), name='a_release_holds_an_item_once')],
            },
        ),
        migrations.CreateModel(
            name='ReleaseWithdrawal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reason', models.CharField(choices=[('CORRECTION', 'Correction'), ('SAFETY', 'Safety'), ('OUTDATED', 'Outdated'), ('LEGAL', 'Legal'), ('ENTERED_IN_ERROR', 'Entered in error')], max_length=16)),
                ('public_note', models.TextField()),
                ('partner_action', models.CharField(blank=True, choices=[('REMOVE', 'Remove it'), ('REPLACE', 'Replace it'), ('REFRESH', 'Fetch it again')], max_length=10)),
                ('act_by', models.DateTimeField(blank=True, null=True)),
                ('item', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='content_api.contentitem')),
                ('release', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='withdrawals', to='releases.release')),
                ('replaced_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='content_api.contentitem')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('reason__in', ['CORRECTION', 'SAFETY', 'OUTDATED', 'LEGAL', 'ENTERED_IN_ERROR'])), name='releasewithdrawal_reason_is_of_its_vocabulary'), models.CheckConstraint(condition=models.Q(('partner_action__in', ['REMOVE', 'REPLACE', 'REFRESH', ''])), name='releasewithdrawal_partner_action_is_of_its_vocabulary'), models.UniqueConstraint(fields=('release', 'item'), name='a_release_withdraws_an_item_once'), models.CheckConstraint(condition=models.Q(('public_note', ''), _negated=True), name='a_withdrawal_says_why_in_public')],
            },
        ),
        migrations.CreateModel(
            name='SignOff',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('role', models.CharField(choices=[('Medical reviewer', 'Medical reviewer'), ('Regulatory reviewer', 'Regulatory reviewer')], max_length=30)),
                ('impact_sha256', models.CharField(max_length=71)),
                ('person_name', models.CharField(max_length=200)),
                ('person_credentials', models.CharField(blank=True, max_length=200)),
                ('at', models.DateTimeField()),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('release', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='sign_offs', to='releases.release')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('role__in', ['Medical reviewer', 'Regulatory reviewer'])), name='signoff_role_is_of_its_vocabulary'), models.UniqueConstraint(fields=('release', 'person', 'impact_sha256'), name='a_person_signs_an_impact_in_one_role')],
            },
        ),
        migrations.CreateModel(
            name='PullConfirmation',
            fields=[
                ('release', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, serialize=False, to='releases.release')),
                ('at', models.DateTimeField()),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
        ),
    ]
