"""Merge the checked segments of a log into one result: checkpoints, destroyed details and legal holds."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, Protocol

from kiosk.record.entry_kinds import EntryKind
from kiosk.record.transparency.checkpoint import Signatures, StoredCheckpoint
from kiosk.record.transparency.merkle import Tree, root_over
from kiosk.record.transparency.signed_note import VerifierKey
from kiosk.record.verification.authority import Authority, check_authority
from kiosk.record.verification.segment import (
    SEGMENT,
    AuthorityEntry,
    CheckpointMark,
    MissingValues,
    Problem,
    Segment,
)
from kiosk.worded import many

REPAIR: Final = "Keep the file unchanged and call the Superintendent's Office."


class Outline(Protocol):
    """A consistent outline of a whole log; `db.rows.Outline` fits it."""

    @property
    def size(self) -> int:
        """The number of entries."""

    @property
    def newest(self) -> StoredCheckpoint | None:
        """The newest signed checkpoint."""

    @property
    def outside(self) -> int:
        """The number of rows with an impossible number."""

    @property
    def holds(self) -> Sequence[tuple[str, int, int | None, str | None]]:
        """(encounter, the entry that placed it, the entry that released it, the log of that entry)."""

    @property
    def destructions(self) -> Sequence[tuple[str, str, int]]:
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

    size:        the number of entries.
    matching:    the number of entries that match their hashes.
    signed:      the size of the newest checkpoint that matches; 0 if none does.
    key:         the public key of its checkpoints; None if the log names no valid key.
    checkpoints: the number of permanent checkpoints.
    roots:       the root hash at each requested size and at 0, where it can be computed.
    destroyed:   the number of encounters with missing details, each with an entry that records the destruction.
    claims:      claims about entries of another log, which this log alone can't prove.
    retention:   (entry, kind, encounter) of every entry here about legal holds and destruction.
    problems:    the problems, first entry first; none for a verified log.
    authority:   the authorizations of destruction here, apart from their problems.
    """

    origin: str
    size: int
    matching: int
    signed: int
    key: VerifierKey | None
    checkpoints: int
    roots: Mapping[int, bytes]
    destroyed: int = 0
    claims: tuple[Claim, ...] = ()
    retention: frozenset[tuple[int, str, str]] = frozenset()
    problems: tuple[Problem, ...] = ()
    authority: Authority = field(default_factory=Authority)

    @property
    def verified(self) -> bool:
        """Whether everything matches."""
        return not self.problems


def wanted_sizes(outline: Outline, sizes: Iterable[int] = ()) -> frozenset[int]:
    """Return the sizes at which `segment.check` must mark the tree: these, and the size of the newest checkpoint."""
    return frozenset(sizes) | ({outline.newest.size} if outline.newest is not None else set())


def merge(
    origin: str, key: VerifierKey | None, outline: Outline, segments: Iterable[Segment], asked: Iterable[int] = ()
) -> Result:
    """Return the result for the log `origin` from all its segments, in order. key: the key that the log names.

    asked: the sizes whose root hash the result has, where the segments marked them. No segment is kept, so memory use
    grows only with the entries about legal holds and destruction.
    """
    forest, sums = _Forest(outline, asked), _Sums()
    for segment in segments:
        forest.add(segment)
        sums.add(segment)
    authority, retention = check_authority(sums.authority), sums.retention
    problems = [*sums.problems, *_of_whole(origin, key, outline, forest)]
    problems += _rewritten(forest, problems)
    unrecorded = _unrecorded(origin, sums.missing, retention, outline.destructions)
    problems += [
        *unrecorded,
        *_holds(origin, retention, outline.holds),
        *_destructions(origin, retention, outline.destructions, outline.holds),
        *authority.problems,
    ]
    problems.sort(key=lambda problem: outline.size if problem.at is None else problem.at)
    return Result(
        origin,
        outline.size,
        sums.matching,
        forest.signed,
        key,
        sums.checkpoints,
        forest.roots,
        len(sums.missing) - len(unrecorded),
        _claims(origin, outline),
        frozenset(retention),
        tuple(problems),
        authority,
    )


