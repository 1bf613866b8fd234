"""The words of a protocol: how hard they are, how long they take, what they must not say, whether they fit."""

from __future__ import annotations

from kiosk.engine.wording.looking import check_wording
from kiosk.engine.wording.measuring import Measure, measures

__all__ = ["Measure", "check_wording", "measures"]
