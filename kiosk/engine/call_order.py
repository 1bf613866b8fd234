"""The order of the people on the contact panel, and the person to call now, at every step."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Sequence
from typing import Final

from kiosk.engine.encounter import Encounter
from kiosk.protocol.kinds.call import CallStep
from kiosk.protocol.kinds.registry import is_shown, ways
from kiosk.protocol.model import RETURN, Protocol
from kiosk.protocol.replies import REACHED, Attempt
from kiosk.protocol.validation.graph import with_settings

Person = tuple[str, int]
"""A person in a role: (role, n-th contact from 0)."""

_NEVER: Final = -1


def call_step(encounter: Encounter) -> CallStep | None:
    """Return the call step whose people are shown first; None in a protocol without call steps.

    It is the current step, else the last call step on the path, else the nearest one ahead: the fewest answers away,
    then the first in the file's order.
    """
    steps = encounter.protocol.steps
    for place in (encounter.at, *reversed(encounter.path)):
        step = steps.get(place.step)
        if isinstance(step, CallStep):
            return step
    ahead = _ahead(with_settings(encounter.protocol, encounter.situation.settings), encounter)
    return ahead or next((step for step in steps.values() if isinstance(step, CallStep)), None)


def order(encounter: Encounter, everybody: Iterable[Person]) -> tuple[Person, ...]:
    """Return all people in order: those of `call_step` in calling order, then the others as given."""
    step = call_step(encounter)
    return tuple(dict.fromkeys((*(encounter.chain(step) if step else ()), *everybody)))


def next_call(encounter: Encounter, made: Sequence[Attempt]) -> Person | None:
    """Return the person to call now, or None.

    At a call step, this is the person due there. Elsewhere it is the person of `call_step` who was never called, or
    whose last call is longest ago. It is nobody after one of them was reached.

    made: all calls of the encounter, at call steps and outside them, oldest first.
    """
    step = call_step(encounter)
    if step is None or step is encounter.step:
        return encounter.next_attempt(encounter.at)
    chain = encounter.chain(step)
    if any((call.role, call.person) in chain for call in made if call.result in REACHED):
        return None
    last = {(call.role, call.person): n for n, call in enumerate(made)}
    return min(chain, key=lambda who: last.get(who, _NEVER), default=None)


def _ahead(protocol: Protocol, encounter: Encounter) -> CallStep | None:
    todo, seen = deque([encounter.at.step]), set[str]()
    while todo:
        step = protocol.steps.get(todo.popleft())
        if step is None or step.id in seen:
            continue
        if isinstance(step, CallStep):
            return step
        seen.add(step.id)
        targets = [encounter.returns_to or "" if target == RETURN else target for _, target in ways(step)]
        if not is_shown(step):  # a branch takes no answer, so its targets are no further away
            todo.extendleft(reversed(targets))
        else:
            todo.extend(targets)
    return None
