"""The story that the seed tells: one folder for each release, in the order of their names.

A folder holds `release.yaml` and one file for each kind that it publishes, named as the kind's collection. A file
maps the first slug of an item to its content. A later folder says only what changes, and why.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from content_api import kinds
from content_api.canonical_json import Json, sha256
from content_api.editorial.models import ChangeType
from content_api.refusals import Refused, nearest
from content_api.rendering.slots import slots_of
from content_api.seeding.contents import Reading, content_id, merged
from content_api.seeding.yaml_files import read
from content_api.shapes import MemberType

if TYPE_CHECKING:
    from pathlib import Path

    from content_api.kinds import Kind

_RELEASE = {"title": "", "notes": "", "urgency": "ROUTINE", "withdrawals": []}
_WITHDRAWAL = {"kind", "slug", "reason", "public_note", "partner_action", "replaced_by"}
_CHANGES = [ChangeType.WORLD_CHANGED.value, ChangeType.CORRECTION.value, ChangeType.EDITORIAL.value]


@dataclass(frozen=True)
class Entry:
    """An item as a release publishes it."""

    kind: Kind
    name: str  # the first slug it had
    place: str  # for messages: file and name
    content: Json
    change_type: str
    change_note: str

    @property
    def content_id(self) -> uuid.UUID:
        """The id of its content item."""
        return uuid.UUID(content_id(self.kind.name, self.name))

    @property
    def sha256(self) -> str:
        """The hash that a version of it has."""
        return sha256(self.content)


@dataclass(frozen=True)
class Withdrawal:
    """An item that a release takes down."""

    content_id: uuid.UUID
    reason: str
    public_note: str
    partner_action: str
    replaced_by: uuid.UUID | None


@dataclass(frozen=True)
class Stage:
    """One release of the story."""

    title: str
    notes: str
    urgency: str
    entries: list[Entry]
    withdrawals: list[Withdrawal]


def load(folder: Path) -> list[Stage]:
    """Return the releases of a folder of seed files; raises Refused with every mistake in them."""
    story = _Story()
    folders = sorted(one for one in folder.iterdir() if one.is_dir()) if folder.is_dir() else []
    if not folders:
        raise Refused("seed-missing", f"{folder}: there is no folder with a release in it. Restore the seed files.")
    stages = [story.stage(one) for one in folders]
    if problems := story.reading.problems:
        found = "1 mistake" if len(problems) == 1 else f"{len(problems)} mistakes"
        text = "\n".join(f"- {problem}" for problem in problems)
        raise Refused("seed-mistakes", f"The seed files hold {found}, so nothing was written:\n{text}")
    return stages


class _Story:
    """What the releases read so far say of every item."""

    def __init__(self) -> None:
        self.reading = Reading()
        self.known: dict[tuple[str, str], Json] = {}  # (kind, first slug) → all that the files say of it so far

    def stage(self, folder: Path) -> Stage:
        """Read the next release."""
        release = self._release(folder)
        said = [
            (kind, name, raw, f"{folder.name}/{file}: {name}")
            for kind, file, items in self._files(folder)
            for name, raw in items.items()
        ]
        changes = [self._note(*one) for one in said]  # all of them before the first reference is looked up
        entries = [
            self._entry(kind, name, place, change) for (kind, name, _, place), change in zip(said, changes, strict=True)
        ]
        withdrawals = [
            self._withdrawal(raw, f"{folder.name}/release.yaml: /withdrawals/{index}")
            for index, raw in enumerate(release["withdrawals"] or [])
        ]
        return Stage(release["title"], release["notes"], release["urgency"], in_order(entries), withdrawals)

    def _release(self, folder: Path) -> Json:
        release = self._members(read(folder / "release.yaml"), set(_RELEASE), f"{folder.name}/release.yaml: ")
        if not release.get("title"):
            self._add(f"{folder.name}/release.yaml: /title: give the release a title that tells readers what happened.")
        return {**_RELEASE, **release}

    def _files(self, folder: Path) -> list[tuple[Kind, str, Json]]:
        """Return the kinds that a folder publishes, with what is said of each item."""
        by_stem = {kind.collection.replace("-", "_"): kind for kind in kinds.all_kinds()}
        paths = sorted(path for path in folder.glob("*.yaml") if path.name != "release.yaml")
        for path in paths:
            if path.stem not in by_stem:
                self._add(f"{folder.name}/{path.name}: no kind has this file. {nearest(path.stem, by_stem)}")
        return [(by_stem[path.stem], path.name, read(path)) for path in paths if path.stem in by_stem]

    def _note(self, kind: Kind, name: str, raw: Any, place: str) -> tuple[str, str]:
        """Add what a release says of an item to what was said before; return why it changes."""
        raw = self._mapping(raw, place)
        change, before = raw.pop("change", None), self.known.get((kind.name, name))
        if before is None:
            self.reading.names.setdefault(kind.name, set()).add(name)
            self.known[kind.name, name] = {"slug": name, **raw}
            return self._check_is_new(kind, name, change, place)
        self.known[kind.name, name] = merged(kind.shape, before, raw)
        if self.known[kind.name, name] == before:
            self._add(f"{place}: this changes nothing. Take it out, or say what changes.")
        return self._change(change, place)

    def _check_is_new(self, kind: Kind, name: str, change: Any, place: str) -> tuple[str, str]:
        if change is not None:
            hint = nearest(name, self.reading.names[kind.name] - {name})
            self._add(f"{place}: no earlier release has this {kind.label}, so nothing changes. {hint}")
        return "", ""

    def _change(self, change: Any, place: str) -> tuple[str, str]:
        if not isinstance(change, dict) or change.keys() != {"type", "note"} or not change["note"]:
            self._add(f"{place}: an earlier release has it. Say why it changes: “change: {{type: …, note: …}}”.")
            return "", ""
        if change["type"] not in _CHANGES:
            self._add(f"{place}: /change/type: “{change['type']}” is unknown. {nearest(str(change['type']), _CHANGES)}")
        return str(change["type"]), str(change["note"])

    def _entry(self, kind: Kind, name: str, place: str, change: tuple[str, str]) -> Entry:
        content = self.reading.content(kind.shape, self.known[kind.name, name], f"{place}: ")
        return Entry(kind, name, place, content, *change)

    def _withdrawal(self, raw: Any, place: str) -> Withdrawal:
        raw = self._members(self._mapping(raw, place), _WITHDRAWAL, place)
        kind, replacement = str(raw.get("kind", "")), raw.get("replaced_by")
        return Withdrawal(
            content_id=self._id(kind, raw.get("slug"), f"{place}/slug"),
            reason=str(raw.get("reason", "")),
            public_note=str(raw.get("public_note", "")),
            partner_action=str(raw.get("partner_action", "")),
            replaced_by=self._id(kind, replacement, f"{place}/replaced_by") if replacement else None,
        )

    def _id(self, kind: str, slug: Any, place: str) -> uuid.UUID:
        return uuid.UUID(self.reading.reference(kind, slug, place) or content_id(kind, str(slug)))

    def _mapping(self, raw: Any, place: str) -> Json:
        if isinstance(raw, dict):
            return dict(raw)
        self._add(f"{place}: write a mapping of members here.")
        return {}

    def _members(self, raw: Json, known: set[str], place: str) -> Json:
        for name in raw.keys() - known:
            self._add(f"{place}/{name}: there is no member “{name}”. {nearest(str(name), known)}")
        return raw

    def _add(self, problem: str) -> None:
        self.reading.problems.append(problem)


def in_order(entries: list[Entry]) -> list[Entry]:
    """Return the entries so that what an item cannot be without comes before it, and what it quotes too."""
    depths = {kind.name: _depth(kind) for kind in {entry.kind.name: entry.kind for entry in entries}.values()}
    return sorted(entries, key=lambda entry: (bool(slots_of(entry.kind, entry.content)), depths[entry.kind.name]))


def _depth(kind: Kind) -> int:
    required = [m.kind for m in kind.shape.members if m.type is MemberType.REFERENCE and not m.field.null]
    return 1 + max((_depth(kinds.get(name)) for name in required), default=0)
