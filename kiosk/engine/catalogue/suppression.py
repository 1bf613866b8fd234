"""Findings of warnings that a file turns off."""

from __future__ import annotations

from kiosk.engine.catalogue.kind import Kind

KINDS: tuple[Kind, ...] = ()
