"""Findings of what must never be asked or kept."""

from __future__ import annotations

from kiosk.engine.catalogue.kind import Kind

KINDS: tuple[Kind, ...] = ()
