"""The rules of correcting what is live once more, in plain Python: what is set aside, and how it comes back."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from typing import TYPE_CHECKING

from tests.proofs.readings import Text
from tests.proofs.rules import EDITOR, ROLES_OF, Editing, codes

if TYPE_CHECKING:
    from collections.abc import Collection

    from tests.proofs.rules import Item, Version

MEMBERS = tuple(one.name for one in fields(Text))


@dataclass
class Parked:
    """A text that was set aside."""

    key: str
    item: Item
    base: Version
    text: Text
    upto: int  # how many contributions to the item it contains
    state: str = "PARKED"

    @property
    def writers(self) -> set[str]:
        """Who wrote in it after what was live."""
        return set(self.item.contributions[self.base.upto : self.upto])


class Parking(Editing):
    """What is set aside, beside what is written and reviewed."""

    def __init__(self) -> None:
        super().__init__()
        self.parked: list[Parked] = []

    def park_refusals(self, item: Item, person: str) -> set[str]:
        """Return what stands against setting a working copy aside."""
        live = self.live.get(item.key)
        return codes(
            not_an_editor=EDITOR not in ROLES_OF[person],
            already_parked=any(one.item is item and one.state == "PARKED" for one in self.parked),
            not_live=live is None,
            already_in_review=item.open is not None,
            changed_behind=item.draft != item.recorded,
            nothing_to_park=live is not None and item.draft == live.text,
            slug_in_use=live is not None and self.slug_is_in_use(item.key, live.text.slug),
        )

    def park(self, key: str, item: Item, person: str) -> None:
        """Set a working copy aside, and write what is live in its place."""
        base = self.live[item.key]
        self.parked.append(Parked(key, item, base, item.draft, len(item.contributions)))
        item.draft = base.text
        self.contribute(item, person)

    def return_refusals(self, parked: Parked, person: str, kept: Collection[str]) -> set[str]:
        """Return what stands against bringing a text back."""
        item = parked.item
        is_held = any(one.text == item.draft for one in item.versions) or item.draft == parked.base.text
        return codes(
            not_an_editor=EDITOR not in ROLES_OF[person],
            not_parked=parked.state != "PARKED",
            changed_behind=item.draft != item.recorded,
            unsubmitted_work=not is_held,
            slug_in_use=self.slug_is_in_use(item.key, self.returned(parked, kept).slug),
        )

    def returned(self, parked: Parked, kept: Collection[str]) -> Text:
        """Return the working copy with what a parked text changes; what both changed as it stands, or as is `kept`."""
        item = parked.item
        mine = {name: getattr(parked.text, name) for name in MEMBERS}
        base = {name: getattr(parked.base.text, name) for name in MEMBERS}
        alone = {name for name in MEMBERS if getattr(item.draft, name) == base[name]}
        return replace(item.draft, **{name: mine[name] for name in {*alone, *kept} if mine[name] != base[name]})

    def bring_back(self, parked: Parked, person: str, kept: Collection[str]) -> None:
        """Write a parked text on top of the working copy; who wrote it wrote in that."""
        parked.item.draft = self.returned(parked, kept)
        self.contribute(parked.item, *parked.writers, person)
        parked.state = "BROUGHT_BACK"
