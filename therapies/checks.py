"""What a reviewer of this app's kinds should not have to look for: errors refuse a submission, warnings go along."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

from content_api import kinds, shapes
from content_api.kinds import Finding, Severity
from therapies.jurisdictions import CODES, EU, code_for
from therapies.vocabulary import Disputed, EventType
from therapies.wording import STATUS_WORDS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from content_api.canonical_json import Json
    from content_api.kinds import World

_CLASS_WORDS = {
    "CAR-T": re.compile(r"\bCAR[- ]?T\b"),
    "TCR-T": re.compile(r"\bTCR[- ]?T\b"),
    "CAR-NK": re.compile(r"\bCAR[- ]?NK\b"),
    "TIL": re.compile(r"\bTILs?\b"),
}
_LISTS_OF_PLACES = {"jurisdictions", "countries"}
_PAST = {"on", "published_on", "accessed_on", "status_verified_on", "data_cutoff"}
_NOT_BY_AUTHORITY = {EventType.HOLDER_CHANGED, EventType.REIMBURSEMENT_REVIEW, EventType.REIMBURSEMENT_LISTED}


def term(kind: str, content: Json, _world: World, today: date) -> list[Finding]:
    """Return what is noticed in an organization, target, tumor type or therapy class."""
    return [*places(content), *status_words(kind, content), *_codes(content), *days(content, today)]


def source(content: Json, _world: World, today: date) -> list[Finding]:
    """Return what is noticed in a source."""
    found = list(days(content, today))
    if not any(content[name] for name in ("external_url", "doi", "pmid")):
        text = "Nobody can find this source: it has no address, DOI or PubMed id. Add one if there is one."
        found.append(Finding(Severity.WARNING, "source-not-findable", "/external_url", text))
    return found


def therapy(content: Json, world: World, today: date) -> list[Finding]:
    """Return what is noticed in a therapy."""
    return [
        *places(content),
        *status_words("therapy", content),
        *_class_words(content, world),
        *days(content, today),
    ]


def approval(content: Json, world: World, today: date) -> list[Finding]:
    """Return what is noticed in a regulatory case."""
    found = [*places(content), *status_words("approval", content), *days(content, today)]
    for index, event in enumerate(content["events"]):
        found += _event(event, f"/events/{index}", content)
    if not content["events"] and not content["checks"]:
        text = "The case has neither an event nor a check, so its status is NO_RECORD. Add what is known."
        found.append(Finding(Severity.WARNING, "nothing-known", "/events", text))
    if not content["tumor_types"]:
        text = "The case names no tumor type, so nobody finds it by one. Add those of the indication."
        found.append(Finding(Severity.WARNING, "no-tumor-type", "/tumor_types", text))
    return [*found, *_authority(content, world)]


def _event(event: Json, pointer: str, content: Json) -> Iterator[Finding]:
    name = f"The event “{event['key']}”"
    if not event["sources"]:
        text = f"{name} has no source. Add the document that says so."
        yield Finding(Severity.ERROR, "event-without-source", f"{pointer}/sources", text)
    yield from _dispute(event, pointer, name)
    if event["authority"] != content["authority"] and EventType(event["type"]) not in _NOT_BY_AUTHORITY:
        text = f"{name} is by another authority than the case. Check that it belongs to this case."
        yield Finding(Severity.WARNING, "other-authority", f"{pointer}/authority", text)


def _dispute(event: Json, pointer: str, name: str) -> Iterator[Finding]:
    candidates, disputed = event["candidates"], event["disputed"]
    if disputed and len(candidates) < 2:  # noqa: PLR2004 - it takes two to disagree
        text = f"{name} is disputed but does not show between what. Add each version of it, with its source."
        yield Finding(Severity.ERROR, "dispute-without-candidates", f"{pointer}/candidates", text)
    if candidates and not disputed:
        text = f"{name} has several versions, but nothing says what they disagree about. Choose it under “disputed”."
        yield Finding(Severity.ERROR, "candidates-without-dispute", f"{pointer}/disputed", text)
    members = {Disputed.TYPE: "type", Disputed.DATE: "on", Disputed.PATHWAY: "pathway"}
    for one in disputed:
        if len(candidates) > 1 and len({candidate[members[Disputed(one)]] for candidate in candidates}) == 1:
            label = Disputed(one).label.lower()
            text = f"{name} is marked as disputed ({label}), but its versions agree about that. Correct one of them."
            yield Finding(Severity.ERROR, "dispute-without-difference", f"{pointer}/candidates", text)


def _authority(content: Json, world: World) -> Iterator[Finding]:
    card = world.card(content["authority"])
    country = card and card.get("country")
    if card and country and country not in {content["jurisdiction"], EU}:
        text = f"{card['name']} is in {country}, but the case is about {content['jurisdiction']}. Check which is right."
        yield Finding(Severity.WARNING, "authority-elsewhere", "/authority", text)


def days(content: Json, today: date) -> Iterator[Finding]:
    """Refuse days that have not come: a status may only look back."""
    for pointer, value in _values(content, ""):
        name = pointer.rpartition("/")[2]
        if name in _PAST and value and date.fromisoformat(str(value)) > today:
            text = f"{pointer}: {value} lies in the future. Enter it when it has happened."
            yield Finding(Severity.ERROR, "future-day", pointer, text)


def places(content: Json) -> Iterator[Finding]:
    """Refuse codes that are no place's."""
    for pointer, value in _values(content, ""):
        parts = pointer.split("/")
        is_code = parts[-1] in {"jurisdiction", "country"} or _LISTS_OF_PLACES & set(parts)
        if is_code and value and value not in CODES:
            meant = code_for(str(value))
            offer = f"Did you mean {meant}?" if meant else "Use ISO 3166-1 alpha-2 codes, such as CN, or EU."
            yield Finding(Severity.ERROR, "unknown-place", pointer, f"{pointer}: there is no place “{value}”. {offer}")


