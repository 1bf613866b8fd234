"""A log is checked row by row, against every signed state; the first place that does not match is named."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise
from typing import Any

import pytest

from kiosk.record.entries import EncodedEntry, Entry, digest, leaf_hash
from kiosk.record.entry_kinds import EFFECTS, ENDS, LASTING, RETENTION, EntryKind
from kiosk.record.transparency.checkpoint import sign_checkpoint
from kiosk.record.transparency.merkle import Tree
from kiosk.record.transparency.signed_note import Signer
from kiosk.record.verification import segment
from kiosk.record.verification.result import Claim, Result
from kiosk.record.verification.segment import CheckpointMark, MissingValues, Segment, check
from tests.record.retention.logged import act_of_two
from tests.record.rows import ORIGIN, SIGNER, Rows, Whole, encoded, entry_row, rows_of

NOTES = [Entry(EntryKind.NOTE_ADDED, {"text": f"n{n}", "more": n}, f"encounter-{n // 4}") for n in range(9)]


def a_log(entries: list[Entry] | None = None) -> Whole:
    """Nine entries, signed for at three, six and nine of them."""
    kept = encoded(entries or NOTES)
    return rows_of(kept, [size for size in (3, 6, 9) if size <= len(kept)])


def found(log: Whole) -> list[tuple[int | None, str]]:
    """Where something does not match, and what."""
    return [(problem.at, problem.what) for problem in log.verdict().problems]


def replaced(row: tuple[Any, ...], at: int, value: object) -> tuple[Any, ...]:
    """A row with another value in one column."""
    return (*row[:at], value, *row[at + 1 :])


def test_a_sound_log_is_sound() -> None:
    """Every entry and every signed state matches, and the roots that were asked for are told."""
    log = a_log()
    verdict = log.verdict(asked=[4])
    assert verdict.verified, verdict.problems
    assert (verdict.size, verdict.matching, verdict.signed, verdict.checkpoints) == (9, 9, 9, 3)
    assert verdict.roots[4] == Tree().grown([row[2] for row in log.rows.entries[:4]]).root
    assert rows_of([]).verdict().verified, "an empty log was signed for too"


@pytest.mark.parametrize("size", range(1, 40))
def test_stretches_make_the_same_tree_as_the_whole(size: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """However a log is cut into stretches, each root is the one over all entries before it."""
    kept = encoded([Entry(EntryKind.NOTE_ADDED, {"text": str(n)}) for n in range(size)])
    for module in ("kiosk.record.verification.segment", "kiosk.record.verification.result", "tests.record.rows"):
        monkeypatch.setattr(f"{module}.SEGMENT", 8)
    verdict = rows_of(kept, range(1, size + 1)).verdict(asked=range(size + 1))
    assert verdict.verified, verdict.problems
    leaves = [one.leaf for one in kept]
    assert verdict.roots == {n: Tree().grown(leaves[:n]).root for n in range(size + 1)}


@pytest.mark.parametrize(
    ("column", "value", "what"),
    [
        (1, b"{}", "its header was changed"),
        (2, bytes(32), "its header was changed"),
        (2, "text", "its header was changed"),
        (1, None, "can't be read"),
        (3, b"e5", "columns"),
        (4, b"encounter-9", "columns"),
        (4, None, "columns"),
        (5, b"note.addee", "columns"),
        (5, b"\xff", "can't be read"),
        (6, 5, "columns"),
    ],
)
def test_a_changed_column_of_an_entry_is_named(column: int, value: object, what: str) -> None:
    """Header, leaf, and each column that is searched; the other entries are still proven."""
    log = a_log()
    log.rows.entries[4] = replaced(log.rows.entries[4], column, value)
    at, words = found(log)[0]
    assert (at, what in words, log.verdict().matching) == (4, True, 8), words


@pytest.mark.parametrize("header", [b"[]", b"1", b'{"seq":0,"origin":"log","sd":[]}', b"{", b"", b"[" * 9999, b"\xff"])
def test_a_header_that_is_no_header_is_named(header: bytes) -> None:
    """Other bytes with a fitting hash are found, and break nothing."""
    log = a_log()
    leaf = leaf_hash(header.decode("latin-1")) if header.isascii() else bytes(32)
    log.rows.entries[2] = replaced(replaced(log.rows.entries[2], 1, header), 2, leaf)
    assert found(log)[0][0] == 2


@pytest.mark.parametrize(
    ("spoil", "what"),
    [
        (lambda v: replaced(v, 3, v[3] + b"A"), "was changed"),
        (lambda v: replaced(v, 1, b"mores"), "was changed"),
        (lambda v: replaced(v, 2, 1), "its encrypted"),
        (lambda v: replaced(v, 3, None), "can't be read"),
    ],
)
def test_a_changed_value_is_named(spoil: Callable[[tuple[Any, ...]], tuple[Any, ...]], what: str) -> None:
    """Its words, its name, and whether it is sealed."""
    log = a_log()
    at = next(n for n, row in enumerate(log.rows.values) if row[0] == 5)
    log.rows.values[at] = spoil(log.rows.values[at])
    where, words = found(log)[0]
    assert (where, what in words) == (5, True), words


def test_a_value_of_no_entry_is_named() -> None:
    """One more value than the entry committed to, or one of an entry that is not there."""
    log = a_log()
    log.rows.values.append((5, b"added", 0, b"abc"))
    assert "“added” was changed" in found(log)[0][1]
    log = a_log()
    log.rows.values.append((77, b"text", 0, b"abc"))
    log.rows.entries.append(replaced(log.rows.entries[8], 0, 76))
    assert any("entry 77, which does not exist" in words for at, words in found(log) if at == 77)


def test_a_name_that_quotes_the_header_makes_up_for_no_value() -> None:
    """A row whose name holds the text before a commitment looks like a second value, while one is gone."""
    log = rows_of(encoded([Entry(EntryKind.NOTE_ADDED, {"more": 1, "text": "n"}, "encounter-1")]))
    more, text = log.rows.values
    quoting = b'more":"' + digest(more[3]).encode() + b'","text'
    log.rows.values[:] = [text, replaced(text, 1, quoting)]
    assert "was changed" in found(log)[0][1]


def test_missing_swapped_and_doubled_entries_are_named() -> None:
    """Numbers run from 0 without a gap, and each header says its own."""
    log = a_log()
    del log.rows.entries[4]
    assert found(log)[0] == (4, "Entry 4 is missing.")
    log = a_log()
    del log.rows.entries[2:5]
    assert found(log)[0] == (2, "Entries 2 to 4 are missing.")
    log = a_log()
    four, five = log.rows.entries[4:6]
    log.rows.entries[4:6] = [replaced(five, 0, 4), replaced(four, 0, 5)]
    assert found(log)[0][0] == 4
    assert "another entry" in found(log)[0][1]


def test_an_entry_of_another_log_is_named() -> None:
    """Its own hash is right, and its place too."""
    log = a_log()
    log.rows.entries[4] = entry_row(encoded(NOTES, origin="front-office-kiosk/other")[4])
    assert "in another log" in found(log)[0][1]


def test_a_rewritten_stretch_is_told_by_the_signed_states_around_it() -> None:
    """Entries hashed again match themselves, but no longer what was signed: it was between three and six."""
    log = a_log()
    anew = encoded([*NOTES[:4], Entry(EntryKind.NOTE_ADDED, {"text": "other", "more": 4}, "encounter-1")])[4]
    log.rows.entries[4] = entry_row(anew)
    log.rows.values = [v for v in log.rows.values if v[0] != 4] + [(4, n.encode(), 0, b) for n, b in anew.disclosures]
    log.rows.values.sort(key=lambda row: row[0])
    ((at, words),) = found(log)
    assert at == 3
    assert words.startswith("Of entries 3 to 5, one or more were changed")
    assert log.verdict().signed == 3


def test_entries_cut_off_or_added_beyond_the_head_are_told() -> None:
    """How many are gone; or which was never signed for."""
    log = a_log()
    log.rows.entries, log.rows.values, log.size = log.rows.entries[:6], log.rows.values[:12], 6
    assert any(words.endswith("but the log has only 6.") for _, words in found(log))
    log = rows_of(encoded(NOTES), [3])
    log.newest = sign_checkpoint(ORIGIN, Tree().grown(row[2] for row in log.rows.entries[:8]), SIGNER)
    assert found(log) == [(8, "No checkpoint covers entry 8 or any entry after it.")]


def test_a_log_cut_back_to_an_older_signed_state_is_sound_by_itself() -> None:
    """Only somebody who has seen more can tell: this is what verification codes are for."""
    assert rows_of(encoded(NOTES)[:6], [3, 6]).verdict().verified


def test_changed_signed_states_are_told() -> None:
    """A checkpoint's root or note, the head, its peaks; another key; none at all."""
    for at, value in ((1, bytes(32)), (2, b"note"), (0, 5)):
        log = a_log()
        log.rows.checkpoints[1] = replaced(log.rows.checkpoints[1], at, value)
        assert any("checkpoint" in words for _, words in found(log)), (at, value)
    log = a_log()
    assert log.newest is not None
    for newest in (
        replace(log.newest, root=bytes(32)),
        replace(log.newest, size=8),
        replace(log.newest, note=""),
        None,
    ):
        assert any("newest" in words for _, words in found(replace(log, newest=newest)))
    no_peaks = replace(log.newest, peaks=bytes(64))
    assert any("for the next checkpoint" in words for _, words in found(replace(log, newest=no_peaks)))
    other = Signer(ORIGIN, bytes(32)).public
    assert "another key" in " ".join(t.what for t in log.verdict(key=other).problems)
    assert any("key that the log names" in problem.what for problem in log.verdict(key=None).problems)


