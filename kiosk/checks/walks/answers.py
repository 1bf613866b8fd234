"""The ways a walk can be answered where it stands, as a person at the desk could: one for each thing to choose."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from kiosk.engine.encounter import Encounter, answer, attempt
from kiosk.engine.replies import (
    Attempt,
    Called,
    CallResult,
    Chosen,
    Confirmed,
    Missing,
    Recorded,
    Reply,
    Ticked,
    Value,
)
from kiosk.protocol.model import Ask, Call, Choose, Protocol, Record, Tell

MOST_CALLS = 6
"""How many people of a call step answer in turn, each in a way of its own."""


@dataclass(frozen=True, slots=True)
class Way:
    """One way to answer. names: as `model.ways` and ticks name it. calls: the results of calls, in place of a reply."""

    names: tuple[str, ...]
    reply: Reply | None = None
    calls: tuple[CallResult, ...] = ()

    def __str__(self) -> str:
        return ", ".join(self.calls or self.names)


def offered(walk: Encounter) -> Iterator[Way]:
    """Every way to answer the step the walk stands at, in the file's order; none at an outcome."""
    step = walk.step
    match step:
        case Ask():
            yield from (Way((o.id,), Chosen(o.id)) for o in walk.options(walk.at))
        case Choose():
            yield from (Way((choice,), Ticked((choice,))) for choice in step.choices)
            if len(step.choices) > 1:
                yield Way(tuple(step.choices), Ticked(tuple(step.choices)))
        case Record():
            yield from _records(walk.protocol, step)
        case Call():
            yield from _calls(walk.chain(step), pick=step.pick)
        case Tell():
            yield Way(("done",), Confirmed())


def taken(walk: Encounter, way: Way) -> Encounter:
    """The walk after answering in this way. Raises whatever the engine raises."""
    if way.reply is not None:
        return answer(walk, walk.at, way.reply)
    place = walk.at
    for result in way.calls:
        role, person = walk.next_attempt(place) or ("", 0)
        step = walk.protocol.steps[place.step]
        fallback = step.roles[0] if isinstance(step, Call) else ""
        walk = attempt(walk, place, Attempt(role or fallback, person, result))
    return walk


def _calls(chain: tuple[tuple[str, int], ...], *, pick: bool) -> Iterator[Way]:
    """The first, the second, … answers; no one does; the desk stops calling. pick: who of them it was, or nobody."""
    if pick:
        for role, n in chain[:MOST_CALLS]:
            yield Way(("reached",), Called((Attempt(role, n, CallResult.CALLED_BACK),)))
        yield Way(("nobody",), calls=(CallResult.NOT_CALLED,))
        return
    missed: tuple[CallResult, ...] = (CallResult.NO_ANSWER,)
    for n in range(min(len(chain), MOST_CALLS)):
        yield Way(("reached",), calls=(*missed * n, CallResult.REACHED))
    if len(chain) > MOST_CALLS:  # one by one, thousands would take minutes
        yield Way(("nobody",), Called(tuple(Attempt(role, n, CallResult.NO_ANSWER) for role, n in chain)))
    elif chain:
        yield Way(("nobody",), calls=missed * len(chain))
    yield Way(("nobody",), calls=(CallResult.NOT_CALLED,))


def _records(protocol: Protocol, step: Record) -> Iterator[Way]:
    """Everything is told; nothing is."""
    fields = [protocol.fields[name] for name in step.fields]
    told: dict[str, Value] = {f.id: next(iter(f.choices), 1 if f.type == "count" else "…") for f in fields}
    untold: dict[str, Value] = {f.id: Missing(f.missing[0] if f.missing else "deferred") for f in fields}
    yield Way(("done",), Recorded.of(told))
    yield Way(("done",), Recorded.of(untold))