class _Sums:
    """The sums over the segments: how many entries match, how many checkpoints there are, and all that is kept."""

    def __init__(self) -> None:
        self.matching = self.checkpoints = 0
        self.problems, self.authority = list[Problem](), list[AuthorityEntry]()
        self.retention = list[tuple[int, str, str]]()
        self.missing: dict[str, MissingValues] = {}

    def add(self, segment: Segment) -> None:
        self.matching += segment.matching
        self.checkpoints += segment.checkpoints
        self.problems += segment.problems
        self.authority += segment.authority
        self.retention += segment.retention
        for about, missing in segment.missing.items():
            before = self.missing.get(about, missing)
            self.missing[about] = MissingValues(before.first, before.name, missing.last)


class _Forest:
    """The trees of the segments as one.

    roots: the root at each size asked for. tree: the tree of the whole log; None if an entry is missing.
    signed: the size of the newest checkpoint that matches, or 0.
    bad: the size of the first checkpoint that does not match, or 0; last_good: of the last one before it that does.
    """

    def __init__(self, outline: Outline, asked: Iterable[int]) -> None:
        self._newest = 0 if outline.newest is None else outline.newest.size
        self._asked = wanted_sizes(outline, asked)
        self.roots: dict[int, bytes] = {0: Tree().root}
        self.signed = self.bad = self.last_good = self._before_newest = 0
        self.tree: Tree | None = Tree()
        self._left = Tree()

    def add(self, segment: Segment) -> None:
        """Add the next segment."""
        for mark in segment.marks if self.tree is not None else ():
            self._add(mark, root_over((*self._left.peaks, mark.tail)))
        if segment.tree.size != segment.end - segment.first:
            self.tree = None  # an entry is missing: no root after it can be computed
        elif segment.tree.size == SEGMENT:
            self._left = self._left.grown(segment.tree.peaks)
            self.tree = self.tree and Tree(segment.end, self._left.peaks)
        else:
            self.tree = self.tree and Tree(segment.end, self._left.peaks + segment.tree.peaks)

    def _add(self, mark: CheckpointMark, root: bytes) -> None:
        if mark.size in self._asked:
            self.roots[mark.size] = root
        if mark.signed == root:
            self.signed = max(self.signed, mark.size)
            if not self.bad:
                self.last_good = mark.size
            if mark.size < self._newest:
                self._before_newest = mark.size
        elif mark.signed is not None and not self.bad:
            self.bad = mark.size

    def add_newest(self, *, matches: bool) -> None:
        """Add the newest checkpoint, which is stored apart from the others."""
        if matches:
            self.signed = max(self.signed, self._newest)
        elif not self.bad or self._newest < self.bad:
            self.bad, self.last_good = self._newest, self._before_newest


def _of_whole(origin: str, key: VerifierKey | None, outline: Outline, forest: _Forest) -> Iterable[Problem]:
    if outline.outside:
        yield Problem(None, f"The file holds {many(outline.outside, 'row')} that belong to no entry of the log.")
    newest = outline.newest
    if key is None:
        yield Problem(None, "The key that the log names was changed or removed.")
    elif newest is None:
        yield Problem(None, "The newest signed checkpoint is missing.")
    elif key.name != origin or not Signatures(key).match(_note(newest), newest.size, newest.root):
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
        forest.add_newest(matches=True)
        if forest.tree is not None and forest.tree.size == newest.size and forest.tree.packed() != newest.peaks:
            yield Problem(None, "The stored hashes for the next checkpoint were changed.")
    elif root is not None:
        forest.add_newest(matches=False)


def _rewritten(forest: _Forest, problems: Sequence[Problem]) -> Iterable[Problem]:
    """Report entries that match their own hashes, but not a signed checkpoint."""
    bad, first = forest.bad, forest.last_good
    if bad and not any(t.at is not None and t.at < bad for t in problems):
        where = f"Of entries {first} to {bad - 1}, one or more were changed and hashed again"
        if bad - first == 1:
            where = f"Entry {first} was changed and hashed again"
        yield Problem(first, f"{where}: they do not match the checkpoint that was signed at {bad} entries.")