def test_a_kept_checkpoint_that_is_gone_is_told() -> None:
    """After a closing, a session's end and the like one is kept for good."""
    entries = [*NOTES[:2], Entry(EntryKind.ENCOUNTER_CLOSED, {"outcome": "gone"}, "encounter-0"), *NOTES[2:]]
    log = rows_of(encoded(entries), [3])
    assert log.verdict().verified
    log.rows.checkpoints.clear()
    assert found(log) == [(2, "The signed checkpoint after entry 2 is missing.")]


# -- what was destroyed, and what is held ---------------------------------------------------------------------------


def destroyed(entries: list[Entry], of: set[int], **rest: Any) -> Result:
    """The verdict on a log in which the values of these entries are kept no more."""
    log = rows_of(encoded(entries), [n for n, entry in enumerate(entries, 1) if entry.kind in LASTING])
    log.rows.values = [row for row in log.rows.values if row[0] not in of]
    return replace(log, **rest).verdict()


def test_a_value_that_is_gone_is_named() -> None:
    """No entry says that it was destroyed."""
    (problem,) = destroyed(NOTES, {5}).problems
    assert (problem.at, "its “more” is missing" in problem.what) == (5, True)


def test_values_let_go_in_order_are_no_trouble() -> None:
    """A later entry says so, for this encounter and no other, and for no entry after it."""
    purge = act_of_two("encounter-1")
    entries = [*NOTES, *purge, NOTES[4]]
    destructions = [("encounter-1", ORIGIN, 11)]
    verdict = destroyed(entries, {4, 5, 6, 7}, destructions=destructions)
    assert (verdict.verified, verdict.destroyed, verdict.retention) == (
        True,
        1,
        frozenset({(11, EntryKind.RECORD_DESTROYED, "encounter-1")}),
    )
    (unkept,) = destroyed([*NOTES, *purge], set()).problems
    assert (unkept.at, "the row that says so is missing" in unkept.what) == (11, True)
    assert destroyed(entries, {4, 5, 8}, destructions=destructions).problems[0].at == 8
    assert destroyed(entries, {4, 12}, destructions=destructions).problems[0].at == 4
    assert (
        destroyed(entries, {4}, destructions=[("encounter-2", ORIGIN, 11)])
        .problems[-1]
        .what.endswith("does not say so.")
    )


