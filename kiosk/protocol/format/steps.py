"""The keys of a step, by its kind."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from kiosk.protocol.format.kinds import FLAG, ID, LINE, WAS, WORDS, Either, Form, ListOf, Loose, Word, may, must

MAX_OPTIONS = 9 + 26
"""The keys 1 to 9 and a to z."""

DIAL_PATTERN = "[0-9]{3,15}"
"""Digits to dial: 911, or a complete number (at most 15 digits by ITU-T E.164)."""

_TITLE = may("title", WORDS, "A short title above the step.")
_CITE = may("cite", ListOf(LINE, empty=True, distinct=True), "Its sources; “design” means your own choice.")
_SHOWN = (
    _TITLE,
    may("do", WORDS, "The instruction for staff. It is never read aloud."),
    may("say", WORDS, "The text that staff say aloud, word for word."),
    may(
        "dial",
        Word(DIAL_PATTERN),
        "Digits to dial at this step, such as 911. They are shown first in the panel, large.",
    ),
    _CITE,
    WAS,
)
_NEXT = must("next", LINE, "The next step, an outcome, or “return”.")
_ASK = must("ask", WORDS, "The question.")

OPTION = Form(
    "option",
    "An answer, chosen with one key.",
    (
        must("id", ID, "The answer's id. It is permanent."),
        must("label", WORDS, "The label of the answer."),
        must("next", LINE, "The step or outcome after this answer."),
        WAS,
    ),
)

CHOICE = Form(
    "choice",
    "An item that can be checked.",
    (must("id", ID, "Its id. It is permanent."), must("label", WORDS, "The label on the screen."), WAS),
)

BRANCH = Form("branch", "The step after a call.", (_NEXT,))

RULE = Form(
    "rule",
    "One rule of a branch.",
    (
        may("setting", LINE, "The setting to compare."),
        may("answer", LINE, "Or the step whose answer to compare."),
        may("is", LINE, "The choice or answer to match."),
        may("in", ListOf(LINE, distinct=True), "Or a list of them."),
        must("next", LINE, "The step or outcome when it matches."),
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
    "A checklist: a question with any number of answers.",
    (_ASK, must("choose", ListOf(CHOICE, most=MAX_OPTIONS), "The items that can be checked."), _NEXT, *_SHOWN),
)
RECORD = Form(
    "record",
    "A form: facts to record.",
    (must("record", ListOf(LINE, distinct=True), "The ids of the fields, in order."), _NEXT, *_SHOWN),
)
CALL = Form(
    "call",
    "A call list.",
    (
        must("call", ListOf(LINE, distinct=True), "The ids of the roles, in the order of calling."),
        must("reached", BRANCH, "The next step when a person answers."),
        must("nobody", BRANCH, "The next step when nobody answers."),
        may("pick", FLAG, "“true” if staff only select who answered or called back, and call nobody."),
        may("once", FLAG, "“true” to skip it when one of its people was reached already."),
        *_SHOWN,
    ),
)
WHEN = Form(
    "when",
    "A branch on earlier answers and settings. It is never shown.",
    (
        must("when", ListOf(RULE), "The rules. The first match decides."),
        must("otherwise", LINE, "The step or outcome when no rule matches."),
        _TITLE,
        _CITE,
        WAS,
    ),
)
TELL = Form("tell", "An instruction to read, do or say; Enter continues.", (_NEXT, *_SHOWN))

KINDS: Final[Mapping[str, Form]] = {
    "options": ASK,
    "choose": CHOOSE,
    "record": RECORD,
    "call": CALL,
    "when": WHEN,
    "next": TELL,
}
"""Kind → its keys. A kind is named by the key that no other kind has."""

BARE = Form("step", "A step without a kind.", _SHOWN)

INCLUDE = Form(
    "include",
    "The steps of a shared fragment, in place of a step.",
    (
        must("include", LINE, "The fragment's file name without “.yaml”."),
        may("exits", Loose(LINE), "Exit id → step or outcome."),
    ),
)
"""Not a kind of step: the fragment's steps replace it before steps are read."""

STEP = Either((*KINDS.values(), INCLUDE))
