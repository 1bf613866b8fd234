"""One byte form for a value: the vectors of RFC 8785 that are in our subset, and what is refused at the door."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.record.canonical import LARGEST, canonical

words = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
keys = st.text(st.characters(max_codepoint=0x7E, min_codepoint=0x20), max_size=8)
values: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers(-LARGEST, LARGEST) | words,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(keys, inner, max_size=4),
    max_leaves=12,
)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, "null"),
        (True, "true"),
        (False, "false"),
        (0, "0"),
        (-0, "0"),
        (-1, "-1"),
        (2**53 - 1, "9007199254740991"),
        (-(2**53) + 1, "-9007199254740991"),
        ("", '""'),
        ("a/b", '"a/b"'),
        ('"\\', r'"\"\\"'),
        ("\b\t\n\f\r", r'"\b\t\n\f\r"'),
        ("\x00\x0f\x1f", r'"\u0000\u000f\u001f"'),
        ("\x7f\x80", '"\x7f\x80"'),
        ("€ß漢😀", '"€ß漢😀"'),
        ("\u2028", '"\u2028"'),
        ("e\u0301", '"e\u0301"'),
        ([], "[]"),
        ((1, "two"), '[1,"two"]'),
        ({}, "{}"),
        ({"b": 1, "a": {"d": [], "c": None}}, '{"a":{"c":null,"d":[]},"b":1}'),
        ({"B": 1, "a": 2, "-": 3, "1": 4, "": 5}, '{"":5,"-":3,"1":4,"B":1,"a":2}'),
        ({"literals": [None, True, False]}, '{"literals":[null,true,false]}'),
        ({"string": '€$\x0f\nA\'B"\\\\"/'}, r"""{"string":"€$\u000f\nA'B\"\\\\\"/"}"""),
    ],
)
def test_the_text_is_the_one_of_rfc_8785(value: Any, text: str) -> None:
    """No space, keys sorted, only what must be escaped is escaped, in the shortest way."""
    assert canonical(value) == text


@pytest.mark.parametrize(
    "value",
    [
        1.0,
        float("nan"),
        2**53,
        -(2**53),
        b"bytes",
        {1: "a"},
        {"ä": 1},
        {"a": object()},
        [[[{"a": 0.5}]]],
        {1, 2},
        "\ud800",
        {"a": "\udfff"},
    ],
)
def test_what_two_programs_could_write_differently_is_refused(value: Any) -> None:
    """Floats, large numbers, other keys and halves of characters never get into an entry."""
    with pytest.raises(ValueError, match=r".+"):
        canonical(value)


@given(values)
def test_the_text_means_the_value_and_is_the_same_again(value: Any) -> None:
    """Reading it back and writing it again changes no byte."""
    text = canonical(value)
    assert json.loads(text) == value
    assert canonical(json.loads(text)) == text
    assert text.encode("utf-8").decode("utf-8") == text


@given(st.dictionaries(keys, st.integers(0, 9), min_size=2), st.randoms())
def test_the_order_in_which_keys_were_put_in_does_not_matter(table: dict[str, int], chance: Any) -> None:
    """The same facts are the same bytes."""
    shuffled = list(table.items())
    chance.shuffle(shuffled)
    assert canonical(dict(shuffled)) == canonical(table)
