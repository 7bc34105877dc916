"""Bad input never breaks anything: each is answered at once, with a refusal that says so, alike on both engines.

`bad_input_codes.json` holds the status of every input at every sort of address; UPDATE_CODES=1 TEST_AMOUNT=full
writes it again.
"""

from __future__ import annotations

import json
import os
import random
from collections import Counter, defaultdict
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING

import orjson
import pytest

from content_api.partners.actions import create_site, issue_key
from content_api.problems import CONTENT_TYPE
from tests.delivery.conftest import Reader
from tests.journeys.dossier import Dossier
from tests.proofs.accompanied import accompany
from tests.proofs.addresses import public
from tests.proofs.amounts import IS_FULL, amount, report
from tests.proofs.questions import Question
from tests.proofs.requests import Request, requests_to
from tests.situations import Desk

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.test.client import _MonkeyPatchedWSGIResponse as Response

    from tests.conftest import People

pytestmark = pytest.mark.django_db

CODES = Path(__file__).parent / "bad_input_codes.json"
SEED = 20_261_121
ONE_SECOND = 1.0
MEMBERS = {"type", "title", "status", "detail", "instance", "code", "errors"}
GOOD = (
    *("", "schema/", "site/", "releases/", "releases/1/", "releases/1/manifest/", "releases/latest/"),
    *("therapies/", "therapies/satri-cel/", "therapies/satri-cel/status/", "approvals/?therapy=satri-cel"),
    *("organizations/?page_size=1", "sources/notice/?release=1", "therapy-classes/car-t/", "therapies/never-was/"),
)


@pytest.fixture
def reader(people: People) -> Reader:
    """Publish a dossier, and return a site that reads it."""
    dossier = Dossier(Desk(people))
    dossier.write("target", "claudin", name="Claudin18.2", gene="CLDN18")
    dossier.write("tumor_type", "gastric", name="Stomach cancer", group="SOLID")
    accompany(dossier)
    dossier.published()
    return Reader(issue_key(site=create_site(slug="guide", name="A guide")))


def test_bad_input_is_refused_at_once_and_changes_nothing(reader: Reader) -> None:
    before, faults, seen = _good_reads(reader), list[str](), defaultdict[str, dict[str, int]](dict)
    slowest, sent = 0.0, 0
    for request in _chosen():
        response, took = _timed(request, reader)
        slowest, sent = max(slowest, took), sent + 1
        faults += [f"{request}: {fault}" for fault in _faults(request, response, took)]
        if seen[request.endpoint].setdefault(request.name, response.status_code) != response.status_code:
            faults.append(f"{request}: {response.status_code} here, {seen[request.endpoint][request.name]} elsewhere")

    report(
        "bad input",
        requests=sent,
        codes=sum(map(len, seen.values())),
        slowest_in_ms=round(slowest * 1000),
        faults=len(faults),
    )
    assert not faults, f"{len(faults)} faults:\n" + "\n".join(faults[:20])
    assert [path for path, answer in _good_reads(reader).items() if answer != before[path]] == []
    _compare(seen)


def test_a_cursor_that_was_changed_is_refused(reader: Reader) -> None:
    cursor = _cursor(reader)
    chance = random.Random(SEED)  # noqa: S311 - no secret
    flips = [_flipped(cursor, chance) for _ in range(amount(40, 10_000))]
    cuts = [cursor[:length] for length in range(1, len(cursor), amount(20, 1))]

    statuses = Counter(
        Request.get("organizations/", f"cursor={one}&page_size=1").send(reader).status_code for one in (*flips, *cuts)
    )

    report("bad input", cursors=statuses.total())
    assert statuses.keys() == {400}, statuses
    assert Request.get("organizations/", f"cursor={cursor}&page_size=1").send(reader).status_code == 200
    for path in ("sources/", "releases/", "organizations/?role=REGULATOR"):
        wrong = reader.get(f"{path}{'&' if '?' in path else '?'}cursor={cursor}")
        assert (wrong.status_code, wrong.json()["code"]) == (400, "invalid-parameter"), path


def _chosen() -> Iterator[Request]:
    """Yield everything, or a few of every address and parameter; of what is posted to, where bodies are read, always all."""
    chance = random.Random(SEED)  # noqa: S311 - no secret
    for address in public():
        every = list(requests_to(address))
        yield from every if IS_FULL or address.is_posted_to else chance.sample(every, 18)


def _timed(request: Request, reader: Reader) -> tuple[Response, float]:
    """Return the answer and how long it took; a slow one is asked once more, because the machine may have been busy."""
    response, took = _once(request, reader)
    return _once(request, reader) if took > ONE_SECOND else (response, took)


def _once(request: Request, reader: Reader) -> tuple[Response, float]:
    started = perf_counter()
    return request.send(reader), perf_counter() - started


def _faults(request: Request, response: Response, took: float) -> Iterator[str]:
    status, content_type = response.status_code, response.headers.get("Content-Type", "")
    if status >= 500:
        yield f"{status}"
    if took > ONE_SECOND:
        yield f"{took:.1f} s"
    if status >= 400 and request.is_api:
        if content_type != CONTENT_TYPE:
            yield f"{status} as {content_type}"
        elif request.method != "HEAD" and not _is_problem(response.content, status):
            yield f"{status} is no problem document"


def _is_problem(body: bytes, status: int) -> bool:
    document = orjson.loads(body)
    return document.keys() >= MEMBERS and document["status"] == status and bool(document["detail"])


def _good_reads(reader: Reader) -> dict[str, str]:
    """Return what good reads answer."""
    return {path: str(Question(f"/api/v1/{path}").ask(reader)) for path in GOOD}


def _compare(seen: dict[str, dict[str, int]]) -> None:
    """Compare with the committed codes, which are the same for both engines."""
    if IS_FULL and os.environ.get("UPDATE_CODES"):
        CODES.write_text(json.dumps(_packed(seen), indent=1, sort_keys=True) + "\n")
    committed = json.loads(CODES.read_text())
    differ = [
        f"{endpoint}, {name}: {status}, and {_committed(committed, endpoint, name)} is committed"
        for endpoint, codes in seen.items()
        for name, status in codes.items()
        if status != _committed(committed, endpoint, name)
    ]
    assert not differ, "\n".join(differ[:20])


def _committed(committed: dict[str, dict[str, list[str]]], endpoint: str, name: str) -> int | None:
    """Return the code of one input: of those that are named, else the one that all others have."""
    codes = committed.get(endpoint, {})
    named = next((code for code, names in codes.items() if name in names), None)
    usual = next((code for code, names in codes.items() if names == ["*"]), None)
    return int(named or usual or 0) or None


def _packed(seen: dict[str, dict[str, int]]) -> dict[str, dict[str, list[str]]]:
    """Return the names of inputs by endpoint and code; the code of most inputs of an endpoint names none."""
    packed = {}
    for endpoint, codes in seen.items():
        usual = Counter(codes.values()).most_common(1)[0][0]
        packed[endpoint] = {
            str(status): ["*"] if status == usual else sorted(name for name in codes if codes[name] == status)
            for status in sorted(set(codes.values()))
        }
    return packed


def _cursor(reader: Reader) -> str:
    following: str = reader.get("organizations/?page_size=1").json()["next"]
    return next(part.removeprefix("cursor=") for part in following.partition("?")[2].split("&") if "cursor=" in part)


def _flipped(cursor: str, chance: random.Random) -> str:
    """Return the cursor with one bit changed."""
    place, bit = chance.randrange(len(cursor)), 1 << chance.randrange(8)
    return cursor[:place] + chr(ord(cursor[place]) ^ bit) + cursor[place + 1 :]
