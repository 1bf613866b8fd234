"""The state of an encounter. The position is never stored: it is derived by replaying the replies on the protocol.

Replies are keyed by place (a step and its n-th visit). The walk passes each place that has a reply; the first place
without one is the current position. So a changed answer needs no undo: later replies on the new path stay valid, and
the others are superseded, but kept.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from kiosk.engine.fit import require_fit, unfit
from kiosk.protocol.kinds.ask import AskStep
from kiosk.protocol.kinds.branch import BranchStep
from kiosk.protocol.kinds.call import CallStep, roles_called
from kiosk.protocol.kinds.kind import Move, Person
from kiosk.protocol.kinds.registry import answering, ids_in, kind_of
from kiosk.protocol.model import RETURN, Option, Protocol, Rule, Step
from kiosk.protocol.replies import (
    REACHED,
    Attempt,
    Called,
    CallResult,
    Chosen,
    Missing,
    Part,
    Place,
    Pressed,
    Recorded,
    Reply,
    Ticked,
    Value,
    joined,
)


@dataclass(frozen=True, slots=True)
class Situation:
    """Facts that stay fixed for the whole encounter.

    settings:    setting id → the district's choice. people: number of contacts of each role (default: 1).
    after_hours: nobody was available when it began, so the protocol's `after_hours` roles are called first.
    """

    settings: Mapping[str, str] = field(default_factory=dict)
    people: Mapping[str, int] = field(default_factory=dict)
    after_hours: bool = False


@dataclass(frozen=True, slots=True)
class Given:
    """One answer to replay. part: a partial answer, after which the place still waits."""

    place: Place
    reply: Reply
    part: bool = False


@dataclass(frozen=True, slots=True)
class Trail:
    """The state of a walk at its position: visits of each step, return targets, newest replies, and reached roles."""

    visits: Mapping[str, int]
    frames: tuple[str, ...]
    answers: Mapping[str, Reply]
    reached: frozenset[str]


@dataclass(frozen=True, slots=True)
class Encounter:
    """One contact with an outside person, up to now. `begin` creates it; each change returns a new one.

    path:       the places passed, oldest first.
    at:         the place that waits for an answer; an outcome can be left only by an interrupt.
    outcome:    the id of the outcome reached, or None.
    returns_to: the target of `return` from here; None when there is none.
    trail:      the state of the walk at `at`, so that an answer there need not replay from the start.
    decisions:  the branches passed, oldest first, each with the number of the matching rule (from 0; the number after
                the last rule means `otherwise`).
    parts:      partial answers of places: of the waiting place, or given before an interrupt was pressed there.
    outside:    calls made outside call steps, oldest first.
    """

    protocol: Protocol
    situation: Situation
    replies: Mapping[Place, Reply]
    path: tuple[Place, ...]
    at: Place
    outcome: str | None
    returns_to: str | None
    trail: Trail = field(compare=False, repr=False)
    decisions: tuple[tuple[str, int], ...] = ()
    parts: Mapping[Place, Part] = field(default_factory=dict)
    outside: tuple[Attempt, ...] = ()

    @property
    def step(self) -> Step | None:
        """The step that waits for an answer; None at an outcome."""
        return self.protocol.steps.get(self.at.step)

    @property
    def superseded(self) -> tuple[Place, ...]:
        """Places with a complete or partial reply that are no longer on the path; kept, never deleted."""
        on_the_way = {*self.path, self.at}
        return tuple(place for place in {**self.replies, **self.parts} if place not in on_the_way)

    def options(self, place: Place) -> tuple[Option, ...]:
        """Return the options to offer at an ask step; an option that returns only when there is a step to return to."""
        step = self.protocol.steps.get(place.step)
        if not isinstance(step, AskStep):
            return ()
        if place == self.at:
            returnable = self.returns_to is not None
        else:
            returnable = _Walk.again(self, self.replies, self.parts).run(until=place).returns_to is not None
        return tuple(o for o in step.options if o.next != RETURN or returnable)

    def attempts(self, place: Place) -> tuple[Attempt, ...]:
        """Return the calls made so far at a call step."""
        return made.attempts if isinstance(made := self.answered(place), Called) else ()

    def answered(self, place: Place) -> Reply | None:
        """Return the complete or partial answer at a place, also if an interrupt was pressed there later."""
        reply = self.replies.get(place)
        return self.parts.get(place, reply) if reply is None or isinstance(reply, Pressed) else reply

    def ticks(self, place: Place) -> tuple[str, ...]:
        """Return the checked items of a choose step, or those of its previous visit when none is checked yet."""
        for visit in range(place.visit, 0, -1):
            if isinstance(found := self.answered(Place(place.step, visit)), Ticked):
                return found.choices
        return ()

    def chain(self, step: CallStep) -> tuple[tuple[str, int], ...]:
        """Return the people that a call step tries, in order, as (role, n-th contact from 0)."""
        return tuple(_chain(self.protocol, self.situation, step))

    def next_attempt(self, place: Place) -> tuple[str, int] | None:
        """Return the person to call now at a call step: the first of its chain not tried yet, or None."""
        step = self.protocol.steps.get(place.step)
        if not isinstance(step, CallStep) or step.pick:
            return None
        return _due(self.protocol, self.situation, step, self.attempts(place))

    def passes(self, step: CallStep) -> bool:
        """Check whether the walk would skip a call step, because one of its people was reached already."""
        roles = _called_roles(self.protocol, self.situation, step) if step.once else frozenset()
        return not roles.isdisjoint(self.trail.reached) or any(
            a.role in roles and a.result in REACHED for a in self.outside
        )

    def facts(self) -> dict[str, Value]:
        """Return field id → value, or the reason it is missing, from the path and the current place.

        A later place overrides an earlier one. The order is that of the protocol's fields.
        """
        found: dict[str, Value] = {}
        for place in (*self.path, self.at):
            reply = self.answered(place)
            if isinstance(reply, Recorded):
                found.update(_kept(found, reply))
        return {name: found[name] for name in self.protocol.fields if name in found}

    def reached(self) -> tuple[str, ...]:
        """Return the roles reached by call steps on the path, in order."""
        calls = (a for place in self.path for a in self.attempts(place) if a.result in REACHED)
        return tuple(dict.fromkeys(a.role for a in calls))


def _kept(found: Mapping[str, Value], reply: Recorded) -> dict[str, Value]:
    # Keep a known fact when a later screen could not get it again.
    return {k: v for k, v in reply.values if not (isinstance(v, Missing) and k in found)}


def begin(protocol: Protocol, situation: Situation | None = None) -> Encounter:
    """Return a new encounter at the protocol's first step.

    A missing setting, or an unknown choice, gets the protocol's default.
    """
    given = situation or Situation()
    return _Walk(protocol, replace(given, settings=protocol.choices(given.settings)), {}, {}).run()


def answer(encounter: Encounter, place: Place, reply: Reply) -> Encounter:
    """Answer the current place. A stale or repeated answer, which names another place, changes nothing.

    Facts of a partial answer there count too. Raises InvalidAnswer when the reply does not fit the step.
    """
    if place != encounter.at:
        return encounter
    return _with(encounter, place, _complete_reply(encounter, place, reply))


def answer_in_part(encounter: Encounter, place: Place, part: Recorded | Ticked) -> Encounter:
    """Keep a partial answer: some facts, or checked items not confirmed yet. The position does not change.

    Valid for the current place, or one left by an interrupt. Another place, or no new fact, changes nothing. Raises
    InvalidAnswer when the part does not fit the step.
    """
    interrupted = place in encounter.path and isinstance(encounter.replies[place], Pressed)
    if place != encounter.at and not interrupted:
        return encounter
    require_fit(encounter.protocol, encounter.protocol.steps.get(place.step), part, part=True)
    before = encounter.parts.get(place)
    now = joined(before, part)
    return encounter if now == before else replace(encounter, parts={**encounter.parts, place: now})


def attempt(encounter: Encounter, place: Place, tried: Attempt) -> Encounter:
    """Add a call to the current call step, of any person in its chain, also one tried before.

    Another person, or another place, changes nothing. `nobody` ends the calling at once. Raises InvalidAnswer when the
    call was not answered at a step that only asks who it was.
    """
    step = encounter.step
    if place != encounter.at or not isinstance(step, CallStep):
        return encounter
    if tried.result is not CallResult.NOT_CALLED and (tried.role, tried.person) not in _chain(
        encounter.protocol, encounter.situation, step
    ):
        return encounter
    return answer(encounter, place, Called((*encounter.attempts(place), tried)))


def called_outside(encounter: Encounter, tried: Attempt) -> Encounter:
    """Add a call made outside a call step.

    It changes the position only at a `once` step that needs exactly this call. A `once` step already passed has a
    complete reply or was skipped, so a further call can't change its target. A later `once` step finds the person
    reached, regardless of corrections in between.
    """
    now = replace(encounter, outside=(*encounter.outside, tried))
    step = encounter.step
    if not isinstance(step, CallStep) or not now.passes(step):
        return now
    return _onward(now, now.replies, now.parts)


def press(encounter: Encounter, place: Place, interrupt: str) -> Encounter:
    """Press an interrupt at the current place. At the interrupt's own first step, it changes nothing."""
    jump = encounter.protocol.interrupt(interrupt)
    if jump is not None and jump.next == place.step:
        return encounter
    return answer(encounter, place, Pressed(interrupt))


