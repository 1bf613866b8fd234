"""The record of how one kind of step is shown, and what answer a pick gives."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from kiosk.desk.running import Running
from kiosk.engine.encounter import Encounter
from kiosk.presentation.services import Services
from kiosk.presentation.step_view import StepView
from kiosk.presentation.values import Choice
from kiosk.protocol.replies import Attempt, Place, Reply


@dataclass(frozen=True, slots=True)
class Below:
    """The part of the screen below the words of a step.

    fields:  the facts it asks for. caller: whether it shows whom to call now.
    choices: the answers; many: each can be ticked. confirm: the words of the line of Enter; empty for none.
    """

    fields: tuple[str, ...] = ()
    caller: bool = False
    choices: tuple[Choice, ...] = ()
    many: bool = False
    confirm: str = ""


@dataclass(frozen=True, slots=True)
class Pick:
    """The answer picked on a step.

    choice: the id of the answer, or `blocks.ENTER`. ticked: the current ticks.
    again:  whether the step was answered before, and is answered again.
    """

    choice: str
    ticked: tuple[str, ...]
    walk: Encounter
    place: Place
    again: bool


def _nothing_picked(_: Pick) -> None:
    return None


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """How one kind of step is shown.

    below:  returns the part below its words.
    picked: the answer, or the call that was made; None where the pick means nothing.
    listed: whether the list itself shows an earlier answer.
    tight:  whether its words have to leave room.
    """

    below: Callable[[Services, Running, StepView], Below]
    picked: Callable[[Pick], Reply | Attempt | None] = _nothing_picked
    listed: Callable[[StepView], bool] = lambda _: False
    tight: bool = False
