"""The closed vocabularies of this app. Spellings follow ClinicalTrials.gov, FHIR R5 and NCI's Drug Dictionary.

No model is imported here, so that the public shapes may use the words without touching a working copy.
"""

from django.db.models import TextChoices


class OrganizationRole(TextChoices):
    REGULATOR = "REGULATOR", "Regulator"
    DEVELOPER = "DEVELOPER", "Developer"
    SPONSOR = "SPONSOR", "Sponsor"
    PUBLISHER = "PUBLISHER", "Publisher"
    SITE = "SITE", "Treatment or study site"


class SourceType(TextChoices):
    JOURNAL_ARTICLE = "JOURNAL_ARTICLE", "Journal article"
    REGISTRY_RECORD = "REGISTRY_RECORD", "Registry record"
    REGULATOR_NOTICE = "REGULATOR_NOTICE", "Regulator's notice"
    PRODUCT_LABEL = "PRODUCT_LABEL", "Product label"
    GUIDELINE = "GUIDELINE", "Guideline"
    COMPANY_STATEMENT = "COMPANY_STATEMENT", "Company statement"
    NEWS = "NEWS", "News"
    WEB_PAGE = "WEB_PAGE", "Web page"


class Verification(TextChoices):
    """How far a statement can be trusted; a statement has the best of its sources'."""

    VERIFIED = "VERIFIED", "Verified"  # somebody of ours read it in the source itself
    SECONDARY = "SECONDARY", "Secondary source only"  # reported by somebody else; a primary source is wanted
    UNVERIFIED = "UNVERIFIED", "Not verified"  # never counts, and is never quoted


class CodeSystem(TextChoices):
    HGNC = "HGNC", "HGNC"
    UNIPROT = "UNIPROT", "UniProt"
    NCIT = "NCIT", "NCI Thesaurus"
    ONCOTREE = "ONCOTREE", "OncoTree"
    ICD10 = "ICD10", "ICD-10"
    ICD11 = "ICD11", "ICD-11"
    MONDO = "MONDO", "Mondo"
    MESH = "MESH", "MeSH"
    SNOMED = "SNOMED", "SNOMED CT"


class ExpressionLevel(TextChoices):
    NOT_DETECTED = "NOT_DETECTED", "Not detected"
    LOW = "LOW", "Low"
    MEDIUM = "MEDIUM", "Medium"
    HIGH = "HIGH", "High"
    VARIABLE = "VARIABLE", "Varies between cells or patients"


class TumorGroup(TextChoices):
    SOLID = "SOLID", "Solid tumor"
    HEMATOLOGIC = "HEMATOLOGIC", "Blood cancer"


class TherapyLevel(TextChoices):
    PRODUCT = "PRODUCT", "Product"
    PROGRAMME = "PROGRAMME", "Programme"


class CellOrigin(TextChoices):
    AUTOLOGOUS = "AUTOLOGOUS", "The patient's own cells"
    ALLOGENEIC = "ALLOGENEIC", "A donor's cells"


class AliasType(TextChoices):
    CODE_NAME = "CODE_NAME", "Code name"
    ABBREVIATION = "ABBREVIATION", "Abbreviation"
    BRAND_NAME = "BRAND_NAME", "Brand name"
    SYNONYM = "SYNONYM", "Synonym"
    OBSOLETE_NAME = "OBSOLETE_NAME", "Obsolete name"


class StepType(TextChoices):
    LEUKAPHERESIS = "LEUKAPHERESIS", "Collection of cells"
    MANUFACTURING = "MANUFACTURING", "Manufacturing"
    BRIDGING = "BRIDGING", "Bridging therapy"
    LYMPHODEPLETION = "LYMPHODEPLETION", "Lymphodepletion"
    INFUSION = "INFUSION", "Infusion"
    MONITORING = "MONITORING", "Monitoring"
    FOLLOW_UP = "FOLLOW_UP", "Long-term follow-up"


class Polarity(TextChoices):
    POSITIVE = "POSITIVE", "Positive"
    NEGATIVE = "NEGATIVE", "Negative"


