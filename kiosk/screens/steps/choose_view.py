"""A checklist: its ticks, and the line of Enter that confirms them."""

from __future__ import annotations

from typing import Final

from kiosk.desk.running import Running
from kiosk.i18n.strings import text
from kiosk.layout.blocks import ENTER
from kiosk.presentation.services import Services
from kiosk.presentation.step_view import StepView, say_in
from kiosk.presentation.values import Choice
from kiosk.protocol.kinds.registry import answers_of
from kiosk.protocol.replies import Ticked
from kiosk.screens.steps.view import Below, Pick, View


def _below(services: Services, running: Running, view: StepView) -> Below:
    ticked = running.walk.ticks(view.place)
    choices = tuple(
        Choice(choice, say_in(services.station, running.walk, label), marked=choice in ticked)
        for choice, label in answers_of(view.step).items()
    )
    return Below(choices=choices, many=True, confirm=text("step.all", services.station.language))


def _picked(pick: Pick) -> Ticked | None:
    return Ticked(pick.ticked) if pick.choice == ENTER else None


VIEW: Final = View(below=_below, picked=_picked)
