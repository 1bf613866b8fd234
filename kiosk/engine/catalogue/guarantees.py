"""Findings of guarantees: G0 how they are written, G1 the built-in ones, G2 the pack's own."""

from __future__ import annotations

from kiosk.engine.catalogue.kind import Kind

KINDS: tuple[Kind, ...] = ()
