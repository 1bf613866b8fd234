"""Segments become one result: sums, roots across segments, the first wrong entry, and destruction with its entries."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from hashlib import sha256
from typing import Final

import pytest

from kiosk.record.entry_kinds import EntryKind
from kiosk.record.transparency.checkpoint import SignedCheckpoint, sign_checkpoint
from kiosk.record.transparency.merkle import EMPTY_ROOT, Tree
from kiosk.record.transparency.signed_note import Signer, VerifierKey
from kiosk.record.verification.result import Claim, Result, merge, wanted_sizes
from kiosk.record.verification.segment import CheckpointMark, MissingValues, Problem, Segment
from tests.record.rows import ORIGIN, SIGNER

NEXT: Final = "front-office-kiosk/next"
SIZE: Final = 11
CUT: Final = 4
"""Entries in one segment of these tests."""

LEAVES: Final = tuple(sha256(bytes([n])).digest() for n in range(SIZE))
PLACED, RELEASED, DESTROYED = EntryKind.HOLD_PLACED, EntryKind.HOLD_RELEASED, EntryKind.RECORD_DESTROYED
Hold = tuple[str, int, int | None, str | None]


def signed(size: int = SIZE, leaves: Sequence[bytes] = LEAVES, signer: Signer = SIGNER) -> SignedCheckpoint:
    """The signed checkpoint over the first entries."""
    return sign_checkpoint(ORIGIN, Tree().grown(leaves[:size]), signer)


@dataclass
class Whole:
    """The outline of a log; fits `result.Outline`."""

    size: int = SIZE
    newest: SignedCheckpoint | None = field(default_factory=signed)
    outside: int = 0
    holds: Sequence[Hold] = ()
    destructions: Sequence[tuple[str, str, int]] = ()


def root(size: int, leaves: Sequence[bytes] = LEAVES) -> bytes:
    """The root over the first entries."""
    return Tree().grown(leaves[:size]).root


def segments(
    signed_at: Sequence[int] = (),
    *,
    forged_at: Sequence[int] = (),
    asked: Sequence[int] = (SIZE,),
    leaves: Sequence[bytes] = LEAVES,
) -> list[Segment]:
    """The checked segments of an intact log. signed_at: sizes of matching checkpoints; forged_at: of others."""
    found = []
    for first in range(0, len(leaves), CUT):
        end = min(first + CUT, len(leaves))
        sizes = [size for size in sorted({*signed_at, *forged_at, *asked}) if first < size <= end]
        marks = [CheckpointMark(s, root(s - first, leaves[first:]), _signed(s, signed_at, forged_at)) for s in sizes]
        found.append(Segment(first, end, Tree().grown(leaves[first:end]), end - first, len(sizes), marks))
    return found


def _signed(size: int, signed_at: Sequence[int], forged_at: Sequence[int]) -> bytes | None:
    if size in forged_at:
        return bytes(32)
    return root(size) if size in signed_at else None


@pytest.fixture(autouse=True)
def small_segments(monkeypatch: pytest.MonkeyPatch) -> None:
    """Segments of four entries, so that a log has three."""
    monkeypatch.setattr("kiosk.record.verification.result.SEGMENT", CUT)


def merged(
    found: list[Segment] | None = None,
    outline: Whole | None = None,
    key: VerifierKey | None = SIGNER.public,
    asked: Sequence[int] = (),
) -> Result:
    """The result for these segments."""
    return merge(ORIGIN, key, outline or Whole(), segments() if found is None else found, asked)


def places(result: Result) -> list[int | None]:
    """The entries with a problem, in order."""
    return [problem.at for problem in result.problems]


# -- sums and roots ----------------------------------------------------------------------------------------------------


def test_the_result_has_the_sums_of_all_segments() -> None:
    """Entries, matches and checkpoints; the newest matching checkpoint; the key that the log names."""
    found = segments([2, 5, 9])
    found[1].matching -= 1
    result = merged(found)
    assert (result.origin, result.size, result.matching, result.signed) == (ORIGIN, 11, 10, 11)
    assert (result.key, result.checkpoints, result.destroyed) == (SIGNER.public, 4, 0)
    assert (result.claims, result.retention, result.problems) == ((), frozenset(), ())


def test_a_result_is_verified_only_without_a_problem() -> None:
    """One is enough."""
    assert merged().verified
    assert not replace(merged(), problems=(Problem(None, "A problem."),)).verified


@pytest.mark.parametrize("size", range(1, SIZE + 1))
def test_the_root_at_each_size_is_that_of_the_whole_tree(size: int) -> None:
    """Within a segment, at its end, and in the last, shorter one."""
    roots = merged(segments(asked=[size, SIZE]), asked=[size]).roots
    assert roots == {0: EMPTY_ROOT, size: root(size), SIZE: root(SIZE)}


def test_only_the_roots_that_were_asked_for_are_kept() -> None:
    """A long log has a checkpoint for each record; their roots are compared, and forgotten."""
    assert set(merged(segments([2, 5, 9]), asked=[5]).roots) == {0, 5, SIZE}


def test_an_empty_log_is_verified_by_its_own_checkpoint() -> None:
    """Its root is that of no entries."""
    result = merged([], Whole(0, signed(0)))
    assert (result.verified, result.signed, dict(result.roots)) == (True, 0, {0: EMPTY_ROOT})


def test_after_a_missing_entry_no_root_is_known() -> None:
    """Those before it still are; the other entries still match."""
    found = segments(asked=[3, 4, 6, 8, 11])
    found[1].tree = Tree().grown(LEAVES[4:7])
    found[1].marks = [mark for mark in found[1].marks if mark.size == 6]
    assert set(merged(found, asked=[3, 4, 6, 8]).roots) == {0, 3, 4, 6}


def test_the_sizes_to_mark_are_those_asked_for_and_the_newest_checkpoint() -> None:
    """A log without a newest checkpoint adds none."""
    assert wanted_sizes(Whole(), [3, 5]) == {3, 5, SIZE}
    assert wanted_sizes(Whole()) == {SIZE}
    assert wanted_sizes(Whole(newest=None), [3]) == {3}


def test_problems_are_in_the_order_of_the_entries_and_those_of_the_whole_log_come_last() -> None:
    """So the first names the first wrong entry."""
    found = segments()
    found[0].problems = [Problem(3, "c"), Problem(None, "z")]
    found[1].problems = [Problem(1, "a"), Problem(10, "y")]
    assert [problem.what for problem in merged(found).problems] == ["a", "c", "y", "z"]


# -- checkpoints -------------------------------------------------------------------------------------------------------


def test_a_missing_key_and_a_missing_newest_checkpoint_are_problems_of_the_whole_log() -> None:
    """Each is one problem; without a checkpoint only the permanent ones count."""
    assert places(merged(key=None)) == [None]
    assert places(merged(outline=Whole(newest=None))) == [None]
    assert merged(segments([5]), Whole(newest=None)).signed == 5


@pytest.mark.parametrize(
    ("newest", "key"),
    [
        (signed(signer=Signer(ORIGIN, bytes(32))), SIGNER.public),
        (replace(signed(), root=bytes(32)), SIGNER.public),
        (replace(signed(), size=10), SIGNER.public),
        (replace(signed(), note="\ud800"), SIGNER.public),
        (sign_checkpoint(NEXT, Tree().grown(LEAVES), Signer(NEXT, bytes(32))), Signer(NEXT, bytes(32)).public),
    ],
    ids=["another key", "root", "size", "no text", "key of another log"],
)
def test_a_newest_checkpoint_that_the_log_s_key_did_not_sign_is_a_problem(
    newest: SignedCheckpoint, key: VerifierKey
) -> None:
    """It proves nothing, so no entry counts as covered by it."""
    result = merged(outline=Whole(newest=newest), key=key)
    assert (places(result), result.signed) == ([None], 0)


def test_rows_of_no_entry_are_one_problem() -> None:
    """However many there are."""
    assert places(merged(outline=Whole(outside=1))) == [None]
    assert places(merged(outline=Whole(outside=3))) == [None]


def test_entries_missing_from_the_end_or_not_covered_are_named_by_the_first() -> None:
    """The first that the checkpoint covers and the log lacks, or has and no checkpoint covers."""
    more = (*LEAVES, sha256(b"more").digest())
    assert places(merged(outline=Whole(newest=signed(12, more)))) == [SIZE]
    assert places(merged(segments(asked=[9, SIZE]), Whole(newest=signed(9)))) == [9]


def test_changed_peaks_are_a_problem_of_the_whole_log() -> None:
    """The next checkpoint would be wrong; all entries still match."""
    result = merged(outline=Whole(newest=replace(signed(), peaks=bytes(96))))
    assert (places(result), result.signed) == ([None], SIZE)


@pytest.mark.parametrize("size", [4, 8, 9, 11])
def test_peaks_are_compared_also_where_the_log_ends_with_a_segment(size: int) -> None:
    """Complete segments join to larger subtrees."""
    leaves, newest = LEAVES[:size], signed(size)
    found = segments(asked=[size], leaves=leaves)
    assert merged(found, Whole(size, newest)).verified
    changed = replace(newest, peaks=newest.peaks[:-1] + b"x")
    assert places(merged(found, Whole(size, changed))) == [None]


def test_peaks_are_compared_only_at_the_end_of_the_log() -> None:
    """The tree of a longer log has others."""
    newest = replace(signed(9), peaks=bytes(64))
    assert places(merged(segments(asked=[9, SIZE]), Whole(newest=newest))) == [9]


REWRITTEN: Final = tuple(sha256(b"other").digest() if n == 6 else leaf for n, leaf in enumerate(LEAVES))


def test_a_rewritten_entry_is_between_the_last_match_and_the_first_mismatch() -> None:
    """Its own hash was made again, so only signed checkpoints show it; the problem is at the first possible entry."""
    result = merged(segments([2, 5, 9], leaves=REWRITTEN))
    assert (places(result), result.signed) == ([5], 5)
    assert "entries 5 to 8" in result.problems[0].what
    assert "9 entries" in result.problems[0].what


def test_a_rewritten_entry_between_neighboring_checkpoints_is_named_alone() -> None:
    """There is no other that it could be."""
    result = merged(segments([6, 7], leaves=REWRITTEN))
    assert places(result) == [6]
    assert result.problems[0].what.startswith("Entry 6 ")


def test_the_newest_checkpoint_alone_shows_a_rewritten_entry() -> None:
    """Then it can be any entry since the last match."""
    assert places(merged(segments(leaves=REWRITTEN))) == [0]
    assert places(merged(segments([2], leaves=REWRITTEN))) == [2]


@pytest.mark.parametrize(("known", "expected"), [(5, [5]), (8, [8]), (9, [5, 9]), (None, [5, None])])
def test_a_mismatch_that_another_problem_explains_is_not_reported_twice(
    known: int | None, expected: list[int | None]
) -> None:
    """A changed entry before the first mismatch explains it; one after it does not."""
    found = segments([2, 5, 9], leaves=REWRITTEN)
    found[0].problems = [Problem(known, "Known.")]
    assert places(merged(found)) == expected


def test_a_checkpoint_of_other_entries_is_named_also_when_later_ones_match() -> None:
    """The key signed two logs. The entries before it are named, never a range that ends before it begins."""
    result = merged(segments([2, 9], forged_at=[5]))
    assert (places(result), result.signed) == ([2], SIZE)
    assert "entries 2 to 4" in result.problems[0].what
    assert "5 entries" in result.problems[0].what


def test_a_newest_checkpoint_of_other_entries_is_named_also_when_later_ones_match() -> None:
    """An older checkpoint of the other log took the place of the newest one."""
    found = segments([2, 9], asked=[5, SIZE])
    result = merged(found, Whole(newest=signed(5, [bytes(32)] * 5)))
    assert (places(result), result.signed) == ([2, 5], 9)
    assert "entries 2 to 4" in result.problems[0].what


def test_a_newest_checkpoint_of_other_entries_is_named_also_where_a_permanent_one_matches() -> None:
    """Both are of the same size."""
    result = merged(segments([2, 5]), Whole(newest=signed(5, [bytes(32)] * 5)))
    assert places(result) == [2, 5]
    assert "entries 2 to 4" in result.problems[0].what


# -- destroyed details -------------------------------------------------------------------------------------------------


def missing(*at: tuple[str, int], retention: Sequence[tuple[int, str, str]] = ()) -> list[Segment]:
    """Segments in which these encounters lack a value in these entries, and with these entries about retention."""
    found = segments()
    for about, seq in at:
        kept = found[seq // CUT].missing
        before = kept.get(about, MissingValues(seq, f"value of {seq}", seq))
        kept[about] = MissingValues(before.first, before.name, seq)
    for entry in retention:
        found[entry[0] // CUT].retention.append(entry)
    return found


def test_missing_values_of_all_segments_are_one_encounter_s() -> None:
    """It is named once, by its first missing value."""
    result = merged(missing(("a", 1), ("a", 6), ("b", 9)))
    assert (places(result), result.destroyed) == ([1, 9], 0)
    assert "“value of 1”" in result.problems[0].what


@pytest.mark.parametrize(("seq", "expected"), [(5, [1]), (7, []), (10, [])])
def test_a_destruction_explains_only_missing_values_before_it(seq: int, expected: list[int]) -> None:
    """All of an encounter's missing values are before its newest destruction, or it counts as unexplained."""
    found = missing(("a", 1), ("a", 6), retention=[(2, DESTROYED, "a"), (seq, DESTROYED, "a")])
    result = merged(found, Whole(destructions=[("a", ORIGIN, 2), ("a", ORIGIN, seq)]))
    assert (places(result), result.destroyed) == (expected, 0 if expected else 1)
    assert result.retention == {(2, DESTROYED, "a"), (seq, DESTROYED, "a")}


