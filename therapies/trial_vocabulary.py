"""The closed vocabularies of trials. Spellings are those of the ClinicalTrials.gov API, version 2.

No model is imported here, so that the public shapes may use the words without touching a working copy.
"""

from django.db.models import TextChoices


class Registry(TextChoices):
    NCT = "NCT", "ClinicalTrials.gov"
    CHICTR = "CHICTR", "Chinese Clinical Trial Registry"
    EUCT = "EUCT", "EU Clinical Trials Information System"
    ISRCTN = "ISRCTN", "ISRCTN registry"
    OTHER = "OTHER", "Other identifier"  # a sponsor's protocol number; it proves no registration


class Phase(TextChoices):
    """One phase. A trial of phase 1/2 has both."""

    NA = "NA", "Not applicable"
    EARLY_PHASE1 = "EARLY_PHASE1", "Early phase 1"
    PHASE1 = "PHASE1", "Phase 1"
    PHASE2 = "PHASE2", "Phase 2"
    PHASE3 = "PHASE3", "Phase 3"
    PHASE4 = "PHASE4", "Phase 4"


class StudyType(TextChoices):
    INTERVENTIONAL = "INTERVENTIONAL", "Interventional"
    OBSERVATIONAL = "OBSERVATIONAL", "Observational"
    EXPANDED_ACCESS = "EXPANDED_ACCESS", "Expanded access"


class Allocation(TextChoices):
    RANDOMIZED = "RANDOMIZED", "Randomized"
    NON_RANDOMIZED = "NON_RANDOMIZED", "Not randomized"
    NA = "NA", "Not applicable"


class Masking(TextChoices):
    NONE = "NONE", "None (open label)"
    SINGLE = "SINGLE", "Single"
    DOUBLE = "DOUBLE", "Double"
    TRIPLE = "TRIPLE", "Triple"
    QUADRUPLE = "QUADRUPLE", "Quadruple"


class InterventionModel(TextChoices):
    SINGLE_GROUP = "SINGLE_GROUP", "Single group"
    PARALLEL = "PARALLEL", "Parallel groups"
    CROSSOVER = "CROSSOVER", "Crossover"
    FACTORIAL = "FACTORIAL", "Factorial"
    SEQUENTIAL = "SEQUENTIAL", "Sequential"


class PrimaryPurpose(TextChoices):
    TREATMENT = "TREATMENT", "Treatment"
    PREVENTION = "PREVENTION", "Prevention"
    DIAGNOSTIC = "DIAGNOSTIC", "Diagnosis"
    ECT = "ECT", "Educational, counseling or training"
    SUPPORTIVE_CARE = "SUPPORTIVE_CARE", "Supportive care"
    SCREENING = "SCREENING", "Screening"
    HEALTH_SERVICES_RESEARCH = "HEALTH_SERVICES_RESEARCH", "Health services research"
    BASIC_SCIENCE = "BASIC_SCIENCE", "Basic science"
    DEVICE_FEASIBILITY = "DEVICE_FEASIBILITY", "Device feasibility"
    OTHER = "OTHER", "Other"


class OverallStatus(TextChoices):
    """Where a trial stands in its registry. APPROVED_FOR_MARKETING ends expanded access; it is no regulatory status."""

    NOT_YET_RECRUITING = "NOT_YET_RECRUITING", "Not yet recruiting"
    RECRUITING = "RECRUITING", "Recruiting"
    ENROLLING_BY_INVITATION = "ENROLLING_BY_INVITATION", "Enrolling by invitation"
    ACTIVE_NOT_RECRUITING = "ACTIVE_NOT_RECRUITING", "Active, not recruiting"
    SUSPENDED = "SUSPENDED", "Suspended"
    TERMINATED = "TERMINATED", "Terminated"
    COMPLETED = "COMPLETED", "Completed"
    WITHDRAWN = "WITHDRAWN", "Withdrawn before enrollment"
    AVAILABLE = "AVAILABLE", "Expanded access available"
    NO_LONGER_AVAILABLE = "NO_LONGER_AVAILABLE", "Expanded access no longer available"
    TEMPORARILY_NOT_AVAILABLE = "TEMPORARILY_NOT_AVAILABLE", "Expanded access temporarily not available"
    APPROVED_FOR_MARKETING = "APPROVED_FOR_MARKETING", "Expanded access ended on marketing approval"
    WITHHELD = "WITHHELD", "Withheld"
    UNKNOWN = "UNKNOWN", "Unknown"


class DateType(TextChoices):
    """Whether a day, or a number of participants, is known or expected."""

    ACTUAL = "ACTUAL", "Actual"
    ESTIMATED = "ESTIMATED", "Estimated"


