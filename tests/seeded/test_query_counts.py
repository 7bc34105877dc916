"""How many queries each public address costs with the real kinds: as committed in query_counts.json."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from tests.proofs.addresses import public

if TYPE_CHECKING:
    from tests.proofs.addresses import Address
    from tests.seeded.site import Site

ADDRESSES = public()  # before a test adds kinds
COUNTS: dict[str, int] = json.loads((Path(__file__).parent.parent / "query_counts.json").read_text())["demo"]


def _is_at(path: str, address: Address) -> bool:
    return bool(re.fullmatch(re.sub(r"{\w+}", "[^/]+", address.route), path.removeprefix("POST ").partition("?")[0]))


# A short page of changes costs less: it may hold nothing but withdrawals.
PAGED = [
    one
    for one in ADDRESSES
    if any(given.name == "page_size" for given in one.parameters) and "changes" not in one.route
]
IN_PAGES = [path for path in COUNTS if any(_is_at(path, one) for one in PAGED)]


def _cost(site: Site, path: str) -> int:
    """Return what reading an address costs, or posting to one: there, what a site says of the newest release."""
    method, _, posted = path.rpartition(" ")
    newest = site.get("/api/v1/releases/latest/")
    sent = {"release": newest["number"], "hash": newest["hash"]}
    with transaction.atomic(), CaptureQueriesContext(connection) as queries:
        response = site.reader.post(posted, sent) if method else site.reader.get(path)
        assert response.getvalue()
        transaction.set_rollback(True)
    assert response.status_code == (201 if method else 200)
    return len(queries)


@pytest.mark.parametrize("path", COUNTS)
def test_costs_what_is_committed(site: Site, path: str) -> None:
    assert _cost(site, path) == COUNTS[path]


@pytest.mark.parametrize("path", IN_PAGES)
def test_costs_the_same_however_large_the_page(site: Site, path: str) -> None:
    more = "&" if "?" in path else "?"

    assert _cost(site, f"{path}{more}page_size=1") == _cost(site, f"{path}{more}page_size=200") == COUNTS[path]


@pytest.mark.parametrize("address", ADDRESSES, ids=lambda one: one.route)
def test_every_public_address_is_counted(address: Address) -> None:
    assert any(_is_at(path, address) for path in COUNTS), "Count its queries, in tests/query_counts.json."
