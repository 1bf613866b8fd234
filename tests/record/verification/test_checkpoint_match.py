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
from kiosk.record.verification.checkpoint_match import (
    CheckpointMatch,
    Match,
    OutsideCopy,
    in_text,
    match,
    typed_code,
)
from kiosk.record.verification.segment import Problem
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


@pytest.mark.parametrize("size", [1, 6, 9])
def test_a_log_that_begins_with_what_was_seen_matches(size: int) -> None:
    """Typed as a code, or given as the signed note; the log may have grown since."""
    log = rows_of(KEPT)
    assert outcome(typed_code(a_code(size).text), log) == "matches"
    (seen,) = in_text(f"Some words.\n\n{a_note(size)}\nMore words.\n", "head.txt")
    assert (seen.origin, outcome(seen, log)) == (ORIGIN, "matches")


def test_a_copy_of_no_entries_proves_nothing() -> None:
    """It would match a log that was rewritten from its first entry on; typed or signed, by an empty log too."""
    (note,) = in_text(a_note(0), "head.txt")
    for seen in (typed_code(a_code(0).text), note):
        assert {outcome(seen, rows_of(kept)) for kept in (KEPT, OTHERS, [])} == {"empty"}
    (other,) = in_text(a_note(0, Signer(ORIGIN, bytes(32))), "head.txt")
    assert outcome(other, rows_of(KEPT)) == "unsigned"


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
    """One sentence, naming the file, and how a code begins."""
    with pytest.raises(UsageError, match="no verification code in f") as refused:
        in_text(text, "f.txt")
    assert "FOK1:" in refused.value.repair


def test_each_copy_says_where_it_was_read() -> None:
    """A typed one by its own text."""
    code = a_code(3)
    assert typed_code(f" {code.text.lower()} ") == OutsideCopy(code, code.text)
    note, other = in_text(f"{a_note(5)}\n{code.text}\n", "list.txt")
    assert (note.where, note.origin, note.code, note.note) == ("list.txt", ORIGIN, a_code(5), a_note(5))
    assert other == OutsideCopy(code, "list.txt")


def test_copies_come_in_the_order_of_their_notes_and_codes() -> None:
    """All signed notes first; of two for the same state, the one with the note."""
    text = "\n".join((a_code(1).text, a_note(2), a_code(2).text, a_note(4), a_code(3).text))
    assert [(copy.code.size, bool(copy.note)) for copy in in_text(text, "f")] == [
        (2, True),
        (4, True),
        (1, False),
        (3, False),
    ]


def test_the_result_names_the_copy_and_the_log_it_was_compared_with() -> None:
    """Whatever the outcome; only a copy of no log here has none."""
    other = Signer(ORIGIN, bytes(32))
    log, broken = rows_of(KEPT), rows_of(KEPT)
    del broken.rows.entries[2]
    changed = rows_of(KEPT)
    changed.rows.entries[2] = (2, b"{}", *changed.rows.entries[2][2:])
    (unsigned,) = in_text(a_note(8, other), "f")
    copy = typed_code(a_code(8).text)
    for seen, whole, expected in (
        (copy, log, Match.MATCHES),
        (copy, changed, Match.CHANGED),
        (copy, rows_of(KEPT[:5]), Match.TRUNCATED),
        (copy, broken, Match.UNDECIDABLE),
        (unsigned, log, Match.UNSIGNED),
    ):
        assert match(seen, [whole.verdict(asked=[8])]) == CheckpointMatch(seen, expected, ORIGIN)
    assert match(copy, []) == CheckpointMatch(copy, Match.OTHER_LOG)


@pytest.mark.parametrize(("count", "expected"), [(1, Match.MISTYPED), (6, Match.MISTYPED), (7, Match.REWRITTEN)])
def test_at_most_six_other_characters_count_as_mistyped(count: int, expected: Match) -> None:
    """They are named by their positions; a signed note with another root is never mistyped."""
    code = a_code(8).text
    start = len(code) - 52
    others = "".join("A" if character != "A" else "B" for character in code[start : start + count])
    seen = typed_code(code[:start] + others + code[start + count :])
    result = match(seen, [rows_of(KEPT).verdict(asked=[8])])
    assert result == CheckpointMatch(seen, expected, ORIGIN, tuple(range(1, count + 1)))


def test_a_signed_note_is_of_the_log_with_its_full_id_only() -> None:
    """Another log can have the same short ID, which is all that a verification code has."""
    twin = f"{ORIGIN[:-1]}2"
    signer = Signer(twin, bytes(32))
    (note,) = in_text(sign_checkpoint(twin, Tree().grown([KEPT[0].leaf]), signer).note, "f")
    code = typed_code(note.code.text)
    result = rows_of(KEPT).verdict(asked=[1])
    assert match(note, [result]).outcome is Match.OTHER_LOG
    assert match(code, [result]).outcome is Match.MATCHES
    assert [copy.is_of(twin) for copy in (note, code)] == [True, True]


def test_a_copy_is_compared_with_its_own_log_among_several() -> None:
    """Whatever their order."""
    mine, other = rows_of(KEPT).verdict(asked=[8]), replace(rows_of(KEPT).verdict(), origin="front-office-kiosk/other")
    seen = typed_code(a_code(8).text)
    assert match(seen, [other, mine]) == match(seen, [mine, other]) == CheckpointMatch(seen, Match.MATCHES, ORIGIN)


def test_a_problem_after_the_copy_or_of_the_log_as_a_whole_is_no_change_of_it() -> None:
    """The entries that it covers are unchanged."""
    result = rows_of(KEPT).verdict(asked=[3])
    seen = typed_code(a_code(3).text)
    for at, expected in ((2, Match.CHANGED), (3, Match.MATCHES), (None, Match.MATCHES)):
        assert match(seen, [replace(result, problems=(Problem(at, "A problem."),))]).outcome is expected
