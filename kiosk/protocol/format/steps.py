"""The keys of a step, by its kind."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from kiosk.protocol.syntax.forms import FLAG, ID, LINE, WAS, WORDS, Either, Form, ListOf, Loose, Word, may, must

MAX_OPTIONS = 9 + 26
"""The keys 1 to 9 and a to z."""

DIAL_PATTERN = "[0-9]{3,15}"
"""Digits to dial, as they are dialled: 911, or a whole number (ITU-T E.164 has at most 15)."""

_TITLE = may("title", WORDS, "A few words above the step.")
_CITE = may(
    "cite", ListOf(LINE, empty=True, distinct=True), "Which sources it comes from; “design” is your own choice."
)
_SHOWN = (
    _TITLE,
    may("do", WORDS, "What staff do. It is never read aloud."),
    may("say", WORDS, "What staff say aloud, word for word."),
    may("dial", Word(DIAL_PATTERN), "Digits to dial on this step, such as 911. They stand first in the panel, large."),
    _CITE,
    WAS,
)
_NEXT = must("next", LINE, "Where it goes on: a step, an outcome, or “return”.")
_ASK = must("ask", WORDS, "The question.")

OPTION = Form(
    "option",
    "One answer, chosen with one key.",
    (
        must("id", ID, "The answer's name, for ever."),
        must("label", WORDS, "The words beside the key."),
        must("next", LINE, "Where this answer leads."),
        WAS,
    ),
)

CHOICE = Form(
    "choice",
    "One thing that can be ticked.",
    (must("id", ID, "Its name, for ever."), must("label", WORDS, "The words beside the box."), WAS),
)

BRANCH = Form("branch", "Where a call leads.", (_NEXT,))

RULE = Form(
    "rule",
    "One line of a decision.",
    (
        may("setting", LINE, "The setting it looks at."),
        may("answer", LINE, "Or the step whose answer it looks at."),
        may("is", LINE, "The choice or answer for which it holds."),
        may("in", ListOf(LINE, distinct=True), "Or several of them."),
        must("next", LINE, "Where it leads when it holds."),
    ),
    one_of=(("setting", "answer"), ("is", "in")),
)

ASK = Form(
    "ask",
    "A question with one answer.",
    (
        _ASK,
        must("options", ListOf(OPTION, most=MAX_OPTIONS), f"The answers, at most {MAX_OPTIONS}."),
        *_SHOWN,
    ),
)
CHOOSE = Form(
    "choose",
    "A question where all that applies is ticked.",
    (_ASK, must("choose", ListOf(CHOICE, most=MAX_OPTIONS), "What can be ticked."), _NEXT, *_SHOWN),
)
RECORD = Form(
    "record",
    "Facts to write down.",
    (must("record", ListOf(LINE, distinct=True), "The fields, by id, in order."), _NEXT, *_SHOWN),
)
CALL = Form(
    "call",
    "Someone to call now.",
    (
        must("call", ListOf(LINE, distinct=True), "The roles, by id, in the order they are called."),
        must("reached", BRANCH, "Where it goes on when someone answers."),
        must("nobody", BRANCH, "Where it goes on when no one does."),
        may("pick", FLAG, "“true” when nobody is called here: the desk says who answered or called back."),
        may("once", FLAG, "“true” to pass it by itself when somebody it would call was reached already."),
        *_SHOWN,
    ),
)
WHEN = Form(
    "when",
    "A decision by what is known already. It is never shown.",
    (
        must("when", ListOf(RULE), "The lines; the first that holds wins."),
        must("otherwise", LINE, "Where it leads when no line holds."),
        _TITLE,
        _CITE,
        WAS,
    ),
)
TELL = Form("tell", "Something to read, do or say; Enter goes on.", (_NEXT, *_SHOWN))

KINDS: Final[Mapping[str, Form]] = {
    "options": ASK,
    "choose": CHOOSE,
    "record": RECORD,
    "call": CALL,
    "when": WHEN,
    "next": TELL,
}
"""Kind → its keys. A kind goes by the key that no other kind has."""

BARE = Form("step", "A step that does not say its kind.", _SHOWN)

INCLUDE = Form(
    "include",
    "The steps of a shared fragment, in place of a step.",
    (
        must("include", LINE, "The fragment: its file's name without “.yaml”."),
        may("exits", Loose(LINE), "Where each end of the fragment leads: the end's name, then a step or an outcome."),
    ),
)
"""It is no kind of step: the fragment's steps stand in its place before steps are read."""

STEP = Either((*KINDS.values(), INCLUDE))
