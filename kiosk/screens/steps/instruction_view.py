"""An instruction: the line of Enter."""

from __future__ import annotations

from typing import Final

from kiosk.desk.running import Running
from kiosk.i18n.strings import text
from kiosk.layout.blocks import ENTER
from kiosk.presentation.services import Services
from kiosk.presentation.step_view import StepView
from kiosk.protocol.replies import Confirmed
from kiosk.screens.steps.view import Below, Pick, View


def _below(services: Services, _: Running, __: StepView) -> Below:
    return Below(confirm=text("step.done", services.station.language))


def _picked(pick: Pick) -> Confirmed | None:
    return Confirmed() if pick.choice == ENTER else None


VIEW: Final = View(below=_below, picked=_picked)
