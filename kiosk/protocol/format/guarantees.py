"""The keys of a guarantee, by its form, and of its events."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from kiosk.protocol.syntax.forms import ID, LINE, Either, Form, ListOf, Word, may, must

_COUNT = Word("([0-9]|[12][0-9]|30)")
"""0 to the maximum number of answers in a guarantee (`parsing.guarantees.MAX_MOST`)."""

_NAMES = Either((LINE, ListOf(LINE, distinct=True)))
_OCCURRENCES: Final = {
    "step": "That step is shown.",
    "outcome": "The walk reaches that outcome.",
    "call": "A call step with that role is completed, answered or not. A step with `pick` does not count.",
    "reached": "A person in that role answers a call, or calls back.",
    "record": "A step that records that field is completed.",
    "interrupt": "That interrupt is pressed.",
    "to_notify": "Only for `every-end`: the outcome requires that role to be notified.",
    "refer": "Only for `every-end`: the outcome refers the agent to that role.",
    "duty": "Only for `every-end`: the outcome has the duty with that id.",
}
_CONDITIONS: Final = {
    "answer": "That step has this answer, with `is: option` or `in: [option, …]`.",
    "setting": "Only in `unless`: the district made this choice, with `is: choice` or `in: [choice, …]`.",
}
EVENTS: Final[Mapping[str, Form]] = {
    **{
        kind: Form(f"event {kind}", means, (must(kind, _NAMES, "The id, a list of ids, or `any`."),))
        for kind, means in _OCCURRENCES.items()
    },
    **{
        kind: Form(
            f"event {kind}",
            means,
            (
                must(kind, LINE, "The id."),
                may("is", _NAMES, "The required value."),
                may("in", _NAMES, "Or a list of values."),
            ),
            one_of=(("is", "in"),),
        )
        for kind, means in _CONDITIONS.items()
    },
}
"""Kind of event → its keys. The reader checks which kinds are valid at a key."""

_EVENT = Either(tuple(EVENTS.values()))
_EVENTS = Either((_EVENT, ListOf(_EVENT)))
_ID = must("id", ID, "Its id. It is permanent.")
_WHY = must("why", LINE, "The reason for it, for counsel.")
_UNLESS = may("unless", _EVENTS, "An event that makes an exception.")
_AFTER = may("after", _EVENTS, "The guarantee applies after this event.")

FORMS: Final[Mapping[str, Form]] = {
    "always": Form(
        "always",
        "One event always precedes another.",
        (
            _ID,
            must("always", _EVENTS, "The event that comes first."),
            must("before", _EVENTS, "The event that it precedes."),
            _WHY,
            _UNLESS,
        ),
    ),
    "never": Form(
        "never",
        "An event never happens.",
        (_ID, must("never", _EVENTS, "The event that never happens."), _WHY, _AFTER, _UNLESS),
    ),
    "from-every-step": Form(
        "from-every-step",
        "An event can be reached from every step.",
        (
            _ID,
            must("from-every-step", _EVENTS, "The event that can be reached."),
            _WHY,
            may("within", _COUNT, "Maximum number of answers."),
        ),
    ),
    "at-most": Form(
        "at-most",
        "An event happens within a number of answers.",
        (
            _ID,
            must("at-most", _COUNT, "Maximum number of answers."),
            must("answers-to", _EVENTS, "The event to reach."),
            _WHY,
            _AFTER,
            _UNLESS,
        ),
    ),
    "every-end": Form(
        "every-end",
        "A condition holds at every outcome.",
        (
            _ID,
            must("every-end", _EVENTS, "The condition."),
            _WHY,
            _UNLESS,
            may("except", ListOf(LINE, distinct=True), "Outcomes that are exempt."),
        ),
    ),
}
"""Form of guarantee → its keys."""

GUARANTEE = Either(tuple(FORMS.values()))
