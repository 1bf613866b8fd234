"""Many entries decoded at once: each as `entries.decode` decodes it alone, whatever its bytes say."""

from __future__ import annotations

import json
from base64 import urlsafe_b64encode
from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.record.entries import Altered, EncodedEntry, Entry, LoggedEntry, decode, digest, encode, leaf_hash
from kiosk.record.entry_kinds import EntryKind
from kiosk.record.verification import decoding
from kiosk.record.verification.decoding import decoded
from tests.record.test_entries import AT, an_entry, encoded
from tests.record.test_entries import entries as any_entry

DEEP = "[" * 100_000 + "]" * 100_000


def read(entries: Sequence[EncodedEntry]) -> list[LoggedEntry] | str:
    """The entries decoded one at a time, or the sentence about the first altered one."""
    try:
        return [*map(decode, entries)]
    except (Altered, RecursionError) as error:
        return str(error)


def read_at_once(entries: Sequence[EncodedEntry]) -> list[LoggedEntry] | str:
    """The same of all at once."""
    try:
        return decoded(entries)
    except (Altered, RecursionError) as error:
        return str(error)


def with_header(header: str) -> EncodedEntry:
    """An entry without values that has this header, hashed again."""
    return EncodedEntry(7, header, leaf_hash(header), ())


def with_disclosure(disclosure: bytes) -> EncodedEntry:
    """An entry whose only value has these bytes, hashed again."""
    said = json.loads(an_entry().header) | {"sd": {"a": digest(disclosure)}}
    header = json.dumps(said)
    return EncodedEntry(7, header, leaf_hash(header), (("a", disclosure),))


@given(st.lists(st.tuples(any_entry, st.booleans(), st.booleans()), max_size=4))
@settings(deadline=None)  # two shared cores can be slow
def test_entries_decoded_at_once_are_those_decoded_alone(made: list[tuple[Entry, bool, bool]]) -> None:
    """With values that are encrypted, and values that are gone."""
    entries = []
    for seq, (entry, shut, gone) in enumerate(made):
        one = encode(entry, origin="o", seq=seq, event_id="id", at=AT, encrypt=lambda _, d: d if shut else None)  # noqa: B023 - called at once
        entries.append(EncodedEntry(seq, one.header, one.leaf, one.disclosures[gone:], one.encrypted))
    assert decoded(entries) == [*map(decode, entries)]


def test_what_the_kiosk_writes_needs_no_second_look(monkeypatch: pytest.MonkeyPatch) -> None:
    """Otherwise nothing would be faster."""
    expected = decode(an_entry())
    monkeypatch.setattr(decoding, "decode", None)
    assert decoded([an_entry()]) == [expected]


def test_the_first_altered_entry_is_named() -> None:
    """Also when a later one is altered in a way that is found earlier."""
    changed = replace(encoded_at(8), leaf=bytes(32))
    with pytest.raises(Altered, match="Entry 8"):
        decoded([encoded_at(7), changed, replace(encoded_at(9), header="{")])


def encoded_at(seq: int) -> EncodedEntry:
    """An entry with this number."""
    return encoded(Entry(EntryKind.NOTE_ADDED, {"text": "n"}), seq)


@pytest.mark.parametrize(
    "value",
    [
        *('1', '-0', '-0.0', '1.0', '1E5', '0.1', '1e22', '1.5e-400', '9007199254740993', '18446744073709551616'),
        *('-9223372036854775809', '123456789012345678901234567890', '123456789.123456789123456789'),
        *('NaN', 'Infinity', '-Infinity', '1e400', '01', '+1', '1.', '.5', 'tru', 'null', 'true'),
        *('"\\ud800"', '"\\ud83d\\ude00"', '"\\u0000"', '"\x7f"', '"\x01"', '"\t"', '"\u2028"', '"\\x"', '"é"', '"'),
        *('{"a":1,"a":2}', '{"\\ud800":1}', '{1:2}', '[1,]', ' [ 1 ] ', '[1]x', '[]]', '1],["s","a",2', DEEP),
        *(f'{"[" * 500}{"]" * 500}', ''),
    ],
)  # fmt: skip
def test_every_value_of_json_is_read_alike(value: str) -> None:
    """Numbers too large, not numbers, half characters, the same key twice, too deep, and what is no JSON."""
    one = with_disclosure(urlsafe_b64encode(f'["salt","a",{value}]'.encode()).rstrip(b"="))
    assert repr(read_at_once([one])) == repr(read([one]))


