"""A platform on which no kind accompanies others: it has nothing to require."""

from __future__ import annotations

from typing import TYPE_CHECKING

from content_api import kinds
from content_api.editions.models import Edition

if TYPE_CHECKING:
    import pytest

    from tests.situations import Desk


def test_texts_go_out_and_come_down_without_any(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(kinds._registry, kinds.accompanying().name)  # type: ignore[union-attr]
    stone = desk.approved("stone")
    desk.publish(stone)
    out = Edition.objects.filter(until_release=None).count()
    desk.withdraw(stone.item)

    assert (out, Edition.objects.filter(until_release=None).count()) == (1, 0)
