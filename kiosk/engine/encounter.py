"""Where an encounter stands. The position is never stored: it is derived by walking the protocol along the replies.

Replies are keyed by place (a step and its n-th visit). Walking from the start, each place that has a reply is passed;
the first that has none is where the encounter stands. So a corrected answer needs no undo: later replies that are
still reached count again, the others stand aside, kept and marked.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from kiosk.engine.model import RETURN, Ask, Call, Choose, Option, Protocol, Record, Route, Rule, Step, Tell
from kiosk.engine.replies import (
    Attempt,
    Called,
    Chosen,
    Confirmed,
    Missing,
    Part,
    Place,
    Pressed,
    Recorded,
    Reply,
    Ticked,
    Value,
    joined,
    require_fit,
    unfit,
)


@dataclass(frozen=True, slots=True)
class Situation:
    """What holds for the whole encounter: the district's settings, and how many contacts each role has."""

    settings: Mapping[str, str] = field(default_factory=dict)
    people: Mapping[str, int] = field(default_factory=dict)

    def chain(self, step: Call) -> tuple[tuple[str, int], ...]:
        """Whom a call step tries, in order, as (role, n-th contact from 0). A role not counted has one."""
        return tuple((role, n) for role in step.roles for n in range(self.people.get(role, 1)))

    def due(self, step: Call, made: int) -> tuple[str, int] | None:
        """The one of `chain` who is called after so many calls; None when no one is left."""
        for role in step.roles:
            people = self.people.get(role, 1)
            if made < people:
                return role, made
            made -= max(people, 0)
        return None


@dataclass(frozen=True, slots=True)
class Given:
    """One answer as it is replayed. part: the place still waited after it."""

    place: Place
    reply: Reply
    part: bool = False


@dataclass(frozen=True, slots=True)
class Trail:
    """What a walk carries where it stands: how often each step was come to, where it returns to, the newest replies."""

    visits: Mapping[str, int]
    frames: tuple[str, ...]
    answers: Mapping[str, Reply]


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
        if not isinstance(step, Ask):
            return ()
        if place == self.at:
            returnable = self.returns_to is not None
        else:
            returnable = _walk(self.protocol, self.situation, self.replies, until=place).returns_to is not None
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

    def next_attempt(self, place: Place) -> tuple[str, int] | None:
        """Whom to call now at a call step, as (role, n-th contact); None when no one is left."""
        step = self.protocol.steps.get(place.step)
        if not isinstance(step, Call):
            return None
        return self.situation.due(step, len(self.attempts(place)))

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
        calls = (a for place in self.path for a in self.attempts(place) if a.result == "reached")
        return tuple(dict.fromkeys(a.role for a in calls))


def _kept(found: Mapping[str, Value], reply: Recorded) -> dict[str, Value]:
    # A fact once got is not lost because a later screen could not get it again.
    return {k: v for k, v in reply.values if not (isinstance(v, Missing) and k in found)}


def begin(protocol: Protocol, situation: Situation | None = None) -> Encounter:
    """A new encounter at the protocol's first step.

    A setting left out, or set to a choice this protocol does not have, takes the protocol's default.
    """
    given = situation or Situation()
    return _walk(protocol, replace(given, settings=protocol.choices(given.settings)), {})


def answer(encounter: Encounter, place: Place, reply: Reply) -> Encounter:
    """Answer the place the encounter stands at. A stale or second answer, naming any other place, changes nothing.

    Facts that were answered there in part count, too. Raises Unfit when the reply is not one that step can take.
    """
    if place != encounter.at:
        return encounter
    return _with(encounter, place, _whole(encounter, place, reply))


def answer_in_part(encounter: Encounter, place: Place, part: Recorded | Ticked) -> Encounter:
    """Keep some facts, or ticks that were not confirmed yet; the encounter stands where it stood.

    At the place it stands at, or at one that was left by an interrupt; any other place, or nothing new, changes
    nothing. Raises Unfit when it is nothing that step can take.
    """
    interrupted = place in encounter.path and isinstance(encounter.replies[place], Pressed)
    if place != encounter.at and not interrupted:
        return encounter
    require_fit(encounter.protocol, encounter.protocol.steps.get(place.step), part, part=True)
    before = encounter.parts.get(place)
    now = joined(before, part)
    return encounter if now == before else replace(encounter, parts={**encounter.parts, place: now})


def attempt(encounter: Encounter, place: Place, tried: Attempt) -> Encounter:
    """Add one call to the call step the encounter stands at. It must be the one that is due; any other changes nothing.

    `nobody` ends the calling at once, whoever was due.
    """
    due = encounter.next_attempt(place)
    if place != encounter.at or (tried.result != "nobody" and due != (tried.role, tried.person)):
        return encounter
    return answer(encounter, place, Called((*encounter.attempts(place), tried)))


def press(encounter: Encounter, place: Place, interrupt: str) -> Encounter:
    """Press an interrupt at the place the encounter stands at. Pressed on its own first step, it changes nothing."""
    jump = encounter.protocol.interrupt(interrupt)
    if jump is not None and jump.next == place.step:
        return encounter
    return answer(encounter, place, Pressed(interrupt))


def correct(encounter: Encounter, place: Place, reply: Reply) -> Encounter:
    """Give another reply to a place already passed. Later replies that still fit count on; the others stand aside.

    Of facts, only those that change need be given. A place not on the path, or the same reply again, changes nothing.
    Raises Unfit as `answer` does.
    """
    if place not in encounter.path:
        return encounter
    whole = _whole(encounter, place, reply)
    return encounter if encounter.replies[place] == whole else _with(encounter, place, whole)