@pytest.mark.parametrize(
    "disclosure",
    [
        b'["salt","a"]',
        b'["salt","a",1,2]',
        b'"sab"',
        b'{"salt":1,"a":2,"b":3}',
        b'[1,"a",1]',
        b'["salt",1,1]',
        b'["salt","b",1]',
        b'\xef\xbb\xbf["salt","a",1]',
        b'["salt","a","\xff"]',
        b'["salt","a","\xed\xa0\x80"]',
        b'["salt","a",1]\x00',
        b"",
    ],
)
def test_every_disclosure_is_read_alike(disclosure: bytes) -> None:
    """Of another shape, with another name, in bytes that are no text."""
    one = with_disclosure(urlsafe_b64encode(disclosure).rstrip(b"="))
    assert repr(read_at_once([one])) == repr(read([one]))


@pytest.mark.parametrize("text", [b"====", b"A", b"AA-_", b"A A", b"W10", b"W10=", b"\xff\xff", b"WyJzIiwiYSIsMV0!"])
def test_every_text_in_base64_is_read_alike(text: bytes) -> None:
    """Padded, cut off, with characters that do not belong there."""
    one = with_disclosure(text)
    assert repr(read_at_once([one])) == repr(read([one]))


LINES = (
    *('["s","a",1]', '["s","a",12]', '["s","a",123]', '["s","b",1]', "", " ", "\n", '["s","a",\n1]', '\n["s","a",1]'),
    *('["s","a",1]\n', '["s","a",1]\n["s","a",2]', '["s","a",1]["s","a",2]', '["s","a",1] ["s","a",2]'),
    *('["s","a",[1', ",2]]", '["s","a",', "1]", '["s","a",1]\n["s","a",'),
)
"""Disclosures that could be parts of each other if they were put together."""


@pytest.mark.parametrize("first", LINES)
def test_no_part_of_a_disclosure_passes_for_a_part_of_another(first: str) -> None:
    """Entries with them, in each order, are read as each alone; also with bits at the end that say nothing."""
    for second in LINES:
        texts = [urlsafe_b64encode(line.encode()).rstrip(b"=") for line in (first, second, LINES[0])]
        for some in (texts, texts[::-1], [texts[0], texts[1][:-1] + b"_", texts[2]]):
            entries = [replace(with_disclosure(text), seq=7) for text in some]
            assert repr(read_at_once(entries)) == repr(read(entries))


NUMBERS: list[object] = [7.0, "7", True, None, 10**30, 1.5, -1]
TEXTS: list[object] = [1, "é", "\ud800", "\x7f"]


@pytest.mark.parametrize(
    "change",
    [
        *({name: value} for name in ("seq", "wall_us", "v") for value in NUMBERS),
        *({name: None} for name in ("origin", "event_id", "kind", "boot_id", "boot_ns", "actor", "sd")),
        *({"boot_ns": value} for value in [*NUMBERS, "x", " 7 ", "٧", "1_0"]),
        *({name: value} for name in ("kind", "pack", "step_id", "encounter_id") for value in TEXTS),
        *({"sd": value} for value in [*TEXTS, {"a": 1}, {"gone": "x" * 43}]),
        *({"sd_encrypted": value} for value in [*TEXTS, {}, {"a": "b"}, None]),
        {"kind": "kind.of.tomorrow"},
        {"more": 1},
        {"more": DEEP},
    ],
)
def test_every_header_is_read_alike(change: dict[str, object]) -> None:
    """Parts of other types, parts that are missing or that no kiosk writes."""
    said = json.loads(an_entry().header) | {"sd": {}}
    for header in (json.dumps(said | change), json.dumps({n: v for n, v in said.items() if n not in change})):
        one = with_header(header)
        assert repr(read_at_once([one])) == repr(read([one]))


@pytest.mark.parametrize("header", ["", "[]", "null", "{}", "{", '{"seq":7,"seq":8}', "\ufeff{}", DEEP])
def test_text_that_is_no_header_is_read_alike(header: str) -> None:
    """Its hash may be right."""
    one = with_header(header)
    assert repr(read_at_once([one])) == repr(read([one]))


def test_a_header_with_a_part_twice_is_read_alike() -> None:
    """The last one counts."""
    header = json.dumps(json.loads(an_entry().header) | {"sd": {}})[:-1] + ', "actor": "kiosk"}'
    one = with_header(header)
    assert read_at_once([one]) == read([one])
    assert decode(one).actor == "kiosk"


def test_rows_of_the_wrong_types_are_read_alike() -> None:
    """A store whose columns were changed can return them."""
    whole = an_entry()
    for spoiled in (None, 1, "text"):
        (name, _), *rest = whole.disclosures
        one = replace(whole, disclosures=((name, spoiled), *rest))  # type: ignore[arg-type]  # the wrong type
        assert read_at_once([one]) == read([one])
        another = replace(whole, leaf=spoiled)  # type: ignore[arg-type]  # likewise
        assert read_at_once([another]) == read([another])
