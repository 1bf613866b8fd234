"""The verdict on every guarantee of a protocol: its own, and the built-in ones that no pack can disable."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial

from kiosk.checks.guarantees.automaton import Compiled, compiled
from kiosk.checks.guarantees.budget import Budget, TooMuchError
from kiosk.checks.guarantees.counterexample import describe
from kiosk.checks.guarantees.decide import Counterexample, find_counterexample
from kiosk.checks.guarantees.liveness import find_liveness_violation
from kiosk.checks.guarantees.sentences import Words
from kiosk.protocol.guarantee import ANY, Event, Guarantee
from kiosk.protocol.kinds.call import CallStep
from kiosk.protocol.kinds.kind import ExitKind
from kiosk.protocol.model import Outcome, Protocol
from kiosk.protocol.syntax.cursor import Path

OFFICE = "superintendent-office"
"""The role to which agents are referred."""

DANGER = "danger"
"""The interrupt that every step must have."""

CALL_WITHIN = 4
"""Maximum number of answers until a call step is shown. The usual Connecticut path asks about danger, how they came,
who they are and whether it is urgent, and then calls.
"""

BUDGET = 180_000
"""Maximum work for all guarantees of a protocol together, in units of a few microseconds."""

ENDS = Guarantee(
    id="every-path-ends",
    verb="from-every-step",
    what=(Event("outcome", (ANY,)),),
    why="An encounter whose record can't be closed keeps the desk at the screen, and leaves no record.",
)
CALLS = Guarantee(
    id="call-in-reach",
    verb="from-every-step",
    what=(Event("call", (ANY,)),),
    most=CALL_WITHIN,
    why="Staff at the desk must always be close to a call to a person who may decide.",
)

_BUILT_IN_WORDS = {
    "G101": "From every step, answers alone lead to an outcome.",
    "G104": f"From every step, a call is at most {CALL_WITHIN} keys away.",
}


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether one guarantee holds.

    words:    the guarantee as a sentence in English.
    counterexample: the shortest path on which it fails, as text; empty if it holds or is undecided.
    decided:  False if the budget was spent; then `holds` is False as well.
    place:    the place in the protocol file of the guarantee, or of the violation of a built-in one.
    code:     the code of its finding.
    """

    id: str
    words: str
    why: str
    built_in: bool
    holds: bool
    counterexample: str = ""
    decided: bool = True
    place: Path = ()
    code: str = ""


def verdicts(protocol: Protocol) -> tuple[Verdict, ...]:
    """Return the verdict on each guarantee, the built-in ones first.

    Verdicts are exact for all settings, answers, call results, interrupts and changed answers. Call this only for a
    protocol that passes `structure.check`: transitions to unknown targets are omitted.
    """
    graph, words = compiled(protocol), Words(protocol)
    ends = partial(_judged, graph, ENDS, words, partial(find_liveness_violation, keys=False), "G101")
    calls = partial(_judged, graph, CALLS, words, find_liveness_violation, "G104")
    found = _shared([ends, calls, *(_own(graph, g, words) for g in protocol.guarantees)])
    return (found[0], *_offices(protocol, words), _danger(graph, words), *found[1:])


def _shared(judges: Sequence[Callable[[Budget], Verdict]]) -> list[Verdict]:
    """Return every verdict. Each may spend an equal share of the budget; undecided ones are tried again at the end."""
    left, found = BUDGET, dict[int, Verdict]()
    for _ in range(2):
        waiting = [n for n in range(len(judges)) if n not in found or not found[n].decided]
        for turn, number in enumerate(waiting):
            share = left // (len(waiting) - turn)
            budget = Budget(share)
            found[number] = judges[number](budget)
            left -= share - max(budget.left, 0)
    return [found[n] for n in range(len(judges))]


def _own(graph: Compiled, g: Guarantee, words: Words) -> Callable[[Budget], Verdict]:
    find = find_liveness_violation if g.verb == "from-every-step" else find_counterexample
    return partial(_judged, graph, g, words, find, "G201")


def _judged(
    graph: Compiled,
    g: Guarantee,
    words: Words,
    find: Callable[[Compiled, Guarantee, Budget], Counterexample | None],
    code: str,
    budget: Budget,
) -> Verdict:
    said, built_in = _BUILT_IN_WORDS.get(code, ""), code in _BUILT_IN_WORDS
    place: Path = () if built_in else ("guarantees", g.id)
    verdict = Verdict(g.id, said or words.guarantee(g), g.why, built_in, True, place=place, code=code)
    try:
        found = find(graph, g, budget)
    except TooMuchError:
        return replace(verdict, holds=False, decided=False, code="G005")
    if found is None:
        return verdict
    last = ("steps", graph.names[found.last])
    return replace(verdict, holds=False, counterexample=describe(found, words), place=place or last)


def _offices(protocol: Protocol, words: Words) -> tuple[Verdict, ...]:
    """Return one verdict on all outcomes, or one for each outcome that violates it."""
    said = "Every outcome but the routine ones refers to the Superintendent's Office or its designee."
    why = "An agent must leave the desk knowing who may decide; that is the superintendent, or whom they named."
    wrong = [o for o in protocol.outcomes.values() if not (o.routine or _to_the_office(protocol, o))]
    if not wrong:
        return (Verdict("outcomes-name-the-office", said, why, True, True, "", True, ("outcomes",), "G102"),)
    bad = Verdict("outcomes-name-the-office", said, why, True, False, code="G102")
    return tuple(replace(bad, counterexample=_referral(o, words), place=("outcomes", o.id, "refer")) for o in wrong)


def _to_the_office(protocol: Protocol, outcome: Outcome) -> bool:
    role = protocol.roles.get(outcome.refer or "")
    return role is not None and (role.id == OFFICE or role.designee)


def _referral(outcome: Outcome, words: Words) -> str:
    refer = f"refers to “{words.role(outcome.refer)}”" if outcome.refer else "refers to nobody"
    return f"outcome “{words.outcome(outcome.id)}” {refer}"


def _danger(graph: Compiled, words: Words) -> Verdict:
    said = "Danger is one key away on every step, and answers lead from there to a call."
    why = "When somebody is in danger, nobody reads a screen to the end."
    jump = graph.protocol.interrupt(DANGER)
    wrong = ""
    if jump is None:
        wrong = f"no interrupt has the id “{DANGER}”"
    elif jump.next not in graph.protocol.steps:
        wrong = f"the key “{words.interrupt(DANGER)}” leads to no step"
    elif not _leads_to_a_call(graph, graph.index[jump.next]):
        wrong = f"the key “{words.interrupt(DANGER)}” → “{words.step(jump.next)}” → no call"
    place = ("interrupts", DANGER) if jump else ("interrupts",)
    return Verdict("danger-everywhere", said, why, True, not wrong, wrong, True, place, "G103")


def _leads_to_a_call(graph: Compiled, start: int) -> bool:
    """Check whether answers alone, without a return, lead from a step to a call step."""
    seen, todo = set[int](), [start]
    while todo:
        node = todo.pop()
        if node < 0 or node in seen:
            continue
        seen.add(node)
        step = graph.step(node)
        if isinstance(step, CallStep) and not step.pick:
            return True
        todo += [way.target for way in graph.ways[node] if way.kind != ExitKind.PRESSED]
        rules, otherwise = graph.decisions.get(node, ((), -1))
        todo += [otherwise, *(rule.target for rule in rules)]
    return False
