"""The words of a protocol: how hard they are, how long they take, what they must not say, whether they fit."""

from __future__ import annotations

from kiosk.checks.wording.findings import check_wording
from kiosk.checks.wording.measures import Measure, measures

__all__ = ["Measure", "check_wording", "measures"]