def _codes(content: Json) -> Iterator[Finding]:
    for index, code in enumerate(content.get("codes", [])):
        for name in ("code", "display"):
            if not code[name].strip():
                text = f"A {code['system']} code lacks its {name}. Keep both, so that a wrong code can be noticed."
                yield Finding(Severity.ERROR, "incomplete-code", f"/codes/{index}/{name}", text)
        if not code["source"]:
            text = f"The code {code['code']} has no source, so it counts as not verified."
            yield Finding(Severity.WARNING, "code-without-source", f"/codes/{index}/source", text)


def status_words(kind: str, content: Json) -> Iterator[Finding]:
    """Warn of a status that is typed: it stays when the world moves on."""
    for prose in shapes.prose(kinds.get(kind).shape, content):
        if match := STATUS_WORDS.search(prose.text):
            text = (
                f"{prose.pointer}: “{match[0]}” states a regulatory status in words. It is derived from events and shown "
                "beside the text by place; leave it out here, or name place and date."
            )
            yield Finding(Severity.WARNING, "status-typed", prose.pointer, text)


def _class_words(content: Json, world: World) -> Iterator[Finding]:
    """Warn of a text that calls a therapy by another class than its own."""
    card = world.card(content["therapy_class"]) or {}
    own = f"{card.get('name', '')} {card.get('abbreviation') or ''}"
    for prose in shapes.prose(kinds.get("therapy").shape, content):
        for name, pattern in _CLASS_WORDS.items():
            if own.strip() and pattern.search(prose.text) and not pattern.search(own):
                text = f"{prose.pointer}: the text says {name}, but the class is {card['name']}. Check which is meant."
                yield Finding(Severity.WARNING, "other-class", prose.pointer, text)


def _values(value: object, pointer: str) -> Iterator[tuple[str, object]]:
    if isinstance(value, dict):
        for name, member in value.items():
            yield from _values(member, f"{pointer}/{name}")
    elif isinstance(value, list):
        for index, member in enumerate(value):
            yield from _values(member, f"{pointer}/{index}")
    else:
        yield pointer, value
