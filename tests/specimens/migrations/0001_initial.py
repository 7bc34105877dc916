import content_api.fields
import django.core.validators
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('content_api', '0001_initial'),
        ('therapies', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Specimen',
            fields=[
                ('item', models.OneToOneField(editable=False, on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='+', serialize=False, to='content_api.contentitem')),
                ('slug', content_api.fields.SlugField(help_text="The last part of the public address. Once public it stays this item's.", max_length=100, unique=True)),
                ('language', models.CharField(default='en-US', help_text='Of the prose, as a BCP 47 tag.', max_length=20)),
                ('review_interval_days', models.PositiveSmallIntegerField(default=365, help_text='How long a review holds. 90 for whatever states a regulatory or recruitment status.', validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(1095)])),
                ('title', models.CharField(max_length=100)),
                ('shade', models.CharField(choices=[('PALE', 'Pale'), ('DARK', 'Dark')], default='PALE', max_length=4)),
                ('note', content_api.fields.ProseField(blank=True)),
                ('cites', content_api.fields.ReferencesField(blank=True, related_name='+', to='specimens.specimen')),
                ('stands_on', content_api.fields.ReferenceField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='specimens.specimen')),
            ],
            options={
                'abstract': False,
                'constraints': [models.CheckConstraint(condition=models.Q(('review_interval_days__gte', 1), ('review_interval_days__lte', 1095)), name='specimen_is_reviewed_at_least_every_three_years')],
            },
        ),
        migrations.CreateModel(
            name='Mark',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveSmallIntegerField(default=0, help_text='Rows are shown in this order.')),
                ('key', content_api.fields.SlugField(help_text='A short name, unique in this item, that never changes: os-itt.', max_length=60)),
                ('text', models.CharField(max_length=100)),
                ('parent', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='marks', to='specimens.specimen')),
                ('seen_with', content_api.fields.ReferenceField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='specimens.specimen')),
            ],
            options={
                'abstract': False,
                'constraints': [models.UniqueConstraint(fields=('parent', 'key'), name='mark_key_is_unique_in_its_item')],
            },
        ),
        migrations.CreateModel(
            name='SpecimenCitation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveSmallIntegerField(default=0, help_text='Rows are shown in this order.')),
                ('locator', models.CharField(blank=True, help_text='Table 2; section 4.1; paragraph 3.', max_length=200)),
                ('parent', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='sources', to='specimens.specimen')),
                ('source', content_api.fields.ReferenceField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='therapies.source')),
            ],
            options={
                'abstract': False,
                'constraints': [models.UniqueConstraint(fields=('parent', 'source', 'locator'), name='specimencitation_cites_a_place_in_a_source_once')],
            },
        ),
    ]
