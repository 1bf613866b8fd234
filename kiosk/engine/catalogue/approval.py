"""Findings of an approval and of what must be settled before one."""

from __future__ import annotations

from kiosk.engine.catalogue.kind import Kind

KINDS: tuple[Kind, ...] = ()
