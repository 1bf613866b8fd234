"""Putting one log in the place of another, so that a power cut at any moment loses neither and hides neither.

All that is to come is laid into one folder, HOME/log/MODE.next, which gets that name when it is whole and on the disk.
From then on the exchange is decided: `finish` does the same steps in the same order however often it is cut off, and
whoever opens the log next calls it. Until then nothing was changed.

The folder holds `log.db`, the new log with its first entry in it; its `key` and `head`, unless it has none of its own;
`aside`, the name that the present log gets among the earlier ones; and under `put` logs to lay among those.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from kiosk.errors import StoreUnusable
from kiosk.log.signing_key import head_file, key_file
from kiosk.settings import Home
from kiosk.system.files import ensure_folder, flush, move, remove, save_file

LOG: Final = "log.db"
KEY: Final = "key"
HEAD: Final = "head"
RETIRED: Final = "aside"
RESTORED: Final = "put"

_BESIDE: Final = ("-wal", "-shm", "-journal")
"""What SQLite keeps beside a file; it belongs to that file and goes where it goes."""


def pending(home: Home, mode: str) -> bool:
    """Whether an exchange was decided and is not finished."""
    return _decided(home, mode).exists()


@contextmanager
def drafting(home: Home, mode: str) -> Iterator[Path]:
    """An empty folder to lay everything into; leaving the block in order decides the exchange. The lock must be held.

    Raises StoreUnusable; whatever ends the block early leaves everything as it was.
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


def finish(home: Home, mode: str) -> None:
    """Do what is left of an exchange that was decided; nothing when there is none. The lock must be held.

    Raises StoreUnusable; then the next call goes on.
    """
    folder = _decided(home, mode)
    if not folder.exists():
        return
    try:
        if (folder / LOG).exists():  # it is the last to go
            _exchange(home, mode, folder)
    except OSError as error:
        why = (error.strerror or "the system refused").lower()
        raise StoreUnusable(
            f"{folder} can't be read ({why}).", "Ask IT to look at that folder, then try again."
        ) from error
    remove(folder)


def _exchange(home: Home, mode: str, folder: Path) -> None:
    log = home.log(mode)
    ensure_folder(home.earlier)
    aside = (folder / RETIRED).read_text(encoding="ascii")
    _set_aside(log, _free(home.earlier / aside))
    for file in sorted((folder / RESTORED).iterdir()):
        place = home.earlier / file.name
        _set_aside(place, _copy_name(place))
        move(file, place)
    for name, kept in ((KEY, key_file(home, mode)), (HEAD, head_file(home, mode))):
        if (folder / name).exists():
            ensure_folder(kept.parent)
            save_file(kept, (folder / name).read_bytes())
    move(folder / LOG, log)


def _set_aside(log: Path, place: Path) -> None:
    """Give a log another name, with what lies beside it. That goes first: the main file says which name was chosen."""
    for end in (*_BESIDE, ""):
        file = log.with_name(f"{log.name}{end}")
        if file.exists():
            move(file, place.with_name(f"{place.name}{end}"))


def _free(place: Path) -> Path:
    return _copy_name(place) if place.exists() else place


def _copy_name(place: Path) -> Path:
    """The first name that is free for another copy of the log that has this name; copies are kept, not read."""
    number = 1
    while (copy := place.with_name(f"{place.stem}.copy-{number}.db")).exists():
        number += 1
    return copy


def _decided(home: Home, mode: str) -> Path:
    return home.log(mode).with_name(f"{mode}.next")


def _try_to_remove(draft: Path) -> None:
    try:
        remove(draft)
    except StoreUnusable:  # the next try clears it; what happened first is what must be told
        return
