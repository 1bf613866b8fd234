"""Merge the checked segments of a log into one result: checkpoints, destroyed details and legal holds."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Protocol

from kiosk.record.entry_kinds import EntryKind
from kiosk.record.transparency.checkpoint import Signatures, StoredCheckpoint
from kiosk.record.transparency.merkle import Tree, root_over
from kiosk.record.transparency.signed_note import VerifierKey
from kiosk.record.verification.segment import SEGMENT, CheckpointMark, Gone, Problem, Segment
from kiosk.worded import many

REPAIR: Final = "Keep the file unchanged and call the Superintendent's Office."


class Outline(Protocol):
    """What a store says of the whole log at one moment; `db.rows.Outline` fits it."""

    @property
    def size(self) -> int:
        """How many entries it holds."""

    @property
    def newest(self) -> StoredCheckpoint | None:
        """The newest signed checkpoint."""

    @property
    def outside(self) -> int:
        """How many rows have a number that no row can have."""

    @property
    def holds(self) -> Sequence[tuple[str, int, int | None, str | None]]:
        """(encounter, the entry that placed it, the entry that released it, the log of that entry)."""

    @property
    def purges(self) -> Sequence[tuple[str, str, int]]:
        """(encounter, the log and the entry that destroyed its details)."""


@dataclass(frozen=True, slots=True)
class Claim:
    """The claim that entry `seq` of another log is of this kind and about this encounter."""

    origin: str
    seq: int
    kind: str
    about: str


@dataclass(frozen=True, slots=True)
class Result:
    """The result of checking a whole log.

    size, matching: how many entries it holds, and how many of them match their hashes.
    signed:    the size of the newest checkpoint that matches; 0 if none does.
    key:       the key that signed; None if the log names no valid key.
    kept:      how many checkpoints are kept permanently.
    roots:     the root hash at each size that was asked for, where it can be computed.
    destroyed: how many encounters have details that were destroyed as the entries say.
    claims:    claims about entries of another log, which this log alone can't prove.
    told:      (entry, kind, encounter) of every entry here about legal holds and destruction.
    problems:  the problems, first entry first; none for a verified log.
    """

    origin: str
    size: int
    matching: int
    signed: int
    key: VerifierKey | None
    kept: int
    roots: Mapping[int, bytes]
    destroyed: int = 0
    claims: tuple[Claim, ...] = ()
    told: frozenset[tuple[int, str, str]] = frozenset()
    problems: tuple[Problem, ...] = ()

    @property
    def sound(self) -> bool:
        """Whether everything matches."""
        return not self.problems


def wanted_sizes(outline: Outline, sizes: Iterable[int] = ()) -> frozenset[int]:
    """Return the sizes at which `segment.check` must report the tree, for `merge` to know these roots and its own."""
    return frozenset(sizes) | ({outline.newest.size} if outline.newest is not None else set())


def merge(origin: str, key: VerifierKey | None, outline: Outline, stretches: Sequence[Segment]) -> Result:
    """Return the result for the log `origin` from all its segments in order. key: the key that the log names."""
    forest = _Forest(stretches)
    problems = [problem for stretch in stretches for problem in stretch.problems]
    problems += _of_whole(origin, key, outline, forest)
    problems += _rewritten(forest, problems)
    told = [entry for stretch in stretches for entry in stretch.told]
    gone = _withheld(stretches)
    not_said = _not_said(origin, gone, told, outline.purges)
    problems += [*not_said, *_holds(origin, told, outline.holds), *_purges(origin, told, outline.purges, outline.holds)]
    problems.sort(key=lambda problem: outline.size if problem.at is None else problem.at)
    return Result(
        origin,
        outline.size,
        sum(stretch.matching for stretch in stretches),
        forest.good,
        key,
        sum(stretch.checkpoints for stretch in stretches),
        forest.roots,
        len(gone) - len(not_said),
        _claims(origin, outline),
        frozenset(told),
        tuple(problems),
    )


class _Forest:
    """The trees of the segments as one: the root at every mark, and the newest checkpoint that matches."""

    def __init__(self, stretches: Sequence[Segment]) -> None:
        self.roots: dict[int, bytes] = {0: Tree().root}
        self.good, self.bad = 0, 0
        self.tree: Tree | None = Tree()
        above = Tree()
        for stretch in stretches:
            for mark in stretch.marks if self.tree is not None else ():
                self._tell(
                    mark,
                    above.grown([mark.tail]).root if _whole(stretch, mark) else root_over((*above.peaks, mark.tail)),
                )
            if stretch.tree.size != stretch.end - stretch.first:
                self.tree = None  # an entry is missing: no root after it can be computed
            elif stretch.tree.size == SEGMENT:
                above = above.grown(stretch.tree.peaks)
                self.tree = self.tree and Tree(stretch.end, above.peaks)
            else:
                self.tree = self.tree and Tree(stretch.end, above.peaks + stretch.tree.peaks)

    def _tell(self, mark: CheckpointMark, root: bytes) -> None:
        self.roots[mark.size] = root
        if mark.said == root:
            self.good = mark.size
        elif mark.said is not None and not self.bad:
            self.bad = mark.size


def _whole(stretch: Segment, mark: CheckpointMark) -> bool:
    return mark.size - stretch.first == SEGMENT


def _of_whole(origin: str, key: VerifierKey | None, outline: Outline, forest: _Forest) -> Iterable[Problem]:
    if outline.outside:
        yield Problem(None, f"The file holds {many(outline.outside, 'row')} that belong to no entry of the log.")
    newest = outline.newest
    if key is None:
        yield Problem(None, "The key that the log names was changed or removed.")
    elif newest is None:
        yield Problem(None, "The newest signed checkpoint is missing.")
    elif key.name != origin or not Signatures(key).hold(_note(newest), newest.size, newest.root):
        words = "The newest checkpoint was changed, or another key signed it, not the key that the log names."
        yield Problem(None, words)
    else:
        yield from _length(outline.size, newest.size)
        yield from _under(newest, forest)


def _note(newest: StoredCheckpoint) -> bytes:
    return newest.note.encode("utf-8", "surrogatepass")


def _length(size: int, signed: int) -> Iterable[Problem]:
    if size < signed:
        yield Problem(size, f"The newest checkpoint covers {signed} entries, but the log has only {size}.")
    elif size > signed:
        yield Problem(signed, f"No checkpoint covers entry {signed} or any entry after it.")


def _under(newest: StoredCheckpoint, forest: _Forest) -> Iterable[Problem]:
    """Check the checkpoint's root hash, and the stored peaks for the next checkpoint, against the entries."""
    root = forest.roots.get(newest.size)
    if root == newest.root:
        forest.good = newest.size
        if forest.tree is not None and forest.tree.size == newest.size and forest.tree.packed() != newest.peaks:
            yield Problem(None, "The stored hashes for the next checkpoint were changed.")
    elif root is not None:
        forest.bad = forest.bad or newest.size


