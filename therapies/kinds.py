"""The kinds of content of this app, as the platform needs to know them."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from content_api.kinds import Kind, ReviewRole, register
from therapies import (
    cards,
    checks,
    facets,
    facts,
    filters,
    linked_data,
    models,
    searchable,
    serializers,
    trial_checks,
    trial_sentences,
)
from therapies.views import StatusView

if TYPE_CHECKING:
    from content_api.canonical_json import Json


def register_kinds() -> None:
    """Make the kinds of this app known to the platform."""
    for kind in KINDS:
        register(kind)


def _name(content: Json) -> str:
    return str(content["name"])


def _title(content: Json) -> str:
    return str(content["title"])


def _medical_and_regulatory(_content: Json) -> frozenset[ReviewRole]:
    return frozenset({ReviewRole.MEDICAL, ReviewRole.REGULATORY})


KINDS = (
    Kind(
        name="organization",
        collection="organizations",
        plural="organizations",
        model=models.Organization,
        serializer=serializers.OrganizationSerializer,
        filters=filters.OrganizationFilters,
        name_of=_name,
        card=cards.organization,
        facets=facets.organization,
        facts=facts.organization,
        check=partial(checks.term, "organization"),
    ),
    Kind(
        name="source",
        collection="sources",
        plural="sources",
        model=models.Source,
        serializer=serializers.SourceSerializer,
        filters=filters.SourceFilters,
        name_of=_title,
        card=cards.source,
        facets=facets.source,
        facts=facts.source,
        searchable=searchable.SOURCE,
        orderings=("published_on",),
        check=checks.source,
    ),
    Kind(
        name="target",
        collection="targets",
        plural="targets",
        model=models.Target,
        serializer=serializers.TargetSerializer,
        filters=filters.TargetFilters,
        name_of=_name,
        card=cards.target,
        facets=facets.target,
        facts=facts.target,
        searchable=searchable.TARGET,
        check=partial(checks.term, "target"),
    ),
    Kind(
        name="tumor_type",
        collection="tumor-types",
        plural="tumor_types",
        model=models.TumorType,
        serializer=serializers.TumorTypeSerializer,
        filters=filters.TumorTypeFilters,
        name_of=_name,
        card=cards.tumor_type,
        facets=facets.tumor_type,
        facts=facts.tumor_type,
        branches="parent",
        searchable=searchable.TUMOR_TYPE,
        check=partial(checks.term, "tumor_type"),
    ),
    Kind(
        name="therapy_class",
        collection="therapy-classes",
        plural="therapy_classes",
        model=models.TherapyClass,
        serializer=serializers.TherapyClassSerializer,
        filters=filters.TherapyClassFilters,
        name_of=_name,
        card=cards.therapy_class,
        facets=facets.therapy_class,
        facts=facts.therapy_class,
        searchable=searchable.THERAPY_CLASS,
        check=partial(checks.term, "therapy_class"),
    ),
    Kind(
        name="therapy",
        collection="therapies",
        plural="therapies",
        model=models.Therapy,
        serializer=serializers.TherapySerializer,
        filters=filters.TherapyFilters,
        name_of=_name,
        card=cards.therapy,
        facets=facets.therapy,
        facts=facts.therapy,
        set_facts=facts.THERAPIES,
        set_keys=facts.THERAPIES_BY,
        set_values=facts.WORDS,
        searchable=searchable.THERAPY,
        linked_data=linked_data.THERAPY,
        check=checks.therapy,
        subresources=(("status", StatusView),),
    ),
    Kind(
        name="approval",
        collection="approvals",
        plural="approvals",
        model=models.Approval,
        serializer=serializers.ApprovalSerializer,
        filters=filters.ApprovalFilters,
        name_of=_title,
        card=cards.approval,
        facets=facets.approval,
        facts=facts.approval,
        set_facts=facts.APPROVALS,
        set_keys=facts.APPROVALS_BY,
        set_values=facts.WORDS,
        searchable=searchable.APPROVAL,
        linked_data=linked_data.APPROVAL,
        orderings=("decided_on",),
        check=checks.approval,
        required_roles=_medical_and_regulatory,
        quoting_roles=frozenset({ReviewRole.REGULATORY}),
    ),
    Kind(
        name="trial",
        collection="trials",
        plural="trials",
        model=models.Trial,
        serializer=serializers.TrialSerializer,
        filters=filters.TrialFilters,
        name_of=trial_sentences.short_name,
        card=cards.trial,
        facets=facets.trial,
        facts=facts.trial,
        set_facts=facts.TRIALS,
        set_keys=facts.TRIALS_BY,
        set_values=facts.WORDS,
        orderings=("start",),
        searchable=searchable.TRIAL,
        linked_data=linked_data.TRIAL,
        check=trial_checks.trial,
    ),
)
