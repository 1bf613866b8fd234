"""A log is checked entry by entry, and the first that does not match is named."""

from __future__ import annotations

from dataclasses import replace

from kiosk.clock import FixedClock
from kiosk.record.entries import Entry, SealedEntry, leaf_hash, seal
from kiosk.record.verifying import verify


def a_log(size: int = 3) -> list[SealedEntry]:
    """Entries that match."""
    at = FixedClock().now()
    return [
        seal(Entry("note.added", {"text": f"n{n}"}), origin="log", seq=n, event_id=f"e{n}", at=at) for n in range(size)
    ]


def test_a_whole_log_is_whole() -> None:
    """Every entry matches, and they are counted."""
    verdict = verify(a_log(), "log")
    assert (verdict.whole, verdict.matching) == (True, 3)


def test_a_changed_header_is_named() -> None:
    """One letter in a header is found."""
    log = a_log()
    log[1] = replace(log[1], header=log[1].header.replace("note.added", "note.addee"))
    verdict = verify(log, "log")
    assert (verdict.entry, verdict.matching) == (1, 1)
    assert "Entry 1" in verdict.problem


def test_a_changed_value_is_named() -> None:
    """A value that is not the one committed to is found."""
    log = a_log()
    log[2] = replace(log[2], disclosures=(("text", log[1].disclosures[0][1]),))
    assert verify(log, "log").entry == 2


def test_a_missing_entry_is_named() -> None:
    """A gap in the numbers is found."""
    log = a_log()
    assert verify([log[0], log[2]], "log").problem.startswith("Entry 1 ")


def test_an_entry_of_another_log_is_named() -> None:
    """An entry copied from elsewhere is found, though its own hash is right."""
    assert verify(a_log(), "another").entry == 0


def test_a_header_that_is_no_header_is_named() -> None:
    """A header replaced by other JSON, with a fitting hash, is found and breaks nothing."""
    for header in ("[]", "1", '{"seq":0,"origin":"log","sd":[]}', "{", ""):
        assert verify([SealedEntry(0, header, leaf_hash(header), ())], "log").entry == 0


def test_a_missing_value_is_named() -> None:
    """A value that is gone, with no entry that says it was let go, is found."""
    log = a_log()
    log[1] = replace(log[1], disclosures=())
    verdict = verify(log, "log")
    assert (verdict.entry, verdict.matching) == (1, 1)
    assert "“text” is gone" in verdict.problem


def test_a_value_that_was_let_go_is_no_alteration() -> None:
    """A later entry says that this encounter's values were let go, and of no other."""
    at = FixedClock().now()
    entries = [
        Entry("note.added", {"text": "one"}, "a"),
        Entry("note.added", {"text": "two"}, "b"),
        Entry("retention.purged", {}, "a"),
    ]
    log = [seal(e, origin="log", seq=n, event_id=f"e{n}", at=at) for n, e in enumerate(entries)]
    log[0] = replace(log[0], disclosures=())
    assert verify(log, "log").whole
    log[1] = replace(log[1], disclosures=())
    assert verify(log, "log").entry == 1
