"""Checks of a protocol's words: reading grade, time to read, banned words, and fit on the screen."""

from __future__ import annotations

from kiosk.checks.wording.findings import check_wording
from kiosk.checks.wording.measures import Measure, measures

__all__ = ["Measure", "check_wording", "measures"]
