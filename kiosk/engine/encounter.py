"""Where an encounter stands. The position is never stored: it is derived by walking the protocol along the replies.

Replies are keyed by place (a step and its n-th visit). Walking from the start, each place that has a reply is passed;
the first that has none is where the encounter stands. So a corrected answer needs no undo: later replies that are
still reached count again, the others stand aside, kept and marked.
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
    """What holds for the whole encounter, from its beginning to its end.

    settings:    setting id → the district's choice. people: how many contacts each role has; a role left out has one.
    after_hours: nobody was there to be called when it began, so the protocol's `after_hours` roles are called first.
    """

    settings: Mapping[str, str] = field(default_factory=dict)
    people: Mapping[str, int] = field(default_factory=dict)
    after_hours: bool = False


@dataclass(frozen=True, slots=True)
class Given:
    """One answer as it is replayed. part: the place still waited after it."""

    place: Place
    reply: Reply
    part: bool = False


@dataclass(frozen=True, slots=True)
class Trail:
    """What a walk carries where it stands: how often each step was come to, where it returns to, the newest replies,
    and the roles that were reached on the way."""

    visits: Mapping[str, int]
    frames: tuple[str, ...]
    answers: Mapping[str, Reply]
    reached: frozenset[str]


@dataclass(frozen=True, slots=True)
class Encounter:
    """One contact with an outside person, as far as it has come. Made by `begin`; every change makes a new one.

    path:       the places passed, oldest first.
    at:         the place that waits for an answer; at an outcome only an interrupt can still leave it.
    outcome:    the outcome's id while the encounter stands at one.
    returns_to: where `return` would lead from here; None when nothing was called.
    decisions:  the `when` steps passed, oldest first, each with the number of the rule that held (from 0; the number
                after the last one is the otherwise).
    trail:      what the walk carries at `at`, so that an answer there need not walk from the start again.
    parts:      what was answered in part at a place: while it waits, or before an interrupt was pressed there.
    outside:    the calls that were made outside call steps, oldest first.
    """

    protocol: Protocol
    situation: Situation
    replies: Mapping[Place, Reply]
    path: tuple[Place, ...]
    at: Place
    outcome: str | None
    returns_to: str | None
    decisions: tuple[tuple[str, int], ...] = ()
    trail: Trail | None = field(default=None, compare=False, repr=False)
    parts: Mapping[Place, Part] = field(default_factory=dict)
    outside: tuple[Attempt, ...] = ()

    @property
    def step(self) -> Step | None:
        """The step that waits for an answer; None at an outcome."""
        return self.protocol.steps.get(self.at.step)

    @property
    def aside(self) -> tuple[Place, ...]:
        """Places with a reply, whole or in part, that the path no longer passes; kept, never deleted."""
        on_the_way = {*self.path, self.at}
        return tuple(place for place in {**self.replies, **self.parts} if place not in on_the_way)

    def options(self, place: Place) -> tuple[Option, ...]:
        """The options to offer at an ask step; one that returns is offered only when there is somewhere to return."""
        step = self.protocol.steps.get(place.step)
        if not isinstance(step, AskStep):
            return ()
        if place == self.at:
            returnable = self.returns_to is not None
        else:
            returnable = _Walk.again(self, self.replies, self.parts).run(until=place).returns_to is not None
        return tuple(o for o in step.options if o.next != RETURN or returnable)

    def attempts(self, place: Place) -> tuple[Attempt, ...]:
        """The calls made so far at a call step."""
        return made.attempts if isinstance(made := self.answered(place), Called) else ()

    def answered(self, place: Place) -> Reply | None:
        """What was answered at a place, whole or in part: also before an interrupt was pressed there."""
        reply = self.replies.get(place)
        return self.parts.get(place, reply) if reply is None or isinstance(reply, Pressed) else reply

    def ticks(self, place: Place) -> tuple[str, ...]:
        """What is ticked at a choose step; where nothing was ticked yet, what was ticked at the visit before."""
        for visit in range(place.visit, 0, -1):
            if isinstance(found := self.answered(Place(place.step, visit)), Ticked):
                return found.choices
        return ()

    def chain(self, step: CallStep) -> tuple[tuple[str, int], ...]:
        """Whom a call step tries, in order, as (role, n-th contact from 0)."""
        return tuple(_chain(self.protocol, self.situation, step))

    def next_attempt(self, place: Place) -> tuple[str, int] | None:
        """Whom to call now at a call step, as (role, n-th contact): the first of its chain not tried yet, or None."""
        step = self.protocol.steps.get(place.step)
        if not isinstance(step, CallStep) or step.pick:
            return None
        return _due(self.protocol, self.situation, step, self.attempts(place))

    def passes(self, step: CallStep) -> bool:
        """Whether a call step would be passed by itself if the encounter came to it, or stands at it."""
        roles = _called_roles(self.protocol, self.situation, step) if step.once else frozenset()
        on_the_way = self.trail.reached if self.trail else _reached_in(self.replies[place] for place in self.path)
        return not roles.isdisjoint(on_the_way) or any(a.role in roles and a.result in REACHED for a in self.outside)

    def facts(self) -> dict[str, Value]:
        """Field id → value or why it is missing, from the path and where it stands; a later place overrides an earlier.

        In the order in which the protocol lists its fields.
        """
        found: dict[str, Value] = {}
        for place in (*self.path, self.at):
            reply = self.answered(place)
            if isinstance(reply, Recorded):
                found.update(_kept(found, reply))
        return {name: found[name] for name in self.protocol.fields if name in found}

    def reached(self) -> tuple[str, ...]:
        """The roles that were reached by call steps on the path, in order."""
        calls = (a for place in self.path for a in self.attempts(place) if a.result in REACHED)
        return tuple(dict.fromkeys(a.role for a in calls))


def _kept(found: Mapping[str, Value], reply: Recorded) -> dict[str, Value]:
    # A fact once got is not lost because a later screen could not get it again.
    return {k: v for k, v in reply.values if not (isinstance(v, Missing) and k in found)}


def begin(protocol: Protocol, situation: Situation | None = None) -> Encounter:
    """A new encounter at the protocol's first step.

    A setting left out, or set to a choice this protocol does not have, takes the protocol's default.
    """
    given = situation or Situation()
    return _Walk(protocol, replace(given, settings=protocol.choices(given.settings)), {}, {}).run()


def answer(encounter: Encounter, place: Place, reply: Reply) -> Encounter:
    """Answer the place the encounter stands at. A stale or second answer, naming any other place, changes nothing.

    Facts that were answered there in part count, too. Raises InvalidAnswer when the reply is not one that step can
    take.
    """
    if place != encounter.at:
        return encounter
    return _with(encounter, place, _whole(encounter, place, reply))


def answer_in_part(encounter: Encounter, place: Place, part: Recorded | Ticked) -> Encounter:
    """Keep some facts, or ticks that were not confirmed yet; the encounter stands where it stood.

    At the place it stands at, or at one that was left by an interrupt; any other place, or nothing new, changes
    nothing. Raises InvalidAnswer when it is nothing that step can take.
    """
    interrupted = place in encounter.path and isinstance(encounter.replies[place], Pressed)
    if place != encounter.at and not interrupted:
        return encounter
    require_fit(encounter.protocol, encounter.protocol.steps.get(place.step), part, part=True)
    before = encounter.parts.get(place)
    now = joined(before, part)
    return encounter if now == before else replace(encounter, parts={**encounter.parts, place: now})


def attempt(encounter: Encounter, place: Place, tried: Attempt) -> Encounter:
    """Add one call to the call step the encounter stands at: of anybody in its chain, also of somebody tried before.

    Anybody else, or another place, changes nothing. `nobody` ends the calling at once, whoever was due. Raises
    InvalidAnswer
    where the step only asks who it was, and the call was not answered.
    """
    step = encounter.step
    if place != encounter.at or not isinstance(step, CallStep):
        return encounter
    if tried.result != "nobody" and (tried.role, tried.person) not in _chain(
        encounter.protocol, encounter.situation, step
    ):
        return encounter
    return answer(encounter, place, Called((*encounter.attempts(place), tried)))


def called_outside(encounter: Encounter, tried: Attempt) -> Encounter:
    """Add a call that was made outside a call step.

    It moves the encounter only where it stands at a `once` step that asks for just this call. Every `once` step that is
    passed has a whole reply, or was passed by itself already, so a further call can't lead any of them elsewhere; one
    that is come to later finds somebody reached, whatever was corrected in between.
    """
    now = replace(encounter, outside=(*encounter.outside, tried))
    step = encounter.step
    if not isinstance(step, CallStep) or not now.passes(step):
        return now
    return _onward(now, now.replies, now.parts)


def press(encounter: Encounter, place: Place, interrupt: str) -> Encounter:
    """Press an interrupt at the place the encounter stands at. Pressed on its own first step, it changes nothing."""
    jump = encounter.protocol.interrupt(interrupt)
    if jump is not None and jump.next == place.step:
        return encounter
    return answer(encounter, place, Pressed(interrupt))


def correct(encounter: Encounter, place: Place, reply: Reply) -> Encounter:
    """Give another reply to a place already passed. Later replies that still fit count on; the others stand aside.

    Of facts, only those that change need be given. A place not on the path, or the same reply again, changes nothing.
    Raises InvalidAnswer as `answer` does.
    """
    if place not in encounter.path:
        return encounter
    whole = _whole(encounter, place, reply)
    return encounter if encounter.replies[place] == whole else _with(encounter, place, whole)


def replay(
    protocol: Protocol, situation: Situation, given: Iterable[Given], outside: Iterable[Attempt] = ()
) -> Encounter:
    """The encounter that these answers, oldest first, lead to; a later one to the same place replaces the earlier.

    outside: the calls that were made outside call steps, oldest first.
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
    """Keep a whole reply, which holds its parts; where a key was pressed instead, they stay beside it."""
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
    """Walk on from where the encounter stands: nothing before it can change by what is answered there."""
    walk = _Walk.again(encounter, replies, parts)
    return walk.onward(encounter, encounter.trail) if encounter.trail else walk.run()


