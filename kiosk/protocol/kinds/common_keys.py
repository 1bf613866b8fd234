"""The keys that several step kinds have."""

from __future__ import annotations

from kiosk.protocol.syntax.forms import LINE, WAS, WORDS, Form, ListOf, Word, may, must

MAX_OPTIONS = 9 + 26
"""The keys 1 to 9 and a to z."""

DIAL_PATTERN = "[0-9]{3,15}"
"""Digits to dial, as they are dialled: 911, or a whole number (ITU-T E.164 has at most 15)."""

TITLE = may("title", WORDS, "A few words above the step.")
CITE = may("cite", ListOf(LINE, empty=True, distinct=True), "Which sources it comes from; “design” is your own choice.")
SHOWN = (
    TITLE,
    may("do", WORDS, "What staff do. It is never read aloud."),
    may("say", WORDS, "What staff say aloud, word for word."),
    may("dial", Word(DIAL_PATTERN), "Digits to dial on this step, such as 911. They stand first in the panel, large."),
    CITE,
    WAS,
)
NEXT = must("next", LINE, "Where it goes on: a step, an outcome, or “return”.")
ASK = must("ask", WORDS, "The question.")

BARE = Form("step", "A step that does not say its kind.", SHOWN)
