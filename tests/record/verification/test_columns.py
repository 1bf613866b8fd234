"""A page compared by columns: what matches there needs no closer look, and nothing that was changed matches."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from kiosk.record.entries import Entry, digest, leaf_hash
from kiosk.record.entry_kinds import EntryKind
from kiosk.record.verification.columns import matching
from tests.record.rows import ORIGIN, Whole, encoded, rows_of
from tests.record.verification.test_encrypted_values import encrypted_log
from tests.record.verification.test_segment import NOTES, a_log, replaced

SPOILED = 4


def matches(log: Whole) -> list[bool]:
    """What matches by columns."""
    return matching(log.rows.entries, log.rows.values, ORIGIN.encode())


def only_spoiled(log: Whole) -> list[bool]:
    """What matches when the spoiled entry alone does not."""
    return [row[0] != SPOILED for row in log.rows.entries]


def test_what_the_kiosk_writes_matches() -> None:
    """With values and without, inside a record and outside, in any language."""
    entries = [*NOTES, Entry(EntryKind.SESSION_ENDED), Entry(EntryKind.NOTE_ADDED, {"text": "niño “así”"}, "e-1")]
    assert matches(rows_of(encoded(entries))) == [True] * len(entries)
    assert matches(rows_of([])) == []


@pytest.mark.parametrize(
    ("column", "value"),
    [(1, b"{}"), (2, bytes(32)), (3, b"e5"), (4, b"encounter-9"), (4, None), (5, b"note.addee"), (6, 5)],
)
def test_an_entry_with_a_changed_column_alone_does_not_match(column: int, value: object) -> None:
    """Header, leaf, and each search column."""
    log = a_log()
    log.rows.entries[SPOILED] = replaced(log.rows.entries[SPOILED], column, value)
    assert matches(log) == only_spoiled(log)


@pytest.mark.parametrize(
    "spoil",
    [
        lambda row: [replaced(row, 3, row[3] + b"A")],
        lambda row: [replaced(row, 1, b"mores")],
        lambda row: [replaced(row, 2, 1)],
        lambda row: [row, replaced(row, 1, b"nothing")],
        lambda row: [row, row],
        lambda _: [],
    ],
)
def test_an_entry_with_a_changed_value_alone_does_not_match(
    spoil: Callable[[tuple[Any, ...]], list[tuple[Any, ...]]],
) -> None:
    """Its bytes, its name, its encryption; one more, the same twice, one less."""
    log = a_log()
    at = next(n for n, row in enumerate(log.rows.values) if row[0] == SPOILED)
    log.rows.values[at : at + 1] = spoil(log.rows.values[at])
    assert matches(log) == only_spoiled(log)


def test_entries_in_each_others_place_do_not_match() -> None:
    """The number in the header counts, and the values of an entry count for that entry."""
    log = a_log()
    four, five = log.rows.entries[4:6]
    log.rows.entries[4:6] = [replaced(five, 0, 4), replaced(four, 0, 5)]
    assert matches(log) == [row[0] not in {4, 5} for row in log.rows.entries]


def test_a_name_with_a_quotation_mark_stands_for_no_two_values() -> None:
    """It could repeat the part of the header that the value before it has."""
    log = rows_of(encoded([Entry(EntryKind.NOTE_ADDED, {"more": 1, "text": "n"})]))
    more, text = log.rows.values
    log.rows.values[:] = [replaced(text, 1, b'more":"' + digest(more[3]).encode() + b'","text')]
    assert matches(log) == [False]


def test_a_header_with_an_escaped_mark_is_left_to_a_closer_look() -> None:
    """Inside a text, an escaped mark looks like the begin of a part."""
    (row,) = rows_of(encoded([Entry(EntryKind.NOTE_ADDED)])).rows.entries
    header = row[1].replace(b'"actor":"desk"', b'"actor":"\\"desk"')
    spoiled = replaced(replaced(row, 1, header), 2, leaf_hash(header.decode()))
    assert matching([row, spoiled], [], ORIGIN.encode()) == [True, False]


def test_only_entries_with_encrypted_values_are_left_to_a_closer_look() -> None:
    """Their hashes are in another part of the header."""
    log = encrypted_log([*NOTES, Entry(EntryKind.NOTE_ADDED, {"other": 1})], {"text"})
    assert matches(log) == [False] * len(NOTES) + [True]


@pytest.mark.parametrize("spoil", [lambda row: replaced(row, 3, None), lambda row: replaced(row, 0, "4")])
def test_rows_of_the_wrong_types_match_nothing(spoil: Callable[[tuple[Any, ...]], tuple[Any, ...]]) -> None:
    """The closer look names the entry."""
    log = a_log()
    log.rows.values[3] = spoil(log.rows.values[3])
    assert not any(matches(log))


def test_values_out_of_order_match_nothing() -> None:
    """A damaged index can return them so; then a value could count for another entry."""
    log = a_log()
    log.rows.values.reverse()
    assert not any(matches(log))