@pytest.mark.parametrize("kind", sorted(RETENTION))
def test_what_says_why_a_record_was_kept_or_let_go_never_goes_itself(kind: EntryKind) -> None:
    """Not even before a purge of that encounter that is in order, here or by the log that goes on."""
    purge = Entry(EntryKind.RECORD_DESTROYED, {}, "encounter-1")
    entries = [*NOTES, Entry(kind, {"by": "B"}, "encounter-1"), purge]
    own = [("encounter-1", ORIGIN, n) for n in (9, 10) if entries[n].kind == EntryKind.RECORD_DESTROYED]
    holds = [("encounter-1", 9, 10, "front-office-kiosk/next")] if kind == EntryKind.HOLD_PLACED else []
    for destructions in (own, [*own, ("encounter-1", "front-office-kiosk/next", 3)]):
        problems = destroyed(entries, {4, 9}, holds=holds, destructions=destructions).problems
        assert "Entry 9 is incomplete: its “by” is missing" in " ".join(t.what for t in problems)


def test_values_let_go_by_the_log_that_goes_on_are_told_apart() -> None:
    """An earlier log can't prove them alone."""
    verdict = destroyed(NOTES, {4}, destructions=[("encounter-1", "front-office-kiosk/next", 3)])
    claim = Claim("front-office-kiosk/next", 3, EntryKind.RECORD_DESTROYED, "encounter-1")
    assert (verdict.verified, verdict.claims) == (True, (claim,))