def test_a_missing_value_of_the_first_entry_is_a_problem_too() -> None:
    """Without a destruction, whatever the number of the entry."""
    assert places(merged(missing(("a", 0)))) == [0]


def test_a_destruction_of_another_encounter_or_another_kind_of_entry_explains_nothing() -> None:
    """Only one's own."""
    found = missing(("a", 1), retention=[(8, DESTROYED, "b"), (9, PLACED, "a")])
    outline = Whole(destructions=[("b", ORIGIN, 8)], holds=[("a", 9, None, None)])
    assert places(merged(found, outline)) == [1]


def test_values_of_no_encounter_are_never_destroyed() -> None:
    """A row that claims it explains nothing."""
    found = missing(("", 1), retention=[(8, DESTROYED, "")])
    for log in (ORIGIN, NEXT):
        rows = [("", ORIGIN, 8), ("", log, 8)]
        assert 1 in places(merged(found, Whole(destructions=rows)))


def test_a_later_log_can_have_destroyed_values_and_is_named_for_it() -> None:
    """Its claim can be checked in that log only."""
    result = merged(missing(("a", 1), ("b", 2)), Whole(destructions=[("a", NEXT, 3)]))
    assert (places(result), result.destroyed) == ([2], 1)
    assert result.claims == (Claim(NEXT, 3, DESTROYED, "a"),)


