"""Check the stored rows of one segment of a log against their hashes and the signed checkpoints.

Every stored header is hashed. `columns` compares whole pages first. An entry that does not match there is checked here
alone: a search of its header's text comes first; only if that fails, the header is parsed. A segment begins at a
multiple of a power of two, so its tree is a subtree of the log's. Several processes can check segments separately, and
`result.merge` puts them together.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any, Final, NamedTuple, Protocol

from kiosk.record.entries import digests, value_in
from kiosk.record.entry_kinds import EFFECTS, ENDS, RETENTION, EntryKind
from kiosk.record.transparency.checkpoint import Signatures
from kiosk.record.transparency.merkle import HASH_BYTES, Tree
from kiosk.record.transparency.signed_note import VerifierKey
from kiosk.record.verification.columns import matching

SEGMENT: Final = 1 << 16
"""Entries in one segment."""

MOST: Final = 20
"""The maximum number of problems kept for one segment."""

_WATCHED: Final = frozenset(kind.encode() for kind in EFFECTS)

_OF_AUTHORITY: Final = frozenset(
    kind.encode()
    for kind in (
        EntryKind.RECORDS_KEY_FIXED,
        EntryKind.RECORDS_KEY_REPLACED,
        EntryKind.DESTRUCTION_AUTHORIZED,
        EntryKind.RECORD_DESTROYED,
    )
)

_ALONE: Final = _WATCHED | _OF_AUTHORITY
"""Entries that are always checked alone, because more than their hashes counts."""

# Each of these is the last entry of its transaction, and a checkpoint after it is kept permanently.
_SIGNED_AFTER: Final = frozenset(kind.encode() for kind in ENDS)

_NEVER_DESTROYED: Final = frozenset(kind.encode() for kind in RETENTION)
"""Entries that say why a record was kept or destroyed: destruction never deletes their values."""

_MISMATCH: Final = "does not match its hash"

_ENCRYPTED: Final = b'"sd_encrypted":{'
"""The mark in the header of an entry with values that are encrypted for the district."""

# Errors of a check of an entry whose row has the wrong types.
_UNREADABLE: Final = (TypeError, ValueError, AttributeError, KeyError, RecursionError)


class Rows(Protocol):
    """Rows of consecutive entries as a store has them; `db.rows.Page` fits it."""

    @property
    def entries(self) -> Sequence[tuple[Any, ...]]:
        """(seq, header, leaf, event_id, encounter_id, kind, wall_us), texts as bytes."""

    @property
    def values(self) -> Sequence[tuple[Any, ...]]:
        """(seq, name, encrypted (0 or 1), body)."""

    @property
    def checkpoints(self) -> Sequence[tuple[Any, ...]]:
        """(size, root, note)."""


@dataclass(frozen=True, slots=True)
class Problem:
    """A problem: the number of the entry (None: the log as a whole), and a sentence that describes it."""

    at: int | None
    what: str


@dataclass(frozen=True, slots=True)
class MissingValues:
    """The missing values of an encounter: the first entry without one, that value's name, and the last such entry."""

    first: int
    name: str
    last: int


class CheckpointMark(NamedTuple):
    """The tree at one size. A tuple, because a log has as many as records, and other processes send them.

    tail: the hash over the segment's entries up to there. signed: the root of a valid checkpoint of that size, if any.
    """

    size: int
    tail: bytes
    signed: bytes | None = None


@dataclass(frozen=True, slots=True)
class AuthorityEntry:
    """An entry about the records officer's key, an authorization or a destruction, with the values it still has.

    about: its encounter; empty for none.
    """

    seq: int
    kind: str
    about: str
    values: Mapping[str, Any]


@dataclass(slots=True)
class Segment:
    """The result of checking one segment.

    matching:    the number of its entries that match their hashes.
    checkpoints: the number of permanent checkpoints in it.
    missing:     by encounter, the values that are missing.
    retention:   (seq, kind, encounter) of every entry about legal holds and destruction.
    authority:   every entry about the records officer's key, an authorization or a destruction.
    """

    first: int
    end: int
    tree: Tree = field(default_factory=Tree)
    matching: int = 0
    checkpoints: int = 0
    marks: list[CheckpointMark] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    missing: dict[str, MissingValues] = field(default_factory=dict)
    retention: list[tuple[int, str, str]] = field(default_factory=list)
    authority: list[AuthorityEntry] = field(default_factory=list)

    def add_problem(self, at: int | None, what: str) -> None:
        """Add a problem, unless there are MOST already."""
        if len(self.problems) < MOST:
            self.problems.append(Problem(at, what))


