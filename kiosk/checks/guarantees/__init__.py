"""Guarantees: conditions that must hold on every path of a walk, decided over the whole graph."""

from __future__ import annotations

from kiosk.checks.guarantees.verdicts import Verdict, verdicts

__all__ = ["Verdict", "verdicts"]
