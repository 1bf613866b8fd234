"""Backups of the log, made while the kiosk runs: one folder each, checked, signed, and whole before it has its name.

DEST/kiosk-backup-MODE-UUID-TIME/ holds the log, every earlier one, and the signed list of them. Nothing else: not the
key, for who has log and key can write what they like; not settings, contacts or protocols: copy the home for those.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC
from pathlib import Path
from typing import Final

from kiosk.errors import LogMustBeReplaced, StoreUnusable, UsageError
from kiosk.log.archive import archived_file, open_chain
from kiosk.log.backup_check import MANIFEST, digest_of, manifest_in, sound
from kiosk.log.create import ORIGIN, kiosk_errors
from kiosk.log.signing_key import REPAIR, read_signer
from kiosk.record.backup_manifest import Copied, Manifest
from kiosk.record.transparency.signed_note import Signer
from kiosk.settings import Home, Mode
from kiosk.system.clock import Instant
from kiosk.system.files import ensure_folder, flush, move, remove, save_file

PREFIX: Final = "kiosk-backup"


@dataclass(frozen=True, slots=True)
class Made:
    """A backup that was made: where it is, what it holds, and sentences of what it could not hold."""

    folder: Path
    manifest: Manifest
    left_out: tuple[str, ...]


def back_up(home: Home, mode: Mode, dest: Path, school: str, at: Instant) -> Made:
    """Copy the mode's log and all earlier ones into a new folder in `dest`, check the copies, sign the list of them.

    What was there before stays as it is, whatever goes wrong.
    Raises UsageError when `dest` can't take a backup; StoreUnusable when the log or its key can't be used, or for
    want of
    room.
    """
    _require_place(home, dest)
    chain = open_chain(home, mode)
    origins = [log.origin for log in chain.logs][::-1]
    chain.close()
    signer = read_signer(home, mode)
    if signer.public != chain.key:
        raise StoreUnusable(f"The key here is not the one that signs the {mode} log, so no list can be signed.", REPAIR)
    own = origins[0].removeprefix(ORIGIN)[:8]
    draft = dest / f".{PREFIX}-{mode}-{own}.making"
    try:
        remove(draft)
        ensure_folder(draft)
        manifest, unsound = _filled(home, mode, draft, school, at, origins)
        _sign(draft, manifest, signer)
        folder = dest / f"{PREFIX}-{mode}-{own}-{at.local(UTC):%Y%m%dT%H%M%S%fZ}"
        move(draft, folder)
    except BaseException:
        with suppress(StoreUnusable):
            remove(draft)
        raise
    return Made(folder, manifest, (*chain.left_out, *unsound))


def _require_place(home: Home, dest: Path) -> None:
    if not dest.is_dir():
        raise UsageError(f"There is no folder {dest}.", "Make it, or plug in the disk that it is on.")
    place = dest.resolve()
    for own in (home.log("live").parent, home.path / "keys"):
        if place.is_relative_to(own.resolve()):
            raise UsageError(f"{dest} lies where the log itself is kept.", "Choose a folder on another disk.")


def _filled(
    home: Home, mode: Mode, draft: Path, school: str, at: Instant, origins: Sequence[str]
) -> tuple[Manifest, list[str]]:
    """Copy the logs, the newest first. An earlier one that is not sound is left out, in a sentence."""
    files, left_out = [], []
    for origin in origins:
        place = archived_file(home, mode, origin)
        try:
            files.append(_copied(home.log(mode) if origin == origins[0] else place, draft / place.name))
        except LogMustBeReplaced as error:
            if origin == origins[0]:
                raise
            remove(draft / place.name)
            left_out.append(f"An earlier log, {place.name}, is left out: {error.what}")
    return Manifest(school, mode, f"{at.local(UTC):%Y-%m-%dT%H:%M:%S.%fZ}", tuple(files)), left_out


def _copied(log: Path, copy: Path) -> Copied:
    from db.copy import copied  # noqa: PLC0415 - sqlalchemy, only here
    from db.errors import Full  # noqa: PLC0415 - likewise

    try:
        with kiosk_errors():
            copied(log, copy)
    except StoreUnusable as error:
        if isinstance(error.__cause__, Full):
            raise StoreUnusable(f"There is no room for a backup in {copy.parents[1]}.", "Free some there.") from error
        raise
    return Copied(copy.name, digest_of(copy), sound(copy))


def _sign(draft: Path, manifest: Manifest, signer: Signer) -> None:
    save_file(draft / MANIFEST, signer.sign(manifest.text))
    for file in manifest.files:
        flush(draft / file.name)


def rotate(made: Made, keep: int) -> tuple[int, list[str]]:
    """Remove what is older than the newest `keep` backups of this kiosk beside the one just made, which always stays.

    Only files that a backup's own list names are removed. Gives back how many went, and a sentence for each other.
    """
    origins = {file.state.origin for file in made.manifest.files}
    older = sorted(_others(made, origins), key=lambda one: one[1].at, reverse=True)[keep - 1 :]
    troubles = []
    for folder, manifest in older:
        try:
            _remove(folder, manifest)
        except OSError as error:
            why = (error.strerror or "the system refused").lower()
            troubles.append(f"The older backup {folder} could not be removed whole ({why}).")
    return len(older) - len(troubles), troubles


def _others(made: Made, origins: set[str]) -> Iterator[tuple[Path, Manifest]]:
    for folder in made.folder.parent.glob(f"{PREFIX}-{made.manifest.mode}-*"):
        manifest = None if folder == made.folder or folder.is_symlink() else manifest_in(folder)
        if manifest and manifest.mode == made.manifest.mode and manifest.files[0].state.origin in origins:
            yield folder, manifest


def _remove(folder: Path, manifest: Manifest) -> None:
    for file in manifest.files:
        (folder / file.name).unlink(missing_ok=True)
    (folder / MANIFEST).unlink()  # last: until then the next rotation knows it for what it is
    folder.rmdir()  # a folder that holds anything else stays
