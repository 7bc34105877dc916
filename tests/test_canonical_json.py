"""The bytes that hashes are made of are those of RFC 8785, whichever serializer writes them."""

from __future__ import annotations

from typing import Any

import pytest
import rfc8785
from hypothesis import example, given
from hypothesis import strategies as st

from content_api.canonical_json import canonical

SCALARS = st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | st.text()
VALUES = st.recursive(
    SCALARS, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=4), inner, max_size=4)
)


@given(VALUES)
@example({"\ue000": 1, "\U0001f600": 2, "a": '\u2028\x7f\x00\x1f"\\/\b\f\n\r\t€'})
@example({"b": [True, None, -0, 2**53 - 1], "a": {"10": 1, "2": 2}})
def test_any_value_has_the_canonical_bytes(value: Any) -> None:
    assert canonical(value) == rfc8785.dumps(value).decode()


@pytest.mark.parametrize("value", [0.3, {"a": [0.3]}, [{"b": 1.0}], float("nan"), {"é": 0.1}])
def test_a_float_is_refused_wherever_it_is(value: Any) -> None:
    with pytest.raises(TypeError, match="is a float"):
        canonical(value)


@pytest.mark.parametrize("value", [2**53, {"a": -(2**53)}, {1: "a"}, {"a": object()}, "\ud800"])
def test_what_json_cannot_hold_is_refused(value: Any) -> None:
    with pytest.raises((TypeError, ValueError)):
        canonical(value)
