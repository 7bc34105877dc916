import content_api.fields
import django.core.validators
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('content_api', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Approval',
            fields=[
                ('item', models.OneToOneField(editable=False, on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='+', serialize=False, to='content_api.contentitem')),
                ('slug', content_api.fields.SlugField(help_text="The last part of the public address. Once public it stays this item's.", max_length=100, unique=True)),
                ('language', models.CharField(default='en-US', help_text='Of the prose, as a BCP 47 tag.', max_length=20)),
                ('review_interval_days', models.PositiveSmallIntegerField(default=365, help_text='How long a review holds. 90 for whatever states a regulatory or recruitment status.', validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(1095)])),
                ('title', models.CharField(help_text='Therapy, place and authority: satri-cel, China (NMPA).', max_length=200)),
                ('jurisdiction', models.CharField(help_text='ISO 3166-1 alpha-2, or EU.', max_length=2, validators=[django.core.validators.RegexValidator('^[A-Z]{2}$', 'Write the two-letter ISO 3166-1 code, such as CN, or EU.')])),
                ('indication_verbatim', models.TextField(blank=True, help_text="The label's own words, in its own language.")),
                ('indication_language', models.CharField(blank=True, max_length=20)),
                ('indication_summary', content_api.fields.ProseField()),
                ('prior_lines_min', models.PositiveSmallIntegerField(blank=True, null=True, validators=[django.core.validators.MaxValueValidator(20)])),
                ('age_min_years', models.PositiveSmallIntegerField(blank=True, null=True, validators=[django.core.validators.MaxValueValidator(120)])),
            ],
            options={
                'abstract': False,
                'constraints': [models.CheckConstraint(condition=models.Q(('review_interval_days__gte', 1), ('review_interval_days__lte', 1095)), name='approval_is_reviewed_at_least_every_three_years'), models.CheckConstraint(condition=models.Q(('review_interval_days__lte', 90)), name='approval_is_reviewed_every_90_days', violation_error_message='It states a regulatory status: set the review interval to 90 days or less.')],
            },
        ),
        migrations.CreateModel(
            name='Organization',
            fields=[
                ('item', models.OneToOneField(editable=False, on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='+', serialize=False, to='content_api.contentitem')),
                ('slug', content_api.fields.SlugField(help_text="The last part of the public address. Once public it stays this item's.", max_length=100, unique=True)),
                ('language', models.CharField(default='en-US', help_text='Of the prose, as a BCP 47 tag.', max_length=20)),
                ('review_interval_days', models.PositiveSmallIntegerField(default=365, help_text='How long a review holds. 90 for whatever states a regulatory or recruitment status.', validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(1095)])),
                ('name', models.CharField(max_length=200)),
                ('roles', content_api.fields.ChoiceListField(blank=True, default=list)),
                ('country', models.CharField(blank=True, max_length=2, validators=[django.core.validators.RegexValidator('^[A-Z]{2}$', 'Write the two-letter ISO 3166-1 code, such as CN, or EU.')])),
                ('website', models.URLField(blank=True, max_length=300)),
            ],
            options={
                'abstract': False,
                'constraints': [models.CheckConstraint(condition=models.Q(('review_interval_days__gte', 1), ('review_interval_days__lte', 1095)), name='organization_is_reviewed_at_least_every_three_years')],
            },
        ),
        migrations.CreateModel(
            name='ApprovalEvent',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveSmallIntegerField(default=0, help_text='Rows are shown in this order.')),
                ('key', content_api.fields.SlugField(help_text='A short name, unique in this item, that never changes: os-itt.', max_length=60)),
                ('type', models.CharField(choices=[('IND_CLEARED', 'Clinical study cleared to start'), ('DESIGNATION_ORPHAN', 'Orphan designation'), ('DESIGNATION_BREAKTHROUGH', 'Breakthrough therapy designation'), ('DESIGNATION_RMAT', 'RMAT designation'), ('DESIGNATION_PRIME', 'PRIME designation'), ('PRIORITY_REVIEW', 'Priority review'), ('SUBMITTED', 'Application submitted'), ('ACCEPTED', 'Application accepted for review'), ('APPROVED', 'Approved'), ('CONVERTED_TO_FULL', 'Converted to full approval'), ('LABEL_CHANGED', 'Label changed'), ('HOLDER_CHANGED', 'Holder changed'), ('REIMBURSEMENT_REVIEW', 'Reimbursement under review'), ('REIMBURSEMENT_LISTED', 'Reimbursement listed'), ('CLINICAL_HOLD', 'Clinical hold'), ('HOLD_LIFTED', 'Clinical hold lifted'), ('REFUSED', 'Refused'), ('APPLICATION_WITHDRAWN', 'Application withdrawn'), ('AUTHORIZATION_WITHDRAWN', 'Authorization withdrawn')], max_length=25)),
                ('on', models.DateField(help_text='The first day of the month or year, if only that is known.')),
                ('precision', models.CharField(choices=[('DAY', 'Day'), ('MONTH', 'Month'), ('YEAR', 'Year')], default='DAY', max_length=5)),
                ('on_basis', models.CharField(choices=[('OCCURRED', 'The day it happened'), ('ANNOUNCED', 'The day it was announced')], default='OCCURRED', max_length=9)),
                ('pathway', models.CharField(blank=True, choices=[('FULL', 'Full approval'), ('CONDITIONAL', 'Conditional approval'), ('ACCELERATED', 'Accelerated approval'), ('UNKNOWN', 'Kind of approval not confirmed')], help_text='Of an approval only.', max_length=11)),
                ('disputed', content_api.fields.ChoiceListField(blank=True, default=list, help_text='What the sources disagree about, if they do.')),
                ('note', models.CharField(blank=True, max_length=300)),
                ('parent', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='events', to='therapies.approval')),
                ('authority', content_api.fields.ReferenceField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='therapies.organization')),
            ],
            options={
                'abstract': False,
                'constraints': [models.UniqueConstraint(fields=('parent', 'key'), name='approvalevent_key_is_unique_in_its_item'), models.CheckConstraint(condition=models.Q(('type__in', ['IND_CLEARED', 'DESIGNATION_ORPHAN', 'DESIGNATION_BREAKTHROUGH', 'DESIGNATION_RMAT', 'DESIGNATION_PRIME', 'PRIORITY_REVIEW', 'SUBMITTED', 'ACCEPTED', 'APPROVED', 'CONVERTED_TO_FULL', 'LABEL_CHANGED', 'HOLDER_CHANGED', 'REIMBURSEMENT_REVIEW', 'REIMBURSEMENT_LISTED', 'CLINICAL_HOLD', 'HOLD_LIFTED', 'REFUSED', 'APPLICATION_WITHDRAWN', 'AUTHORIZATION_WITHDRAWN'])), name='approvalevent_type_is_of_its_vocabulary'), models.CheckConstraint(condition=models.Q(('precision__in', ['DAY', 'MONTH', 'YEAR'])), name='approvalevent_precision_is_of_its_vocabulary'), models.CheckConstraint(condition=models.Q(('on_basis__in', ['OCCURRED', 'ANNOUNCED'])), name='approvalevent_on_basis_is_of_its_vocabulary'), models.CheckConstraint(condition=models.Q(('pathway__in', ['FULL', 'CONDITIONAL', 'ACCELERATED', 'UNKNOWN', ''])), name='approvalevent_pathway_is_of_its_vocabulary'), models.CheckConstraint(condition=models.Q(models.Q(('type', 'APPROVED'), models.Q(('pathway', ''), _negated=True)), models.Q(models.Q(('type', 'APPROVED'), _negated=True), ('pathway', '')), _connector='OR'), name='an_approval_event_and_no_other_names_a_pathway', violation_error_message='Choose a pathway for an approval (“not confirmed” is one), and none for other events.')],
            },
        ),
        migrations.AddField(
            model_name='approval',
            name='authority',
            field=content_api.fields.ReferenceField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='therapies.organization'),
        ),
        migrations.CreateModel(
            name='Source',
            fields=[
                ('item', models.OneToOneField(editable=False, on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='+', serialize=False, to='content_api.contentitem')),
                ('slug', content_api.fields.SlugField(help_text="The last part of the public address. Once public it stays this item's.", max_length=100, unique=True)),
                ('language', models.CharField(default='en-US', help_text='Of the prose, as a BCP 47 tag.', max_length=20)),
                ('review_interval_days', models.PositiveSmallIntegerField(default=365, help_text='How long a review holds. 90 for whatever states a regulatory or recruitment status.', validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(1095)])),
                ('title', models.CharField(max_length=400)),
                ('type', models.CharField(choices=[('JOURNAL_ARTICLE', 'Journal article'), ('REGISTRY_RECORD', 'Registry record'), ('REGULATOR_NOTICE', "Regulator's notice"), ('PRODUCT_LABEL', 'Product label'), ('GUIDELINE', 'Guideline'), ('COMPANY_STATEMENT', 'Company statement'), ('NEWS', 'News'), ('WEB_PAGE', 'Web page')], max_length=20)),
                ('external_url', models.URLField(blank=True, help_text="The document's own address.", max_length=500)),
                ('doi', models.CharField(blank=True, max_length=200, validators=[django.core.validators.RegexValidator('^10\\.\\d{4,9}/\\S+$', 'Write the bare DOI, such as 10.1016/S0140-6736(25)00860-8.')], verbose_name='DOI')),
                ('pmid', models.CharField(blank=True, max_length=10, validators=[django.core.validators.RegexValidator('^\\d{1,9}$', 'Write digits only.')], verbose_name='PubMed id')),
                ('published_on', models.DateField(blank=True, null=True)),
                ('accessed_on', models.DateField(blank=True, help_text='The day on which one of us last read it.', null=True)),
                ('verification', models.CharField(choices=[('VERIFIED', 'Verified'), ('SECONDARY', 'Secondary source only'), ('UNVERIFIED', 'Not verified')], default='UNVERIFIED', max_length=10)),
                ('retracted', models.BooleanField(default=False)),
                ('publisher', content_api.fields.ReferenceField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='therapies.organization')),
            ],
            options={
                'abstract': False,
                'constraints': [models.CheckConstraint(condition=models.Q(('review_interval_days__gte', 1), ('review_interval_days__lte', 1095)), name='source_is_reviewed_at_least_every_three_years'), models.CheckConstraint(condition=models.Q(('type__in', ['JOURNAL_ARTICLE', 'REGISTRY_RECORD', 'REGULATOR_NOTICE', 'PRODUCT_LABEL', 'GUIDELINE', 'COMPANY_STATEMENT', 'NEWS', 'WEB_PAGE'])), name='source_type_is_of_its_vocabulary'), models.CheckConstraint(condition=models.Q(('verification__in', ['VERIFIED', 'SECONDARY', 'UNVERIFIED'])), name='source_verification_is_of_its_vocabulary')],
            },
        ),
        migrations.CreateModel(
            name='OrganizationCitation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveSmallIntegerField(default=0, help_text='Rows are shown in this order.')),
                ('locator', models.CharField(blank=True, help_text='Table 2; section 4.1; paragraph 3.', max_length=200)),
                ('parent', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='sources', to='therapies.organization')),
                ('source', content_api.fields.ReferenceField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='therapies.source')),
            ],
            options={
                'abstract': False,
                'constraints': [models.UniqueConstraint(fields=('parent', 'source', 'locator'), name='organizationcitation_cites_a_place_in_a_source_once')],
            },
        ),
        migrations.CreateModel(
            name='ApprovalHolder',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveSmallIntegerField(default=0, help_text='Rows are shown in this order.')),
                ('key', content_api.fields.SlugField(help_text='A short name, unique in this item, that never changes: os-itt.', max_length=60)),
                ('on', models.DateField(blank=True, null=True, verbose_name='since')),
                ('precision', models.CharField(blank=True, choices=[('DAY', 'Day'), ('MONTH', 'Month'), ('YEAR', 'Year')], max_length=5)),
                ('parent', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='holders', to='therapies.approval')),
                ('holder', content_api.fields.ReferenceField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='therapies.organization')),
                ('source', content_api.fields.ReferenceField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='therapies.source')),
            ],
            options={
                'abstract': False,
                'constraints': [models.UniqueConstraint(fields=('parent', 'key'), name='approvalholder_key_is_unique_in_its_item'), models.CheckConstraint(condition=models.Q(('precision__in', ['DAY', 'MONTH', 'YEAR', ''])), name='approvalholder_precision_is_of_its_vocabulary')],
            },
        ),
        migrations.CreateModel(
            name='ApprovalEventCitation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveSmallIntegerField(default=0, help_text='Rows are shown in this order.')),
                ('locator', models.CharField(blank=True, help_text='Table 2; section 4.1; paragraph 3.', max_length=200)),
                ('parent', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='sources', to='therapies.approvalevent')),
                ('source', content_api.fields.ReferenceField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='therapies.source')),
            ],
            options={
                'abstract': False,
                'constraints': [models.UniqueConstraint(fields=('parent', 'source', 'locator'), name='approvaleventcitation_cites_a_place_in_a_source_once')],
            },
        ),
        migrations.CreateModel(
            name='ApprovalEventCandidate',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveSmallIntegerField(default=0, help_text='Rows are shown in this order.')),
                ('type', models.CharField(choices=[('IND_CLEARED', 'Clinical study cleared to start'), ('DESIGNATION_ORPHAN', 'Orphan designation'), ('DESIGNATION_BREAKTHROUGH', 'Breakthrough therapy designation'), ('DESIGNATION_RMAT', 'RMAT designation'), ('DESIGNATION_PRIME', 'PRIME designation'), ('PRIORITY_REVIEW', 'Priority review'), ('SUBMITTED', 'Application submitted'), ('ACCEPTED', 'Application accepted for review'), ('APPROVED', 'Approved'), ('CONVERTED_TO_FULL', 'Converted to full approval'), ('LABEL_CHANGED', 'Label changed'), ('HOLDER_CHANGED', 'Holder changed'), ('REIMBURSEMENT_REVIEW', 'Reimbursement under review'), ('REIMBURSEMENT_LISTED', 'Reimbursement listed'), ('CLINICAL_HOLD', 'Clinical hold'), ('HOLD_LIFTED', 'Clinical hold lifted'), ('REFUSED', 'Refused'), ('APPLICATION_WITHDRAWN', 'Application withdrawn'), ('AUTHORIZATION_WITHDRAWN', 'Authorization withdrawn')], max_length=25)),
                ('on', models.DateField()),
                ('pathway', models.CharField(blank=True, choices=[('FULL', 'Full approval'), ('CONDITIONAL', 'Conditional approval'), ('ACCELERATED', 'Accelerated approval'), ('UNKNOWN', 'Kind of approval not confirmed')], max_length=11)),
                ('parent', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='candidates', to='therapies.approvalevent')),
                ('source', content_api.fields.ReferenceField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='therapies.source')),
            ],
            options={
                'abstract': False,
                'constraints': [models.CheckConstraint(condition=models.Q(('type__in', ['IND_CLEARED', 'DESIGNATION_ORPHAN', 'DESIGNATION_BREAKTHROUGH', 'DESIGNATION_RMAT', 'DESIGNATION_PRIME', 'PRIORITY_REVIEW', 'SUBMITTED', 'ACCEPTED', 'APPROVED', 'CONVERTED_TO_FULL', 'LABEL_CHANGED', 'HOLDER_CHANGED', 'REIMBURSEMENT_REVIEW', 'REIMBURSEMENT_LISTED', 'CLINICAL_HOLD', 'HOLD_LIFTED', 'REFUSED', 'APPLICATION_WITHDRAWN', 'AUTHORIZATION_WITHDRAWN'])), name='approvaleventcandidate_type_is_of_its_vocabulary'), models.CheckConstraint(condition=models.Q(('pathway__in', ['FULL', 'CONDITIONAL', 'ACCELERATED', 'UNKNOWN', ''])), name='approvaleventcandidate_pathway_is_of_its_vocabulary')],
            },
        ),
        migrations.CreateModel(
            name='ApprovalCitation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveSmallIntegerField(default=0, help_text='Rows are shown in this order.')),
                ('locator', models.CharField(blank=True, help_text='Table 2; section 4.1; paragraph 3.', max_length=200)),
                ('parent', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='sources', to='therapies.approval')),
                ('source', content_api.fields.ReferenceField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='therapies.source')),
            ],
            options={
                'abstract': False,
                'constraints': [models.UniqueConstraint(fields=('parent', 'source', 'locator'), name='approvalcitation_cites_a_place_in_a_source_once')],
            },
        ),
        migrations.CreateModel(
            name='ApprovalCheck',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveSmallIntegerField(default=0, help_text='Rows are shown in this order.')),
                ('key', content_api.fields.SlugField(help_text='A short name, unique in this item, that never changes: os-itt.', max_length=60)),
                ('on', models.DateField()),
                ('finding', models.CharField(max_length=300)),
                ('parent', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='checks', to='therapies.approval')),
                ('source', content_api.fields.ReferenceField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='therapies.source')),
            ],
            options={
                'abstract': False,
                'constraints': [models.UniqueConstraint(fields=('parent', 'key'), name='approvalcheck_key_is_unique_in_its_item')],
            },
        ),
        migrations.CreateModel(
            name='SourceCitation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveSmallIntegerField(default=0, help_text='Rows are shown in this order.')),
                ('locator', models.CharField(blank=True, help_text='Table 2; section 4.1; paragraph 3.', max_length=200)),
                ('parent', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='sources', to='therapies.source')),
                ('source', content_api.fields.ReferenceField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='therapies.source')),
            ],
            options={
                'abstract': False,
                'constraints': [models.UniqueConstraint(fields=('parent', 'source', 'locator'), name='sourcecitation_cites_a_place_in_a_source_once')],
            },
        ),
        migrations.CreateModel(
            name='Target',
            fields=[
                ('item', models.OneToOneField(editable=False, on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='+', serialize=False, to='content_api.contentitem')),
                ('slug', content_api.fields.SlugField(help_text="The last part of the public address. Once public it stays this item's.", max_length=100, unique=True)),
                ('language', models.CharField(default='en-US', help_text='Of the prose, as a BCP 47 tag.', max_length=20)),
                ('review_interval_days', models.PositiveSmallIntegerField(default=365, help_text='How long a review holds. 90 for whatever states a regulatory or recruitment status.', validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(1095)])),
                ('name', models.CharField(help_text='The preferred spelling for readers: Claudin18.2.', max_length=100)),
                ('gene', models.CharField(help_text='The HGNC symbol: CLDN18.', max_length=40)),
                ('isoform', models.CharField(blank=True, help_text='Only if one isoform is meant.', max_length=60)),
            ],
            options={
                'abstract': False,
                'constraints': [models.CheckConstraint(condition=models.Q(('review_interval_days__gte', 1), ('review_interval_days__lte', 1095)), name='target_is_reviewed_at_least_every_three_years')],
            },
        ),
        migrations.CreateModel(
            name='ApprovalBiomarker',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveSmallIntegerField(default=0, help_text='Rows are shown in this order.')),
                ('key', content_api.fields.SlugField(help_text='A short name, unique in this item, that never changes: os-itt.', max_length=60)),
                ('polarity', models.CharField(choices=[('POSITIVE', 'Positive'), ('NEGATIVE', 'Negative')], max_length=8)),
                ('assay', models.CharField(blank=True, max_length=200)),
                ('intensity_min', models.CharField(blank=True, help_text='As stated: 2+.', max_length=20)),
                ('percent_min', models.PositiveSmallIntegerField(blank=True, help_text='Of tumor cells, in percent.', null=True, validators=[django.core.validators.MaxValueValidator(100)])),
                ('stated', models.CharField(choices=[('LABEL', 'In the label'), ('TRIAL', 'In the trial'), ('NOT_STATED', 'Not stated')], max_length=10)),
                ('parent', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='biomarkers', to='therapies.approval')),
                ('source', content_api.fields.ReferenceField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='therapies.source')),
                ('target', content_api.fields.ReferenceField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='therapies.target')),
            ],
            options={
                'abstract': False,
                'constraints': [models.UniqueConstraint(fields=('parent', 'key'), name='approvalbiomarker_key_is_unique_in_its_item'), models.CheckConstraint(condition=models.Q(('polarity__in', ['POSITIVE', 'NEGATIVE'])), name='approvalbiomarker_polarity_is_of_its_vocabulary'), models.CheckConstraint(condition=models.Q(('stated__in', ['LABEL', 'TRIAL', 'NOT_STATED'])), name='approvalbiomarker_stated_is_of_its_vocabulary')],
            },
        ),
        migrations.CreateModel(
            name='TargetAlias',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveSmallIntegerField(default=0, help_text='Rows are shown in this order.')),
                ('key', content_api.fields.SlugField(help_text='A short name, unique in this item, that never changes: os-itt.', max_length=60)),
                ('name', models.CharField(max_length=100)),
                ('parent', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='aliases', to='therapies.target')),
                ('source', content_api.fields.ReferenceField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='therapies.source')),
            ],
            options={
                'abstract': False,
                'constraints': [models.UniqueConstraint(fields=('parent', 'key'), name='targetalias_key_is_unique_in_its_item')],
            },
        ),
        migrations.CreateModel(
            name='TargetCitation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveSmallIntegerField(default=0, help_text='Rows are shown in this order.')),
                ('locator', models.CharField(blank=True, help_text='Table 2; section 4.1; paragraph 3.', max_length=200)),
                ('parent', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='sources', to='therapies.target')),
                ('source', content_api.fields.ReferenceField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='therapies.source')),
            ],
            options={
                'abstract': False,
                'constraints': [models.UniqueConstraint(fields=('parent', 'source', 'locator'), name='targetcitation_cites_a_place_in_a_source_once')],
            },
        ),
        migrations.CreateModel(
            name='TargetCode',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveSmallIntegerField(default=0, help_text='Rows are shown in this order.')),
                ('key', content_api.fields.SlugField(help_text='A short name, unique in this item, that never changes: os-itt.', max_length=60)),
                ('system', models.CharField(choices=[('HGNC', 'HGNC'), ('UNIPROT', 'UniProt'), ('NCIT', 'NCI Thesaurus'), ('ONCOTREE', 'OncoTree'), ('ICD10', 'ICD-10'), ('ICD11', 'ICD-11'), ('MONDO', 'Mondo'), ('MESH', 'MeSH'), ('SNOMED', 'SNOMED CT')], max_length=10)),
                ('code', models.CharField(max_length=60)),
                ('display', models.CharField(max_length=200)),
                ('parent', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='codes', to='therapies.target')),
                ('source', content_api.fields.ReferenceField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='therapies.source')),
            ],
            options={
                'abstract': False,
                'constraints': [models.UniqueConstraint(fields=('parent', 'key'), name='targetcode_key_is_unique_in_its_item'), models.CheckConstraint(condition=models.Q(('system__in', ['HGNC', 'UNIPROT', 'NCIT', 'ONCOTREE', 'ICD10', 'ICD11', 'MONDO', 'MESH', 'SNOMED'])), name='targetcode_system_is_of_its_vocabulary'), models.UniqueConstraint(fields=('parent', 'system', 'code'), name='targetcode_is_listed_once')],
            },
        ),
        migrations.CreateModel(
            name='TargetExpression',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveSmallIntegerField(default=0, help_text='Rows are shown in this order.')),
                ('key', content_api.fields.SlugField(help_text='A short name, unique in this item, that never changes: os-itt.', max_length=60)),
                ('tissue', models.CharField(max_length=100)),
                ('level', models.CharField(choices=[('NOT_DETECTED', 'Not detected'), ('LOW', 'Low'), ('MEDIUM', 'Medium'), ('HIGH', 'High'), ('VARIABLE', 'Varies between cells or patients')], max_length=12)),
                ('note', models.CharField(blank=True, max_length=300)),
                ('parent', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='expression', to='therapies.target')),
                ('source', content_api.fields.ReferenceField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='therapies.source')),
            ],
            options={
                'abstract': False,
                'constraints': [models.UniqueConstraint(fields=('parent', 'key'), name='targetexpression_key_is_unique_in_its_item'), models.CheckConstraint(condition=models.Q(('level__in', ['NOT_DETECTED', 'LOW', 'MEDIUM', 'HIGH', 'VARIABLE'])), name='targetexpression_level_is_of_its_vocabulary')],
            },
        ),
        migrations.CreateModel(
            name='Therapy',
            fields=[
                ('item', models.OneToOneField(editable=False, on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='+', serialize=False, to='content_api.contentitem')),
                ('slug', content_api.fields.SlugField(help_text="The last part of the public address. Once public it stays this item's.", max_length=100, unique=True)),
                ('language', models.CharField(default='en-US', help_text='Of the prose, as a BCP 47 tag.', max_length=20)),
                ('review_interval_days', models.PositiveSmallIntegerField(default=365, help_text='How long a review holds. 90 for whatever states a regulatory or recruitment status.', validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(1095)])),
                ('name', models.CharField(help_text='The INN for a product: satricabtagene autoleucel.', max_length=200)),
                ('short_name', models.CharField(help_text='What texts call it: satri-cel.', max_length=100)),
                ('level', models.CharField(choices=[('PRODUCT', 'Product'), ('PROGRAMME', 'Programme')], max_length=10)),
                ('cell_origin', models.CharField(blank=True, choices=[('AUTOLOGOUS', "The patient's own cells"), ('ALLOGENEIC', "A donor's cells")], max_length=10)),
                ('summary', content_api.fields.ProseField()),
                ('mechanism', content_api.fields.ProseField(blank=True)),
                ('construct_binder', models.CharField(blank=True, max_length=200)),
                ('construct_hinge', models.CharField(blank=True, max_length=100)),
                ('construct_transmembrane', models.CharField(blank=True, max_length=100)),
                ('construct_costimulatory', models.CharField(blank=True, max_length=100)),
                ('construct_signaling', models.CharField(blank=True, max_length=100)),
                ('construct_generation', models.CharField(blank=True, max_length=100)),
                ('developer', content_api.fields.ReferenceField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='therapies.organization')),
                ('targets', content_api.fields.ReferencesField(blank=True, related_name='+', to='therapies.target')),
            ],
            options={
                'verbose_name_plural': 'therapies',
                'abstract': False,
                'constraints': [models.CheckConstraint(condition=models.Q(('review_interval_days__gte', 1), ('review_interval_days__lte', 1095)), name='therapy_is_reviewed_at_least_every_three_years'), models.CheckConstraint(condition=models.Q(('level__in', ['PRODUCT', 'PROGRAMME'])), name='therapy_level_is_of_its_vocabulary'), models.CheckConstraint(condition=models.Q(('cell_origin__in', ['AUTOLOGOUS', 'ALLOGENEIC', ''])), name='therapy_cell_origin_is_of_its_vocabulary')],
            },
        ),
        migrations.AddField(
            model_name='approval',
            name='therapy',
            field=content_api.fields.ReferenceField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='therapies.therapy'),
        ),
        migrations.CreateModel(
            name='TherapyAlias',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveSmallIntegerField(default=0, help_text='Rows are shown in this order.')),
                ('key', content_api.fields.SlugField(help_text='A short name, unique in this item, that never changes: os-itt.', max_length=60)),
                ('name', models.CharField(max_length=200)),
                ('type', models.CharField(choices=[('CODE_NAME', 'Code name'), ('ABBREVIATION', 'Abbreviation'), ('BRAND_NAME', 'Brand name'), ('SYNONYM', 'Synonym'), ('OBSOLETE_NAME', 'Obsolete name')], max_length=15)),
                ('country', models.CharField(blank=True, max_length=2, validators=[django.core.validators.RegexValidator('^[A-Z]{2}$', 'Write the two-letter ISO 3166-1 code, such as CN, or EU.')])),
                ('language', models.CharField(blank=True, help_text='BCP 47: zh-Hans.', max_length=20)),
                ('parent', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='aliases', to='therapies.therapy')),
                ('source', content_api.fields.ReferenceField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='therapies.source')),
            ],
            options={
                'abstract': False,
                'constraints': [models.UniqueConstraint(fields=('parent', 'key'), name='therapyalias_key_is_unique_in_its_item'), models.CheckConstraint(condition=models.Q(('type__in', ['CODE_NAME', 'ABBREVIATION', 'BRAND_NAME', 'SYNONYM', 'OBSOLETE_NAME'])), name='therapyalias_type_is_of_its_vocabulary')],
            },
        ),
        migrations.CreateModel(
            name='TherapyCitation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveSmallIntegerField(default=0, help_text='Rows are shown in this order.')),
                ('locator', models.CharField(blank=True, help_text='Table 2; section 4.1; paragraph 3.', max_length=200)),
                ('parent', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='sources', to='therapies.therapy')),
                ('source', content_api.fields.ReferenceField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='therapies.source')),
            ],
            options={
                'abstract': False,
                'constraints': [models.UniqueConstraint(fields=('parent', 'source', 'locator'), name='therapycitation_cites_a_place_in_a_source_once')],
            },
        ),
        migrations.CreateModel(
            name='TherapyClass',
            fields=[
                ('item', models.OneToOneField(editable=False, on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='+', serialize=False, to='content_api.contentitem')),
                ('slug', content_api.fields.SlugField(help_text="The last part of the public address. Once public it stays this item's.", max_length=100, unique=True)),
                ('language', models.CharField(default='en-US', help_text='Of the prose, as a BCP 47 tag.', max_length=20)),
                ('review_interval_days', models.PositiveSmallIntegerField(default=365, help_text='How long a review holds. 90 for whatever states a regulatory or recruitment status.', validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(1095)])),
                ('name', models.CharField(help_text='The preferred spelling: CAR-T cell therapy.', max_length=200)),
                ('abbreviation', models.CharField(blank=True, help_text='The preferred short spelling: CAR-T.', max_length=40)),
                ('engineered', models.BooleanField(help_text='Are the cells genetically engineered?')),
                ('definition', content_api.fields.ProseField()),
            ],
            options={
                'verbose_name_plural': 'therapy classes',
                'abstract': False,
                'constraints': [models.CheckConstraint(condition=models.Q(('review_interval_days__gte', 1), ('review_interval_days__lte', 1095)), name='therapyclass_is_reviewed_at_least_every_three_years')],
            },
        ),
        migrations.AddField(
            model_name='therapy',
            name='therapy_class',
            field=content_api.fields.ReferenceField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='therapies.therapyclass'),
        ),
        migrations.CreateModel(
            name='TherapyClassCitation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveSmallIntegerField(default=0, help_text='Rows are shown in this order.')),
                ('locator', models.CharField(blank=True, help_text='Table 2; section 4.1; paragraph 3.', max_length=200)),
                ('parent', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='sources', to='therapies.therapyclass')),
                ('source', content_api.fields.ReferenceField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='therapies.source')),
            ],
            options={
                'abstract': False,
                'constraints': [models.UniqueConstraint(fields=('parent', 'source', 'locator'), name='therapyclasscitation_cites_a_place_in_a_source_once')],
            },
        ),
        migrations.CreateModel(
            name='TherapyClassRisk',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveSmallIntegerField(default=0, help_text='Rows are shown in this order.')),
                ('key', content_api.fields.SlugField(help_text='A short name, unique in this item, that never changes: os-itt.', max_length=60)),
                ('term', models.CharField(max_length=200)),
                ('boxed', models.BooleanField(default=False, help_text='Part of a boxed warning in the jurisdictions named.')),
                ('jurisdictions', content_api.fields.CountryListField(blank=True, default=list, help_text='["US"]; an empty list means everywhere.')),
                ('description', content_api.fields.ProseField(blank=True)),
                ('parent', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='risks', to='therapies.therapyclass')),
            ],
            options={
                'abstract': False,
                'constraints': [models.UniqueConstraint(fields=('parent', 'key'), name='therapyclassrisk_key_is_unique_in_its_item')],
            },
        ),
        migrations.CreateModel(
            name='TherapyClassRiskCitation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveSmallIntegerField(default=0, help_text='Rows are shown in this order.')),
                ('locator', models.CharField(blank=True, help_text='Table 2; section 4.1; paragraph 3.', max_length=200)),
                ('parent', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='sources', to='therapies.therapyclassrisk')),
                ('source', content_api.fields.ReferenceField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='therapies.source')),
            ],
            options={
                'abstract': False,
                'constraints': [models.UniqueConstraint(fields=('parent', 'source', 'locator'), name='therapyclassriskcitation_cites_a_place_in_a_source_once')],
            },
        ),
        migrations.CreateModel(
            name='TherapyRisk',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveSmallIntegerField(default=0, help_text='Rows are shown in this order.')),
                ('key', content_api.fields.SlugField(help_text='A short name, unique in this item, that never changes: os-itt.', max_length=60)),
                ('term', models.CharField(max_length=200)),
                ('boxed', models.BooleanField(default=False, help_text='Part of a boxed warning in the jurisdictions named.')),
                ('jurisdictions', content_api.fields.CountryListField(blank=True, default=list, help_text='["US"]; an empty list means everywhere.')),
                ('description', content_api.fields.ProseField(blank=True)),
                ('parent', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='risks', to='therapies.therapy')),
                ('source', content_api.fields.ReferenceField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='therapies.source')),
            ],
            options={
                'abstract': False,
                'constraints': [models.UniqueConstraint(fields=('parent', 'key'), name='therapyrisk_key_is_unique_in_its_item')],
            },
        ),
        migrations.CreateModel(
            name='TreatmentStep',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveSmallIntegerField(default=0, help_text='Rows are shown in this order.')),
                ('key', content_api.fields.SlugField(help_text='A short name, unique in this item, that never changes: os-itt.', max_length=60)),
                ('type', models.CharField(choices=[('LEUKAPHERESIS', 'Collection of cells'), ('MANUFACTURING', 'Manufacturing'), ('BRIDGING', 'Bridging therapy'), ('LYMPHODEPLETION', 'Lymphodepletion'), ('INFUSION', 'Infusion'), ('MONITORING', 'Monitoring'), ('FOLLOW_UP', 'Long-term follow-up')], max_length=15)),
                ('description', content_api.fields.ProseField()),
                ('duration', models.CharField(blank=True, help_text='As reported: 3 to 5 weeks.', max_length=100)),
                ('parent', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='treatment_steps', to='therapies.therapy')),
                ('source', content_api.fields.ReferenceField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='therapies.source')),
            ],
            options={
                'abstract': False,
                'constraints': [models.UniqueConstraint(fields=('parent', 'key'), name='treatmentstep_key_is_unique_in_its_item'), models.CheckConstraint(condition=models.Q(('type__in', ['LEUKAPHERESIS', 'MANUFACTURING', 'BRIDGING', 'LYMPHODEPLETION', 'INFUSION', 'MONITORING', 'FOLLOW_UP'])), name='treatmentstep_type_is_of_its_vocabulary')],
            },
        ),
        migrations.CreateModel(
            name='TumorType',
            fields=[
                ('item', models.OneToOneField(editable=False, on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='+', serialize=False, to='content_api.contentitem')),
                ('slug', content_api.fields.SlugField(help_text="The last part of the public address. Once public it stays this item's.", max_length=100, unique=True)),
                ('language', models.CharField(default='en-US', help_text='Of the prose, as a BCP 47 tag.', max_length=20)),
                ('review_interval_days', models.PositiveSmallIntegerField(default=365, help_text='How long a review holds. 90 for whatever states a regulatory or recruitment status.', validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(1095)])),
                ('name', models.CharField(max_length=200)),
                ('group', models.CharField(choices=[('SOLID', 'Solid tumor'), ('HEMATOLOGIC', 'Blood cancer')], max_length=12)),
                ('parent', content_api.fields.ReferenceField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='therapies.tumortype')),
            ],
            options={
                'abstract': False,
                'constraints': [models.CheckConstraint(condition=models.Q(('review_interval_days__gte', 1), ('review_interval_days__lte', 1095)), name='tumortype_is_reviewed_at_least_every_three_years'), models.CheckConstraint(condition=models.Q(('group__in', ['SOLID', 'HEMATOLOGIC'])), name='tumortype_group_is_of_its_vocabulary'), models.CheckConstraint(condition=models.Q(('parent__isnull', True), models.Q(('parent', models.F('item')), _negated=True), _connector='OR'), name='tumor_type_is_not_its_own_parent', violation_error_message='A tumor type cannot be its own parent. Choose the wider type, or none.')],
            },
        ),
        migrations.AddField(
            model_name='therapy',
            name='tumor_types',
            field=content_api.fields.ReferencesField(blank=True, related_name='+', to='therapies.tumortype'),
        ),
        migrations.AddField(
            model_name='approval',
            name='tumor_types',
            field=content_api.fields.ReferencesField(blank=True, related_name='+', to='therapies.tumortype'),
        ),
        migrations.CreateModel(
            name='TumorTypeCitation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveSmallIntegerField(default=0, help_text='Rows are shown in this order.')),
                ('locator', models.CharField(blank=True, help_text='Table 2; section 4.1; paragraph 3.', max_length=200)),
                ('parent', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='sources', to='therapies.tumortype')),
                ('source', content_api.fields.ReferenceField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='therapies.source')),
            ],
            options={
                'abstract': False,
                'constraints': [models.UniqueConstraint(fields=('parent', 'source', 'locator'), name='tumortypecitation_cites_a_place_in_a_source_once')],
            },
        ),
        migrations.CreateModel(
            name='TumorTypeCode',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveSmallIntegerField(default=0, help_text='Rows are shown in this order.')),
                ('key', content_api.fields.SlugField(help_text='A short name, unique in this item, that never changes: os-itt.', max_length=60)),
                ('system', models.CharField(choices=[('HGNC', 'HGNC'), ('UNIPROT', 'UniProt'), ('NCIT', 'NCI Thesaurus'), ('ONCOTREE', 'OncoTree'), ('ICD10', 'ICD-10'), ('ICD11', 'ICD-11'), ('MONDO', 'Mondo'), ('MESH', 'MeSH'), ('SNOMED', 'SNOMED CT')], max_length=10)),
                ('code', models.CharField(max_length=60)),
                ('display', models.CharField(max_length=200)),
                ('parent', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='codes', to='therapies.tumortype')),
                ('source', content_api.fields.ReferenceField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='therapies.source')),
            ],
            options={
                'abstract': False,
                'constraints': [models.UniqueConstraint(fields=('parent', 'key'), name='tumortypecode_key_is_unique_in_its_item'), models.CheckConstraint(condition=models.Q(('system__in', ['HGNC', 'UNIPROT', 'NCIT', 'ONCOTREE', 'ICD10', 'ICD11', 'MONDO', 'MESH', 'SNOMED'])), name='tumortypecode_system_is_of_its_vocabulary'), models.UniqueConstraint(fields=('parent', 'system', 'code'), name='tumortypecode_is_listed_once')],
            },
        ),
    ]
