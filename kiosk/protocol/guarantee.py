"""The parts of a guarantee: frozen values, as in the `guarantees` of a protocol file.

A guarantee must be true on every path of a walk, or the pack does not pass. `checks.guarantees` decides that.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Verb = Literal["always", "never", "from-every-step", "at-most", "every-end"]
"""The kind of a guarantee; each has one form of sentence."""

VERBS: tuple[Verb, ...] = ("always", "never", "from-every-step", "at-most", "every-end")

EventKind = Literal[
    "step", "outcome", "call", "reached", "answer", "record", "interrupt", "setting", "to_notify", "refer"
]
"""The kinds of events in a walk. `setting`, `to_notify` and `refer` are conditions, not events."""

ANY = "any"
"""Any name at all: `{call: any}`."""


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happens in a walk, or (a setting, whom an outcome tells or refers to) that holds.

    step:      that step is on the screen.
    outcome:   the walk comes to that outcome.
    call:      a call step with that role in its list is done, whether anybody answered or not.
    reached:   somebody in that role answers a call step.
    answer:    the step `of` is answered with one of `names`; of a choose step, with a tick at one of them.
    record:    a step that writes down that fact is done, with a value or with why there is none.
    interrupt: that key is pressed.
    setting:   the district chose one of `names` for the setting `of`.
    to_notify, refer: the outcome tells, or refers to, that role.

    names: any one of them will do; ("any",) is every one there is.
    """

    kind: EventKind
    names: tuple[str, ...]
    of: str = ""


Events = tuple[Event, ...]
"""Whether any name is enough."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Guarantee:
    """One promise about all walks.

    always:          `what` has happened before `before` does.
    never:           `what` does not happen; with `after`, not once that has happened.
    from-every-step: wherever the walk stands, `what` can still be reached; with `most`, in at most so many answers. An
                     interrupt counts as one answer.
    at-most:         no walk gives more than `most` answers before `what` happens, counted from the start or from
                     `after`, as long as no interrupt is pressed. Walks that end sooner are fine.
    every-end:       at whatever outcome a walk ends, but for those `except_`, `what` has happened, or holds of it.

    unless: or one of these has happened before, or a setting is so; of at-most only a setting, of from-every-step none.
    """

    id: str
    verb: Verb
    what: Events
    why: str
    before: Events = ()
    after: Events = ()
    unless: Events = ()
    except_: tuple[str, ...] = ()
    most: int | None = None
