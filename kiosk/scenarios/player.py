"""Play the lines of a scenario with the engine, and note the places, texts and answers on the way."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, NoReturn, assert_never

from kiosk.engine.encounter import Encounter, Situation, answer, begin, called_outside, correct, press
from kiosk.errors import InvalidAnswer
from kiosk.protocol.kinds.call import CallStep, roles_called
from kiosk.protocol.kinds.calls import Calls
from kiosk.protocol.kinds.registry import answering_of, ways
from kiosk.protocol.model import Protocol
from kiosk.protocol.replies import Answer, Attempt, Called, CallResult, Chosen, Place, Pressed
from kiosk.scenarios.fork import Diverged, Fork
from kiosk.scenarios.model import Answered, CalledOutside, PressedKey, Scenario, WentBack
from kiosk.scenarios.reader import sights_of, sights_of_end

MOST_CALLED: Final = 999
"""Maximum number of people of one call step in a scenario."""


class Play:
    """One scenario while it is played. Used only inside `run`."""

    def __init__(self, protocol: Protocol, scenario: Scenario) -> None:
        self.protocol, self.scenario = protocol, scenario
        self.walk = begin(protocol, Situation(scenario.settings, scenario.people, scenario.after_hours))
        self.visited: list[Place] = []
        self.shown: set[str] = set()
        self.taken: set[str] = set()
        self.pressed: set[str] = set()
        self._back: Place | None = None
        self._way: list[str] = []
        self._note_position(self.walk)

    def through(self) -> None:
        """Play every line. Raise Diverged at the first one that does not fit the current step."""
        for line in self.scenario.do:
            match line:
                case PressedKey():
                    self._press(line)
                case WentBack():
                    self._back = self._passed(line)
                case CalledOutside():
                    self._call_outside(line)
                case Answered() if self._back is None:
                    self._answer(line)
                case Answered():
                    self._correct(line, self._back)
                case _:
                    assert_never(line)

    def way(self) -> str:
        """Return the path so far, in words."""
        end = self.walk.outcome or str(self.walk.at)
        return " → ".join((*self._way, end))

    def steps(self) -> tuple[str, ...]:
        """Return the ids of the steps on the path so far, and of the current one."""
        return (*(place.step for place in self.walk.path), self.walk.at.step)

    def position(self) -> str:
        """Return the current step, as the end of a sentence."""
        return f"the kiosk {'ended' if self.walk.outcome else 'is'} at `{self.walk.at}`"

    # -- lines -----------------------------------------------------------------------------------------------------

    def _press(self, line: PressedKey) -> None:
        place, self._back = self._back or self.walk.at, None
        if place == self.walk.at:
            moved = press(self.walk, place, line.interrupt)
        else:
            moved = correct(self.walk, place, Pressed(line.interrupt))
        if moved is self.walk:
            says = f"presses `{line.interrupt}`"
            self._diverge(line.line, says, f"{self.position()} already", f"press {line.interrupt}")
        self._way.append(f"{place} ({line.interrupt} pressed)")
        self.pressed.add(line.interrupt)
        self._note_position(moved)

    def _passed(self, line: WentBack) -> Place:
        passed = [place for place in self.walk.path if place.step == line.step and line.visit in {None, place.visit}]
        if not passed:
            visited = Place(line.step, line.visit or 1)
            sentence = f"At line {line.line} the scenario goes back to `{visited}`, which is not on its path."
            raise Diverged(sentence, Fork(line.line, (*self.steps()[:-1], f"back to {visited}"), self.steps()))
        return passed[-1]

    def _answer(self, line: Answered) -> None:
        at = self.walk.at
        if at.step != line.step:
            self._diverge(line.line, f"answers `{line.step}`", self.position(), line.step, instead=True)
        if isinstance(line.reply, Calls):
            self._call(line, line.reply, at)
        else:
            self._reply(line, at, line.reply)

    def _call_outside(self, line: CalledOutside) -> None:
        for role_calls in line.calls.roles:
            for call in role_calls.calls:
                tried = Attempt(role_calls.role, call.person or 0, call.result)
                self._way.append(f"({tried.role} {tried.result})")
                self._note_position(called_outside(self.walk, tried))

    def _call(self, line: Answered, calls: Calls, at: Place) -> None:
        made = self.walk.attempts(at)
        tried = self._attempts(line, calls, at, made)
        self._reply(line, at, Called((*made, *tried)))

    def _correct(self, line: Answered, place: Place) -> None:
        self._back = None
        if place.step != line.step:
            self._diverge(line.line, f"went back to `{place}`", f"answers `{line.step}`", line.step)
        if isinstance(line.reply, Calls):
            self._reply(line, place, Called(tuple(self._attempts(line, line.reply, place, ()))))
        else:
            self._reply(line, place, line.reply)

    def _reply(self, line: Answered, place: Place, reply: Answer) -> None:
        try:
            moved = (answer if place == self.walk.at else correct)(self.walk, place, reply)
        except InvalidAnswer as unfit:
            # The reader checked that the answer fits its step, so this is an option that returns, without a target.
            said = reply.option if isinstance(reply, Chosen) else "that"
            offered = ", ".join(o.id for o in self.walk.options(place)) or "no answer"
            sentence = f"At line {line.line} the kiosk does not offer `{said}` at `{place}` here."
            way = self.steps()
            raise Diverged(sentence, Fork(line.line, (*way, f"answer {said}"), (*way, f"offers {offered}"))) from unfit
        self._took(place, reply, moved)

    def _attempts(self, line: Answered, calls: Calls, place: Place, made: tuple[Attempt, ...]) -> list[Attempt]:
        """Return the calls that give these results at a call step, after those already made there."""
        left: dict[str, list[int]] = {}
        for role, number in self._chain(line, place):
            left.setdefault(role, []).append(number)
        for earlier in made:
            _take(left, earlier.role, earlier.person)
        found: list[Attempt] = []
        for role_calls in calls.roles:
            everybody = max(1, len(left.get(role_calls.role, ()))) if role_calls.everybody else 1
            for call in role_calls.calls * everybody:
                if found and found[-1].result is not CallResult.NO_ANSWER:
                    self._not_called(line, role_calls.role, "the calling has ended")
                people = left.get(role_calls.role, [])
                person = call.person if call.person is not None else people[0] if people else None
                if person is None and call.result is not CallResult.NOT_CALLED:
                    self._not_called(line, role_calls.role, "nobody of that role is left to call")
                found.append(Attempt(role_calls.role, person or 0, call.result))
                _take(left, role_calls.role, person)
        return found

    def _chain(self, line: Answered, place: Place) -> tuple[tuple[str, int], ...]:
        step, situation = self.protocol.steps[place.step], self.walk.situation
        if not isinstance(step, CallStep):
            return ()
        roles = roles_called(self.protocol, step, after_hours=situation.after_hours)
        count = sum(situation.people.get(role, 1) for role in roles)
        if count > MOST_CALLED:
            self._diverge(line.line, f"calls {count} people", f"at most {MOST_CALLED} are called", f"{count} people")
        return self.walk.chain(step)

    def _not_called(self, line: Answered, role: str, why: str) -> NoReturn:
        sentence = f"At line {line.line} the scenario calls `{role}` at `{line.step}`, but {why}."
        way = self.steps()
        raise Diverged(sentence, Fork(line.line, (*way, f"calls {role}"), (*way, why)))

    def _diverge(self, line: int, says: str, but: str, expected: str, *, instead: bool = False) -> NoReturn:
        """Raise Diverged. expected: the next item of the scenario; `instead`: in place of the current step."""
        way = self.steps()
        before, actual = (way[:-1], way) if instead else (way, (*way, but))
        raise Diverged(f"At line {line} the scenario {says}, but {but}.", Fork(line, (*before, expected), actual))

    # -- results ------------------------------------------------------------------------------------------------

    def _took(self, place: Place, reply: Answer, moved: Encounter) -> None:
        passed = place in moved.path or not isinstance(reply, Called)
        said = answering_of(reply).named(reply) if passed else ()
        self.taken.update(f"{place.step}: {way}" for way in said)
        self._way.append(f"{place} ({', '.join(said) or 'no answer'})")
        self._note_position(moved)

    def _note_position(self, walk: Encounter) -> None:
        """Note the current step, its texts, and the branches on the way."""
        self.walk = walk
        if self.visited[-1:] != [walk.at]:
            self.visited.append(walk.at)
        self.taken.update(f"{step}: {_rule(self.protocol, step, n)}" for step, n in walk.decisions)
        if walk.step is not None:
            self.shown.update(sights_of(walk.step))
        elif walk.outcome is not None:
            self.shown.update(sights_of_end(self.protocol.outcomes[walk.outcome]))


def _take(left: Mapping[str, list[int]], role: str, person: int | None) -> None:
    if person is not None and person in left.get(role, ()):
        left[role].remove(person)


def _rule(protocol: Protocol, step_id: str, n: int) -> str:
    return [way for way, _ in ways(protocol.steps[step_id])][n]
