"""Plays the lines of a scenario against the engine, and notes what was stood at, shown and taken on the way."""

from __future__ import annotations

from kiosk.engine.encounter import Encounter, Situation, answer, attempt, begin, correct, press
from kiosk.engine.model import Call, Protocol, ways
from kiosk.engine.replies import Attempt, Called, Chosen, Place, Reply, Ticked
from kiosk.engine.scenario import Answered, Calls, PressedKey, Scenario, WentBack
from kiosk.engine.scenario_reading import sights_of
from kiosk.errors import Unfit


class Parted(Exception):
    """Where a scenario and the kiosk part, as a sentence."""


class Play:
    """One scenario being played. Lives only inside `run`."""

    def __init__(self, protocol: Protocol, scenario: Scenario) -> None:
        self.protocol, self.scenario = protocol, scenario
        self.walk = begin(protocol, Situation(scenario.settings, scenario.people))
        self.visited: list[Place] = []
        self.shown: set[str] = set()
        self.taken: set[str] = set()
        self.pressed: set[str] = set()
        self._back: Place | None = None
        self._way: list[str] = []
        self._stand(self.walk)

    def through(self) -> None:
        """Play every line. Raises Parted at the first one that does not fit where the kiosk stands."""
        for line in self.scenario.do:
            match line:
                case PressedKey():
                    self._press(line)
                case WentBack():
                    self._back = self._passed(line)
                case Answered() if self._back is None:
                    self._answer(line)
                case Answered():
                    self._correct(line, self._back)

    def way(self) -> str:
        """The way so far, as words."""
        end = self.walk.outcome or str(self.walk.at)
        return " → ".join((*self._way, end))

    def stands(self) -> str:
        """Where the kiosk stands, as the end of a sentence."""
        return f"the kiosk {'ended' if self.walk.outcome else 'stands'} at `{self.walk.at}`"

    # -- lines -----------------------------------------------------------------------------------------------------

    def _press(self, line: PressedKey) -> None:
        moved = press(self.walk, self.walk.at, line.interrupt)
        if moved is self.walk:
            raise Parted(f"At line {line.line} the scenario presses `{line.interrupt}`, but {self.stands()} already.")
        self._way.append(f"{self.walk.at} ({line.interrupt} pressed)")
        self.pressed.add(line.interrupt)
        self._stand(moved)

    def _passed(self, line: WentBack) -> Place:
        passed = [place for place in self.walk.path if place.step == line.step]
        if not passed:
            raise Parted(f"At line {line.line} the scenario goes back to `{line.step}`, which the way did not pass.")
        return passed[-1]

    def _answer(self, line: Answered) -> None:
        at = self.walk.at
        if at.step != line.step:
            raise Parted(f"At line {line.line} the scenario answers `{line.step}`, but {self.stands()}.")
        if isinstance(line.reply, Calls):
            self._call(line, line.reply, at)
        else:
            self._reply(line, at, line.reply)

    def _call(self, line: Answered, calls: Calls, at: Place) -> None:
        for tried in self._attempts(line, calls, at, len(self.walk.attempts(at))):
            moved = attempt(self.walk, at, tried)
            self._took(at, moved.replies[at], moved)

    def _correct(self, line: Answered, place: Place) -> None:
        self._back, reply = None, line.reply
        if place.step != line.step:
            raise Parted(f"At line {line.line} the scenario went back to `{place}`, but answers `{line.step}`.")
        if isinstance(reply, Calls):
            reply = Called(tuple(self._attempts(line, reply, place, 0)))
        self._reply(line, place, reply)

    def _reply(self, line: Answered, place: Place, reply: Reply) -> None:
        try:
            moved = (answer if place == self.walk.at else correct)(self.walk, place, reply)
        except Unfit as unfit:
            # What was read fits its step, so this is an option that returns, where nothing was called.
            said = reply.option if isinstance(reply, Chosen) else "that"
            raise Parted(f"At line {line.line} the kiosk does not offer `{said}` at `{place}` here.") from unfit
        self._took(place, reply, moved)

    def _attempts(self, line: Answered, calls: Calls, place: Place, made: int) -> list[Attempt]:
        """The calls that give these results, down the chain of the call step from the `made`-th on."""
        step = self.protocol.steps[place.step]
        chain = self.walk.situation.chain(step) if isinstance(step, Call) else ()
        left, tried = list(chain[made:]), list[Attempt]()
        for role, results in calls.results:
            everybody = sum(1 for who, _ in left if who == role) if results == ("no-answer",) else 0
            for result in results * max(1, everybody):
                over = bool(tried) and tried[-1].result != "no-answer"
                if over or (result != "nobody" and (not left or left[0][0] != role)):
                    raise Parted(self._not_due(line, role, None if over or not left else left[0][0]))
                person = left[0][1] if left and left[0][0] == role else 0
                tried.append(Attempt(role, person, result))
                del left[:1]
        return tried

    def _not_due(self, line: Answered, role: str, due: str | None) -> str:
        instead = f"the kiosk calls `{due}` first" if due else "nobody is left to call"
        return f"At line {line.line} the scenario calls `{role}` at `{line.step}`, but {instead}."

    # -- what is noted ---------------------------------------------------------------------------------------------

    def _took(self, place: Place, reply: Reply, moved: Encounter) -> None:
        said = _said(reply, passed=place in moved.path)
        self.taken.update(f"{place.step}: {way}" for way in said)
        self._way.append(f"{place} ({', '.join(said) or 'no answer'})")
        self._stand(moved)

    def _stand(self, walk: Encounter) -> None:
        """Note where the kiosk stands now, what it shows there, and how it decided on the way."""
        self.walk = walk
        if self.visited[-1:] != [walk.at]:
            self.visited.append(walk.at)
        self.taken.update(f"{step}: {_rule(self.protocol, step, n)}" for step, n in walk.decisions)
        if walk.step is not None:
            self.shown.update(sights_of(walk.step))
        elif walk.outcome is not None:
            self.shown.update((f"outcome:{walk.outcome}",))
            self.shown.update((f"do:{walk.outcome}",) if self.protocol.outcomes[walk.outcome].do else ())


def _said(reply: Reply, *, passed: bool) -> tuple[str, ...]:
    """The ways a reply takes, as `coverage` counts them."""
    match reply:
        case Chosen(option):
            return (option,)
        case Ticked(choices):
            return choices
        case Called(attempts):
            result = "reached" if attempts[-1].result == "reached" else "nobody"
            return (result,) if passed else ()
    return ("done",)


def _rule(protocol: Protocol, step_id: str, n: int) -> str:
    return [way for way, _ in ways(protocol.steps[step_id])][n]