def _rewritten(forest: _Forest, problems: Sequence[Problem]) -> Iterable[Problem]:
    """Report entries that match their own hashes, but not a signed checkpoint."""
    if forest.bad and not any(t.at is not None and t.at < forest.bad for t in problems):
        where = f"Of entries {forest.good} to {forest.bad - 1}, one or more were changed and hashed again"
        if forest.bad - forest.good == 1:
            where = f"Entry {forest.good} was changed and hashed again"
        yield Problem(
            forest.good, f"{where}: they do not match the checkpoint that was signed at {forest.bad} entries."
        )


def _withheld(stretches: Sequence[Segment]) -> Mapping[str, Gone]:
    found: dict[str, Gone] = {}
    for stretch in stretches:
        for about, gone in stretch.withheld.items():
            before = found.get(about, gone)
            found[about] = Gone(before.first, before.name, gone.last)
    return found


def _claims(origin: str, outline: Outline) -> tuple[Claim, ...]:
    purged = [Claim(log, seq, EntryKind.RECORD_DESTROYED, about) for about, log, seq in outline.purges if log != origin]
    released = [
        Claim(log, seq, EntryKind.HOLD_RELEASED, about)
        for about, _, seq, log in outline.holds
        if seq is not None and log is not None and log != origin
    ]
    return (*purged, *released)


