"""The parts of a guarantee: frozen values, as in the `guarantees` of a protocol file.

A guarantee must hold on every path, or the pack does not pass. `checks.guarantees` decides that.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Verb = Literal["always", "never", "from-every-step", "at-most", "every-end"]
"""The kind of a guarantee; each has one form of sentence."""

VERBS: tuple[Verb, ...] = ("always", "never", "from-every-step", "at-most", "every-end")

EventKind = Literal[
    "step", "outcome", "call", "reached", "answer", "record", "interrupt", "setting", "to_notify", "refer", "duty"
]
"""The kinds of events in a walk. `setting`, `to_notify`, `refer` and `duty` are conditions, not events."""

ANY = "any"
"""Stands for every name: `{call: any}`."""


@dataclass(frozen=True, slots=True)
class Event:
    """An event of a walk, or a condition on the settings or on the outcome.

    step:      that step is shown.
    outcome:   the walk reaches that outcome.
    call:      a call step with that role in its list is completed, answered or not.
    reached:   a person in that role answers a call step.
    answer:    the step `of` is answered with one of `names`; at a checklist, one of them is checked.
    record:    a step that records that fact is completed, with a value or the reason why it is missing.
    interrupt: that key is pressed.
    setting:   the district chose one of `names` for the setting `of`.
    to_notify, refer: the outcome requires that role to be notified, or refers to it.
    duty:      the outcome has that duty.

    names: one of them is enough; ("any",) means every name.
    """

    kind: EventKind
    names: tuple[str, ...]
    of: str = ""


Events = tuple[Event, ...]
"""Several events; one of them is enough."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Guarantee:
    """A property of all paths.

    always:          `what` precedes `before`.
    never:           `what` does not happen; with `after`, not after that event.
    from-every-step: `what` can be reached from every step; with `most`, within that many answers. An interrupt counts
                     as one answer.
    at-most:         `what` happens within `most` answers, counted from the start or from `after`, while no interrupt is
                     pressed. Paths that end sooner satisfy it.
    every-end:       `what` has happened, or holds, at every outcome except those in `except_`.

    unless: exceptions: one of these events happened before, or a setting has that value. `at-most` allows only
            settings, `from-every-step` none.
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
