"""Values that are encrypted for the district are checked by the hashes of their encrypted bytes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from kiosk.record.entries import Entry, encode
from kiosk.system.clock import FixedClock
from tests.record.rows import ORIGIN, Whole, rows_of
from tests.record.verification.test_segment import NOTES, found, replaced


def encrypted_log(entries: list[Entry], names: set[str], escaped: str = "") -> Whole:
    """A log in which the values with these names are encrypted. escaped: renames `text` to a name that JSON escapes."""
    at = FixedClock().now()
    kept = [
        encode(
            replace(entry, body={escaped if escaped and name == "text" else name: v for name, v in entry.body.items()}),
            origin=ORIGIN,
            seq=n,
            event_id=f"e{n}",
            at=at,
            encrypt=lambda name, disclosure: disclosure[::-1] if name in names else None,
        )
        for n, entry in enumerate(entries)
    ]
    log = rows_of(kept)
    log.rows.values += [(e.seq, name.encode(), 1, body) for e in kept for name, body in e.encrypted]
    log.rows.values.sort(key=lambda row: (row[0], row[1]))
    return log


def value_at(log: Whole, seq: int, name: bytes) -> int:
    """Where the row of this value is."""
    return next(n for n, row in enumerate(log.rows.values) if row[:2] == (seq, name))


@pytest.mark.parametrize("names", [{"text"}, {"more"}, {"text", "more"}])
def test_encrypted_values_match_their_own_hashes(names: set[str]) -> None:
    """With and without readable values in the same entry."""
    verdict = encrypted_log(NOTES, names).verdict()
    assert (verdict.verified, verdict.matching) == (True, 9), verdict.problems


@pytest.mark.parametrize(
    "spoil",
    [
        lambda row: replaced(row, 3, row[3] + b"A"),
        lambda row: replaced(row, 3, row[3][::-1]),
        lambda row: replaced(row, 2, 0),
        lambda row: replaced(row, 2, 2),
        lambda row: replaced(row, 1, b"more"),
    ],
    ids=["bytes", "decrypted", "mark", "another mark", "name"],
)
def test_a_changed_encrypted_value_is_named(spoil: Callable[[tuple[Any, ...]], tuple[Any, ...]]) -> None:
    """Its bytes, its name, or whether it is encrypted."""
    log = encrypted_log(NOTES, {"text"})
    at = value_at(log, 5, b"text")
    log.rows.values[at] = spoil(log.rows.values[at])
    where, words = found(log)[0]
    assert (where, "was changed" in words, log.verdict().matching) == (5, True, 8), words


@pytest.mark.parametrize("name", [b"more", b"text"])
def test_each_of_several_encrypted_values_is_checked(name: bytes) -> None:
    """The first and the last; and a readable one after them."""
    for names in ({"more", "text"}, {"more"}):
        log = encrypted_log(NOTES, names)
        at = value_at(log, 5, name)
        log.rows.values[at] = replaced(log.rows.values[at], 3, b"changed")
        assert [(at, f"“{name.decode()}”" in words) for at, words in found(log)] == [(5, True)]


def test_a_decrypted_value_in_place_of_its_encrypted_bytes_matches() -> None:
    """The header has the hashes of both, and the value is the one that was recorded."""
    log = encrypted_log(NOTES, {"text"})
    at = value_at(log, 5, b"text")
    row = log.rows.values[at]
    log.rows.values[at] = replaced(replaced(row, 2, 0), 3, row[3][::-1])
    assert log.verdict().verified
    log.rows.values[at] = replaced(log.rows.values[at], 3, b"another")
    assert found(log)[0][0] == 5


def test_a_readable_value_marked_as_encrypted_is_named() -> None:
    """In an entry that has another encrypted value, and in one that has none."""
    for names in ({"text"}, set[str]()):
        log = encrypted_log(NOTES, names)
        at = value_at(log, 5, b"more")
        log.rows.values[at] = replaced(log.rows.values[at], 2, 1)
        assert found(log)[0][0] == 5


def test_a_changed_readable_value_next_to_an_encrypted_one_is_named() -> None:
    """Each is checked by itself."""
    log = encrypted_log(NOTES, {"text"})
    at = value_at(log, 5, b"more")
    log.rows.values[at] = replaced(log.rows.values[at], 3, b"changed")
    assert [(at, "“more”" in words) for at, words in found(log)] == [(5, True)]


@pytest.mark.parametrize("name", [b"text", b"more"])
def test_a_missing_value_of_an_entry_with_encrypted_ones_is_named(name: bytes) -> None:
    """Encrypted or readable."""
    log = encrypted_log(NOTES, {"text"})
    del log.rows.values[value_at(log, 5, name)]
    assert [(at, f"“{name.decode()}” is missing" in words) for at, words in found(log)] == [(5, True)]


@pytest.mark.parametrize("name", ['a "quoted" name', "a\\backslash"])
def test_a_name_that_is_escaped_in_the_header_is_found_there(name: str) -> None:
    """Readable or encrypted, kept or missing."""
    for names in (set[str](), {name}):
        log = encrypted_log(NOTES, names, escaped=name)
        assert log.verdict().verified, found(log)
        del log.rows.values[value_at(log, 5, name.encode())]
        assert [(at, f"“{name}” is missing" in words) for at, words in found(log)] == [(5, True)]
