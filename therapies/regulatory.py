"""The status of a therapy in a jurisdiction, from its regulatory cases there."""

from __future__ import annotations

from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING

from therapies import jurisdictions, status
from therapies.sentences import status_sentence

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from content_api.canonical_json import Json

_FROM_LEADING = (
    *("since", "since_precision", "since_precision_label", "pathway", "pathway_label"),
    *("disputes", "verification", "decided_on", "place"),
)
_NO_CASE = status.Standing().members()


def by_jurisdiction(therapy: str, cases: Sequence[Json], pulled_in: Sequence[str] = ()) -> list[Json]:
    """Return the status of a therapy in each jurisdiction of its cases, in the order of their codes.

    A case that was pulled is not shown, but its jurisdiction is: what stood on it is not known for now.
    """
    ordered = sorted([*cases, *map(_pulled, pulled_in)], key=itemgetter("jurisdiction", "slug"))
    places = [(code, list(group)) for code, group in groupby(ordered, itemgetter("jurisdiction"))]
    return [
        {"jurisdiction": code, **summary(therapy, group), "approvals": [one for one in group if one in cases]}
        for code, group in places
    ]


def summary(therapy: str, cases: Sequence[Json], *, place: str = "", as_of: date | None = None) -> Json:
    """Return the status of a therapy in a jurisdiction: the highest of its cases there.

    Since when, and by which pathway, is that of the case that has had it longest; a doubt about any case is a doubt
    about the jurisdiction. `place` names the jurisdiction where there is no case.
    """
    highest = status.highest(cases)
    leading = sorted((one for one in cases if one["status"] == highest), key=lambda one: str(one["since"]))
    first = leading[0] if leading else {**_NO_CASE, "place": place}
    standing = {
        **status.labeled("status", highest),
        "authorized": highest in status.AUTHORIZED,
        **status.labeled("applies_to", status.applies_to(cases, highest)),
        **{name: first[name] for name in _FROM_LEADING},
        "checked_on": max((one["checked_on"] for one in cases if one["checked_on"]), default=None),
        **{name: any(one[name] for one in cases) for name in ("on_hold", "disputed", "uncertain", "under_correction")},
    }
    return {**standing, "sentence": status_sentence(therapy, first["place"], standing, as_of)}


def _pulled(code: str) -> Json:
    standing = status.UNDER_CORRECTION.members()
    return {**standing, "jurisdiction": code, "slug": "", "place": jurisdictions.name_in_sentence(code)}
