"""A form: a box for each fact. The boxes themselves say when they are done."""

from __future__ import annotations

from typing import Final

from kiosk.desk.running import Running
from kiosk.presentation.services import Services
from kiosk.presentation.step_view import StepView
from kiosk.protocol.kinds.registry import facts_of
from kiosk.screens.steps.view import Below, View


def _below(_: Services, __: Running, view: StepView) -> Below:
    return Below(fields=facts_of(view.step))


VIEW: Final = View(below=_below, tight=True)
