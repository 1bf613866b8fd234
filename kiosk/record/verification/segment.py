"""Whether the stored rows of a log are what was sealed and signed: the entries of one stretch, checked in one go.

Every header is hashed as it is stored; what a fast look at its canonical text does not find is parsed before it counts
as wrong. A stretch begins at a multiple of a power of two, so its tree is a subtree of the log's: stretches can be
checked apart, also by several processes, and `record.verdict` puts them together.
"""

from __future__ import annotations

import json
from binascii import b2a_base64
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any, Final, Protocol

from kiosk.record.entry_kinds import EFFECTS, ENDS, RETENTION
from kiosk.record.transparency.checkpoint import Signatures
from kiosk.record.transparency.merkle import HASH_BYTES, Tree
from kiosk.record.transparency.signed_note import VerifierKey

SEGMENT: Final = 1 << 16
"""Entries in one stretch."""

MOST: Final = 20
"""How many troubles of one stretch are kept; the first says where, the others how much."""

_WATCHED: Final = frozenset(kind.encode() for kind in EFFECTS)

# After each of these, which are always the last of what is written together, a checkpoint was kept for good.
_SIGNED_AFTER: Final = frozenset(kind.encode() for kind in ENDS)

_NEVER_GONE: Final = frozenset(kind.encode() for kind in RETENTION)
"""Why a record was kept or let go: no purge takes it along."""

_DIGEST: Final = 43
"""Letters of a commitment."""

_CLOSED: Final = b'"sealed":{'
"""Stands in the header of an entry with values that are closed to this desk."""

_URLSAFE: Final = bytes.maketrans(b"+/", b"-_")

# What checking an entry may raise when a row is not even of the right types.
_UNREADABLE: Final = (TypeError, ValueError, AttributeError, KeyError, RecursionError)


class Rows(Protocol):
    """Rows of consecutive entries as a store has them; `db.rows.Page` fits it."""

    @property
    def entries(self) -> Sequence[tuple[Any, ...]]:
        """(seq, header, leaf, event_id, encounter_id, kind, wall_us), texts as bytes."""

    @property
    def values(self) -> Sequence[tuple[Any, ...]]:
        """(seq, name, sealed, body)."""

    @property
    def checkpoints(self) -> Sequence[tuple[Any, ...]]:
        """(size, root, note)."""


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that does not match: the number of the entry (None: the log as a whole), and what, as a sentence."""

    at: int | None
    what: str


@dataclass(frozen=True, slots=True)
class Gone:
    """Values that are kept no more: the first entry without one, that value's name, and the newest such entry."""

    first: int
    name: str
    last: int


@dataclass(frozen=True, slots=True)
class CheckpointMark:
    """The tree at a size: its part within the stretch folded to one hash, and the root a checkpoint says, if any."""

    size: int
    tail: bytes
    said: bytes | None = None


@dataclass(slots=True)
class Segment:
    """What checking one stretch found.

    matching:  how many of its entries match.
    withheld:  by encounter, what is kept of it no more.
    told:      (seq, kind, encounter) of every entry about holds and purges.
    """

    first: int
    end: int
    tree: Tree = field(default_factory=Tree)
    matching: int = 0
    checkpoints: int = 0
    marks: list[CheckpointMark] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    withheld: dict[str, Gone] = field(default_factory=dict)
    told: list[tuple[int, str, str]] = field(default_factory=list)

    def problem(self, at: int | None, what: str) -> None:
        """Keep it, unless there are enough already."""
        if len(self.problems) < MOST:
            self.problems.append(Problem(at, what))


def check(
    pages: Iterable[Rows], origin: str, first: int, end: int, *, key: VerifierKey | None, asked: Iterable[int] = ()
) -> Segment:
    """Check the entries from `first` to before `end` of the log `origin`; `first` is a multiple of STRETCH.

    key: the log's, for its checkpoints; None when the log names none. asked: sizes at which the tree is wanted.
    """
    return _Checker(origin, Segment(first, end), key, frozenset(asked)).run(pages)


