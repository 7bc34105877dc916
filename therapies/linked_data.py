"""How this app's kinds read in schema.org's words. A legal status is never said without the place where it holds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from content_api.delivery.linked_data import medical_page, present, urn
from content_api.kinds import LinkedData

if TYPE_CHECKING:
    from content_api.canonical_json import Json

_SCHEMA = "https://schema.org/"
_STUDY_STATUS = {
    "ACTIVE_NOT_RECRUITING": "ActiveNotRecruiting",
    "COMPLETED": "Completed",
    "ENROLLING_BY_INVITATION": "EnrollingByInvitation",
    "NOT_YET_RECRUITING": "NotYetRecruiting",
    "RECRUITING": "Recruiting",
    "SUSPENDED": "Suspended",
    "TERMINATED": "Terminated",
    "WITHDRAWN": "Withdrawn",
}
_MASKING = {
    "NONE": "OpenTrial",
    "SINGLE": "SingleBlindedTrial",
    "DOUBLE": "DoubleBlindedTrial",
    "TRIPLE": "TripleBlindedTrial",
}


def therapy(item: Json, base: str) -> Json:
    """Return a page about a therapy: a product as a drug, anything else as a medical therapy."""
    is_product = item["level"] == "PRODUCT"
    names = [item["short_name"], *(alias["name"] for alias in item["aliases"])]
    brands = [alias["name"] for alias in item["aliases"] if alias["type"] == "BRAND_NAME"]
    main = {
        "@type": "Drug" if is_product else "MedicalTherapy",
        "alternateName": list(dict.fromkeys(name for name in names if name != item["name"])),
        "description": item["summary_markdown"],
        "legalStatus": [_legal_status(one) for one in item["regulatory"]],
    }
    of_products = {
        "nonProprietaryName": item["name"],
        "proprietaryName": brands,
        "mechanismOfAction": item["mechanism_markdown"],
        "drugClass": {"@type": "DrugClass", **_named(item["therapy_class"])},
        "manufacturer": item["developer"] and {"@type": "Organization", **_named(item["developer"])},
    }
    return medical_page(item, base, {**main, **(of_products if is_product else {})})


def approval(item: Json, base: str) -> Json:
    """Return a page about a regulatory case: the legal status of a therapy in one place."""
    authority = {"@type": "Organization", **_named(item["authority"])}
    main = {**_legal_status(item), "recognizingAuthority": authority}
    return {
        **medical_page(item, base, main),
        "about": {"@type": "MedicalEntity", **_named(item["therapy"])},
    }


def trial(item: Json, base: str) -> Json:
    """Return a page about a clinical trial."""
    designs = ["RandomizedTrial"] if item["allocation"] == "RANDOMIZED" else []
    designs += [_MASKING[item["masking"]]] if item["masking"] in _MASKING else []
    designs += ["InternationalTrial"] if len(item["countries"]) > 1 else []
    known = _STUDY_STATUS.get(item["overall_status"])
    main = {
        "@type": "MedicalTrial",
        "alternateName": item["title"] if item["title"] != item["name"] else None,
        "identifier": [_identifier(one) for one in item["identifiers"]],
        "description": item["sentence"],
        "status": f"{_SCHEMA}{known}" if known else item["overall_status_label"],
        "healthCondition": [{"@type": "MedicalCondition", **_named(one)} for one in item["conditions"]],
        "sponsor": item["sponsor"] and {"@type": "Organization", **_named(item["sponsor"])},
        "studyLocation": [_place(*one) for one in zip(item["countries"], item["countries_labels"], strict=True)],
        "studySubject": [{"@type": "MedicalEntity", **_named(one)} for one in item["therapies"]],
        "trialDesign": [f"{_SCHEMA}{one}" for one in designs],
    }
    return medical_page(item, base, main)


def _legal_status(standing: Json) -> Json:
    """Return a status with the place where it holds."""
    return {
        "@type": "DrugLegalStatus",
        "name": standing["status_label"],
        "description": standing["sentence"],
        "applicableLocation": _place(standing["jurisdiction"], standing["jurisdiction_label"]),
    }


def _place(code: str, name: str) -> Json:
    return {"@type": "AdministrativeArea", "name": name, "identifier": code}


def _identifier(one: Json) -> Json:
    return {"@type": "PropertyValue", "propertyID": one["registry_label"], "value": one["id"]}


def _named(item: Json) -> Json:
    return present({"@id": urn(item), "name": item["name"]})


APPROVAL, THERAPY, TRIAL = LinkedData(approval), LinkedData(therapy), LinkedData(trial)
