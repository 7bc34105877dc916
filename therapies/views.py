"""The regulatory status of a therapy on a day: read from what is published, and from nothing else."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any, ClassVar

import orjson
from django.db.models import Exists, OuterRef, Subquery

from content_api.delivery.parameters import InvalidValue, Parameter, iso_date, nearest, refuse_invalid, split_list
from content_api.delivery.views import ItemView
from content_api.editions.models import Edition, Facet, Redaction
from therapies.filters import ApprovalFilters
from therapies.jurisdictions import CODES, code_for
from therapies.serializers.status import StatusSerializer
from therapies.status_on_day import Case, case_on, pulled_case, status_in

if TYPE_CHECKING:
    from django.http import HttpResponse

    from content_api.canonical_json import Json


def _codes(text: str) -> list[str]:
    codes = split_list(text)
    for code in codes:
        if code not in CODES:
            offer = nearest(code_for(code) or code, CODES)
            msg = f"There is no jurisdiction “{code}”. {offer} Write ISO 3166-1 alpha-2 codes, or EU."
            raise InvalidValue(msg)
    return codes


JURISDICTION = Parameter(
    "jurisdiction",
    "Where: ISO 3166-1 alpha-2 codes, or EU. Each is answered; a member of the EU with the EU's record too. Without "
    "it, the jurisdictions that have a record.",
    _codes,
    {"type": "array", "items": {"type": "string", "enum": sorted(CODES)}, "minItems": 1, "maxItems": 50},
    is_list=True,
)
AS_OF = Parameter(
    "as_of",
    "What was true on this day, as far as known in the release. Today unless given; with `release` and no `as_of`, "
    "the day of that release. It cannot lie in the future.",
    iso_date,
    {"type": "string", "format": "date"},
)
TUMOR_TYPE = next(one for one in ApprovalFilters.parameters() if one.name == "tumor_type")


class StatusView(ItemView):
    """Where a therapy stood with regulators on a day."""

    operation = "status"
    summary = "The regulatory status of a therapy, by jurisdiction"
    description = (
        "Derived from dated events with their sources, never typed. Two clocks are kept apart: `as_of` is what was true "
        "on a day, `release` is what was published by then."
    )
    shape = StatusSerializer
    parameters: ClassVar[tuple[Parameter, ...]] = (JURISDICTION, AS_OF, TUMOR_TYPE)

    def show(self, edition: Edition) -> HttpResponse:
        """Return the status in each jurisdiction asked for, or in each that has a record."""
        as_of = self._as_of()
        rows = list(self._approvals(edition))
        tags = [str(edition.content_id), *(str(row.content_id) for row in rows)]
        return self.composed(lambda: self._answer(edition, rows, as_of), tags=tags, varies=[as_of])

    def _as_of(self) -> date:
        today = datetime.now(UTC).date()
        as_of: date = self.values.get("as_of") or (self.read.published_at.date() if self.is_pinned else today)
        if as_of > today:
            detail = f"{as_of} lies in the future. Ask for today, {today}, or an earlier day."
            refuse_invalid([{"parameter": "as_of", "detail": detail}])
        return as_of

    def _approvals(self, edition: Edition) -> Any:
        """Return the therapy's cases; of one that was pulled since, no more than that it was there."""
        place = Facet.objects.filter(edition=OuterRef("pk"), name="jurisdiction").values("value")[:1]
        live = Edition.objects.live_in(self.number).filter(kind="approval")
        live = live.having("therapy", [str(edition.content_id)])
        texts = {name: self.texts[name] for name in (TUMOR_TYPE.name,) if name in self.texts}
        narrowed = ApprovalFilters(texts, queryset=live, release=self.number).narrowed()
        is_pulled = Exists(Redaction.objects.filter(edition=OuterRef("pk")))
        return narrowed.annotate(place=Subquery(place), is_pulled=is_pulled).order_by("slug", "content_id")

    def _answer(self, edition: Edition, rows: list[Any], as_of: date) -> Json:
        therapy = orjson.loads(edition.card)
        named = self.is_pinned or "as_of" in self.values
        cases: list[Case] = [
            pulled_case(row.place) if row.is_pulled else case_on(orjson.loads(row.body), as_of, named=named)
            for row in rows
        ]
        cases += [pulled_case(code) for code in therapy["pulled_in"]]
        codes = self.values.get("jurisdiction") or sorted({case.jurisdiction for case in cases})
        day = as_of if named else None
        return {
            "therapy": {name: therapy[name] for name in ("id", "kind", "slug", "name", "url", "short_name")},
            "release": self.number,
            "as_of": as_of.isoformat(),
            "jurisdictions": [status_in(code, therapy["short_name"], cases, day) for code in codes],
        }
