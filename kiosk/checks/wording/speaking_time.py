"""The time that words take to say."""

from __future__ import annotations

import re
from typing import Final

from kiosk.checks.wording.sentences import words_of

WORDS_PER_MINUTE: Final = 150
"""Average speed of an adult in the United States (National Center for Voice and Speech); the kiosk's voice uses 155."""

LONGEST_S: Final = 15.0
"""Seconds that a stranger listens before answering (our estimate)."""

_DIGITS: Final = re.compile(r"\d")


def seconds_aloud(words: str) -> float:
    """Return the seconds it takes to say the words; numbers are said digit by digit, as telephone numbers are."""
    spoken = sum(max(1, len(_DIGITS.findall(word))) for word in words_of(words))
    return round(spoken * 60 / WORDS_PER_MINUTE, 1)
