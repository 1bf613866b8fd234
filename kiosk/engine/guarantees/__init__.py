"""Guarantees: what holds on every path a walk can take, decided over the whole graph."""

from __future__ import annotations

from kiosk.engine.guarantees.judging import Verdict, verdicts

__all__ = ["Verdict", "verdicts"]