def correct(encounter: Encounter, place: Place, reply: Reply) -> Encounter:
    """Change the reply at a place already passed. Later replies that still fit stay valid; others are superseded.

    For a form, only changed facts are needed. A place not on the path, or the same reply, changes nothing.
    Raises InvalidAnswer as `answer` does.
    """
    if place not in encounter.path:
        return encounter
    complete = _complete_reply(encounter, place, reply)
    return encounter if encounter.replies[place] == complete else _with(encounter, place, complete)


def replay(
    protocol: Protocol, situation: Situation, given: Iterable[Given], outside: Iterable[Attempt] = ()
) -> Encounter:
    """Return the encounter after these answers, oldest first; a later answer to the same place replaces the earlier.

    outside: calls made outside call steps, oldest first.
    """
    replies: dict[Place, Reply] = {}
    parts: dict[Place, Part] = {}
    for one in given:
        if one.part and isinstance(one.reply, Part):
            parts[one.place] = joined(parts.get(one.place), one.reply)
        else:
            _keep(replies, parts, one.place, _joined(replies, parts, one.place, one.reply))
    return _Walk(protocol, begin(protocol, situation).situation, replies, parts, tuple(outside)).run()


def _joined(replies: Mapping[Place, Reply], parts: Mapping[Place, Part], place: Place, reply: Reply) -> Reply:
    if not isinstance(reply, Part):
        return reply
    before = replies.get(place)
    return joined(before if isinstance(before, Recorded) else parts.get(place), reply)


