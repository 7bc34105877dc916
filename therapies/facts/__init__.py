"""What prose may quote of this app's kinds, in the words in which the records themselves are told.

A path leads to a member, child rows by their key. What is not known has no path, so a text that asks for it is
refused instead of reading “None”. A statement that nothing verified stands on, and a result whose place a later one
took, say why they may not be quoted. Names (of a therapy, a trial, a place) are no statements, and always may.
"""

from therapies.facts.approval import approval
from therapies.facts.sets import APPROVALS, APPROVALS_BY, THERAPIES, THERAPIES_BY, TRIALS, TRIALS_BY, WORDS
from therapies.facts.terms import organization, source, target, therapy_class, tumor_type
from therapies.facts.therapy import therapy
from therapies.facts.trial import trial

__all__ = [
    "APPROVALS",
    "APPROVALS_BY",
    "THERAPIES",
    "THERAPIES_BY",
    "TRIALS",
    "TRIALS_BY",
    "WORDS",
    "approval",
    "organization",
    "source",
    "target",
    "therapy",
    "therapy_class",
    "trial",
    "tumor_type",
]
