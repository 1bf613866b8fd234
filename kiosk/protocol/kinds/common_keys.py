"""The keys that several step kinds have."""

from __future__ import annotations

from kiosk.protocol.model import DisclosureClass
from kiosk.protocol.syntax.classes import class_key
from kiosk.protocol.syntax.forms import LINE, WAS, WORDS, Form, ListOf, Word, may, must

MAX_OPTIONS = 9 + 26
"""The keys 1 to 9 and a to z."""

DIAL_PATTERN = "[0-9]{3,15}"
"""Digits to dial: 911, or a complete number (at most 15 digits by ITU-T E.164)."""

TITLE = may("title", WORDS, "A short title above the step.")
CITE = may("cite", ListOf(LINE, empty=True, distinct=True), "Its sources; “design” means your own choice.")
SHOWN = (
    TITLE,
    may("do", WORDS, "The instruction for staff. It is never read aloud."),
    may("say", WORDS, "The text that staff say aloud, word for word."),
    may(
        "dial",
        Word(DIAL_PATTERN),
        "Digits to dial at this step, such as 911. They are shown first in the panel, large.",
    ),
    CITE,
    class_key(DisclosureClass.PUBLIC, " Copies below it leave out the step, and steps that only lead on from it."),
    WAS,
)
NEXT = must("next", LINE, "The next step, an outcome, or “return”.")
ASK = must("ask", WORDS, "The question.")

BARE = Form("step", "A step without a kind.", SHOWN)
