"""Guarantees: what holds on every path a walk can take, decided over the whole graph."""

from __future__ import annotations

from kiosk.checks.guarantees.verdicts import Verdict, verdicts

__all__ = ["Verdict", "verdicts"]
