"""What the lists of this app's kinds can be filtered by."""

from __future__ import annotations

from content_api.delivery.filters import CodeFilter, DateFilter, EditionFilters, FacetFilter, ReferenceFilter
from therapies.jurisdictions import CODES
from therapies.trial_vocabulary import OverallStatus, Phase
from therapies.vocabulary import CellOrigin, EventType, OrganizationRole, SourceType, Status, TumorGroup

_PLACES = sorted(CODES)
_CODES_OF_TARGETS = ("HGNC", "UNIPROT", "NCIT", "MESH")
_CODES_OF_TUMOR_TYPES = ("NCIT", "ONCOTREE", "ICD10", "ICD11", "MONDO", "MESH", "SNOMED")
_WITH_WIDER = "Slugs or ids of tumor types; what lies below them counts too."


class OrganizationFilters(EditionFilters):
    """What organizations can be found by."""

    role = FacetFilter(OrganizationRole, help_text="What the organization does.")
    country = FacetFilter(_PLACES, help_text="Where it is: ISO 3166-1 alpha-2, or EU.")


class SourceFilters(EditionFilters):
    """What sources can be found by."""

    type = FacetFilter(SourceType, help_text="What sort of document it is.")
    published_after = DateFilter("published_on", "gte", help_text="Published on that day or later.")
    doi = FacetFilter(
        pattern=r"10\.[0-9]{4,9}/[^\s,]+",
        says="Write the bare DOI, such as 10.1016/S0140-6736(25)00860-8.",
        help_text="The bare DOI, without https://doi.org/.",
    )
    code = CodeFilter(("DOI", "PMID"))


class TargetFilters(EditionFilters):
    """What targets can be found by."""

    gene = FacetFilter(
        pattern=r"[A-Za-z0-9-]{1,40}",
        says="Write the HGNC symbol, such as CLDN18.",
        help_text="The HGNC symbol of the gene.",
    )
    code = CodeFilter(_CODES_OF_TARGETS)


class TumorTypeFilters(EditionFilters):
    """What tumor types can be found by."""

    group = FacetFilter(TumorGroup, help_text="Solid tumors, or blood cancers.")
    parent = ReferenceFilter("tumor_type", help_text="Slugs or ids of the tumor types directly above.")
    code = CodeFilter(_CODES_OF_TUMOR_TYPES)


class TherapyClassFilters(EditionFilters):
    """What therapy classes can be found by."""

    engineered = FacetFilter(("true", "false"), help_text="Are the cells genetically engineered?")


class TherapyFilters(EditionFilters):
    """What therapies can be found by."""

    therapy_class = ReferenceFilter("therapy_class", help_text="Slugs or ids of therapy classes.")
    target = ReferenceFilter("target", help_text="Slugs or ids of targets.")
    tumor_type = ReferenceFilter("tumor_type", descends="parent", help_text=_WITH_WIDER)
    developer = ReferenceFilter("organization", help_text="Slugs or ids of organizations.")
    cell_origin = FacetFilter(CellOrigin, help_text="Whose cells they are made from.")
    approved_in = FacetFilter(
        _PLACES,
        help_text="Approved there, also with conditions, for at least one indication. A member of the EU counts what "
        "the EU approved.",
    )
    investigational_in = FacetFilter(
        _PLACES,
        help_text="Not approved there for any indication, and investigational or under review for at least one. A "
        "member of the EU counts the EU's cases.",
    )


class ApprovalFilters(EditionFilters):
    """What regulatory cases can be found by."""

    therapy = ReferenceFilter("therapy", help_text="Slugs or ids of therapies.")
    therapy_class = ReferenceFilter("therapy_class", help_text="Slugs or ids of the therapies' classes.")
    tumor_type = ReferenceFilter("tumor_type", descends="parent", help_text=_WITH_WIDER)
    jurisdiction = FacetFilter(_PLACES, help_text="ISO 3166-1 alpha-2, or EU.")
    authority = ReferenceFilter("organization", help_text="Slugs or ids of the authorities that decide.")
    status = FacetFilter(Status, help_text="The status that all events known in the release lead to.")
    authorized = FacetFilter(("true", "false"), help_text="Is the therapy authorized there for this indication?")
    event_type = FacetFilter(EventType, help_text="At least one such event counts towards the status.")
    decided_after = DateFilter("decided_on", "gte", help_text="The latest decision fell on that day or later.")
    decided_before = DateFilter("decided_on", "lte", help_text="The latest decision fell on that day or earlier.")


class TrialFilters(EditionFilters):
    """What trials can be found by."""

    therapy = ReferenceFilter("therapy", help_text="Slugs or ids of therapies.")
    condition = ReferenceFilter("tumor_type", descends="parent", help_text=_WITH_WIDER)
    phase = FacetFilter(Phase, help_text="A trial of phase 1/2 is found by either.")
    overall_status = FacetFilter(OverallStatus, help_text="Where the trial stands in its registry.")
    sponsor = ReferenceFilter("organization", help_text="Slugs or ids of sponsors.")
    country = FacetFilter(_PLACES, help_text="Where it recruits or recruited: ISO 3166-1 alpha-2, or EU.")
    registry_id = FacetFilter(
        pattern=r"[A-Za-z0-9-]{4,60}",
        says="Write it as the registry does, such as NCT04581473.",
        help_text="The id in a registry, as the registry writes it.",
    )
    has_results = FacetFilter(("true", "false"), help_text="Is a result on record here?")
    code = CodeFilter(("NCT", "CHICTR", "EUCT", "ISRCTN"))
