"""Findings of the words: reading grade, length, claims nobody may make, Latin, what does not fit the screen."""

from __future__ import annotations

from kiosk.engine.catalogue.kind import Kind

KINDS: tuple[Kind, ...] = ()
