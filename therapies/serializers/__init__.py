"""The public shapes of this app's kinds."""

from therapies.serializers.approval import ApprovalSerializer
from therapies.serializers.terms import (
    OrganizationSerializer,
    SourceSerializer,
    TargetSerializer,
    TherapyClassSerializer,
    TumorTypeSerializer,
)
from therapies.serializers.therapy import TherapySerializer
from therapies.serializers.trial import TrialSerializer

__all__ = [
    "ApprovalSerializer",
    "OrganizationSerializer",
    "SourceSerializer",
    "TargetSerializer",
    "TherapyClassSerializer",
    "TherapySerializer",
    "TrialSerializer",
    "TumorTypeSerializer",
]