def _keep(replies: dict[Place, Reply], parts: dict[Place, Part], place: Place, reply: Reply) -> None:
    """Keep a complete reply in place of its parts; the parts stay when an interrupt was pressed instead."""
    if not isinstance(reply, Pressed):
        parts.pop(place, None)
    elif isinstance(made := replies.get(place), Part):
        parts[place] = made
    replies[place] = reply


def _with(encounter: Encounter, place: Place, reply: Reply) -> Encounter:
    replies, parts = dict(encounter.replies), dict(encounter.parts)
    _keep(replies, parts, place, reply)
    if place == encounter.at:
        return _onward(encounter, replies, parts)
    return _Walk.again(encounter, replies, parts).run()


def _onward(encounter: Encounter, replies: Mapping[Place, Reply], parts: Mapping[Place, Part]) -> Encounter:
    """Continue the walk from the current place; an answer there changes nothing before it."""
    return _Walk.again(encounter, replies, parts).onward(encounter)


def _complete_reply(encounter: Encounter, place: Place, reply: Reply) -> Reply:
    """Return the reply joined with facts given there before. Raises InvalidAnswer."""
    known = encounter.answered(place)
    require_fit(encounter.protocol, encounter.protocol.steps.get(place.step), reply, known=known)
    if isinstance(reply, Chosen) and reply.option not in {o.id for o in encounter.options(place)}:
        raise unfit(place.step)
    return _joined(encounter.replies, encounter.parts, place, reply)


