"""Canaries: words that nobody else ever wrote, in every text of what must not be read in public."""

from __future__ import annotations

import re
import secrets
from typing import TYPE_CHECKING, Any

from django.db import models

from content_api import kinds
from content_api.fields import ChoiceListField
from content_api.shapes import Member, MemberType, Shape

if TYPE_CHECKING:
    from collections.abc import Mapping

    from content_api.canonical_json import Json

_GIVEN: dict[str, Any] = {
    # texts that are no free words, and what would ask for more rows than one
    "language": "en-US",
    "indication_language": "en-US",
    "country": "US",
    "jurisdiction": "US",
    "pmid": "",
    "review_interval_days": 90,
    "disputed": [],
    "candidates": [],
    "verification": "VERIFIED",
    "site_roles": [],
    "applies_to_kinds": ["faq"],
    # numbers and keys of a trial's results, which a word would make wrong
    "unit": "MONTHS",
    "value": "7.92",
    "crossed_over_to": "",
    "superseded_by": "",
    "comparison_arm": "",
    "comparison_versus": "",
    "biomarker_polarity": "POSITIVE",
    "biomarker_stated": "LABEL",
    **{f"{one}_precision": "DAY" for one in ("start", "primary_completion", "completion")},
    **{f"{one}_type": "ACTUAL" for one in ("start", "primary_completion", "completion")},
}
_SHORTEST = 20  # characters; a word fits in


class Canaries:
    """The words, and where each was put."""

    def __init__(self) -> None:
        self.mark = f"q{secrets.token_hex(6)}"
        self.places: dict[str, str] = {}

    def new(self, place: str) -> str:
        """Return a word that stands in one place only."""
        word = f"{self.mark}{len(self.places):04d}"
        self.places[word] = place
        return word

    def heard(self, said: str, asked: str = "") -> list[str]:
        """Return the places whose words were said; what was asked for is repeated, and that gives nothing away."""
        words = set(re.findall(f"{self.mark}[0-9]{{4}}|NCT0000[0-9]{{4}}", said, re.IGNORECASE))
        return sorted(self.places.get(word.lower(), word) for word in words if word.lower() not in asked.lower())

    def content(self, kind: str, targets: Mapping[str, str], place: str) -> Json:
        """Return content of a kind with a word in every text; references go to `targets`, by kind."""
        content = self._rows(kinds.get(kind).shape, targets, f"{place} {kind}")
        return self._of_trial(content, f"{place} {kind}") if kind == "trial" else content

    def _of_trial(self, content: Json, place: str) -> Json:
        """Return a trial whose result is of its arm, and that is registered under a number of its own."""
        content["results"][0]["values"][0]["arm"] = content["arms"][0]["key"]
        own, number = content["identifiers"][0], f"NCT{len(self.places):08d}"
        self.places[number.lower()] = f"{place}/identifiers/registered"
        registered = {**own, "key": "registered", "registry": "NCT", "identifier": number}
        content["identifiers"] = [{**own, "registry": "OTHER"}, registered]
        return content

    def _rows(self, shape: Shape, targets: Mapping[str, str], place: str) -> Json:
        return {one.name: self._member(one, targets, f"{place}/{one.name}") for one in shape.members}

    def _member(self, member: Member, targets: Mapping[str, str], place: str) -> Any:
        if member.name in _GIVEN:
            return _GIVEN[member.name]
        match member.type:
            case MemberType.ROWS if member.rows:
                return [self._rows(member.rows, targets, place)]
            case MemberType.REFERENCE:
                return targets[member.kind]
            case MemberType.REFERENCES:
                return [targets[member.kind]]
            case _:
                return self._value(member.field, place)

    def _value(self, field: Any, place: str) -> Any:
        if field.choices:
            return "" if field.blank else field.choices[0][0]
        if field.max_length and field.max_length < _SHORTEST and field.blank:
            return ""
        if isinstance(field, models.CharField | models.TextField):
            return self._text(field, place)
        return _plain(field)

    def _text(self, field: Any, place: str) -> str:
        word = self.new(place)
        if isinstance(field, models.URLField):
            return f"https://{word}.example/"
        return f"10.1234/{word}" if field.name == "doi" else word


def _plain(field: Any) -> Any:
    match field:
        case ChoiceListField():
            return field.vocabulary.values[:1] if field.vocabulary else []
        case models.BooleanField():
            return bool(field.get_default())
        case models.DateField():
            return "2025-03-01"
        case _:
            return field.get_default()
