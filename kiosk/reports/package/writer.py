"""Write an evidence package: entries, the values that it may show, proofs and signatures."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Final

from kiosk.log.log import LogOnDisk
from kiosk.log.snapshot import LogSnapshot, LogView, take_snapshot
from kiosk.record.disclosure.levels import Level, is_included
from kiosk.record.disclosure.manifest import Manifest
from kiosk.record.entries import Altered, EncodedEntry, LoggedEntry, decode
from kiosk.record.entry_kinds import EntryKind
from kiosk.record.transparency.multiproof import Multiproof
from kiosk.record.transparency.signed_note import Signer
from kiosk.reports.exports import csv
from kiosk.reports.exports.html import Page
from kiosk.reports.formatting import stamp
from kiosk.reports.package.disclosures import lines
from kiosk.system.clock import Clock
from kiosk.system.files import Draft, new_folder

_OURS: Final = ("verify.py", "VERIFY.txt")


@dataclass(frozen=True, slots=True)
class Wanted:
    """The requested content of a package.

    ids:   the encounters, in order. whole: include every entry of the log instead, also those of no encounter.
    page:  the HTML page, with the disclosure level. asked: the requested records, in words.
    whom:  the recipient, as typed. sheet: returns the bytes of the CSV of these records.
    progress: called with the number of parts written, and of all; each record has three. What it raises ends it all.
    """

    ids: Sequence[str]
    whole: bool
    page: Page
    asked: str
    whom: str
    sheet: Callable[[Callable[[], Iterable[Sequence[LoggedEntry]]]], Iterable[bytes]]
    progress: Callable[[int, int], None] = lambda _done, _total: None

    @property
    def level(self) -> Level:
        """The disclosure level."""
        return self.page.level


def write(path: Path, log: LogOnDisk, wanted: Wanted, signer: Signer, clock: Clock) -> str:
    """Write the package to `path` atomically; return the SHA-256 of its manifest.

    Raises StoreUnusable if it can't be saved, Altered if the log does not match its checkpoint.
    """
    logs, parts = take_snapshot(log, None if wanted.whole else wanted.ids), _Parts(wanted)
    with new_folder(path) as draft:
        places = {f"log-{n}": one for n, one in enumerate(logs.logs, 1)}
        for place, one in places.items():
            _write_log(draft, place, one, wanted, parts)
        _write_words(draft, logs, wanted, parts)
        _put(draft, "key.txt", f"{signer.public}\n".encode())
        manifest = Manifest(
            made=stamp(clock.now(), wanted.page.zone) or "",
            label=wanted.page.label.columns,
            asked=wanted.asked,
            whom=wanted.whom,
            encounters=len(wanted.ids),
            logs={place: one.checkpoint for place, one in places.items()},
            files=dict(draft.sums),
        )
        _put(draft, "manifest.note", signer.sign(manifest.text))
        return draft.sums["manifest.note"]


class _Parts:
    """Counts what is written: each record among the entries, on the page and in the table."""

    def __init__(self, wanted: Wanted) -> None:
        self._done, self._total, self._show = 0, 3 * len(wanted.ids), wanted.progress

    def add(self) -> None:
        """Count one."""
        self._done += 1
        self._show(self._done, max(self._done, self._total))

    def each(self, encounters: Iterable[Sequence[LoggedEntry]]) -> Iterator[Sequence[LoggedEntry]]:
        """Return these records; each counts once it is written."""
        for entries in encounters:
            yield entries
            self.add()


def _write_log(draft: Draft, place: str, log: LogView, wanted: Wanted, parts: _Parts) -> None:
    numbers = _write_entries(draft, place, log, wanted, parts)
    proof = Multiproof(sorted(numbers), _issued(log))
    with draft.file(f"{place}/proof.txt") as write_line:
        for block in proof.blocks(log.leaves()):
            write_line(f"{block.line}\n".encode())
    if proof.root != log.stored.root or log.key.name != log.checkpoint.origin:
        raise Altered(
            "The log does not match its newest checkpoint, so an evidence package of it would prove nothing.",
            "Keep the file unchanged and call the Superintendent's Office. `kiosk log verify` shows more.",
        )
    _put(draft, f"{place}/checkpoint.note", log.stored.note.encode())
    _put(draft, f"{place}/key.txt", f"{log.key}\n".encode())


def _write_entries(draft: Draft, place: str, log: LogView, wanted: Wanted, parts: _Parts) -> array[int]:
    """Write the chosen entries of one log and the values that each may show; return their numbers."""
    numbers = array("q")  # eight bytes for each entry; no other memory grows with the package
    with draft.file(f"{place}/events.jsonl") as events, draft.file(f"{place}/disclosures.jsonl") as values:
        for entry in log.entries() if wanted.whole else _chosen(log, wanted.ids):
            kept = decode(entry)
            if kept.kind == EntryKind.ENCOUNTER_OPENED:
                parts.add()
            if not is_included(kept, wanted.level, wanted.page.classes):
                continue
            events(f"{entry.header}\n".encode())
            for line in lines(entry, wanted.level, wanted.page.classes, wanted.page.chosen):
                values(f"{line}\n".encode())
            numbers.append(entry.seq)
    return numbers


def _chosen(log: LogView, ids: Iterable[str]) -> Iterator[EncodedEntry]:
    """Return the entries of these encounters, then the entries with their protocols."""
    packs = set()
    for one in ids:
        for entry in log.entries(one):
            packs.add(decode(entry).pack)
            yield entry
    yield from (entry for entry in log.of_kind(EntryKind.PACK_KEPT) if decode(entry).pack in packs)


def _issued(log: LogView) -> list[int]:
    """Return the sizes of issued checkpoints, so that the proof also gives the root hash at each of them."""
    sizes = {decode(entry).body.get("size") for entry in log.of_kind(EntryKind.CHECKPOINT_ISSUED)}
    return sorted(size for size in sizes if isinstance(size, int) and 0 < size <= log.stored.size)


def _write_words(draft: Draft, logs: LogSnapshot, wanted: Wanted, parts: _Parts) -> None:
    def encounters() -> Iterator[Sequence[LoggedEntry]]:
        return parts.each(logs.encounters(wanted.ids))

    others = (kept for kept in map(decode, logs.entries()) if kept.encounter_id is None) if wanted.whole else ()
    with draft.file("report.html") as page:
        for piece in wanted.page.pieces(encounters(), others):
            page(piece.encode())
    with draft.file("sheet.csv") as sheet:
        for data in wanted.sheet(encounters):
            sheet(data)
    if wanted.page.chosen:
        _put(draft, "withheld.csv", csv.withholding_list(wanted.page.chosen).encode())
    for name in _OURS:
        _put(draft, name, files("kiosk.reports.package").joinpath(name).read_bytes())


def _put(draft: Draft, name: str, data: bytes) -> None:
    with draft.file(name) as write_all:
        write_all(data)