class ArmType(TextChoices):
    EXPERIMENTAL = "EXPERIMENTAL", "Experimental"
    ACTIVE_COMPARATOR = "ACTIVE_COMPARATOR", "Active comparator"
    PLACEBO_COMPARATOR = "PLACEBO_COMPARATOR", "Placebo comparator"
    SHAM_COMPARATOR = "SHAM_COMPARATOR", "Sham comparator"
    NO_INTERVENTION = "NO_INTERVENTION", "No intervention"
    OTHER = "OTHER", "Other"


class InterventionType(TextChoices):
    BIOLOGICAL = "BIOLOGICAL", "Biological"
    DRUG = "DRUG", "Drug"
    GENETIC = "GENETIC", "Genetic"
    PROCEDURE = "PROCEDURE", "Procedure"
    RADIATION = "RADIATION", "Radiation"
    DEVICE = "DEVICE", "Device"
    DIAGNOSTIC_TEST = "DIAGNOSTIC_TEST", "Diagnostic test"
    COMBINATION_PRODUCT = "COMBINATION_PRODUCT", "Combination product"
    DIETARY_SUPPLEMENT = "DIETARY_SUPPLEMENT", "Dietary supplement"
    BEHAVIORAL = "BEHAVIORAL", "Behavioral"
    OTHER = "OTHER", "Other"


class CriterionKind(TextChoices):
    INCLUSION = "INCLUSION", "To take part"
    EXCLUSION = "EXCLUSION", "Excludes from taking part"


class CriterionCategory(TextChoices):
    TUMOR = "TUMOR", "Tumor"
    BIOMARKER = "BIOMARKER", "Biomarker"
    PRIOR_THERAPY = "PRIOR_THERAPY", "Earlier treatment"
    FITNESS = "FITNESS", "Fitness"
    ORGAN_FUNCTION = "ORGAN_FUNCTION", "Organ function"
    OTHER = "OTHER", "Other"


class PublicationRole(TextChoices):
    RESULT = "RESULT", "Final results"
    INTERIM = "INTERIM", "Interim results"
    PROTOCOL = "PROTOCOL", "Protocol"
    BACKGROUND = "BACKGROUND", "Background"


class Endpoint(TextChoices):
    PFS = "PFS", "Progression-free survival"
    OS = "OS", "Overall survival"
    ORR = "ORR", "Objective response rate"
    DCR = "DCR", "Disease control rate"
    DOR = "DOR", "Duration of response"
    CRS = "CRS", "Cytokine release syndrome"
    ICANS = "ICANS", "Immune effector cell-associated neurotoxicity syndrome"
    TEAE = "TEAE", "Treatment-emergent adverse events"
    TRAE = "TRAE", "Treatment-related adverse events"
    OTHER = "OTHER", "Other endpoint"


class OutcomeType(TextChoices):
    PRIMARY = "PRIMARY", "Primary endpoint"
    SECONDARY = "SECONDARY", "Secondary endpoint"
    OTHER_PRE_SPECIFIED = "OTHER_PRE_SPECIFIED", "Other pre-specified endpoint"
    POST_HOC = "POST_HOC", "Post hoc analysis"


class Population(TextChoices):
    """Who was counted: the same trial gives other numbers in another population."""

    ITT = "ITT", "Intention-to-treat population"
    MITT = "MITT", "Modified intention-to-treat population"
    SAFETY = "SAFETY", "Safety population"
    AS_TREATED = "AS_TREATED", "As-treated population"


class Parameter(TextChoices):
    MEDIAN = "MEDIAN", "Median"
    PROPORTION = "PROPORTION", "Proportion"
    RATE_AT = "RATE_AT", "Rate at a timepoint"


class Unit(TextChoices):
    PERCENT = "PERCENT", "Percent"
    MONTHS = "MONTHS", "Months"
    WEEKS = "WEEKS", "Weeks"
    DAYS = "DAYS", "Days"


class Measure(TextChoices):
    """How two arms are compared. No difference is 1 for a ratio and 0 for a difference."""

    HR = "HR", "Hazard ratio"
    OR = "OR", "Odds ratio"
    RR = "RR", "Risk ratio"
    DIFF = "DIFF", "Difference"


class Operator(TextChoices):
    """How a p-value is reported."""

    LESS = "<", "Less than"
    EQUAL = "=", "Equal to"
    GREATER = ">", "Greater than"


class Sides(TextChoices):
    """A one-sided p-value is half of the two-sided one that most readers expect."""

    ONE_SIDED = "ONE_SIDED", "One-sided"
    TWO_SIDED = "TWO_SIDED", "Two-sided"
