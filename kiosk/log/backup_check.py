"""Whether a copy of a log is good: the file is whole, every entry is what was sealed, and all were signed for."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from kiosk.errors import LogMustBeReplaced, Refused, StoreUnusable, UsageError
from kiosk.log.log import LogOnDisk, kiosk_errors, open_at
from kiosk.record.backup_manifest import Copied, Manifest, read_manifest
from kiosk.record.entries import unseal
from kiosk.record.transparency.checkpoint import Checkpoint
from kiosk.record.transparency.merkle import Tree
from kiosk.record.transparency.signed_note import LARGEST, BadNote, parse, verify
from kiosk.record.verification.continuity import standing

MANIFEST: Final = "manifest.note"
_CHUNK: Final = 1 << 20


@dataclass(frozen=True, slots=True)
class Backup:
    """Logs that were copied, the newest first, with their states, and the list of them; None for a file without one."""

    files: tuple[Path, ...]
    states: tuple[Checkpoint, ...]
    manifest: Manifest | None


def sound(path: Path) -> Checkpoint:
    """The state of the log in that file, once all of it was checked. Raises StoreUnusable, LogMustBeReplaced."""
    from db.copy import require_whole  # noqa: PLC0415 - sqlalchemy, only here

    with kiosk_errors():
        require_whole(path)
    log = open_at(path)
    try:
        tree = Tree().grown(_leaves(log))
        head = log.signed_head()
    except StoreUnusable as error:
        raise LogMustBeReplaced(f"{path} is not a whole log: {error.what}", "Use another copy.", "altered") from error
    finally:
        log.close()
    found = Checkpoint(log.origin, tree.size, tree.root)
    if head != found:
        raise LogMustBeReplaced(
            f"{path} does not hold what was signed: entries of it are gone or others.", "Use another copy."
        )
    return found


def _leaves(log: LogOnDisk) -> Iterator[bytes]:
    for entry in log.entries():
        unseal(entry)
        yield entry.leaf


def holds(path: Path, older: Checkpoint) -> bool:
    """Whether the log in that file is sound and has all that this state covers, perhaps with more after it."""
    try:
        now = sound(path)
        return standing(now, older, lambda size: _root_at(path, size)) == "sound"
    except StoreUnusable:
        return False


def _root_at(path: Path, size: int) -> bytes:
    log = open_at(path)
    try:
        return Tree().grown(entry.leaf for entry, _ in zip(log.entries(), range(size), strict=False)).root
    finally:
        log.close()


def digest_of(path: Path) -> str:
    """SHA-256 of the file, in hex. Raises UsageError when it can't be read."""
    try:
        found = hashlib.sha256()
        with path.open("rb") as file:
            while piece := file.read(_CHUNK):
                found.update(piece)
    except OSError as error:
        why = (error.strerror or "unknown").lower()
        raise UsageError(
            f"{path} can't be read ({why}).", "Use another copy, or ask IT for the right to read it."
        ) from error
    return found.hexdigest()


def manifest_in(folder: Path) -> Manifest | None:
    """What the list in that folder says, whoever signed it; None when there is none that reads."""
    try:
        return read_manifest(parse(_note(folder)).text)
    except (OSError, BadNote):
        return None


def _note(folder: Path) -> bytes:
    with (folder / MANIFEST).open("rb") as file:
        return file.read(LARGEST + 1)


def checked(source: Path) -> Backup:
    """The backup in a folder, or in a file of one, all of it checked: list, bytes, entries, signatures.

    Raises UsageError when there is none, Refused when it is not what was signed, StoreUnusable when it is not sound.
    """
    folder = source if source.is_dir() else source.parent
    manifest = manifest_in(folder)
    listed = manifest is not None and (source.is_dir() or source.name in {file.name for file in manifest.files})
    if manifest is None or not listed:
        if source.is_dir() or not source.is_file():
            raise UsageError(
                f"{source} holds no backup that this kiosk knows.", "Name the folder that the backup made."
            )
        return Backup((source,), (sound(source),), None)
    files = tuple(folder / file.name for file in manifest.files)
    for file, path in zip(manifest.files, files, strict=True):
        _require(file, path)
    _require_signed(folder, files[0])
    return Backup(files, tuple(file.state for file in manifest.files), manifest)


def _require(file: Copied, path: Path) -> None:
    if digest_of(path) != file.sha256 or sound(path) != file.state:
        raise Refused(f"{path} is not the file that was backed up: its bytes are others.", "Use another backup.")


def _require_signed(folder: Path, newest: Path) -> None:
    log = open_at(newest)
    try:
        key = log.key
    finally:
        log.close()
    verify(_note(folder), key)
