"""The pages on which editors write this app's kinds, in the order in which the work is done."""

from therapies.admin.approval import ApprovalAdmin, ApprovalEventAdmin
from therapies.admin.terms import (
    OrganizationAdmin,
    SourceAdmin,
    TargetAdmin,
    TherapyClassAdmin,
    TherapyClassRiskAdmin,
    TumorTypeAdmin,
)
from therapies.admin.therapy import TherapyAdmin
from therapies.admin.trial import TrialAdmin, TrialArmAdmin, TrialResultAdmin

__all__ = [
    "ApprovalAdmin",
    "ApprovalEventAdmin",
    "OrganizationAdmin",
    "SourceAdmin",
    "TargetAdmin",
    "TherapyAdmin",
    "TherapyClassAdmin",
    "TherapyClassRiskAdmin",
    "TrialAdmin",
    "TrialArmAdmin",
    "TrialResultAdmin",
    "TumorTypeAdmin",
]