class CriterionStated(TextChoices):
    """Where a biomarker's cut-off is stated."""

    LABEL = "LABEL", "In the label"
    TRIAL = "TRIAL", "In the trial"
    NOT_STATED = "NOT_STATED", "Not stated"


class Precision(TextChoices):
    DAY = "DAY", "Day"
    MONTH = "MONTH", "Month"
    YEAR = "YEAR", "Year"


class DateBasis(TextChoices):
    OCCURRED = "OCCURRED", "The day it happened"
    ANNOUNCED = "ANNOUNCED", "The day it was announced"


class Pathway(TextChoices):
    FULL = "FULL", "Full approval"
    CONDITIONAL = "CONDITIONAL", "Conditional approval"
    ACCELERATED = "ACCELERATED", "Accelerated approval"
    UNKNOWN = "UNKNOWN", "Kind of approval not confirmed"


class Disputed(TextChoices):
    """Which part of an event its sources disagree about."""

    TYPE = "TYPE", "What happened"
    DATE = "DATE", "When"
    PATHWAY = "PATHWAY", "By which pathway"


class EventType(TextChoices):
    """What a regulator or an applicant did; in the order in which events of one day count."""

    IND_CLEARED = "IND_CLEARED", "Clinical study cleared to start"
    DESIGNATION_ORPHAN = "DESIGNATION_ORPHAN", "Orphan designation"
    DESIGNATION_BREAKTHROUGH = "DESIGNATION_BREAKTHROUGH", "Breakthrough therapy designation"
    DESIGNATION_RMAT = "DESIGNATION_RMAT", "RMAT designation"
    DESIGNATION_PRIME = "DESIGNATION_PRIME", "PRIME designation"
    PRIORITY_REVIEW = "PRIORITY_REVIEW", "Priority review"
    SUBMITTED = "SUBMITTED", "Application submitted"
    ACCEPTED = "ACCEPTED", "Application accepted for review"
    APPROVED = "APPROVED", "Approved"
    CONVERTED_TO_FULL = "CONVERTED_TO_FULL", "Converted to full approval"
    LABEL_CHANGED = "LABEL_CHANGED", "Label changed"
    HOLDER_CHANGED = "HOLDER_CHANGED", "Holder changed"
    REIMBURSEMENT_REVIEW = "REIMBURSEMENT_REVIEW", "Reimbursement under review"
    REIMBURSEMENT_LISTED = "REIMBURSEMENT_LISTED", "Reimbursement listed"
    CLINICAL_HOLD = "CLINICAL_HOLD", "Clinical hold"
    HOLD_LIFTED = "HOLD_LIFTED", "Clinical hold lifted"
    REFUSED = "REFUSED", "Refused"
    APPLICATION_WITHDRAWN = "APPLICATION_WITHDRAWN", "Application withdrawn"
    AUTHORIZATION_WITHDRAWN = "AUTHORIZATION_WITHDRAWN", "Authorization withdrawn"


class Status(TextChoices):
    """A regulatory status. It is derived from events and never stored in a working copy; highest first."""

    APPROVED = "APPROVED", "Approved"
    APPROVED_CONDITIONAL = "APPROVED_CONDITIONAL", "Approved with conditions"
    UNDER_REVIEW = "UNDER_REVIEW", "Under review"
    INVESTIGATIONAL = "INVESTIGATIONAL", "Investigational"
    AUTHORIZATION_WITHDRAWN = "AUTHORIZATION_WITHDRAWN", "Authorization withdrawn"
    APPLICATION_WITHDRAWN = "APPLICATION_WITHDRAWN", "Application withdrawn"
    REFUSED = "REFUSED", "Refused"
    NOT_AUTHORIZED = "NOT_AUTHORIZED", "Not authorized"
    NO_RECORD = "NO_RECORD", "No record"
    UNKNOWN = "UNKNOWN", "Unknown"


class AppliesTo(TextChoices):
    """How many of the indications on record in a jurisdiction have the jurisdiction's status."""

    ALL = "ALL", "All indications on record"
    SOME = "SOME", "Some of the indications on record"
