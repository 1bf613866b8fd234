"""The preview of a copy, and what is shown when it is saved."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from kiosk.app.acts.copies.saving import Target, asked_place, asked_recipient, save_copy, say
from kiosk.app.acts.entering import Acts
from kiosk.app.acts.texts import AnsweredTexts
from kiosk.presentation.acts import Done, Preview, Progress
from kiosk.record.entries import Entry

Write = Callable[[Path, Progress], Entry]
"""Writes the new file, and returns the entry about it."""


@dataclass(frozen=True, slots=True)
class Receiver:
    """Who gets a copy (empty for nobody named), and who makes it."""

    whom: str
    by: str


def asked_target(acts: Acts, texts: AnsweredTexts, stem: str, ending: str, room: int) -> Target:
    """Return where the copy goes; its name may be kept in the log. Raises Asking, Refused and PrivateText."""
    stem = f"practice-{stem}" if acts.mode == "practice" else stem
    target = Target(asked_place(acts, texts, room), stem, ending)
    texts.path(str(target.free))
    return target


def asked_receiver(acts: Acts, texts: AnsweredTexts) -> Receiver:
    """Return who gets the copy, and who makes it. Raises Asking, PrivateText."""
    return Receiver(asked_recipient(acts, texts), texts.by())


def preview(
    acts: Acts, texts: AnsweredTexts, target: Target, about: Sequence[str], receiver: Receiver, write: Write
) -> Preview:
    """Return the preview of a copy. about: what it is, in sentences."""

    def do(progress: Progress) -> Done:
        def written(path: Path) -> Entry:
            texts.path(str(path))
            return texts.kept(write(path, progress))

        path = save_copy(acts, target, written)
        return Done(say(acts, "done"), [say(acts, "line.file", path=path), say(acts, "done.entry")])

    practice = [say(acts, "line.practice")] if acts.mode == "practice" else []
    lines = [
        *practice,
        *about,
        say(acts, "line.file", path=target.free),
        say(acts, "line.for", name=receiver.whom) if receiver.whom else say(acts, "line.for-nobody"),
        say(acts, "line.by", name=receiver.by),
    ]
    return Preview(say(acts, "preview"), lines, say(acts, "confirm"), do)
