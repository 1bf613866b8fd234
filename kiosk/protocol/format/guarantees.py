"""The keys of a guarantee, by its promise, and of the events it names."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from kiosk.protocol.syntax.forms import ID, LINE, Either, Form, ListOf, Word, may, must

_COUNT = Word("([0-9]|[12][0-9]|30)")
"""0 to the most answers that a guarantee may count (`guarantee_reading.MAX_MOST`)."""

_NAMES = Either((LINE, ListOf(LINE, distinct=True)))
_HAPPENING: Final = {
    "step": "That step is on the screen.",
    "outcome": "The walk comes to that outcome.",
    "call": "A call step with that role in it is done, whether anybody answered or not. One with `pick` is no call.",
    "reached": "Somebody in that role answers a call, or calls back.",
    "record": "A step that writes down that fact is done.",
    "interrupt": "That key is pressed.",
    "told": "Only for `every-end`: the outcome tells that role.",
    "refer": "Only for `every-end`: the outcome refers the agent to that role.",
}
_HOLDING: Final = {
    "answer": "That step is answered so, with `is: option` or `in: [option, …]`.",
    "setting": "Only in `unless`: the district chose so, with `is: choice` or `in: [choice, …]`.",
}
EVENTS: Final[Mapping[str, Form]] = {
    **{
        kind: Form(f"event {kind}", means, (must(kind, _NAMES, "Which one, by id; a list, or any."),))
        for kind, means in _HAPPENING.items()
    },
    **{
        kind: Form(
            f"event {kind}",
            means,
            (
                must(kind, LINE, "Which one, by id."),
                may("is", _NAMES, "What it must be."),
                may("in", _NAMES, "Or one of several."),
            ),
            one_of=(("is", "in"),),
        )
        for kind, means in _HOLDING.items()
    },
}
"""Kind of event → its keys. Which kinds fit at a key is for the reader."""

_EVENT = Either(tuple(EVENTS.values()))
_EVENTS = Either((_EVENT, ListOf(_EVENT)))
_ID = must("id", ID, "Its name, for ever.")
_WHY = must("why", LINE, "Why it must hold, for counsel.")
_UNLESS = may("unless", _EVENTS, "What makes an exception.")
_AFTER = may("after", _EVENTS, "What must have happened before it counts.")

PROMISES: Final[Mapping[str, Form]] = {
    "always": Form(
        "always",
        "Something always happens before something else.",
        (_ID, must("always", _EVENTS, "What happens."), must("before", _EVENTS, "Before what."), _WHY, _UNLESS),
    ),
    "never": Form(
        "never",
        "Something never happens.",
        (_ID, must("never", _EVENTS, "What never happens."), _WHY, _AFTER, _UNLESS),
    ),
    "from-every-step": Form(
        "from-every-step",
        "Something can be reached from every step.",
        (
            _ID,
            must("from-every-step", _EVENTS, "What can be reached."),
            _WHY,
            may("within", _COUNT, "In how many answers at most."),
        ),
    ),
    "at-most": Form(
        "at-most",
        "Something comes after so many answers at most.",
        (
            _ID,
            must("at-most", _COUNT, "How many answers."),
            must("answers-to", _EVENTS, "To what."),
            _WHY,
            _AFTER,
            _UNLESS,
        ),
    ),
    "every-end": Form(
        "every-end",
        "Something holds at every end.",
        (
            _ID,
            must("every-end", _EVENTS, "What holds."),
            _WHY,
            _UNLESS,
            may("except", ListOf(LINE, distinct=True), "Outcomes that are excepted."),
        ),
    ),
}
"""Promise → its keys."""

GUARANTEE = Either(tuple(PROMISES.values()))