class _Checker:
    """One stretch at work."""

    def __init__(self, origin: str, found: Segment, key: VerifierKey | None, asked: frozenset[int]) -> None:
        self._found, self._asked, self._next = found, asked, found.first
        self._origin = origin.encode("utf-8", "surrogatepass")
        self._signatures = None if key is None else Signatures(key)
        self._torn = False  # an entry is missing: from there on the tree can't be told

    def run(self, pages: Iterable[Rows]) -> Segment:
        for page in pages:
            begun = self._next
            leaves = self._entries(page.entries, _by_entry(page.values))
            self._grow(begun, leaves, page.checkpoints)
            if self._signatures is not None:
                self._require_kept(page)
        if self._next < self._found.end and not self._found.problems:
            self._found.problem(self._next, f"Entry {self._next} is missing.")
        return self._found

    # -- entries -------------------------------------------------------------------------------------------------

    def _entries(self, rows: Sequence[tuple[Any, ...]], values: dict[int, list[tuple[Any, ...]]]) -> list[bytes]:
        leaves, found = [], self._found
        for row in rows:
            seq, leaf = row[0], row[2]
            if seq != self._next:
                gone = f"Entry {self._next} is" if seq == self._next + 1 else f"Entries {self._next} to {seq - 1} are"
                found.problem(self._next, f"{gone} missing.")
                self._torn = True
            self._next = seq + 1
            # With the leaf that was stored, an entry that was changed alone leaves all others provable.
            if not self._torn:
                leaves.append(leaf if isinstance(leaf, bytes) and len(leaf) == HASH_BYTES else b"")
            try:
                wrong = self._wrong(row, values.pop(seq, ()))
            except _UNREADABLE:
                wrong = "its header can't be read"
            if wrong:
                found.problem(seq, f"Entry {seq} does not match what was sealed: {wrong}.")
            else:
                found.matching += 1
        for seq in values:
            found.problem(seq, f"A value was added to entry {seq}, which is not there.")
        return leaves

    def _wrong(self, row: tuple[Any, ...], values: Sequence[tuple[Any, ...]]) -> str:
        """What is wrong with an entry; empty when all of it is as it was sealed."""
        seq, header, leaf, event_id, encounter_id, kind, wall_us = row
        if sha256(b"\x00" + header).digest() != leaf:
            return "its header was changed"
        about = b"null" if encounter_id is None else b'"%b"' % encounter_id
        ids = b',"encounter_id":%b,"event_id":"%b","kind":"%b","origin":"%b","pack":'
        if (
            ids % (about, event_id, kind, self._origin) not in header
            or b'},"seq":%d,"step_id":' % seq not in header
            or not header.endswith(b'"wall_us":%d}' % wall_us)
        ):
            parsed = json.loads(header)
            if (parsed["seq"], parsed["origin"]) != (seq, self._origin.decode()):
                return "it was sealed as another entry, or of another log"
            columns = {"encounter_id": encounter_id, "event_id": event_id, "kind": kind}
            said = {name: None if words is None else words.decode() for name, words in columns.items()}
            if any(parsed[name] != words for name, words in said.items()) or parsed["wall_us"] != wall_us:
                return "the columns that are searched do not say what its header says"
        if kind in _WATCHED:
            self._found.told.append((seq, kind.decode(), (encounter_id or b"").decode()))
        return self._wrong_values(row, values)

    def _wrong_values(self, row: tuple[Any, ...], values: Sequence[tuple[Any, ...]]) -> str:
        seq, header, _, _, about, kind, _ = row
        closed = json.loads(header).get("sealed", {}) if _CLOSED in header else {}
        for _, name, sealed, body in values:
            made = b2a_base64(sha256(body).digest())[:_DIGEST].translate(_URLSAFE)
            if sealed or closed:
                if sealed not in {0, 1} or (closed.get(name.decode()) == made.decode()) != (sealed == 1):
                    return f"its sealed “{name.decode()}” was changed"
                if sealed:
                    continue
            # A name is only what it looks like in the header when nothing in it is written there in another way.
            plain = b'"' not in name and b"\\" not in name and b'"%b":"%b"' % (name, made) in header
            if not plain and _committed(header).get(name.decode()) != made.decode():
                return f"its “{name.decode('utf-8', 'replace')}” was changed"
        # Only a text with a backslash can hold this mark inside a name.
        committed = (
            -1
            if b"\\" in header or closed
            else header.count(b'":"', header.index(b'"sd":{'), header.index(b'},"seq":'))
        )
        if committed != len(values):
            gone = sorted(_committed(header).keys() - {name.decode() for _, name, _, _ in values})
            if gone and kind in _NEVER_GONE:
                return f"its “{gone[0]}” is gone, and nothing lets it go"
            if gone:
                whose = (about or b"").decode()
                before = self._found.withheld.get(whose, Gone(seq, gone[0], seq))
                self._found.withheld[whose] = Gone(before.first, before.name, seq)
        return ""

    # -- signed states -------------------------------------------------------------------------------------------

    def _grow(self, begun: int, leaves: Sequence[bytes], checkpoints: Sequence[tuple[Any, ...]]) -> None:
        """Grow the tree by these leaves, and mark where a checkpoint stands or somebody asked."""
        found, done = self._found, 0
        end = begun + len(leaves)
        wanted = {size: None for size in self._asked if begun < size <= end}
        said = wanted | {size: self._signed(size, root, note) for size, root, note in checkpoints}
        for size in sorted(said):
            found.tree = found.tree.grown(leaves[done : size - begun])
            done = max(done, size - begun)
            if found.tree.size == size - found.first:
                found.marks.append(CheckpointMark(size, found.tree.root, said[size]))
        found.tree = found.tree.grown(leaves[done:])

    def _signed(self, size: int, root: bytes, note: bytes) -> bytes | None:
        self._found.checkpoints += 1
        if self._signatures is None or not self._signatures.hold(note, size, root):
            self._found.problem(None, f"The signed checkpoint of {size} entries was changed, or was never signed here.")
            return None
        return root

    def _require_kept(self, page: Rows) -> None:
        sizes = {size for size, _, _ in page.checkpoints}
        for row in page.entries:
            if row[5] in _SIGNED_AFTER and row[0] + 1 not in sizes:
                self._found.problem(row[0], f"The signed checkpoint that was kept after entry {row[0]} is gone.")


def _by_entry(values: Iterable[tuple[Any, ...]]) -> dict[int, list[tuple[Any, ...]]]:
    found: dict[int, list[tuple[Any, ...]]] = {}
    for row in values:
        if row[0] in found:
            found[row[0]].append(row)
        else:
            found[row[0]] = [row]
    return found


def _committed(header: bytes) -> Mapping[str, str]:
    committed: Mapping[str, str] = json.loads(header)["sd"]
    return committed
