"""A question: its answers, one key each."""

from __future__ import annotations

from typing import Final

from kiosk.desk.running import Running
from kiosk.layout.blocks import ENTER
from kiosk.presentation.services import Services
from kiosk.presentation.step_view import StepView, say_in
from kiosk.presentation.values import Choice
from kiosk.protocol.replies import Chosen
from kiosk.screens.steps.view import Below, Pick, View


def _below(services: Services, running: Running, view: StepView) -> Below:
    walk, chosen = running.walk, view.earlier.option if isinstance(view.earlier, Chosen) else None
    return Below(
        choices=tuple(
            Choice(option.id, say_in(services.station, walk, option.label), marked=option.id == chosen)
            for option in walk.options(view.place)
        )
    )


def _picked(pick: Pick) -> Chosen | None:
    return None if pick.choice == ENTER else Chosen(pick.choice)


VIEW: Final = View(below=_below, picked=_picked)
