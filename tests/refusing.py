"""How tests say that a rule says no."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest

from content_api.refusals import Refused

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextmanager
def refused(code: str, says: str | None = None) -> Iterator[None]:
    """Expect a refusal of this code whose message matches `says`."""
    with pytest.raises(Refused, match=says) as refusal:
        yield
    assert refusal.value.code == code