def test_holds_are_what_the_entries_say() -> None:
    """A hold that was taken away or put there, lifted without an entry, or broken by a purge."""
    placed, released = (
        Entry(EntryKind.HOLD_PLACED, {}, "encounter-1"),
        Entry(EntryKind.HOLD_RELEASED, {}, "encounter-1"),
    )
    purge = Entry(EntryKind.RECORD_DESTROYED, {}, "encounter-1")
    entries = [*NOTES, placed, released]
    assert destroyed(entries, set(), holds=[("encounter-1", 9, 10, ORIGIN)]).verified
    assert destroyed(entries[:10], set(), holds=[("encounter-1", 9, None, None)]).verified
    for row in (None, ("encounter-2", 9, 10, ORIGIN), ("encounter-1", 8, 10, ORIGIN), ("encounter-1", 9, 8, ORIGIN)):
        assert not destroyed(entries, set(), holds=[row] if row else []).verified, row
    afar = destroyed(entries, set(), holds=[("encounter-1", 9, 3, "front-office-kiosk/next")])
    assert (afar.verified, afar.claims) == (
        True,
        (Claim("front-office-kiosk/next", 3, EntryKind.HOLD_RELEASED, "encounter-1"),),
    )
    broken = destroyed(
        [*NOTES, placed, purge], {4}, holds=[("encounter-1", 9, None, None)], destructions=[("encounter-1", ORIGIN, 10)]
    )
    assert "on legal hold" in broken.problems[0].what


def test_each_hold_is_lifted_by_a_later_entry_of_its_own() -> None:
    """One release does not lift two holds, and none lifts a hold that was placed after it; a purge then breaks it."""
    placed, released = (
        Entry(EntryKind.HOLD_PLACED, {}, "encounter-1"),
        Entry(EntryKind.HOLD_RELEASED, {}, "encounter-1"),
    )
    entries, first = [*NOTES, placed, placed, released, released], ("encounter-1", 9, 11, ORIGIN)
    assert destroyed(entries, set(), holds=[first, ("encounter-1", 10, 12, ORIGIN)]).verified
    assert destroyed(entries, set(), holds=[first, ("encounter-1", 10, None, None)]).verified, "one was released twice"
    twice = destroyed(entries, set(), holds=[first, ("encounter-1", 10, 11, ORIGIN)]).problems
    assert [t.what for t in twice] == ["A row says that entry 11 released a legal hold that it did not release."]
    early = destroyed([*NOTES, released, placed], set(), holds=[("encounter-1", 10, 9, ORIGIN)])
    assert not early.verified
    purged = [*entries, *act_of_two("encounter-1")]
    ((at, what),) = [
        (t.at, t.what)
        for t in destroyed(
            purged,
            {4},
            holds=[first, ("encounter-1", 10, None, None)],
            destructions=[("encounter-1", ORIGIN, 15)],
        ).problems
    ]
    assert (at, "on legal hold" in what) == (15, True), "two releases of one hold do not lift the other"


