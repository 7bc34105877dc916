import django.db.models.deletion
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('auth', '0012_alter_user_first_name_max_length'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ('content_api', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Reviewer',
            fields=[
                ('person', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, serialize=False, to=settings.AUTH_USER_MODEL)),
                ('credentials', models.CharField(help_text='MD, medical oncology. Shown with every review.', max_length=200)),
            ],
        ),
        migrations.CreateModel(
            name='AuditHead',
            fields=[
                ('id', models.PositiveSmallIntegerField(default=1, primary_key=True, serialize=False)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('id', 1)), name='there_is_one_audit_head')],
            },
        ),
        migrations.CreateModel(
            name='Contribution',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('cause', models.CharField(choices=[('EDITED', 'Edited it'), ('RESTORED', 'Restored an old version'), ('WROTE_RESTORED', 'Wrote what was restored'), ('ADOPTED', 'Answers for a change made outside the application')], max_length=15)),
                ('draft_sha256', models.CharField(help_text='Of the working copy afterwards.', max_length=71)),
                ('at', models.DateTimeField()),
                ('item', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='contributions', to='content_api.contentitem')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('cause__in', ['EDITED', 'RESTORED', 'WROTE_RESTORED', 'ADOPTED'])), name='contribution_cause_is_of_its_vocabulary')],
            },
        ),
        migrations.CreateModel(
            name='Transition',
            fields=[
                ('seq', models.PositiveBigIntegerField(primary_key=True, serialize=False)),
                ('subject', models.CharField(help_text='version:<id>, release:<id> or item:<id>.', max_length=60)),
                ('verb', models.CharField(max_length=30)),
                ('from_state', models.CharField(blank=True, max_length=20)),
                ('to_state', models.CharField(blank=True, max_length=20)),
                ('subject_sha256', models.CharField(help_text='Of what was moved.', max_length=71)),
                ('details', models.JSONField(default=dict)),
                ('at', models.DateTimeField()),
                ('previous_hash', models.CharField(max_length=71, null=True, unique=True)),
                ('hash', models.CharField(max_length=71, unique=True)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='Version',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('number', models.PositiveIntegerField(help_text='Counts submissions of the item.')),
                ('state', models.CharField(choices=[('IN_REVIEW', 'In review'), ('APPROVED', 'Approved'), ('CHANGES_REQUESTED', 'Changes requested'), ('RECALLED', 'Recalled')], default='IN_REVIEW', max_length=20)),
                ('schema_version', models.PositiveSmallIntegerField()),
                ('content', models.TextField(help_text='RFC 8785.')),
                ('content_sha256', models.CharField(max_length=71)),
                ('change_type', models.CharField(choices=[('FIRST', 'First publication'), ('WORLD_CHANGED', 'The world changed'), ('CORRECTION', 'We were wrong'), ('EDITORIAL', 'Wording only'), ('CONFIRMED', 'Checked, still true')], max_length=15)),
                ('change_note', models.CharField(blank=True, max_length=300)),
                ('findings', models.JSONField(default=list, help_text='Warnings of the checks, for the reviewer.')),
                ('submitted_at', models.DateTimeField()),
                ('item', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='versions', to='content_api.contentitem')),
                ('last_contribution', models.ForeignKey(help_text='The last one it contains.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='editorial.contribution')),
                ('submitted_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['IN_REVIEW', 'APPROVED', 'CHANGES_REQUESTED', 'RECALLED'])), name='version_state_is_of_its_vocabulary'), models.CheckConstraint(condition=models.Q(('change_type__in', ['FIRST', 'WORLD_CHANGED', 'CORRECTION', 'EDITORIAL', 'CONFIRMED'])), name='version_change_type_is_of_its_vocabulary'), models.UniqueConstraint(fields=('item', 'number'), name='a_submission_of_an_item_has_its_own_number'), models.UniqueConstraint(condition=models.Q(('state', 'IN_REVIEW')), fields=('item',), name='an_item_has_one_open_review')],
            },
        ),
        migrations.CreateModel(
            name='Review',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('role', models.CharField(choices=[('Medical reviewer', 'Medical reviewer'), ('Regulatory reviewer', 'Regulatory reviewer')], max_length=30)),
                ('verdict', models.CharField(choices=[('APPROVED', 'Approved'), ('CHANGES_REQUESTED', 'Changes requested')], max_length=20)),
                ('comment', models.TextField(blank=True)),
                ('content_sha256', models.CharField(max_length=71)),
                ('substance_sha256', models.CharField(max_length=71)),
                ('substance', models.TextField(help_text='RFC 8785: the text as the reviewer read it.')),
                ('reviewer_name', models.CharField(help_text='As it was on the day.', max_length=200)),
                ('reviewer_credentials', models.CharField(blank=True, max_length=200)),
                ('at', models.DateTimeField()),
                ('reviewer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('version', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='reviews', to='editorial.version')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('role__in', ['Medical reviewer', 'Regulatory reviewer'])), name='review_role_is_of_its_vocabulary'), models.CheckConstraint(condition=models.Q(('verdict__in', ['APPROVED', 'CHANGES_REQUESTED'])), name='review_verdict_is_of_its_vocabulary'), models.UniqueConstraint(fields=('version', 'reviewer'), name='each_required_role_is_another_person'), models.UniqueConstraint(fields=('version', 'role'), name='a_role_gives_one_verdict_on_a_version')],
            },
        ),
        migrations.CreateModel(
            name='RequiredReview',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('role', models.CharField(choices=[('Medical reviewer', 'Medical reviewer'), ('Regulatory reviewer', 'Regulatory reviewer')], max_length=30)),
                ('version', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='required_reviews', to='editorial.version')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('role__in', ['Medical reviewer', 'Regulatory reviewer'])), name='requiredreview_role_is_of_its_vocabulary'), models.UniqueConstraint(fields=('version', 'role'), name='a_role_is_required_once')],
            },
        ),
        migrations.CreateModel(
            name='VersionContributor',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('version', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='contributors', to='editorial.version')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('version', 'person'), name='a_contributor_is_listed_once')],
            },
        ),
    ]