def test_destructions_and_their_rows_are_compared_both_ways() -> None:
    """A row without its entry is a problem of the whole log; an entry without its row is at the entry."""
    entries = [(8, DESTROYED, "a"), (3, DESTROYED, "b")]
    assert places(merged(missing(retention=entries))) == [3, 8]
    rows = [("a", ORIGIN, 8), ("b", ORIGIN, 3), ("c", ORIGIN, 5)]
    assert places(merged(missing(retention=entries), Whole(destructions=rows))) == [None]
    assert places(merged(missing(retention=entries), Whole(destructions=[("b", ORIGIN, 8), ("b", ORIGIN, 3)]))) == [
        8,
        None,
    ]


# -- legal holds -------------------------------------------------------------------------------------------------------


def held(*retention: tuple[int, str, str], holds: Sequence[Hold] = ()) -> Result:
    """The result of a log with these entries about retention, and these rows of holds."""
    rows = [(about, ORIGIN, seq) for seq, kind, about in retention if kind == DESTROYED]
    return merged(missing(retention=retention), Whole(holds=holds, destructions=rows))


def test_holds_and_their_rows_are_compared_both_ways() -> None:
    """An entry without its row is at the entry; a row without its entry is a problem of the whole log."""
    placed = [(6, PLACED, "a"), (3, PLACED, "b")]
    rows: list[Hold] = [("a", 6, None, None), ("b", 3, None, None)]
    assert held(*placed, holds=rows).verified
    assert places(held(*placed)) == [3, 6]
    assert places(held(*placed, holds=rows[:1])) == [3]
    assert places(held(*placed, holds=[*rows, ("a", 5, None, None)])) == [None]
    assert places(held(*placed, holds=[("b", 6, None, None), rows[1]])) == [6, None]