def _not_said(
    origin: str,
    withheld: Mapping[str, Gone],
    told: Sequence[tuple[int, str, str]],
    purges: Sequence[tuple[str, str, int]],
) -> list[Problem]:
    """Report values that are missing while no later entry says that they were destroyed."""
    newest = {about: seq for seq, kind, about in told if kind == EntryKind.RECORD_DESTROYED}
    from_afar = {about for about, log, _ in purges if log != origin}
    return [
        Problem(
            gone.first,
            f"Entry {gone.first} is incomplete: its “{gone.name}” is gone, and no entry says that it was destroyed.",
        )
        for about, gone in withheld.items()
        if not about or (newest.get(about, -1) < gone.last and about not in from_afar)
    ]


def _holds(
    origin: str, told: Sequence[tuple[int, str, str]], rows: Sequence[tuple[str, int, int | None, str | None]]
) -> Iterable[Problem]:
    """Compare the legal holds in the entries with the rows that the store uses."""
    entries = {(seq, about) for seq, kind, about in told if kind == EntryKind.HOLD_PLACED}
    kept = {(placed, about) for about, placed, _, _ in rows}
    for seq, _ in sorted(entries - kept):
        yield Problem(seq, f"The row of the legal hold that entry {seq} placed is missing.")
    for seq, _ in sorted(kept - entries):
        yield Problem(None, f"A row says that entry {seq} placed a legal hold that it did not place.")
    yield from _lifted(origin, told, rows)


def _lifted(
    origin: str, told: Sequence[tuple[int, str, str]], rows: Sequence[tuple[str, int, int | None, str | None]]
) -> Iterable[Problem]:
    """Check that each hold released here has a later entry of its own that released it."""
    released = {(seq, about) for seq, kind, about in told if kind == EntryKind.HOLD_RELEASED}
    lifted = [(seq, about, placed) for about, placed, seq, log in rows if seq is not None and log in {origin, None}]
    for seq, about, placed in sorted(lifted):
        if (seq, about) not in released or seq <= placed:
            yield Problem(None, f"A row says that entry {seq} released a legal hold that it did not release.")
        released.discard((seq, about))


def _purges(
    origin: str,
    told: Sequence[tuple[int, str, str]],
    rows: Sequence[tuple[str, str, int]],
    holds: Sequence[tuple[str, int, int | None, str | None]],
) -> Iterable[Problem]:
    """Check that an entry records each destruction, and that no legal hold applied then."""
    entries = {(about, seq) for seq, kind, about in told if kind == EntryKind.RECORD_DESTROYED}
    for about, log, seq in rows:
        if log == origin and (about, seq) not in entries:
            yield Problem(None, f"Details are marked as destroyed by entry {seq}, which does not say so.")
    kept = {(about, seq) for about, log, seq in rows if log == origin}
    for _, seq in sorted(entries - kept, key=lambda entry: entry[1]):
        yield Problem(seq, f"Entry {seq} destroyed details, but the row that says so is missing.")
    # Another log released a hold only after this log had ended.
    held = [(about, placed, seq if log in {origin, None} else None) for about, placed, seq, log in holds]
    for about, seq in sorted(entries, key=lambda entry: entry[1]):
        if any(of == about and placed < seq and (end is None or end > seq) for of, placed, end in held):
            yield Problem(seq, f"Entry {seq} destroyed details while the record was on legal hold.")
