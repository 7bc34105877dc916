r"""What lists can be filtered by: django-filter FilterSets over the facets of editions.

A content app declares one FilterSet for each kind, and names it in its Kind:

    class ApprovalFilters(EditionFilters):
        therapy = ReferenceFilter("therapy", help_text="…")              # slugs or ids; facet values are ids
        tumor_type = ReferenceFilter("tumor_type", descends="parent")    # with what lies below it
        status = FacetFilter(Status, help_text="…")                      # a closed vocabulary
        authorized = FacetFilter(("true", "false"))
        doi = FacetFilter(pattern=r"10\..+", says="Write a DOI, such as 10.1056/NEJMoa2410000.")
        decided_after = DateFilter("decided_on", "gte", help_text="…")   # facet values are ISO dates
        code = CodeFilter(["NCT", "EUCT"])                               # facet values are `NCT|NCT04581473`

The facet is called as the filter, unless `facet=` says otherwise. A comma means any of; filters narrow together.
"""

from content_api.delivery.filters.base import QueryFilter
from content_api.delivery.filters.editions import EditionFilters
from content_api.delivery.filters.facets import CodeFilter, DateFilter, FacetFilter, ReferenceFilter

__all__ = ["CodeFilter", "DateFilter", "EditionFilters", "FacetFilter", "QueryFilter", "ReferenceFilter"]
