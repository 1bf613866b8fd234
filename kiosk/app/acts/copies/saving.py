"""Saving a copy at a place that a person chose: under a name of its own, then entered in the log."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, TypeVar

from kiosk.app.acts.entering import Acts
from kiosk.app.acts.texts import AnsweredTexts
from kiosk.errors import KioskError, Refused, StoreUnusable
from kiosk.i18n.strings import text
from kiosk.presentation.acts import Question
from kiosk.presentation.values import Choice
from kiosk.privacy.meanings import Meaning
from kiosk.record.entries import Entry
from kiosk.settings import LONGEST
from kiosk.system.files import MayBeIncomplete, NameTaken, remove
from kiosk.system.places import Place, places

ROOM: Final = 20_000_000
"""Bytes that must be free at a place: a report of many pages with its fonts has a tenth of that."""

_TRIES: Final = 1000
_MEGABYTES_IN_GIGABYTE: Final = 1000
_A = TypeVar("_A", bound=str)


def say(acts: Acts, word_id: str, **slots: object) -> str:
    """Return the words `save.<word_id>`, in the language of the screen."""
    return text(f"save.{word_id}", acts.language, **slots)


def choose(acts: Acts, texts: AnsweredTexts, asked: str, answers: Sequence[_A]) -> _A:
    """Return which of these answers was chosen; the words of each are `save.<asked>.<answer>`. Raises Asking."""
    choices = [Choice(one, say(acts, f"{asked}.{one}")) for one in answers]
    answer = texts.chosen(Question(asked, say(acts, asked), choices=choices))
    return next(one for one in answers if one == answer)


def asked_place(acts: Acts, texts: AnsweredTexts, room: int = ROOM) -> Place:
    """Return the place that was chosen. room: the bytes that must be free there.

    Raises Asking, also if the place is gone meanwhile, and Refused for a place with too little room.
    """
    found = {str(place.path): place for place in places()}
    if not found:
        raise Refused("No place can take a file.", "Put in a memory stick, then try again.", "save.no-place")
    choices = [Choice(path, _place(acts, one)) for path, one in found.items()]
    place = found[texts.chosen(Question("place", say(acts, "where"), choices=choices))]
    if place.free < room:
        what = f"{place.path} has too little free space."
        raise Refused(what, "Free some space there, or choose another place.", "save.full", path=place.path)
    return place


def _place(acts: Acts, place: Place) -> str:
    """Return a place in words: whether it is a stick or this computer, and how much is free there."""
    megabytes = place.free // 1_000_000
    room = f"{megabytes // _MEGABYTES_IN_GIGABYTE} GB" if megabytes >= _MEGABYTES_IN_GIGABYTE else f"{megabytes} MB"
    return say(acts, "place.stick" if place.removable else "place.here", path=place.path, room=room)


def asked_recipient(acts: Acts, texts: AnsweredTexts) -> str:
    """Return the recipient; empty for nobody. Raises Asking, PrivateText."""
    question = Question("for", say(acts, "for"), say(acts, "for.how"), room=LONGEST, optional=True)
    return texts.typed(question, Meaning.NAME)


@dataclass(frozen=True, slots=True)
class Target:
    """Where a copy goes: a place, and its name there without a number. ending: such as `.pdf`."""

    place: Place
    stem: str
    ending: str

    @property
    def folder(self) -> Path:
        """The folder of the place."""
        return self.place.path

    def is_there(self) -> bool:
        """Whether the place is still there. Where a pulled stick was, its empty folder may be left on this computer."""
        return self.folder.is_mount() if self.place.removable else self.folder.is_dir()

    @property
    def free(self) -> Path:
        """The first name that nothing has, for a preview."""
        return next((path for path in self.names if not os.path.lexists(path)), self.folder)

    @property
    def names(self) -> Iterator[Path]:
        """Each name that it may get, in order."""
        yield self.folder / f"{self.stem}{self.ending}"
        yield from (self.folder / f"{self.stem}-{n}{self.ending}" for n in range(1, _TRIES))


def save_copy(acts: Acts, target: Target, write: Callable[[Path], Entry]) -> Path:
    """Write a copy under the first free name, enter it in the log, and return its path.

    write: writes the new file, and returns the entry about it; what it raises leaves nothing.
    Raises StoreUnusable; a copy that can't be entered is removed.
    """
    acts.require_log_in()
    path, entry = _written(target, write)
    try:
        acts.enter(entry)
    except KioskError as error:
        _take_back(path, error)
        raise
    return path


def _written(target: Target, write: Callable[[Path], Entry]) -> tuple[Path, Entry]:
    for path in target.names:
        if not target.is_there():
            raise _gone(target.folder)
        try:
            entry = write(path)
        except NameTaken:  # by an earlier copy, or by another program just now
            continue
        except MayBeIncomplete:
            raise
        except StoreUnusable as error:
            raise (error if target.is_there() else _gone(target.folder)) from error
        if not target.is_there():  # what was written may be on this computer, in the folder that the stick left
            gone = _gone(target.folder)
            _take_back(path, gone)
            raise gone
        return path, entry
    raise StoreUnusable(f"{target.folder} has a thousand copies of this name.", "Choose another place.")


def _gone(folder: Path) -> StoreUnusable:
    what = f"{folder} is not there any more. The log has no entry of this copy, so delete what the stick has of it."
    return StoreUnusable(what, "Put the stick in again, or choose another place.", "save.gone", path=folder)


def _take_back(path: Path, why: KioskError) -> None:
    """Remove a copy that the log has no entry of. Raises StoreUnusable if it is still there."""
    try:
        remove(path)
    except StoreUnusable as error:
        what = f"{path} was saved, but the log may have no entry of it. {why.what}"
        raise StoreUnusable(what, "Delete that file, or write on paper who got it, and when.") from error