def test_troubles_are_told_in_the_order_of_the_entries_and_not_without_end() -> None:
    """The first says where; a log that is wrong everywhere does not fill the memory."""
    kept = [replace(one, leaf=bytes(32)) for one in encoded([Entry(EntryKind.NOTE_ADDED, {"text": "n"})] * 50)]
    verdict = rows_of(kept).verdict()
    assert verdict.problems[0].at == 0
    assert len(verdict.problems) <= segment.MOST + 1
    assert verdict.matching == 0


def test_sealed_entries_are_what_rows_are_made_of() -> None:
    """The stand-in makes its columns from the header, as the store does."""
    one = encoded(NOTES)[5]
    assert isinstance(one, EncodedEntry)
    assert entry_row(one)[3:6] == (b"e5", b"encounter-1", b"note.added")


# -- one segment ------------------------------------------------------------------------------------------------------


def page(log: Whole, first: int, end: int) -> Rows:
    """The rows of these entries."""
    return Rows(
        [row for row in log.rows.entries if first <= row[0] < end],
        [row for row in log.rows.values if first <= row[0] < end],
        [row for row in log.rows.checkpoints if first < row[0] <= end],
    )


@pytest.mark.parametrize("cuts", [(0, 9), (0, 3, 9), (0, 2, 4, 6, 9), (0, 1, 8, 9)])
def test_pages_of_any_length_make_the_same_segment(cuts: tuple[int, ...]) -> None:
    """A checkpoint or a requested size can be at the end of a page, at its beginning, or within it."""
    log = a_log()
    pages = [page(log, first, end) for first, end in pairwise(cuts)]
    whole = check([log.rows], ORIGIN, 0, 9, key=SIGNER.public, asked=[2, 4, 9])
    assert check(pages, ORIGIN, 0, 9, key=SIGNER.public, asked=[2, 4, 9]) == whole
    leaves = [row[2] for row in log.rows.entries]
    roots = {size: Tree().grown(leaves[:size]).root for size in (2, 3, 4, 6, 9)}
    assert whole.marks == [CheckpointMark(n, root, root if n in {3, 6, 9} else None) for n, root in roots.items()]
    assert (whole.tree, whole.matching, whole.checkpoints) == (Tree().grown(leaves), 9, 3)


def test_sizes_of_other_segments_are_not_marked() -> None:
    """A size is of the segment that ends with it or has it inside."""
    log = rows_of(encoded(NOTES))
    segment_two = check([page(log, 4, 9)], ORIGIN, 4, 9, key=SIGNER.public, asked=[0, 3, 4, 5, 9, 10])
    assert [mark.size for mark in segment_two.marks] == [5, 9]
    assert segment_two.marks[0].tail == log.rows.entries[4][2]


def test_after_a_missing_entry_nothing_more_is_marked() -> None:
    """Sizes before it are; the entries after it still match."""
    log = a_log()
    del log.rows.entries[4]
    log.rows.values = [row for row in log.rows.values if row[0] != 4]
    checked = check([log.rows], ORIGIN, 0, 9, key=SIGNER.public, asked=[2, 4, 5])
    assert [mark.size for mark in checked.marks] == [2, 3, 4]
    assert (checked.tree.size, checked.matching) == (4, 8)


def test_an_entry_missing_from_the_end_is_named_unless_an_earlier_problem_is() -> None:
    """The first problem is enough to find it."""
    log = a_log()
    for first in (0, 7):
        checked = check([page(log, first, 8)], ORIGIN, first, 9, key=SIGNER.public)
        assert [problem.at for problem in checked.problems] == [8]
    assert [problem.at for problem in check([], ORIGIN, 0, 9, key=SIGNER.public).problems] == [0]
    assert check([], ORIGIN, 0, 0, key=SIGNER.public).problems == []
    log.rows.entries[2] = replaced(log.rows.entries[2], 1, b"{}")
    assert [problem.at for problem in check([page(log, 0, 8)], ORIGIN, 0, 9, key=SIGNER.public).problems] == [2]


