"""The audit trail as files: what the filters of its list leave, row by row, so that a long trail needs no memory."""

from __future__ import annotations

from typing import TYPE_CHECKING

import orjson
from django.http import StreamingHttpResponse

from content_api.editorial.spreadsheets import lines

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from django.db.models import QuerySet

    from content_api.canonical_json import Json
    from content_api.editorial.models import Transition

CHUNK = 2_000  # rows that are fetched at once
COLUMNS = (
    "seq",
    "at",
    "verb",
    "person",
    "subject",
    "from_state",
    "to_state",
    "subject_sha256",
    "details",
    "previous_hash",
    "hash",
)


def as_csv(trail: QuerySet[Transition]) -> StreamingHttpResponse:
    """Return the rows as CSV, one line each below a header."""
    rows = ([_text(row[name]) for name in COLUMNS] for row in _rows(trail))
    return _file(lines(COLUMNS, rows), "text/csv; charset=utf-8", "audit-trail.csv")


def as_json(trail: QuerySet[Transition]) -> StreamingHttpResponse:
    """Return the rows as one JSON list, with all that the hash of a row is made of."""
    return _file(_joined(orjson.dumps(row).decode() for row in _rows(trail)), "application/json", "audit-trail.json")


EXPORTS: dict[str, Callable[[QuerySet[Transition]], StreamingHttpResponse]] = {"csv": as_csv, "json": as_json}


def _rows(trail: QuerySet[Transition]) -> Iterator[Json]:
    for one in trail.select_related("person").iterator(chunk_size=CHUNK):
        row = {name: getattr(one, name) for name in COLUMNS}
        yield {**row, "at": one.at.isoformat(), "person": one.person.get_username(), "person_id": one.person_id}


def _text(value: object) -> object:
    return orjson.dumps(value).decode() if isinstance(value, dict) else value


def _joined(rows: Iterable[str]) -> Iterator[str]:
    before = "[\n"
    for row in rows:
        yield before + row
        before = ",\n"
    yield "\n]\n" if before != "[\n" else "[]\n"


def _file(parts: Iterator[str], content_type: str, name: str) -> StreamingHttpResponse:
    attached = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
    return StreamingHttpResponse(parts, content_type=content_type, headers=attached)