def replay(protocol: Protocol, situation: Situation, given: Iterable[Given]) -> Encounter:
    """The encounter that these answers, oldest first, lead to; a later one to the same place replaces the earlier."""
    replies: dict[Place, Reply] = {}
    parts: dict[Place, Part] = {}
    for one in given:
        if one.part and isinstance(one.reply, Part):
            parts[one.place] = joined(parts.get(one.place), one.reply)
        else:
            _keep(replies, parts, one.place, _joined(replies, parts, one.place, one.reply))
    return _walk(protocol, begin(protocol, situation).situation, replies, parts)


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
    walk = _Walk(encounter.protocol, encounter.situation, replies, parts)
    # Nothing before `at` can change by what is answered there, so the walk goes on from it.
    return walk.onward(encounter, encounter.trail) if place == encounter.at and encounter.trail else walk.run()


def _whole(encounter: Encounter, place: Place, reply: Reply) -> Reply:
    """The reply with the facts that were given there before. Raises Unfit."""
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
    ) -> None:
        self.protocol, self.situation, self.replies, self.parts = protocol, situation, replies, parts
        self.visits: Counter[str] = Counter()
        self.frames: list[str] = []
        self.path: list[Place] = []
        self.answers: dict[str, Reply] = {}
        self.decisions: list[tuple[str, int]] = []

    def run(self, until: Place | None = None) -> Encounter:
        """Walk from the start; `until`: no further than that place."""
        return self._on(self._come(self.protocol.start), until)

    def onward(self, encounter: Encounter, trail: Trail) -> Encounter:
        """Walk on from where an encounter stood."""
        self.visits, self.frames, self.answers = Counter(trail.visits), list(trail.frames), dict(trail.answers)
        self.path, self.decisions = list(encounter.path), list(encounter.decisions)
        return self._on(encounter.at)

    def _on(self, place: Place, until: Place | None = None) -> Encounter:
        while place != until and (target := self._passed(place)) is not None:
            place = self._come(target)
        return self._stand(place)

    def _come(self, target: str) -> Place:
        """The next visit of the target, or of where the `when` steps from there on lead."""
        while isinstance(step := self.protocol.steps.get(target), Route):
            target = self._resolve(self._route(step))
        self.visits[target] += 1
        return Place(target, self.visits[target])

    def _passed(self, place: Place) -> str | None:
        """Where the reply at this place leads to; None while it has no whole reply."""
        way = self._way(self.protocol.steps.get(place.step), place)
        if way is None:
            return None
        self.path.append(place)
        self.answers[place.step] = self.replies[place]
        return self._resolve(way)

    def _way(self, step: Step | None, place: Place) -> str | None:
        """The target that the reply at this place leads to; None while it has no whole reply."""
        match step, self.replies.get(place):
            case _, Pressed(interrupt_id):
                return self._jump(place.step, interrupt_id)
            case Ask(), Chosen(option_id):
                return self._option(step, option_id)
            case Call(), Called(attempts):
                return self._called(step, attempts)
            case Choose(), Ticked():
                return step.next
            case Record(), Recorded():
                return step.next
            case Tell(), Confirmed():
                return step.next
        return None

    def _option(self, step: Ask, option_id: str) -> str | None:
        """Where the option leads. A way back fits no longer once a correction took away where it led back to."""
        target = next(o.next for o in step.options if o.id == option_id)
        return None if target == RETURN and not self.frames else target

    def _jump(self, pressed_on: str, interrupt_id: str) -> str | None:
        jump = self.protocol.interrupt(interrupt_id)
        if jump is None:
            return None
        self.frames.append(pressed_on)
        return jump.next

    def _called(self, step: Call, attempts: tuple[Attempt, ...]) -> str | None:
        last = attempts[-1].result
        if last == "reached":
            return step.reached
        if last == "nobody" or self.situation.due(step, len(attempts)) is None:
            self.frames.append(step.reached)
            return step.nobody
        return None

    def _resolve(self, target: str) -> str:
        while target == RETURN:
            # Checked packs never return from nowhere; a start over is still better than a crash at the desk.
            target = self.frames.pop() if self.frames else self.protocol.start
        return target

    def _route(self, step: Route) -> str:
        held = next((n for n, rule in enumerate(step.rules) if self._holds(rule)), len(step.rules))
        self.decisions.append((step.id, held))
        return step.rules[held].next if held < len(step.rules) else step.otherwise

    def _holds(self, rule: Rule) -> bool:
        if rule.kind == "setting":
            return self.situation.settings.get(rule.subject) in rule.values
        match self.answers.get(rule.subject):
            case Chosen(option):
                return option in rule.values
            case Ticked(choices):
                return any(c in rule.values for c in choices)
        return False

    def _stand(self, at: Place) -> Encounter:
        return Encounter(
            self.protocol,
            self.situation,
            dict(self.replies),
            tuple(self.path),
            at,
            None if at.step in self.protocol.steps else at.step,
            returns_to=self.frames[-1] if self.frames else None,
            decisions=tuple(self.decisions),
            trail=Trail(self.visits, tuple(self.frames), self.answers),
            parts=self.parts,
        )


def _walk(
    protocol: Protocol,
    situation: Situation,
    replies: Mapping[Place, Reply],
    parts: Mapping[Place, Part] | None = None,
    *,
    until: Place | None = None,
) -> Encounter:
    return _Walk(protocol, situation, replies, parts or {}).run(until)
