"""Whether one walk of the engine breaks a guarantee, told in the plainest way, and all walks of a bounded length."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from kiosk.engine.encounter import Encounter, answer, press
from kiosk.protocol.guarantee import Event, Events, Guarantee
from kiosk.protocol.kinds.ask import AskStep
from kiosk.protocol.kinds.call import CallStep
from kiosk.protocol.kinds.choose import ChooseStep
from kiosk.protocol.kinds.instruction import InstructionStep
from kiosk.protocol.kinds.record import RecordStep
from kiosk.protocol.replies import (
    REACHED,
    Attempt,
    Called,
    CallResult,
    Chosen,
    Confirmed,
    Missing,
    Place,
    Pressed,
    Recorded,
    Reply,
    Ticked,
)

Moment = tuple[str, Reply | None]
"""A node that is come to (None), or the reply that it is left by."""


def moments(walk: Encounter) -> list[Moment]:
    """What happened in a walk, oldest first."""
    found: list[Moment] = []
    for place in walk.path:
        found += [(place.step, None), (place.step, walk.replies[place])]
    return [*found, (walk.at.step, None)]


def happens(walk: Encounter, event: Event, moment: Moment) -> bool:
    """Whether the event is this moment."""
    node, reply = moment
    step = walk.protocol.steps.get(node)
    if reply is None:
        kind = "outcome" if step is None else "step"
        return event.kind == kind and _named(event, node)
    return _answered(event, node, reply, step.roles if isinstance(step, CallStep) and not step.pick else ())


def _answered(event: Event, node: str, reply: Reply, roles: tuple[str, ...]) -> bool:
    match event.kind, reply:
        case "call", Called(attempts):
            tried = (a.role for a in attempts if roles)
            return any(_named(event, role) for role in (*roles, *tried))
        case "reached", Called(attempts):
            return attempts[-1].result in REACHED and _named(event, attempts[-1].role)
        case "answer", Chosen(option):
            return event.of == node and _named(event, option)
        case "answer", Ticked(choices):
            return event.of == node and any(_named(event, c) for c in choices)
        case "record", Recorded(values):
            return any(_named(event, name) for name, _ in values)
        case "interrupt", Pressed(key):
            return _named(event, key)
    return False


def _named(event: Event, name: str) -> bool:
    return event.names == ("any",) or name in event.names


def broken(walk: Encounter, g: Guarantee) -> bool:
    """Whether the walk, as far as it has come, breaks the guarantee. Not for from-every-step."""
    if any(e.kind == "setting" and walk.situation.settings[e.of] in e.names for e in g.unless):
        return False
    log = moments(walk)
    if g.verb == "at-most":
        return not (_before(walk, g.what) and not g.after) and _too_many(walk, g, log)
    bad, fine = {"always": (g.before, (*g.what, *g.unless)), "never": (g.what, g.unless)}.get(
        g.verb, ((Event("outcome", ("any",)),), (*g.what, *g.unless))
    )
    return not _before(walk, fine) and any(
        _any(walk, bad, moment)
        and not any(_any(walk, fine, earlier) for earlier in log[: n + 1])
        and (not g.after or any(_any(walk, g.after, earlier) for earlier in log[:n]))
        and not (g.verb == "every-end" and _spared(walk, g, moment[0]))
        for n, moment in enumerate(log)
    )


def _before(walk: Encounter, events: Events) -> bool:
    """Whether a call outside the steps, all of them made before the first one, was such an event."""
    answered = {a.role for a in walk.outside if a.result in REACHED}
    return any(e.kind in ("call", "reached") and any(_named(e, role) for role in answered) for e in events)


def _any(walk: Encounter, events: Events, moment: Moment) -> bool:
    return any(happens(walk, e, moment) for e in events)


def _spared(walk: Encounter, g: Guarantee, outcome: str) -> bool:
    end = walk.protocol.outcomes[outcome]
    told = any(_named(e, r) for e in g.what if e.kind == "to_notify" for r in end.to_notify)
    refers = end.refer is not None and any(_named(e, end.refer) for e in g.what if e.kind == "refer")
    owed = any(_named(e, duty.id) for e in g.what if e.kind == "duty" for duty in end.duties)
    return outcome in g.except_ or told or refers or owed


def _too_many(walk: Encounter, g: Guarantee, log: list[Moment]) -> bool:
    assert g.most is not None
    given = None if g.after else 0
    for moment in log:
        if given is None:
            given = 0 if _any(walk, g.after, moment) else None
        elif _any(walk, g.what, moment) or isinstance(moment[1], Pressed):
            given = None
            if not g.after:
                return False
        elif moment[1] is not None:
            given += 1
            if given > g.most:
                return True
    return False


def replies(walk: Encounter, at: Place | None = None) -> Iterator[Reply]:
    """Every reply that matters at a place on the path, or where the walk stands; interrupts too."""
    place = at or walk.at
    step = walk.protocol.steps.get(place.step)
    match step:
        case AskStep():
            yield from (Chosen(o.id) for o in walk.options(place))
        case ChooseStep(choices=choices):
            for size in range(1, len(choices) + 1):
                yield from (Ticked(some) for some in combinations(choices, size))
        case RecordStep(fields=fields):
            yield Recorded.of({field: Missing("deferred") for field in fields})
        case CallStep(pick=True):
            yield from (Called((Attempt(*who, CallResult.CALLED_BACK),)) for who in walk.chain(step))
            yield Called((Attempt(step.roles[0], 0, CallResult.NOT_CALLED),))
        case CallStep():
            chain = walk.chain(step)
            for n, who in enumerate(chain):
                missed = (Attempt(*other, CallResult.NO_ANSWER) for other in chain[:n])
                yield Called((*missed, Attempt(*who, CallResult.REACHED)))
            yield Called(tuple(Attempt(*who, CallResult.NO_ANSWER) for who in chain))
        case InstructionStep():
            yield Confirmed()
    yield from (Pressed(i.id) for i in walk.protocol.interrupts if i.next != place.step)


def replied(walk: Encounter, reply: Reply) -> Encounter:
    """The walk after one reply where it stands."""
    moved = press(walk, walk.at, reply.interrupt) if isinstance(reply, Pressed) else answer(walk, walk.at, reply)
    assert moved is not walk, "the reply must lead on"
    return moved


def onward(walk: Encounter, depth: int, *, keys: bool = True) -> Iterator[tuple[int, Encounter]]:
    """Every walk with up to `depth` more replies, shortest first; walks that look alike from here once."""
    walks, seen = [walk], {_where(walk)}
    for gone in range(depth + 1):
        further: list[Encounter] = []
        for one in walks:
            yield gone, one
            if gone < depth:
                further += [replied(one, r) for r in replies(one) if keys or not isinstance(r, Pressed)]
        walks = []
        for one in further:
            where = _where(one)
            if where not in seen:
                seen.add(where)
                walks.append(one)


def every_walk(walk: Encounter, depth: int) -> Iterator[tuple[int, Encounter]]:
    """Every walk with up to `depth` more replies, shortest first."""
    walks = [walk]
    for gone in range(depth + 1):
        yield from ((gone, one) for one in walks)
        walks = [replied(one, r) for one in walks for r in replies(one)] if gone < depth else []


def _where(walk: Encounter) -> object:
    last = moments(walk)[-2:-1]
    known = tuple(sorted(walk.trail.answers.items(), key=str))
    return walk.at.step, walk.trail.frames, known, tuple(map(str, last))


def can_come_to(walk: Encounter, events: Events, depth: int, *, keys: bool = True) -> int | None:
    """In how many answers, up to `depth`, one of the events comes or is offered; None when in no more than that.

    A call that is on the screen is offered, as is what an answer would make happen.
    """
    for gone, one in onward(walk, depth, keys=keys):
        if _any(one, events, moments(one)[-1]):
            return gone
        if any(_any(one, events, (one.at.step, r)) for r in replies(one) if keys or not isinstance(r, Pressed)):
            return gone
    return None
