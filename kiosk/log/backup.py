"""Backups of the log, made also while the kiosk runs. Each is one folder, checked and signed before it gets its name.

DEST/kiosk-backup-MODE-UUID-TIME/ holds the log, all previous logs and the signed manifest. It does not hold the key,
because a person with log and key can forge entries. It does not hold settings, contacts or protocols: copy the home
for those.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC
from pathlib import Path
from typing import Final

from kiosk.errors import LogMustBeReplaced, StoreUnusable, UsageError
from kiosk.log.archive import archived_file, open_history
from kiosk.log.backup_check import MANIFEST, digest_of, manifest_in, verified_checkpoint
from kiosk.log.continuity import signer_for
from kiosk.log.create import ORIGIN, kiosk_errors
from kiosk.record.backup_manifest import BackupFile, Manifest
from kiosk.record.transparency.signed_note import Signer
from kiosk.settings import Home, Mode
from kiosk.system.clock import Instant
from kiosk.system.files import ensure_folder, flush, move, remove, save_file
from kiosk.system.progress import NewProgress, Unseen

PREFIX: Final = "kiosk-backup"


@dataclass(frozen=True, slots=True)
class NewBackup:
    """A finished backup: its folder, its manifest, and a sentence for each log that was left out."""

    folder: Path
    manifest: Manifest
    left_out: tuple[str, ...]


def back_up(home: Home, mode: Mode, dest: Path, school: str, at: Instant, bar: NewProgress = Unseen) -> NewBackup:
    """Copy the mode's log and all previous logs into a new folder in `dest`, check the copies, sign the manifest.

    Existing files in `dest` stay unchanged, even after an error.
    Raises UsageError when `dest` can't take a backup; StoreUnusable when the log or its key can't be used, or when the
    disk is full.
    """
    _require_destination(home, dest)
    history = open_history(home, mode)
    origins = [log.origin for log in history.logs][::-1]
    history.close()
    signer = signer_for(home, mode, history)
    own = origins[0].removeprefix(ORIGIN)[:8]
    draft = dest / f".{PREFIX}-{mode}-{own}.making"
    try:
        remove(draft)
        ensure_folder(draft)
        manifest, damaged_logs = _copy_all(home, mode, draft, school, at, origins, bar)
        _sign(draft, manifest, signer)
        folder = dest / f"{PREFIX}-{mode}-{own}-{at.local(UTC):%Y%m%dT%H%M%S%fZ}"
        move(draft, folder)
    except BaseException:
        with suppress(StoreUnusable):
            remove(draft)
        raise
    return NewBackup(folder, manifest, (*history.left_out, *damaged_logs))


def _require_destination(home: Home, dest: Path) -> None:
    if not dest.is_dir():
        raise UsageError(f"There is no folder {dest}.", "Create it, or connect the disk that it is on.")
    place = dest.resolve()
    for own in (home.log("live").parent, home.path / "keys"):
        if place.is_relative_to(own.resolve()):
            raise UsageError(f"{dest} is inside the folder of the log or its key.", "Choose a folder on another disk.")


def _copy_all(
    home: Home, mode: Mode, draft: Path, school: str, at: Instant, origins: Sequence[str], bar: NewProgress
) -> tuple[Manifest, list[str]]:
    """Copy the logs, newest first. A damaged previous log is left out and reported in a sentence."""
    files, left_out = [], []
    for origin in origins:
        place = archived_file(home, mode, origin)
        try:
            files.append(_copied(home.log(mode) if origin == origins[0] else place, draft / place.name, bar))
        except LogMustBeReplaced as error:
            if origin == origins[0]:
                raise
            remove(draft / place.name)
            left_out.append(f"The previous log {place.name} is left out: {error.what}")
    return Manifest(school, mode, f"{at.local(UTC):%Y-%m-%dT%H:%M:%S.%fZ}", tuple(files)), left_out


def _copied(log: Path, copy: Path, bar: NewProgress) -> BackupFile:
    from db.copy import copy_log  # noqa: PLC0415 - sqlalchemy, only here
    from db.errors import Full  # noqa: PLC0415 - likewise

    try:
        with kiosk_errors(), bar("Copying the log") as progress:
            copy_log(log, copy, progress.show)
    except StoreUnusable as error:
        if isinstance(error.__cause__, Full):
            raise StoreUnusable(f"{copy.parents[1]} has no space for a backup.", "Free some space there.") from error
        raise
    return BackupFile(copy.name, digest_of(copy), verified_checkpoint(copy, bar))


def _sign(draft: Path, manifest: Manifest, signer: Signer) -> None:
    save_file(draft / MANIFEST, signer.sign(manifest.text))
    for file in manifest.files:
        flush(draft / file.name)


def rotate(made: NewBackup, keep: int) -> tuple[int, list[str]]:
    """Remove this kiosk's backups next to the new one, except the newest `keep`, which include the new one.

    Only files that a backup's manifest names are removed. Return the number of removed backups, and a sentence for each
    that could not be removed.
    """
    origins = {file.state.origin for file in made.manifest.files}
    older = sorted(_others(made, origins), key=lambda one: one[1].at, reverse=True)[keep - 1 :]
    problems = []
    for folder, manifest in older:
        try:
            _remove(folder, manifest)
        except OSError as error:
            why = (error.strerror or "the system refused").lower()
            problems.append(f"The older backup {folder} could not be removed completely ({why}).")
    return len(older) - len(problems), problems


def _others(made: NewBackup, origins: set[str]) -> Iterator[tuple[Path, Manifest]]:
    for folder in made.folder.parent.glob(f"{PREFIX}-{made.manifest.mode}-*"):
        manifest = None if folder == made.folder or folder.is_symlink() else manifest_in(folder)
        if manifest and manifest.mode == made.manifest.mode and manifest.files[0].state.origin in origins:
            yield folder, manifest


def _remove(folder: Path, manifest: Manifest) -> None:
    for file in manifest.files:
        (folder / file.name).unlink(missing_ok=True)
    (folder / MANIFEST).unlink()  # last, so that the next rotation still recognizes the folder
    folder.rmdir()  # fails, and keeps the folder, when it holds other files
