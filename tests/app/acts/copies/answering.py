"""A person who answers the questions of an act, a place for copies, and the entries about them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any, Final

import pytest

from kiosk.app.acts.entering import Acts
from kiosk.log.archive import open_history
from kiosk.presentation.acts import Done, Offer, Preview, Progress, Question
from kiosk.record.entries import decode
from kiosk.record.entry_kinds import EntryKind
from kiosk.settings import Home, Mode
from kiosk.system.clock import FixedClock
from kiosk.system.places import Place

BY: Final = "Dana Sample"
FREE: Final = 10**9


def acts_of(home: Home, mode: Mode = "live", by: str = BY, language: str = "en") -> Acts:
    """What acts need at this home, on September 14, 2026."""
    return Acts(home, mode, FixedClock(), language, by)


def with_places(monkeypatch: pytest.MonkeyPatch, *found: Place) -> None:
    """Let the computer have exactly these places."""
    monkeypatch.setattr("kiosk.app.acts.copies.saving.places", lambda: [*found])


def a_stick(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder that is the only place for copies."""
    stick = tmp_path / "stick"
    stick.mkdir()
    with_places(monkeypatch, Place(stick, FREE))
    return stick


def walked(offer: Offer, answers: Mapping[str, str]) -> tuple[list[str], Question | Preview]:
    """Answer one question after the other; return the ids of those asked, and the preview or the first other one."""
    given: dict[str, str] = {}
    asked = offer.next(given)
    while isinstance(asked, Question) and asked.id in answers:
        given[asked.id] = answers[asked.id]
        asked = offer.next(given)
    return [*given], asked


def previewed(offer: Offer, answers: Mapping[str, str]) -> Preview:
    """Answer every question."""
    _, preview = walked(offer, answers)
    assert isinstance(preview, Preview), preview
    return preview


def unseen(_done: int, _total: int) -> None:
    """Nobody looks at the progress."""


def done(offer: Offer, answers: Mapping[str, str], progress: Progress = unseen) -> Done:
    """Answer every question, and confirm."""
    return previewed(offer, answers).do(progress)


def asked_after(offer: Offer, answers: Mapping[str, str]) -> Question:
    """Return the question that these answers lead to."""
    _, asked = walked(offer, answers)
    assert isinstance(asked, Question), asked
    return asked


def choices(question: Question) -> list[str]:
    """The ids of its choices."""
    return [one.id for one in question.choices]


def files(folder: Path) -> list[str]:
    """The names in a folder, hidden ones too."""
    return sorted(path.name for path in folder.iterdir())


def exports(home: Home, mode: Mode = "live") -> Sequence[Mapping[str, Any]]:
    """The bodies of the entries about exports, oldest first."""
    with closing(open_history(home, mode)) as log:
        return [decode(kept).body for kept in log.of_kind(EntryKind.EXPORT_MADE)]
