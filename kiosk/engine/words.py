"""Filling the `{id}` slots of a protocol's texts with what the district chose."""

from __future__ import annotations

import re
from collections.abc import Mapping

SLOT = re.compile(r"\{([a-z0-9][a-z0-9-]*)\}")
"""A slot: a kebab-case id in braces."""


def filled(words: str, slots: Mapping[str, str]) -> str:
    """The text with every slot replaced; a slot nobody fills stays as its id, so that nothing vanishes unseen."""
    return SLOT.sub(lambda match: slots.get(match[1], match[1]), words)
