"""Where search looks in what is delivered of each kind: names first, aliases and outside codes among them."""

from content_api.kinds import Searchable

_CODES = "codes.*.code"

SOURCE = Searchable(title=("name", "doi", "pmid"))
TARGET = Searchable(title=("name", "gene", "aliases.*.name", _CODES), body=("codes.*.display", "expression.*.tissue"))
TUMOR_TYPE = Searchable(title=("name", _CODES), body=("codes.*.display",))
THERAPY_CLASS = Searchable(
    title=("name", "abbreviation"),
    short=("definition_markdown",),
    body=("risks.*.term", "risks.*.description_markdown"),
)
THERAPY = Searchable(
    title=("name", "short_name", "aliases.*.name"),
    short=("summary_markdown", "therapy_class.name", "targets.*.name", "tumor_types.*.name", "developer.name"),
    body=(
        "mechanism_markdown",
        *("construct.binder", "construct.costimulatory", "construct.signaling"),
        *("treatment_steps.*.type_label", "treatment_steps.*.description_markdown"),
        *("risks.*.term", "risks.*.description_markdown"),
    ),
)
APPROVAL = Searchable(
    title=("name", "title", "therapy.name", "therapy.short_name"),
    short=("sentence", "indication.summary_markdown", "jurisdiction_label", "authority.name", "tumor_types.*.name"),
    body=("indication.verbatim", "checks.*.finding", "events.*.note", "holders.*.holder.name"),
)
TRIAL = Searchable(
    title=("name", "title", "acronym", "identifiers.*.id"),
    short=("sentence", "therapies.*.name", "therapies.*.short_name", "conditions.*.name", "sponsor.name"),
    body=(
        *("arms.*.label", "arms.*.description", "arms.*.interventions.*.name"),
        *("eligibility.*.text_markdown", "results.*.sentence", "countries_labels.*"),
    ),
)
