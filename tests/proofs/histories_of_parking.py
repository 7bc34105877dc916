"""What is live is corrected in a history: a half-written text is set aside for it, and comes back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from content_api.editorial import actions as editorial
from content_api.editorial import queries
from content_api.editorial.models import ParkedText
from tests.proofs.histories import Writing, item_row

if TYPE_CHECKING:
    from collections.abc import Collection

    from tests.proofs.rules import Item
    from tests.proofs.rules_of_parking import Parked

# Where the product says that both changed a member: a mark that only one of them still has differs as a row.
_PLACES = {"seen_with": ("marks/mark", "marks/mark/seen_with")}


@dataclass
class Correcting(Writing):
    """What is written, reviewed and corrected in one history."""

    def park(self, item: Item, person: str) -> None:
        """Set a working copy aside."""
        refusals = self.model.park_refusals(item, person)
        done, parked = self.attempt(
            refusals, editorial.park, item=item_row(item.key), person=self.people[person], now=self.now
        )
        if done:
            self.model.park(str(parked.pk), item, person)

    def bring_back(self, parked: Parked, person: str, kept: Collection[str] = (), *, seen: bool = True) -> None:
        """Bring a text back, keeping its words of some members; not `seen`, by somebody who saw another working copy."""
        refusals = self.model.return_refusals(parked, person, kept)
        done, _ = self.attempt(
            refusals | ({"not-what-was-shown"} if not seen else set()),
            editorial.bring_back,
            parked=ParkedText.objects.get(pk=parked.key),
            person=self.people[person],
            draft_sha256=queries.draft_sha256(item_row(parked.item.key)) if seen else "",
            keep=[place for name in kept for place in _PLACES.get(name, (name,))],
            now=self.now,
        )
        if done:
            self.model.bring_back(parked, person, kept)