@pytest.mark.parametrize("leaf", [b"", bytes(31), bytes(33), None, "text"])
def test_a_leaf_of_another_form_leaves_the_other_entries_provable(leaf: object) -> None:
    """It is one problem, and breaks no check of the tree."""
    log = a_log()
    log.rows.entries[4] = replaced(log.rows.entries[4], 2, leaf)
    checked = check([log.rows], ORIGIN, 0, 9, key=None)
    assert [problem.at for problem in checked.problems if problem.at is not None] == [4]
    assert (checked.matching, checked.tree.size) == (8, 9)


def test_no_more_problems_are_kept_than_the_maximum() -> None:
    """The first ones."""
    found = Segment(0, 100)
    for at in range(segment.MOST + 5):
        found.add_problem(at, "A problem.")
    assert [problem.at for problem in found.problems] == list(range(segment.MOST))


def test_a_log_without_a_key_has_no_valid_checkpoint() -> None:
    """Each is a problem of the whole log; no missing one can be named then."""
    entries = [*NOTES[:2], Entry(EntryKind.ENCOUNTER_CLOSED, {"outcome": "gone"}, "encounter-0")]
    checked = check([rows_of(encoded(entries), [2]).rows], ORIGIN, 0, 3, key=None)
    assert ([problem.at for problem in checked.problems], checked.checkpoints) == ([None], 1)
    assert checked.marks == [CheckpointMark(2, checked.marks[0].tail, None)]


@pytest.mark.parametrize("kind", EntryKind)
def test_only_after_the_last_entry_of_its_transaction_a_checkpoint_is_required(kind: EntryKind) -> None:
    """A closed record, the end of a session, an export, an issued checkpoint."""
    checked = check([rows_of(encoded([Entry(kind)])).rows], ORIGIN, 0, 1, key=SIGNER.public)
    assert [problem.at for problem in checked.problems] == ([0] if kind in ENDS else [])


@pytest.mark.parametrize("kind", EntryKind)
def test_entries_about_holds_and_destruction_are_collected(kind: EntryKind) -> None:
    """With number, kind and encounter; an entry of no encounter has an empty one."""
    log = rows_of(encoded([Entry(kind, {}, "encounter-1"), Entry(kind)]), [1, 2])
    checked = check([log.rows], ORIGIN, 0, 2, key=SIGNER.public)
    assert checked.retention == ([(0, kind, "encounter-1"), (1, kind, "")] if kind in EFFECTS else [])


def test_missing_values_are_collected_by_encounter() -> None:
    """The first entry without one, that value's name, and the last such entry."""
    log = rows_of(encoded([*NOTES, Entry(EntryKind.PACK_KEPT, {"id": "small"})]))
    log.rows.values = [row for row in log.rows.values if row[:2] in {(1, b"more"), (2, b"text"), (8, b"more")}]
    checked = check([log.rows], ORIGIN, 0, 10, key=SIGNER.public)
    assert checked.missing == {
        "encounter-0": MissingValues(0, "more", 3),
        "encounter-1": MissingValues(4, "more", 7),
        "encounter-2": MissingValues(8, "text", 8),
        "": MissingValues(9, "id", 9),
    }
    assert (checked.matching, checked.problems) == (10, [])


def test_an_id_that_is_not_text_is_named() -> None:
    """Where the header and the columns differ, both are read; bytes that are no text break nothing."""
    log = a_log()
    log.rows.entries[4] = replaced(log.rows.entries[4], 3, b"\xff")
    assert found(log)[0][0] == 4
    assert log.verdict().matching == 8


def test_an_id_that_is_escaped_in_the_header_matches_its_column() -> None:
    """The fast search does not find it; the parsed header does."""
    log = rows_of(encoded([Entry(EntryKind.NOTE_ADDED, {"text": "n"}, 'a "quoted" id')]))
    assert log.verdict().verified, found(log)
    log.rows.entries[0] = replaced(log.rows.entries[0], 6, log.rows.entries[0][6] + 1)
    assert "columns" in found(log)[0][1]


def test_a_log_id_that_is_no_text_matches_no_entry() -> None:
    """A changed file can hold one; each entry is named, and nothing breaks."""
    checked = check([a_log().rows], "\ud800", 0, 9, key=None)
    assert [problem.at for problem in checked.problems if problem.at is not None] == list(range(9))
