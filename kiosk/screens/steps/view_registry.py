"""Find the view of a step."""

from __future__ import annotations

from typing import Final, assert_never

from kiosk.protocol.kinds.registry import kind_of
from kiosk.protocol.kinds.step_kind import StepKind
from kiosk.protocol.model import Step
from kiosk.screens.steps import ask_view, call_view, choose_view, instruction_view, record_view
from kiosk.screens.steps.view import Below, View

_NEVER_SHOWN: Final = View(below=lambda _, __, ___: Below())


def view_of(step: Step) -> View:
    """Return the view of that kind of step."""
    kind = kind_of(step).id
    match kind:
        case StepKind.ASK:
            return ask_view.VIEW
        case StepKind.CHOOSE:
            return choose_view.VIEW
        case StepKind.RECORD:
            return record_view.VIEW
        case StepKind.CALL:
            return call_view.VIEW
        case StepKind.INSTRUCTION:
            return instruction_view.VIEW
        case StepKind.BRANCH:
            return _NEVER_SHOWN
        case _:
            assert_never(kind)
