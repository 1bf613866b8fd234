"""The export that a file is, as the log says, and what was compared to know it."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from kiosk.errors import Refused, UsageError
from kiosk.log.archive import LogHistory
from kiosk.record.entries import LoggedEntry, decode
from kiosk.record.entry_kinds import EntryKind
from kiosk.reports.encounter.proof import Proof, proof
from kiosk.reports.package.verify import Package
from kiosk.settings import Home, Mode
from kiosk.system.files import opened

_LIST: Final = "manifest.note"
_PIECE: Final = 1 << 20
_LARGEST: Final = 1 << 32
"""Bytes of the files of a zip, unpacked; a package of a large log has a hundredth of it."""


@dataclass(frozen=True, slots=True)
class IdentifiedCopy:
    """A file that the log knows.

    name: its name, without a folder. size: its bytes, or of a package in a folder, those of all files.
    digest: its SHA-256; of a package in a folder, that of the list of its files. package: whether it is one.
    entry: the entry of its export. proof: the newest checkpoint of the log that has this entry.
    checked: what was compared, in sentences; unchecked: what could not be.
    """

    name: str
    size: int
    digest: str
    package: bool
    entry: LoggedEntry
    proof: Proof
    checked: tuple[str, ...]
    unchecked: tuple[str, ...] = ()


def identified(path: Path, home: Home, mode: Mode, history: LogHistory) -> IdentifiedCopy:
    """Return which export a file or folder is.

    Raises UsageError if it can't be read, Refused if the log does not know it or if something in a package differs.
    """
    try:
        with _unpacked(path) as folder:
            if folder is not None and (folder / _LIST).is_file():
                return _package(path, folder, home, mode, history)
        if path.is_dir():
            raise UsageError(f"{path.name} is a folder, but not an evidence package.", "Name the file that was given.")
        digest, size = _digest(path)
    except (OSError, zipfile.BadZipFile) as error:
        raise UsageError(f"{path.name} can't be read.", "Check the name, and that this account may read it.") from error
    kept, found = _entry(home, mode, history, "sha256", digest)
    words = f"The SHA-256 of the file is the one in entry {kept.seq} of the log, which records its export."
    return IdentifiedCopy(path.name, size, digest, package=False, entry=kept, proof=found, checked=(words,))


def _package(path: Path, folder: Path, home: Home, mode: Mode, history: LogHistory) -> IdentifiedCopy:
    listed, _ = _digest(folder / _LIST)
    kept, found = _entry(home, mode, history, "manifest", listed)
    result = Package(folder, [str(log.key) for log in history.logs], []).check()
    if result.wrong:
        repair = "Keep it unchanged, and make a new export. Its verify.py names everything that differs."
        raise Refused(f"Nothing was certified. The package does not match: {result.wrong[0]}", repair)
    digest, size = (listed, _size(folder)) if path.is_dir() else _digest(path)
    words = f"The SHA-256 of its list of files is the one in entry {kept.seq} of the log, which records its export."
    # Its first sentence is about the signature and a key that somebody gave: here, those of this kiosk's own logs.
    checked = (words, "The list is signed with the key of a log of this kiosk.", *result.verified[1:])
    return IdentifiedCopy(
        path.name, size, digest, package=True, entry=kept, proof=found, checked=checked, unchecked=(*result.unchecked,)
    )


def _entry(home: Home, mode: Mode, history: LogHistory, name: str, digest: str) -> tuple[LoggedEntry, Proof]:
    for log in reversed(history.logs):
        for kept in map(decode, log.newest(EntryKind.EXPORT_MADE)):
            if kept.body.get(name) == digest:
                return kept, proof(home, mode, log, [kept], current=log.origin == history.origin)
    what = "The log has no export with the SHA-256 of this file, so there is nothing to certify."
    raise Refused(what, "It was changed, is from another kiosk, or was not written with -o. Export it again.")


@contextmanager
def _unpacked(path: Path) -> Iterator[Path | None]:
    """Yield the folder of a package, unpacked if it is a zip; None for any other file."""
    if path.is_dir():
        yield path
    elif not zipfile.is_zipfile(path):
        yield None
    else:
        with TemporaryDirectory() as folder, zipfile.ZipFile(path) as archive:
            if sum(one.file_size for one in archive.infolist()) > _LARGEST:
                raise UsageError(f"{path.name} is larger than a package can be.", "Unpack it, and name its folder.")
            archive.extractall(folder)
            found = [one for one in Path(folder).rglob("*") if not one.is_dir()]
            lists = [one.parent for one in found if one.name == _LIST]
            # A file outside the package's folder would be certified, and nobody checks it.
            whole = len(lists) == 1 and all(lists[0] in one.parents for one in found)
            yield lists[0] if whole else None


def _digest(path: Path) -> tuple[str, int]:
    digest, size = sha256(), 0
    with opened(path) as file:
        while piece := file.read(_PIECE):
            digest.update(piece)
            size += len(piece)
    return digest.hexdigest(), size


def _size(folder: Path) -> int:
    return sum(one.stat().st_size for one in folder.rglob("*") if one.is_file())
