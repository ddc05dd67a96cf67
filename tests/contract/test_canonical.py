"""One value has one spelling: what is sealed today reads and hashes the same on every machine and in every version."""

from __future__ import annotations

import json
from typing import Any
from unicodedata import normalize

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sync.protocol.canonical import MAX_DEPTH, MAX_INT, CanonicalError, canonical, parse

KEYS = st.text("abcdefghijklmnopqrstuvwxyz_0123456789", min_size=1, max_size=8)
TEXTS = st.text(max_size=20) | st.sampled_from(["Hòa", "H\u006fa\u0300", "Ho\u0300a", "Nguyễn", "đồng", "", "🙂", "﷽"])
LEAVES = st.none() | st.booleans() | st.integers(-MAX_INT, MAX_INT) | TEXTS
VALUES = st.recursive(
    LEAVES, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS, inner, max_size=4), max_leaves=20
)


def composed(value: Any) -> Any:
    """The value with its text composed, as it comes back."""
    if isinstance(value, str):
        return normalize("NFC", value)
    if isinstance(value, list):
        return [composed(v) for v in value]
    return {k: composed(v) for k, v in value.items()} if isinstance(value, dict) else value


@given(VALUES)
def test_what_is_written_reads_back_composed_and_is_written_the_same_again(value: Any) -> None:
    data = canonical(value)
    assert parse(data) == composed(value)
    assert canonical(parse(data)) == data
    assert data == json.dumps(composed(value), ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


@given(st.dictionaries(KEYS, LEAVES, max_size=6))
def test_the_order_in_which_a_value_was_built_does_not_matter(value: dict[str, Any]) -> None:
    assert canonical(dict(reversed(list(value.items())))) == canonical(value)


@given(VALUES, st.text(" \n\t", min_size=1, max_size=3), st.integers(0, 60))
def test_another_spelling_of_a_value_is_refused(value: Any, space: str, place: int) -> None:
    data = canonical(value).decode()
    other = data[:place] + space + data[place:]
    try:
        same = json.loads(other) == json.loads(data)
    except json.JSONDecodeError:
        same = False
    if same:
        with pytest.raises(CanonicalError):
            parse(other.encode())


@pytest.mark.parametrize(
    "value", [1.0, 0.5, float("nan"), MAX_INT + 1, -MAX_INT - 1, b"x", {1: "a"}, {"khóa": 1}, {"a": {2}}]
)
def test_what_cannot_be_sealed_is_refused(value: Any) -> None:
    with pytest.raises(CanonicalError):
        canonical({"a": [value]} if not isinstance(value, dict) else value)


@pytest.mark.parametrize(
    "text", ['{"a":1,"a":2}', '{"b":1,"a":2}', '{"a": 1}', "1.0", "NaN", '"\\u0111"', '"Ho\u0300a"', "{"]
)
def test_bytes_with_another_spelling_are_refused(text: str) -> None:
    with pytest.raises(CanonicalError):
        parse(text.encode())


@pytest.mark.parametrize("leaf", ["x", "đ", 1, None])
def test_nothing_deeper_than_the_limit_is_sealed_whatever_its_kind(leaf: Any) -> None:
    def nested(times: int) -> Any:
        value: Any = leaf
        for _ in range(times):
            value = {"a": value}
        return value

    assert parse(canonical(nested(MAX_DEPTH))) == nested(MAX_DEPTH)
    with pytest.raises(CanonicalError):
        canonical(nested(MAX_DEPTH + 1))


def test_half_a_character_is_refused() -> None:
    with pytest.raises(CanonicalError):
        canonical({"a": "\ud800"})