class _Walk:
    """One walk from the start along the replies."""

    def __init__(
        self,
        protocol: Protocol,
        situation: Situation,
        replies: Mapping[Place, Reply],
        parts: Mapping[Place, Part],
        outside: tuple[Attempt, ...] = (),
    ) -> None:
        self.protocol, self.situation, self.replies, self.parts = protocol, situation, replies, parts
        self.outside = outside
        self.reached_outside = frozenset(a.role for a in outside if a.result in REACHED)
        self.reached = set[str]()
        self.skipped: set[str] = set()
        self.visits: dict[str, int] = {}
        self.frames: list[str] = []
        self.path: list[Place] = []
        self.answers: dict[str, Reply] = {}
        self.decisions: list[tuple[str, int]] = []

    @classmethod
    def again(cls, encounter: Encounter, replies: Mapping[Place, Reply], parts: Mapping[Place, Part]) -> _Walk:
        """Return a walk of the same encounter along these replies."""
        return cls(encounter.protocol, encounter.situation, replies, parts, encounter.outside)

    def run(self, until: Place | None = None) -> Encounter:
        """Walk from the start; `until`: stop at that place."""
        return self._continue(self._next_place(self.protocol.start), until)

    def onward(self, encounter: Encounter) -> Encounter:
        """Continue the walk from the position of an encounter."""
        trail = encounter.trail
        self.visits, self.frames, self.answers = dict(trail.visits), list(trail.frames), dict(trail.answers)
        self.path, self.decisions = list(encounter.path), list(encounter.decisions)
        self.reached.update(trail.reached)
        return self._continue(encounter.at)

    def _continue(self, place: Place, until: Place | None = None) -> Encounter:
        while place != until and (target := self._target_of(place)) is not None:
            place = self._next_place(target)
        return self._encounter(place)

    def _next_place(self, target: str) -> Place:
        """Return the next visit of the target, after following branches."""
        while isinstance(step := self.protocol.steps.get(target), BranchStep):
            target = self._resolve(self._route(step))
        visit = self.visits[target] = self.visits.get(target, 0) + 1
        return Place(target, visit)

    def _target_of(self, place: Place) -> str | None:
        """Return the target of this place, by its reply or by itself; None while it waits."""
        step, reply = self.protocol.steps.get(place.step), self.replies.get(place)
        way = None if reply is None else self._way(step, place, reply)
        if way is None:
            way = self._by_itself(step)
        elif self.skipped:
            self.skipped.clear()
        if way is None:
            return None
        if reply is not None:
            self.path.append(place)
            self.answers[place.step] = reply
            if isinstance(reply, Called):
                self.reached.update(a.role for a in reply.attempts if a.result in REACHED)
        return self._resolve(way)

    def _by_itself(self, step: Step | None) -> str | None:
        """Return the target of a `once` step that needs no call, else None.

        If it would be skipped twice without a reply in between, it waits instead: such steps can lead to each other
        (P306), and the walk must end.
        """
        if not isinstance(step, CallStep) or not step.once or step.id in self.skipped:
            return None
        if _called_roles(self.protocol, self.situation, step).isdisjoint(self.reached | self.reached_outside):
            return None
        self.skipped.add(step.id)
        return step.reached

    def _way(self, step: Step | None, place: Place, reply: Reply) -> str | None:
        """Return the target of the reply at this place; None while it has no complete reply."""
        if isinstance(reply, Pressed):
            return self._jump(place.step, reply.interrupt)
        found = answering(step, reply)
        move: Move | None = None if found is None else found.leads(step, reply, self._chain)
        if move is None:
            return None
        if move.back:
            self.frames.append(move.back)
        elif move.target == RETURN and not self.frames and step is not None and kind_of(step).hides_returns:
            return None  # after a correction there may be no step to return to
        return move.target

    def _chain(self, step: CallStep) -> Iterator[Person]:
        return _chain(self.protocol, self.situation, step)

    def _jump(self, pressed_on: str, interrupt_id: str) -> str | None:
        jump = self.protocol.interrupt(interrupt_id)
        if jump is None:
            return None
        self.frames.append(pressed_on)
        return jump.next

    def _resolve(self, target: str) -> str:
        while target == RETURN:
            # Checked packs always have a step to return to; a restart is still better than a crash at the desk.
            target = self.frames.pop() if self.frames else self.protocol.start
        return target

    def _route(self, step: BranchStep) -> str:
        held = next((n for n, rule in enumerate(step.rules) if self._holds(rule)), len(step.rules))
        self.decisions.append((step.id, held))
        return step.rules[held].next if held < len(step.rules) else step.otherwise

    def _holds(self, rule: Rule) -> bool:
        if rule.kind == "setting":
            return self.situation.settings.get(rule.subject) in rule.values
        ids = ids_in(self.answers.get(rule.subject)) or ()
        return any(answer in rule.values for answer in ids)

    def _encounter(self, at: Place) -> Encounter:
        return Encounter(
            self.protocol,
            self.situation,
            self.replies,
            tuple(self.path),
            at,
            None if at.step in self.protocol.steps else at.step,
            returns_to=self.frames[-1] if self.frames else None,
            trail=Trail(self.visits, tuple(self.frames), self.answers, frozenset(self.reached)),
            decisions=tuple(self.decisions),
            parts=self.parts,
            outside=self.outside,
        )


def _called_roles(protocol: Protocol, situation: Situation, step: CallStep) -> frozenset[str]:
    return frozenset(roles_called(protocol, step, after_hours=situation.after_hours))


def _chain(protocol: Protocol, situation: Situation, step: CallStep) -> Iterator[tuple[str, int]]:
    for role in roles_called(protocol, step, after_hours=situation.after_hours):
        yield from ((role, n) for n in range(situation.people.get(role, 1)))


def _due(
    protocol: Protocol, situation: Situation, step: CallStep, attempts: Iterable[Attempt]
) -> tuple[str, int] | None:
    tried = {(a.role, a.person) for a in attempts}
    return next((who for who in _chain(protocol, situation, step) if who not in tried), None)
