"""Codes and checkpoints from outside, compared with a log: kept, cut off, rewritten, of another log, mistyped."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kiosk.errors import UsageError
from kiosk.record.entries import Entry
from kiosk.record.entry_kinds import EntryKind
from kiosk.record.transparency.checkpoint import Checkpoint, sign_checkpoint
from kiosk.record.transparency.merkle import Tree
from kiosk.record.transparency.signed_note import Signer
from kiosk.record.transparency.verification_code import VerificationCode, code_of
from kiosk.record.verification.checkpoint_match import OutsideCopy, in_text, match, typed_code
from tests.record.rows import ORIGIN, SIGNER, Whole, encoded, rows_of

KEPT = encoded([Entry(EntryKind.NOTE_ADDED, {"text": f"n{n}"}) for n in range(9)])
OTHERS = encoded([Entry(EntryKind.NOTE_ADDED, {"text": f"other {n}"}) for n in range(9)])


def a_code(size: int) -> VerificationCode:
    """Of the log's first entries, so many."""
    return code_of(Checkpoint(ORIGIN, size, Tree().grown(e.leaf for e in KEPT[:size]).root))


def a_note(size: int, signer: Signer = SIGNER) -> str:
    """The same, signed."""
    return sign_checkpoint(ORIGIN, Tree().grown(e.leaf for e in KEPT[:size]), signer).note


def outcome(seen: OutsideCopy, log: Whole) -> str:
    """What the log says to it."""
    return match(seen, [log.verdict(asked=[seen.code.size])]).outcome


@pytest.mark.parametrize("size", [0, 1, 6, 9])
def test_a_log_that_begins_with_what_was_seen_matches(size: int) -> None:
    """Typed as a code, or given as the signed note; the log may have grown since."""
    log = rows_of(KEPT)
    assert outcome(typed_code(a_code(size).text), log) == "matches"
    (seen,) = in_text(f"Some words.\n\n{a_note(size)}\nMore words.\n", "head.txt")
    assert (seen.origin, outcome(seen, log)) == (ORIGIN, "matches")


def test_a_shorter_log_and_another_log_are_told_apart() -> None:
    """Cut off; written again and signed with the kiosk's own key; a kiosk of another name."""
    seen = typed_code(a_code(8).text)
    assert outcome(seen, rows_of(KEPT[:5])) == "truncated"
    rewritten = rows_of(OTHERS, [3, 9])
    assert rewritten.verdict().verified, "its own key signed it"
    assert outcome(seen, rewritten) == "rewritten"
    assert outcome(typed_code(a_code(8).text.replace("3F0A12BC", "00000000")), rows_of(KEPT)) == "other-log"


def test_a_slip_of_the_pen_is_no_forgery() -> None:
    """A few characters that differ are named; only a signed note can't be mistyped."""
    code = a_code(8).text
    other = code[:-5] + ("A" if code[-5] != "A" else "B") + code[-4:]
    answer = match(typed_code(other), [rows_of(KEPT).verdict(asked=[8])])
    assert (answer.outcome, answer.differs) == ("mistyped", (48,))


def test_entries_changed_since_they_were_seen_are_no_match() -> None:
    """Their hashes still make the root, but their words are not what made the hashes."""
    log = rows_of(KEPT)
    log.rows.entries[2] = (2, b"{}", *log.rows.entries[2][2:])
    assert outcome(typed_code(a_code(2).text), log) == "matches"
    assert outcome(typed_code(a_code(3).text), log) == "changed"
    del log.rows.entries[5]
    assert outcome(typed_code(a_code(7).text), log) == "undecidable"


def test_a_note_that_another_key_signed_is_told() -> None:
    """The log names one key, the note another: one of the two was replaced. A log without a key names none."""
    (seen,) = in_text(a_note(8, Signer(ORIGIN, bytes(32))), "head.txt")
    assert outcome(seen, rows_of(KEPT)) == "unsigned"
    assert match(seen, [replace(rows_of(KEPT), newest=None).verdict(asked=[8], key=None)]).outcome == "unsigned"


def test_a_file_gives_each_state_once() -> None:
    """A head holds its note and the code of the same state; a list holds several codes; any line end."""
    text = f"{a_code(3).text}\n{a_note(3)}\n{a_code(5).text}\n".replace("\n", "\r\n")
    assert [(seen.code.size, bool(seen.note)) for seen in in_text(text, "f")] == [(3, True), (5, False)]
    assert in_text("\n".join(a_code(5).lines()).lower(), "f")[0].code == a_code(5)


@pytest.mark.parametrize("text", ["", "nothing here", "FOK1:", "a\n5\n" + "A" * 43 + "=\n\n\u2014 x\n", "\x00"])
def test_a_file_without_a_code_is_refused(text: str) -> None:
    """One sentence, naming the file."""
    with pytest.raises(UsageError, match="no verification code in f"):
        in_text(text, "f.txt")
