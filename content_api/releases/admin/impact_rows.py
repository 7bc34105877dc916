"""What a set changes elsewhere, as rows that a reviewer marks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from content_api.editorial.admin.differences import differences

if TYPE_CHECKING:
    from content_api.canonical_json import Json
    from content_api.releases.impact import SetReading
    from content_api.releases.models import Release


def impact_rows(reading: SetReading, release: Release) -> list[Json]:
    """Return each text of the impact with its differences; one that is in review here is sent back, not marked."""
    here = {str(one) for one in release.working_copies.values_list("item_id", flat=True)}
    return [
        {"row": row, "changes": differences(row.before, row.after), "is_here": row.content_id in here}
        for row in reading.impact.rows
    ]
