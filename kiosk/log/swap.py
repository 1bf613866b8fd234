"""Exchange of one log for another, safe against a power cut at any moment: neither log is lost or hidden.

All new files are prepared in one folder, which is renamed to HOME/log/MODE.next once it is complete and durable. From
then on the exchange is decided: `finish` repeats the same steps in the same order until they succeed, and the next
opening of the log calls it. Before that, nothing was changed.

The folder holds `log.db`, the new log with its first entry; its `key`, unless systemd provides it, and its
`checkpoint`; `keys`, the list of all keys with the new one; `retired`, the present log's file name in the archive; and
in `restored`, restored logs to archive.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from kiosk.errors import StoreUnusable
from kiosk.log.signing_key import checkpoint_file, key_file, keys_file
from kiosk.settings import Home, Mode
from kiosk.system.files import ensure_folder, flush, move, read_start, remove, save_file

LOG: Final = "log.db"
KEY: Final = "key"
CHECKPOINT: Final = "checkpoint"
KEYS: Final = "keys"
RETIRED: Final = "retired"
RESTORED: Final = "restored"

_LARGEST: Final = 1 << 20  # bytes of a key, a checkpoint, a list of keys or a name
_SQLITE_SUFFIXES: Final = ("-wal", "-shm", "-journal")
"""Suffixes of SQLite's files for a database; they are moved with it."""


def pending(home: Home, mode: Mode) -> bool:
    """Check for an exchange that was decided and is not finished."""
    return _decided(home, mode).exists()


@contextmanager
def drafting(home: Home, mode: Mode) -> Iterator[Path]:
    """Provide an empty folder for the new files; a normal end of the block decides the exchange. Hold the lock.

    An exception in the block leaves everything unchanged. Raises StoreUnusable.
    """
    draft = home.log(mode).with_name(f"{mode}.draft")
    remove(draft)
    ensure_folder(draft / RESTORED)
    try:
        yield draft
        for file in sorted(path for path in draft.rglob("*") if path.is_file()):
            flush(file)
        move(draft, _decided(home, mode))
    except BaseException:
        _try_to_remove(draft)
        raise


def finish(home: Home, mode: Mode) -> None:
    """Finish a decided exchange, if there is one. Hold the lock.

    Raises StoreUnusable; the next call then resumes.
    """
    folder = _decided(home, mode)
    if not folder.exists():
        return
    try:
        if (folder / LOG).exists():  # it is moved last
            _exchange(home, mode, folder)
    except OSError as error:
        why = (error.strerror or "the system refused").lower()
        raise StoreUnusable(
            f"{folder} can't be read ({why}).", "Ask IT to check that folder, then try again."
        ) from error
    remove(folder)


def _exchange(home: Home, mode: Mode, folder: Path) -> None:
    log = home.log(mode)
    ensure_folder(home.earlier)
    archive_name = read_start(folder / RETIRED, _LARGEST).decode("ascii")
    _archive(log, _free_name(home.earlier / archive_name))
    for file in sorted((folder / RESTORED).iterdir()):
        place = home.earlier / file.name
        _archive(place, _copy_name(place))
        move(file, place)
    places = {KEY: key_file(home, mode), CHECKPOINT: checkpoint_file(home, mode), KEYS: keys_file(home, mode)}
    for name, kept in places.items():
        if (folder / name).exists():
            ensure_folder(kept.parent)
            save_file(kept, read_start(folder / name, _LARGEST))
    move(folder / LOG, log)


def _archive(log: Path, place: Path) -> None:
    """Rename a log and SQLite's files for it. The log comes last, because its place decides the chosen name."""
    for end in (*_SQLITE_SUFFIXES, ""):
        file = log.with_name(f"{log.name}{end}")
        if file.exists():
            move(file, place.with_name(f"{place.name}{end}"))


def _free_name(place: Path) -> Path:
    return _copy_name(place) if place.exists() else place


def _copy_name(place: Path) -> Path:
    """Return the first free name for a further copy of this log; such copies are kept but not read."""
    number = 1
    while (copy := place.with_name(f"{place.stem}.copy-{number}.db")).exists():
        number += 1
    return copy


def _decided(home: Home, mode: Mode) -> Path:
    return home.log(mode).with_name(f"{mode}.next")


def _try_to_remove(draft: Path) -> None:
    try:
        remove(draft)
    except StoreUnusable:  # the next attempt removes it; report the first error
        return