def _claims(origin: str, outline: Outline) -> tuple[Claim, ...]:
    destroyed = [
        Claim(log, seq, EntryKind.RECORD_DESTROYED, about) for about, log, seq in outline.destructions if log != origin
    ]
    released = [
        Claim(log, seq, EntryKind.HOLD_RELEASED, about)
        for about, _, seq, log in outline.holds
        if seq is not None and log is not None and log != origin
    ]
    return (*destroyed, *released)


def _unrecorded(
    origin: str,
    missing: Mapping[str, MissingValues],
    retention: Sequence[tuple[int, str, str]],
    destructions: Sequence[tuple[str, str, int]],
) -> list[Problem]:
    """Report missing values without a later entry that records their destruction."""
    newest = {about: seq for seq, kind, about in retention if kind == EntryKind.RECORD_DESTROYED}
    elsewhere = {about for about, log, _ in destructions if log != origin}
    return [
        Problem(
            values.first,
            f"Entry {values.first} is incomplete: its “{values.name}” is missing. No entry records its destruction.",
        )
        for about, values in missing.items()
        if not about or (newest.get(about, -1) < values.last and about not in elsewhere)
    ]


def _holds(
    origin: str, retention: Sequence[tuple[int, str, str]], rows: Sequence[tuple[str, int, int | None, str | None]]
) -> Iterable[Problem]:
    """Compare the legal holds in the entries with the rows that the store uses."""
    entries = {(seq, about) for seq, kind, about in retention if kind == EntryKind.HOLD_PLACED}
    kept = {(placed, about) for about, placed, _, _ in rows}
    for seq, _ in sorted(entries - kept):
        yield Problem(seq, f"The row of the legal hold that entry {seq} placed is missing.")
    for seq, _ in sorted(kept - entries):
        yield Problem(None, f"A row says that entry {seq} placed a legal hold that it did not place.")
    yield from _released(origin, retention, rows)


def _released(
    origin: str, retention: Sequence[tuple[int, str, str]], rows: Sequence[tuple[str, int, int | None, str | None]]
) -> Iterable[Problem]:
    """Check that a later entry of its own released each hold that is marked as released."""
    entries = {(seq, about) for seq, kind, about in retention if kind == EntryKind.HOLD_RELEASED}
    marked = [(seq, about, placed) for about, placed, seq, log in rows if seq is not None and log in {origin, None}]
    for seq, about, placed in sorted(marked):
        if (seq, about) not in entries or seq <= placed:
            yield Problem(None, f"A row says that entry {seq} released a legal hold that it did not release.")
        entries.discard((seq, about))


def _destructions(
    origin: str,
    retention: Sequence[tuple[int, str, str]],
    rows: Sequence[tuple[str, str, int]],
    holds: Sequence[tuple[str, int, int | None, str | None]],
) -> Iterable[Problem]:
    """Check that an entry records each destruction, and that no legal hold applied then."""
    entries = {(about, seq) for seq, kind, about in retention if kind == EntryKind.RECORD_DESTROYED}
    for about, log, seq in rows:
        if log == origin and (about, seq) not in entries:
            yield Problem(None, f"Details are marked as destroyed by entry {seq}, which does not say so.")
    kept = {(about, seq) for about, log, seq in rows if log == origin}
    for _, seq in sorted(entries - kept):
        yield Problem(seq, f"Entry {seq} destroyed details, but the row that says so is missing.")
    # A later log released a hold only after this log had ended, so the hold applied to all destructions here.
    held = [(about, placed, seq if log in {origin, None} else None) for about, placed, seq, log in holds]
    for about, seq in sorted(entries):
        if any(of == about and placed < seq and (end is None or end > seq) for of, placed, end in held):
            yield Problem(seq, f"Entry {seq} destroyed details while the record was on legal hold.")
