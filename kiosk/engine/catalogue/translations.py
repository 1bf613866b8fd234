"""Findings of a translation: what is missing, stale, or belongs to nothing."""

from __future__ import annotations

from kiosk.engine.catalogue.kind import Kind

KINDS: tuple[Kind, ...] = ()
