"""The closed vocabularies of this app. No model is imported here, so that the public shapes may use the words."""

from django.db.models import TextChoices


class Topic(TextChoices):
    """What a question is about; one question has one topic."""

    ACCESS = "ACCESS", "Approval and access"  # states a status: only by slots
    BENEFIT = "BENEFIT", "What it can do"
    BIOLOGY = "BIOLOGY", "How it works, and why solid tumors are hard"
    EVIDENCE = "EVIDENCE", "What studies show, and what stays uncertain"
    ELIGIBILITY = "ELIGIBILITY", "Who may be considered"
    TREATMENT = "TREATMENT", "How treatment proceeds"
    RISKS = "RISKS", "Risks"
    ALTERNATIVES = "ALTERNATIVES", "Other treatments"
    SUPPORTIVE_CARE = "SUPPORTIVE_CARE", "Supportive care"
    CAREGIVING = "CAREGIVING", "For caregivers"
    DECIDING = "DECIDING", "Before deciding"
    RED_FLAGS = "RED_FLAGS", "Red flags"


class Audience(TextChoices):
    PATIENT = "PATIENT", "Patients"
    CAREGIVER = "CAREGIVER", "Caregivers"
    CLINICIAN = "CLINICIAN", "Clinicians"


class Placement(TextChoices):
    """Where a site shows a disclaimer."""

    PAGE_END = "PAGE_END", "At the end of the page"
    BEFORE_FAQ = "BEFORE_FAQ", "Before the questions"
    INLINE = "INLINE", "Within the text"


class ClauseType(TextChoices):
    """What a clause of a disclaimer says."""

    NOT_PROVIDER = "NOT_PROVIDER", "Not a provider of care"  # never goes to the site of a provider
    NOT_ADVICE = "NOT_ADVICE", "Not medical advice"
    CONSULT = "CONSULT", "Speak with your care team"
    CURRENCY = "CURRENCY", "How current it is"
    NO_OUTCOME_PROMISE = "NO_OUTCOME_PROMISE", "No promise of an outcome"
    INVESTIGATIONAL = "INVESTIGATIONAL", "What is still being studied"
    NO_ENDORSEMENT = "NO_ENDORSEMENT", "No endorsement"
    SOURCE_BODIES = "SOURCE_BODIES", "Where the content comes from"
    SUPPORTIVE_CARE = "SUPPORTIVE_CARE", "Supportive care goes alongside treatment"
    ACUTE_TOXICITY = "ACUTE_TOXICITY", "Signs that need help at once"
