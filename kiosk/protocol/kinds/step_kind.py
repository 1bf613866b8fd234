"""The closed set of step kinds."""

from __future__ import annotations

from enum import StrEnum


class StepKind(StrEnum):
    """The kind of a step. The values are ids, as `kiosk protocol show --json` prints them."""

    ASK = "ask"
    CHOOSE = "choose"
    RECORD = "record"
    CALL = "call"
    BRANCH = "branch"
    INSTRUCTION = "instruction"
