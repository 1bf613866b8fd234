"""Checks of a log's copy: the file is intact, all entries match their hashes, and a signature covers them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Final

from kiosk.errors import LogMustBeReplaced, Refused, ReplaceReason, StoreUnusable, UsageError
from kiosk.log.log import LogOnDisk, kiosk_errors, open_at
from kiosk.record.backup_manifest import BackupFile, Manifest, read_manifest
from kiosk.record.transparency.checkpoint import Checkpoint
from kiosk.record.transparency.merkle import Tree
from kiosk.record.transparency.signed_note import LARGEST, BadNote, parse, verify
from kiosk.record.verification.comparison import Comparison, compare
from kiosk.record.verification.decoding import decoded
from kiosk.system.files import opened, read_start
from kiosk.system.progress import NewProgress, Progress, Unseen
from kiosk.worded import many

MANIFEST: Final = "manifest.note"
_CHUNK: Final = 1 << 20
_PAGE: Final = 256
"""Number of entries decoded at once."""


@dataclass(frozen=True, slots=True)
class Backup:
    """A checked backup: log files, newest first, their checkpoints, and the manifest; None for a single file."""

    files: tuple[Path, ...]
    states: tuple[Checkpoint, ...]
    manifest: Manifest | None


def verified_checkpoint(path: Path, bar: NewProgress = Unseen) -> Checkpoint:
    """Check the whole log in this file and return its newest checkpoint. Raises StoreUnusable, LogMustBeReplaced."""
    from db.copy import require_intact_copy  # noqa: PLC0415 - sqlalchemy, only here

    with kiosk_errors():
        require_intact_copy(path)
    log = open_at(path)
    try:
        with bar(f"Checking {many(log.size(), 'entry', 'entries')}") as progress:
            tree = Tree().grown(_leaves(log, progress))
        checkpoint, key = log.verified_checkpoint(), log.key
    except StoreUnusable as error:
        raise LogMustBeReplaced(
            f"The log {path} is not intact: {error.what}", "Use another copy.", ReplaceReason.ALTERED
        ) from error
    finally:
        log.close()
    found = Checkpoint(key.name, tree.size, tree.root)  # the key's name is the ID that it signs for
    if checkpoint != found:
        raise LogMustBeReplaced(
            f"{path} does not match its signed checkpoint: entries were removed or changed.", "Use another copy."
        )
    return found


def _leaves(log: LogOnDisk, progress: Progress) -> Iterator[bytes]:
    entries, total = log.entries(), log.size()
    while page := [*islice(entries, _PAGE)]:
        decoded(page)
        yield from (entry.leaf for entry in page)
        progress.show(page[-1].seq + 1, total)


def contains(path: Path, older: Checkpoint, bar: NewProgress = Unseen) -> bool:
    """Check that the log in this file is intact and contains all entries of the checkpoint `older`, perhaps more."""
    try:
        now = verified_checkpoint(path, bar)
        return compare(now, older, lambda size: root_at(path, size)) is Comparison.CONTINUES
    except StoreUnusable:
        return False


def root_at(path: Path, size: int) -> bytes:
    """Return the root hash of the first `size` entries of the log in this file. Raises StoreUnusable."""
    log = open_at(path)
    try:
        return Tree().grown(entry.leaf for entry, _ in zip(log.entries(), range(size), strict=False)).root
    finally:
        log.close()


def digest_of(path: Path) -> str:
    """Return the file's SHA-256 in hex. Raises UsageError when it can't be read."""
    try:
        found = hashlib.sha256()
        with opened(path) as file:
            while piece := file.read(_CHUNK):
                found.update(piece)
    except OSError as error:
        why = (error.strerror or "unknown").lower()
        raise UsageError(
            f"{path} can't be read ({why}).", "Use another copy, or ask IT for permission to read it."
        ) from error
    return found.hexdigest()


def manifest_in(folder: Path) -> Manifest | None:
    """Return the manifest in this folder without checking its signature; None when there is no readable one."""
    try:
        return read_manifest(parse(_note(folder)).text)
    except (OSError, BadNote):
        return None


def _note(folder: Path) -> bytes:
    return read_start(folder / MANIFEST, LARGEST + 1)


def checked(source: Path, bar: NewProgress = Unseen) -> Backup:
    """Check the backup in a folder, or one log file of it, and return it: manifest, bytes, entries, signatures.

    Raises UsageError when there is none, Refused when it does not match the signed manifest, StoreUnusable when a log
    is damaged.
    """
    folder = source if source.is_dir() else source.parent
    manifest = manifest_in(folder)
    listed = manifest is not None and (source.is_dir() or source.name in {file.name for file in manifest.files})
    if manifest is None or not listed:
        if source.is_dir() or not source.is_file():
            raise UsageError(f"{source} contains no backup.", "Name the folder that `kiosk log backup` created.")
        return Backup((source,), (verified_checkpoint(source, bar),), None)
    files = tuple(folder / file.name for file in manifest.files)
    for file, path in zip(manifest.files, files, strict=True):
        _require(file, path, bar)
    _require_signed(folder, files[0])
    return Backup(files, tuple(file.state for file in manifest.files), manifest)


def _require(file: BackupFile, path: Path, bar: NewProgress) -> None:
    if digest_of(path) != file.sha256 or verified_checkpoint(path, bar) != file.state:
        raise Refused(f"{path} does not match the backup's manifest: it was changed.", "Use another backup.")


def _require_signed(folder: Path, newest: Path) -> None:
    log = open_at(newest)
    try:
        key = log.key
    finally:
        log.close()
    verify(_note(folder), key)
