"""Verification of a log in the district's database, entry by entry, without trusting the database.

Whoever owns the database can switch its triggers off. They can't sign: a changed entry does not match its hash, a
changed hash not the root, a changed root not the desk's signed checkpoints, nor any code of them that somebody kept.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Final

from db.district.reading import DistrictLog
from db.district.standing import Standing
from db.rows import Row
from kiosk.log.log import LogOnDisk, kiosk_errors
from kiosk.protocol.model import DisclosureClass
from kiosk.record.disclosure.levels import Classes, classes_in, shown_from
from kiosk.record.entries import Altered, LoggedEntry
from kiosk.record.entry_kinds import RETENTION, EntryKind
from kiosk.record.transparency.checkpoint import Signatures
from kiosk.record.transparency.merkle import Tree
from kiosk.record.transparency.signed_note import BadNote, VerifierKey, verifier_key
from kiosk.record.verification.decoding import decoded
from kiosk.record.verification.result import Result
from kiosk.record.verification.segment import Problem
from kiosk.worded import many

MOST: Final = 20
"""Problems of a log that are named; the others are counted."""

_PAGE: Final = 500

Progress = Callable[[int], None]
"""Called with the number of entries checked since the last call."""


@dataclass(slots=True)
class _Found:
    """What the entries of a log say, gathered while they are read once."""

    problems: list[Problem] = field(default_factory=list)
    matching: int = 0
    holds: set[tuple[str, str]] = field(default_factory=set)
    destroyed: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    missing: list[tuple[int, str, str]] = field(default_factory=list)


def check_log(
    log: DistrictLog, standing: Standing, *, asked: Iterable[int] = (), progress: Progress = lambda _done: None
) -> Result:
    """Check a log of the district from its first entry to its newest.

    standing: what the other tables say about this log and the others of its desk. asked: sizes whose root is wanted.
    Raises StoreUnusable. The role must be an auditor's: a value that it may not see would count as deleted.
    """
    key, found = _key(log.log_vkey), _Found()
    with kiosk_errors():
        notes = log.checkpoints()
        wanted = sorted({*asked, *(size for size, _, _ in notes)})
        tree, roots = _check_entries(log, wanted, found, progress)
    signed = _check_notes(key, notes, roots, found)
    if (tree.size, tree.root) != (log.place.size, log.place.root):
        found.problems.append(
            Problem(None, "The entries do not have the root hash that the database has for this log.")
        )
    found.problems += _of_tables(log, standing, found)
    missing = [one for one in found.missing if not _is_destroyed(one, standing, found)]
    found.problems += _named(missing)
    ordered = sorted(found.problems, key=lambda problem: log.size() if problem.at is None else problem.at)
    destroyed = len({about for _, _, about in found.missing if about}) if not missing else 0
    sizes = {size for size, _, _ in notes}
    return Result(
        log.origin, log.size(), found.matching, signed, key, len(sizes), roots, destroyed, problems=tuple(ordered)
    )


def _key(vkey: str) -> VerifierKey | None:
    with suppress(BadNote):
        return verifier_key(vkey)
    return None


def _certain(log: DistrictLog) -> Classes:
    """Return classes that call no value wider than its desk does: a value of them that is missing was deleted."""
    return classes_in(LogOnDisk(log), DisclosureClass.STAFF, DisclosureClass.STAFF)


def _check_entries(
    log: DistrictLog, wanted: Sequence[int], found: _Found, progress: Progress
) -> tuple[Tree, dict[int, bytes]]:
    """Check all entries; return their tree, and its root at the wanted sizes, which are in order, and at 0."""
    tree, classes = Tree(), _certain(log)
    roots = {0: tree.root}
    for first in range(0, log.size(), _PAGE):
        page = [*log.entries(after=first - 1, limit=min(_PAGE, log.size() - first))]
        _check_page(log, page, first, classes, found)
        leaves = [row.leaf for row in page]
        for size in (*(one for one in wanted if first < one <= first + len(page)), first + len(page)):
            tree = tree.grown(leaves[tree.size - first : size - first])
            roots[size] = tree.root
        progress(len(page))
    return tree, roots


def _named(missing: Sequence[tuple[int, str, str]]) -> Iterator[Problem]:
    """Yield a problem for each missing value, and one for those beyond `MOST`."""
    for seq, name, _ in missing[:MOST]:
        yield Problem(seq, f"The value “{name}” of entry {seq} is missing, and no entry about its destruction is here.")
    if len(missing) > MOST:
        more = many(len(missing) - MOST, "more value is", "more values are")
        yield Problem(None, f"{more} missing.")


def _check_page(log: DistrictLog, page: Sequence[Row], first: int, classes: Classes, found: _Found) -> None:
    if [row.seq for row in page] != [*range(first, first + len(page))] or not page:
        found.problems.append(Problem(first, f"Entries from number {first} on are missing."))
    for row, kept in _entries(page, found):
        found.matching += 1
        about = kept.encounter_id or ""
        match kept.kind:
            case EntryKind.HOLD_PLACED if about:
                found.holds.add((about, kept.event_id))
            case EntryKind.RECORD_DESTROYED if about:
                found.destroyed[about].append(kept.seq)
            case _:
                pass
        if row.seq >= log.place.disclosed_to:
            continue
        for name in kept.withheld:
            always = kept.kind in RETENTION
            if always or shown_from(kept, name, classes) <= log.place.level:
                found.missing.append((kept.seq, name, "" if always else about))


def _entries(page: Sequence[Row], found: _Found) -> Iterator[tuple[Row, LoggedEntry]]:
    """Yield the entries of a page that match their hashes; the others are problems."""
    try:
        whole: Sequence[LoggedEntry] = decoded(page)
    except Altered:
        whole = ()
    if whole:
        yield from zip(page, whole, strict=True)
        return
    for row in page:
        try:
            (kept,) = decoded([row])
        except Altered as error:
            if len(found.problems) < MOST:
                found.problems.append(Problem(row.seq, error.what))
        else:
            yield row, kept


def _check_notes(
    key: VerifierKey | None, notes: Sequence[tuple[int, bytes, str]], roots: Mapping[int, bytes], found: _Found
) -> int:
    """Check the signed checkpoints, given as (size, root, note); return the largest size of one that matches."""
    if key is None:
        found.problems.append(
            Problem(None, "The public key of this log can't be read, so no checkpoint can be checked.")
        )
        return 0
    signatures, signed = Signatures(key), 0
    for size, root, note in notes:
        here = roots.get(size)
        if here is None:
            words = f"The desk signed a checkpoint of {many(size, 'entry', 'entries')}; the last ones are not here."
            found.problems.append(Problem(None, words))
        elif root != here:
            words = f"The first {many(size, 'entry', 'entries')} are not those that the desk signed."
            found.problems.append(Problem(size - 1, words))
        elif not signatures.match(note.encode(), size, here):
            words = f"The checkpoint of {many(size, 'entry', 'entries')} does not match the key of the log."
            found.problems.append(Problem(size - 1, words))
        else:
            signed = max(signed, size)
    return signed


def _of_tables(log: DistrictLog, standing: Standing, found: _Found) -> Iterator[Problem]:
    """Yield what the tables of holds and destructions say differently from the entries of this log."""
    for about, seq in sorted(standing.destructions(log.place.log_id)):
        if seq not in found.destroyed.get(about, ()):
            yield Problem(seq, f"The table of destructions names entry {seq}, which destroyed no such record.")
    for about, seqs in sorted(found.destroyed.items()):
        for seq in seqs:
            if (about, seq) not in standing.destructions(log.place.log_id):
                yield Problem(seq, f"Entry {seq} destroyed a record; the table of destructions does not have it.")
    for about, event_id in sorted(found.holds):
        if (about, event_id) not in standing.holds:
            yield Problem(None, f"A legal hold in the log is not in the table of holds: {event_id}.")
    invented = standing.released_by - standing.entered
    for event_id in sorted(invented):
        yield Problem(None, f"A legal hold counts as released by an entry that is not here: {event_id}.")


def _is_destroyed(one: tuple[int, str, str], standing: Standing, found: _Found) -> bool:
    """Check that an entry of the desk destroyed the details of a missing value's record after it."""
    seq, _, about = one
    own = any(seq < by for by in found.destroyed.get(about, ()))
    return bool(about) and (own or about in standing.destroyed_later)