def check(
    pages: Iterable[Rows], origin: str, first: int, end: int, *, key: VerifierKey | None, asked: Iterable[int] = ()
) -> Segment:
    """Check the entries numbered from `first` up to `end` (exclusive) of the log `origin`.

    first: a multiple of SEGMENT.

    key: the public key of the log's checkpoints; None if the log names none. asked: sizes at which the tree is needed.
    """
    return _Checker(origin, Segment(first, end), key, frozenset(asked)).run(pages)


class _Checker:
    """The check of one segment."""

    def __init__(self, origin: str, found: Segment, key: VerifierKey | None, asked: frozenset[int]) -> None:
        self._found, self._asked, self._next = found, asked, found.first
        self._origin = origin.encode("utf-8", "surrogatepass")
        self._signatures = None if key is None else Signatures(key)
        self._incomplete = False  # an entry is missing: after it, the tree can't be computed

    def run(self, pages: Iterable[Rows]) -> Segment:
        for page in pages:
            start = self._next
            leaves = self._entries(page)
            self._grow(start, leaves, page.checkpoints)
            if self._signatures is not None:
                self._require_kept(page)
        if self._next < self._found.end and not self._found.problems:
            self._found.add_problem(self._next, f"Entry {self._next} is missing.")
        return self._found

    # -- entries -------------------------------------------------------------------------------------------------

    def _entries(self, page: Rows) -> list[bytes]:
        """Check the entries of a page; return the leaves up to the first missing entry."""
        leaves, found = [], self._found
        compared = zip(matching(page.entries, page.values, self._origin), page.entries, strict=True)
        usual = [matches and row[5] not in _ALONE for matches, row in compared]
        done = {row[0] for row, matches in zip(page.entries, usual, strict=True) if matches}
        values = _by_entry(row for row in page.values if row[0] not in done)
        for row, matches in zip(page.entries, usual, strict=True):
            seq, leaf = row[0], row[2]
            if seq != self._next:
                absent = f"Entry {self._next} is" if seq == self._next + 1 else f"Entries {self._next} to {seq - 1} are"
                found.add_problem(self._next, f"{absent} missing.")
                self._incomplete = True
            self._next = seq + 1
            # The stored leaf is used, so that one changed entry leaves all others provable.
            if not self._incomplete:
                leaves.append(leaf if isinstance(leaf, bytes) and len(leaf) == HASH_BYTES else b"")
            if matches:
                found.matching += 1
                continue
            try:
                wrong = self._wrong(row, values.pop(seq, ()))
            except _UNREADABLE:
                wrong = "can't be read"
            if wrong:
                found.add_problem(seq, f"Entry {seq} {wrong}.")
            else:
                found.matching += 1
        for seq in values:
            found.add_problem(seq, f"A value was added to entry {seq}, which does not exist.")
        return leaves

    def _wrong(self, row: tuple[Any, ...], values: Sequence[tuple[Any, ...]]) -> str:
        """Return the problem of an entry as the rest of a sentence; empty if all of it matches."""
        seq, header, leaf, event_id, encounter_id, kind, wall_us = row
        if sha256(b"\x00" + header).digest() != leaf:
            return f"{_MISMATCH}: its header was changed"
        about = b"null" if encounter_id is None else b'"%b"' % encounter_id
        ids = b',"encounter_id":%b,"event_id":"%b","kind":"%b","origin":"%b","pack":'
        if (
            ids % (about, event_id, kind, self._origin) not in header
            or b'},"seq":%d,"step_id":' % seq not in header
            or not header.endswith(b'"wall_us":%d}' % wall_us)
        ):
            parsed = json.loads(header)
            if (parsed["seq"], parsed["origin"]) != (seq, self._origin.decode()):
                return "was recorded as another entry, or in another log"
            columns = {"encounter_id": encounter_id, "event_id": event_id, "kind": kind}
            expected = {name: None if words is None else words.decode() for name, words in columns.items()}
            if any(parsed[name] != words for name, words in expected.items()) or parsed["wall_us"] != wall_us:
                return "has search columns that do not match its header"
        if kind in _WATCHED:
            self._found.retention.append((seq, kind.decode(), (encounter_id or b"").decode()))
        if kind in _OF_AUTHORITY:
            about_ = (encounter_id or b"").decode()
            self._found.authority.append(AuthorityEntry(seq, kind.decode(), about_, dict(_readable(values))))
        return self._wrong_values(row, values)

    def _wrong_values(self, row: tuple[Any, ...], values: Sequence[tuple[Any, ...]]) -> str:
        seq, header, _, _, about, kind, _ = row
        encrypted = json.loads(header).get("sd_encrypted", {}) if _ENCRYPTED in header else {}
        for _, name, is_encrypted, body in values:
            (made,) = digests([body])
            if is_encrypted or encrypted:
                if is_encrypted not in {0, 1} or (encrypted.get(name.decode()) == made.decode()) != (is_encrypted == 1):
                    return f"{_MISMATCH}: its encrypted “{name.decode()}” was changed"
                if is_encrypted:
                    continue
            # The search finds a name in the header only if none of its characters is escaped there.
            plain = b'"' not in name and b"\\" not in name and b'"%b":"%b"' % (name, made) in header
            if not plain and _committed(header).get(name.decode()) != made.decode():
                return f"{_MISMATCH}: its “{name.decode('utf-8', 'replace')}” was changed"
        # Only a text with a backslash can hold this mark inside a name.
        committed = (
            -1
            if b"\\" in header or encrypted
            else header.count(b'":"', header.index(b'"sd":{'), header.index(b'},"seq":'))
        )
        if committed != len(values):
            missing = sorted(_committed(header).keys() - {name.decode() for _, name, _, _ in values})
            if missing and kind in _NEVER_DESTROYED:
                return f"is incomplete: its “{missing[0]}” is missing, and such values are never destroyed"
            if missing:
                whose = (about or b"").decode()
                before = self._found.missing.get(whose, MissingValues(seq, missing[0], seq))
                self._found.missing[whose] = MissingValues(before.first, before.name, seq)
        return ""

    # -- checkpoints ---------------------------------------------------------------------------------------------

    def _grow(self, start: int, leaves: Sequence[bytes], checkpoints: Sequence[tuple[Any, ...]]) -> None:
        """Grow the tree by these leaves, and mark the sizes of checkpoints and the sizes asked for."""
        found, done = self._found, 0
        end = start + len(leaves)
        wanted = {size: None for size in self._asked if start < size <= end}
        signed = wanted | {size: self._signed(size, root, note) for size, root, note in checkpoints}
        for size in sorted(signed):
            found.tree = found.tree.grown(leaves[done : size - start])
            done = max(done, size - start)
            if found.tree.size == size - found.first:
                found.marks.append(CheckpointMark(size, found.tree.root, signed[size]))
        found.tree = found.tree.grown(leaves[done:])

    def _signed(self, size: int, root: bytes, note: bytes) -> bytes | None:
        self._found.checkpoints += 1
        if self._signatures is None or not self._signatures.match(note, size, root):
            self._found.add_problem(
                None, f"The signed checkpoint of {size} entries was changed, or the log's key did not sign it."
            )
            return None
        return root

    def _require_kept(self, page: Rows) -> None:
        sizes = {size for size, _, _ in page.checkpoints}
        for row in page.entries:
            if row[5] in _SIGNED_AFTER and row[0] + 1 not in sizes:
                self._found.add_problem(row[0], f"The signed checkpoint after entry {row[0]} is missing.")


def _by_entry(values: Iterable[tuple[Any, ...]]) -> dict[int, list[tuple[Any, ...]]]:
    found: dict[int, list[tuple[Any, ...]]] = {}
    for row in values:
        if row[0] in found:
            found[row[0]].append(row)
        else:
            found[row[0]] = [row]
    return found


def _readable(values: Iterable[tuple[Any, ...]]) -> Iterator[tuple[str, Any]]:
    """Yield the values that can be read; another check compares each with its hash."""
    for _, name, is_encrypted, body in values:
        if not is_encrypted:
            with suppress(*_UNREADABLE):
                yield name.decode(), value_in(body)


def _committed(header: bytes) -> Mapping[str, str]:
    committed: Mapping[str, str] = json.loads(header)["sd"]
    return committed