@pytest.mark.parametrize(
    ("row", "verified"),
    [
        (("a", 3, 6, ORIGIN), True),
        (("a", 3, 6, None), True),
        (("a", 3, None, None), True),
        (("a", 3, 7, ORIGIN), False),
        (("a", 3, 7, None), False),
        (("a", 3, 3, ORIGIN), False),
        (("a", 3, 7, NEXT), True),
    ],
)
def test_a_released_hold_has_a_later_entry_of_its_own(row: Hold, verified: bool) -> None:
    """A row without a log means this one; only a later log's entry can't be looked up here."""
    assert held((3, PLACED, "a"), (6, RELEASED, "a"), holds=[row]).verified is verified


def test_one_release_is_not_that_of_two_holds_or_of_another_encounter() -> None:
    """Each such row is a problem of the whole log."""
    two: list[Hold] = [("a", 2, 6, ORIGIN), ("a", 3, 6, ORIGIN)]
    assert places(held((2, PLACED, "a"), (3, PLACED, "a"), (6, RELEASED, "a"), holds=two)) == [None]
    assert places(held((2, PLACED, "a"), (6, RELEASED, "b"), holds=[("a", 2, 6, ORIGIN)])) == [None]


def test_a_release_by_a_later_log_is_a_claim() -> None:
    """One by this log, or by no log, is none."""
    holds: list[Hold] = [("a", 1, 6, NEXT), ("b", 2, 7, ORIGIN), ("c", 3, 8, None), ("d", 4, None, NEXT)]
    placed = [(n, PLACED, about) for n, about in ((1, "a"), (2, "b"), (3, "c"), (4, "d"))]
    result = held(*placed, (7, RELEASED, "b"), (8, RELEASED, "c"), holds=holds)
    assert (result.verified, result.claims) == (True, (Claim(NEXT, 6, RELEASED, "a"),))


@pytest.mark.parametrize(
    ("hold", "broken"),
    [
        (("a", 3, None, None), True),
        (("a", 3, 9, ORIGIN), True),
        (("a", 3, 9, None), True),
        (("a", 3, 4, ORIGIN), False),
        (("a", 3, 4, None), False),
        (("a", 3, 4, NEXT), True),
        (("b", 3, None, None), False),
        (("a", 8, None, None), False),
    ],
)
def test_details_are_not_destroyed_while_a_hold_applies(hold: Hold, broken: bool) -> None:
    """From the entry that placed it to the one that released it. A later log released it after this log's end."""
    about, placed, released, log = hold
    entries = [(placed, PLACED, about), (7, DESTROYED, "a")]
    if released is not None and log != NEXT:
        entries.append((released, RELEASED, about))
    result = held(*entries, holds=[hold])
    assert places(result) == ([7] if broken else [])


def test_each_destruction_under_a_hold_is_named() -> None:
    """In the order of the entries."""
    entries = [(1, PLACED, "a"), (9, DESTROYED, "a"), (2, DESTROYED, "a")]
    assert places(held(*entries, holds=[("a", 1, None, None)])) == [2, 9]