def _whole(encounter: Encounter, place: Place, reply: Reply) -> Reply:
    """The reply with the facts that were given there before. Raises InvalidAnswer."""
    known = encounter.answered(place)
    require_fit(encounter.protocol, encounter.protocol.steps.get(place.step), reply, known=known)
    if isinstance(reply, Chosen) and reply.option not in {o.id for o in encounter.options(place)}:
        raise unfit(place.step)
    return _joined(encounter.replies, encounter.parts, place, reply)


class _Walk:
    """One walk from the start along the replies. Lives only inside `_walk`."""

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
        """A walk of the same encounter along these replies."""
        return cls(encounter.protocol, encounter.situation, replies, parts, encounter.outside)

    def run(self, until: Place | None = None) -> Encounter:
        """Walk from the start; `until`: no further than that place."""
        return self._on(self._come(self.protocol.start), until)

    def onward(self, encounter: Encounter, trail: Trail) -> Encounter:
        """Walk on from where an encounter stood."""
        self.visits, self.frames, self.answers = dict(trail.visits), list(trail.frames), dict(trail.answers)
        self.path, self.decisions = list(encounter.path), list(encounter.decisions)
        self.reached.update(trail.reached)
        return self._on(encounter.at)

    def _on(self, place: Place, until: Place | None = None) -> Encounter:
        while place != until and (target := self._passed(place)) is not None:
            place = self._come(target)
        return self._stand(place)

    def _come(self, target: str) -> Place:
        """The next visit of the target, or of where the `when` steps from there on lead."""
        while isinstance(step := self.protocol.steps.get(target), BranchStep):
            target = self._resolve(self._route(step))
        visit = self.visits[target] = self.visits.get(target, 0) + 1
        return Place(target, visit)

    def _passed(self, place: Place) -> str | None:
        """Where this place leads to: by the reply there, or by itself; None while it waits."""
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
        """Where a `once` step leads that needs no call any more. A second time without a reply between, it waits:
        steps that lead to each other like that (P306) must not keep the desk for ever."""
        if not isinstance(step, CallStep) or not step.once or step.id in self.skipped:
            return None
        if _called_roles(self.protocol, self.situation, step).isdisjoint(self.reached | self.reached_outside):
            return None
        self.skipped.add(step.id)
        return step.reached

    def _way(self, step: Step | None, place: Place, reply: Reply) -> str | None:
        """The target that the reply at this place leads to; None while it has no whole reply."""
        if isinstance(reply, Pressed):
            return self._jump(place.step, reply.interrupt)
        found = answering(step, reply)
        move: Move | None = None if found is None else found.leads(step, reply, self._chain)
        if move is None:
            return None
        if move.back:
            self.frames.append(move.back)
        elif move.target == RETURN and not self.frames and step is not None and kind_of(step).hides_returns:
            return None  # a way back fits no longer once a correction took away where it led back to
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
            # Checked packs never return from nowhere; a start over is still better than a crash at the desk.
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

    def _stand(self, at: Place) -> Encounter:
        return Encounter(
            self.protocol,
            self.situation,
            self.replies,
            tuple(self.path),
            at,
            None if at.step in self.protocol.steps else at.step,
            returns_to=self.frames[-1] if self.frames else None,
            decisions=tuple(self.decisions),
            trail=Trail(self.visits, tuple(self.frames), self.answers, frozenset(self.reached)),
            parts=self.parts,
            outside=self.outside,
        )


def _reached_in(given: Iterable[Reply]) -> Iterator[str]:
    for reply in given:
        if isinstance(reply, Called):
            yield from (a.role for a in reply.attempts if a.result in REACHED)


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
