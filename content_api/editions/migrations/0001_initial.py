import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='PublishedContent',
            fields=[
                ('sha256', models.CharField(max_length=71, primary_key=True, serialize=False)),
                ('kind', models.CharField(max_length=40)),
                ('schema_version', models.PositiveSmallIntegerField()),
                ('content', models.TextField(help_text='RFC 8785.')),
            ],
        ),
        migrations.CreateModel(
            name='PublishedRelease',
            fields=[
                ('number', models.PositiveIntegerField(primary_key=True, serialize=False)),
                ('title', models.CharField(max_length=200)),
                ('notes', models.TextField(blank=True)),
                ('urgency', models.CharField(choices=[('ROUTINE', 'Routine'), ('URGENT', 'Urgent')], default='ROUTINE', max_length=10)),
                ('act_by', models.DateTimeField(null=True)),
                ('published_at', models.DateTimeField()),
                ('previous_hash', models.CharField(max_length=71, null=True, unique=True)),
                ('hash', models.CharField(max_length=71, unique=True)),
                ('item_count', models.PositiveIntegerField(help_text='Items live in this release.')),
                ('published', models.JSONField(help_text='[{id, kind, slug, version, cause}] of the editions opened.')),
                ('withdrawn', models.JSONField(help_text='[{id, kind, slug}] of the items taken down.')),
            ],
        ),
        migrations.CreateModel(
            name='Tombstone',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('content_id', models.UUIDField()),
                ('kind', models.CharField(max_length=40)),
                ('slug', models.CharField(max_length=100)),
                ('withdrawn_at', models.DateTimeField()),
                ('reason', models.CharField(choices=[('CORRECTION', 'Correction'), ('SAFETY', 'Safety'), ('OUTDATED', 'Outdated'), ('LEGAL', 'Legal'), ('ENTERED_IN_ERROR', 'Entered in error')], max_length=16)),
                ('public_note', models.TextField()),
                ('partner_action', models.CharField(blank=True, choices=[('REMOVE', 'Remove it'), ('REPLACE', 'Replace it'), ('REFRESH', 'Fetch it again')], max_length=10)),
                ('act_by', models.DateTimeField(null=True)),
                ('replaced_by', models.UUIDField(null=True)),
                ('release', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='tombstones', to='editions.publishedrelease')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('content_id', 'release'), name='an_item_is_taken_down_once_in_a_release')],
            },
        ),
        migrations.CreateModel(
            name='PublicSlug',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=40)),
                ('slug', models.CharField(max_length=100)),
                ('content_id', models.UUIDField()),
                ('since_release', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='slugs', to='editions.publishedrelease')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('kind', 'slug'), name='a_public_slug_belongs_to_one_item_for_ever')],
            },
        ),
        migrations.CreateModel(
            name='Edition',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('content_id', models.UUIDField()),
                ('kind', models.CharField(max_length=40)),
                ('slug', models.CharField(max_length=100)),
                ('name', models.CharField(max_length=500)),
                ('version', models.PositiveIntegerField(help_text='Counts the published versions of the item.')),
                ('version_id', models.UUIDField(help_text='The approved version that it renders.')),
                ('content_sha256', models.CharField(max_length=71)),
                ('cause', models.CharField(choices=[('VERSION', 'A new version'), ('RERENDER', 'Something it refers to changed'), ('CONFIRM', 'Confirmed to be still true')], max_length=10)),
                ('renderer', models.PositiveSmallIntegerField()),
                ('published_at', models.DateTimeField()),
                ('next_review', models.DateField()),
                ('checksum', models.CharField(max_length=71)),
                ('substance_sha256', models.CharField(max_length=71)),
                ('card', models.TextField(help_text='JSON: what others may show of it.')),
                ('body', models.TextField(help_text='The JSON that is delivered, byte for byte.')),
                ('from_release', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='opened', to='editions.publishedrelease')),
                ('until_release', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='closed', to='editions.publishedrelease')),
            ],
            options={
                'indexes': [models.Index(fields=['kind', 'slug'], name='edition_by_slug'), models.Index(fields=['kind', 'from_release', 'until_release'], name='edition_by_release')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('until_release', None)), fields=('content_id',), name='an_item_has_one_live_edition'), models.UniqueConstraint(condition=models.Q(('until_release', None)), fields=('kind', 'slug'), name='a_live_slug_is_unique_in_its_kind'), models.UniqueConstraint(fields=('content_id', 'from_release'), name='an_item_has_one_edition_of_a_release'), models.CheckConstraint(condition=models.Q(('until_release', None), ('until_release__gt', models.F('from_release')), _connector='OR'), name='an_edition_ends_after_it_began')],
            },
        ),
        migrations.CreateModel(
            name='Redaction',
            fields=[
                ('edition', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, serialize=False, to='editions.edition')),
                ('release', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='redactions', to='editions.publishedrelease')),
                ('tombstone', models.ForeignKey(help_text='Of the item that was pulled.', on_delete=django.db.models.deletion.PROTECT, to='editions.tombstone')),
            ],
        ),
        migrations.CreateModel(
            name='EditionReference',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('role', models.CharField(choices=[('REFERENCE', 'Names it'), ('FACT', 'Quotes a fact of it in prose'), ('EMBED', 'Shows it as a member of a set'), ('DISCLAIMER', 'Carries it'), ('SET', 'Follows a set')], max_length=10)),
                ('target', models.UUIDField(help_text='The content id; of a SET, null.', null=True)),
                ('cascades', models.BooleanField(default=False, help_text='The text goes too when its target is withdrawn.')),
                ('shown', models.BooleanField(default=True, help_text='False where the target was not live and was left out.')),
                ('set_shape', models.CharField(blank=True, max_length=200)),
                ('set_key', models.CharField(blank=True, max_length=500)),
                ('edition', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='references', to='editions.edition')),
            ],
            options={
                'indexes': [models.Index(fields=['target'], name='reference_by_target'), models.Index(fields=['set_key'], name='reference_by_set')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('role', 'SET'), ('target', None), models.Q(('set_key', ''), _negated=True)), models.Q(models.Q(('role', 'SET'), _negated=True), ('set_key', '')), _connector='OR'), name='a_reference_is_to_an_item_or_to_a_set')],
            },
        ),
        migrations.CreateModel(
            name='Facet',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=40)),
                ('value', models.CharField(max_length=200)),
                ('edition', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='facets', to='editions.edition')),
            ],
            options={
                'indexes': [models.Index(fields=['name', 'value'], name='facet_by_value')],
                'constraints': [models.UniqueConstraint(fields=('edition', 'name', 'value'), name='an_edition_has_a_facet_value_once')],
            },
        ),
        migrations.CreateModel(
            name='OpenPull',
            fields=[
                ('tombstone', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, serialize=False, to='editions.tombstone')),
                ('content_id', models.UUIDField()),
                ('card', models.TextField(help_text='JSON: what it showed of itself.')),
                ('facets', models.JSONField(help_text='What it could be found by.')),
                ('from_release', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='editions.publishedrelease')),
                ('until_release', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='editions.publishedrelease')),
            ],
        ),
    ]
