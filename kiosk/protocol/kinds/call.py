"""A call list: whom to call, role after role, until someone answers."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from kiosk.protocol.kinds.calls import Calls, calls_at, written
from kiosk.protocol.kinds.common_keys import NEXT, SHOWN
from kiosk.protocol.kinds.kind import (
    Answering,
    Body,
    Chain,
    Exit,
    ExitKind,
    Item,
    Kind,
    Mark,
    Move,
    Offer,
    Outline,
    Person,
    Shown,
    Walk,
)
from kiosk.protocol.kinds.step_kind import StepKind
from kiosk.protocol.model import Protocol, Step
from kiosk.protocol.replies import REACHED, Attempt, Called, CallResult, Reply
from kiosk.protocol.syntax.cursor import Cursor, word, words
from kiosk.protocol.syntax.forms import FLAG, LINE, Form, ListOf, may, must

MOST_CALLS: Final = 6
"""The most people of a call step for whom a search over all walks tries each one answering."""

NONE_OF_THEM: Final = "None of them"
"""The last answer of a `pick` step."""

ONCE: Final = "Skipped when one of its people was reached already."
"""The note on a `once` step."""

_WORDS: Final = {
    False: ("Someone is reached", "Nobody is reached"),
    True: ("It was one of them", "It was none of them"),
}
"""Whether the step is a `pick` step → the names of its two ways out, `reached` and `nobody`."""

BRANCH: Final = Form("branch", "The step after a call.", (NEXT,))

_FORM: Final = Form(
    "call",
    "A call list.",
    (
        must("call", ListOf(LINE, distinct=True), "The ids of the roles, in the order of calling."),
        must("reached", BRANCH, "The next step when a person answers."),
        must("nobody", BRANCH, "The next step when nobody answers."),
        may("pick", FLAG, "“true” if staff only select who answered or called back, and call nobody."),
        may("once", FLAG, "“true” to skip it when one of its people was reached already."),
        *SHOWN,
    ),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class CallStep(Step):
    """The roles to call, in order. `reached`: the target when a person answers; `nobody`: when no one does.

    pick: staff call nobody; they select who answered or called back, or `nobody`.
    once: the walk skips it, to `reached`, if a person in one of its roles was reached before in this encounter.
    """

    roles: tuple[str, ...]
    reached: str
    nobody: str
    pick: bool = False
    once: bool = False


def roles_called(protocol: Protocol, step: CallStep, *, after_hours: bool) -> tuple[str, ...]:
    """Return the roles that a call step tries, in order."""
    return tuple(dict.fromkeys((*protocol.after_hours, *step.roles))) if after_hours else step.roles


def _read(t: Mapping[str, Cursor], shown: Shown, _: Cursor) -> CallStep:
    return CallStep(
        **shown,
        roles=words(t.get("call")),
        reached=_branch(t.get("reached")),
        nobody=_branch(t.get("nobody")),
        pick=_flag(t.get("pick")),
        once=_flag(t.get("once")),
    )


def _flag(cursor: Cursor | None) -> bool:
    return cursor.flag() if cursor else False


def _branch(cursor: Cursor | None) -> str:
    return word(cursor.table(*BRANCH.vocabulary).get("next")) if cursor else ""


def _reached(step: CallStep) -> Move:
    return Move("reached", step.reached, ("reached", "next"), _WORDS[step.pick][0], by_itself=step.once)


def _nobody(step: CallStep) -> Move:
    return Move("nobody", step.nobody, ("nobody", "next"), _WORDS[step.pick][1], back=step.reached)


def _moves(step: CallStep) -> Iterator[Move]:
    yield _reached(step)
    yield _nobody(step)


def _exits(step: CallStep, after_hours: Collection[str]) -> Iterator[Exit]:
    roles = dict.fromkeys((*step.roles, *after_hours))
    yield from (Exit(ExitKind.REACHED, role, step.reached) for role in roles)
    yield Exit(ExitKind.NOBODY, "", step.nobody, step.reached)


def _items(step: CallStep, first: Collection[str]) -> Iterator[Item]:
    mark = Mark.WHO if step.pick else Mark.CALL
    roles = tuple(dict.fromkeys((*first, *step.roles)))
    yield from (Item(mark, role, None, n) for n, role in enumerate(roles, 1))
    if step.pick:
        yield Item(mark, "", NONE_OF_THEM, len(roles) + 1)
    if step.once:
        yield Item(Mark.NOTE, "", ONCE)


def _fits(protocol: Protocol, step: CallStep, reply: Called, _: Reply | None, __: bool) -> bool:
    """Check that a call step can hold these calls. After-hours roles fit too: only an encounter knows the hour."""
    known = frozenset((*step.roles, *protocol.after_hours))
    fits = all(a.role in known and not (step.pick and a.result is CallResult.NO_ANSWER) for a in reply.attempts)
    return bool(reply.attempts) and fits


def _leads(step: CallStep, reply: Called, chain: Chain) -> Move | None:
    last = reply.attempts[-1].result
    if last in REACHED:
        return _reached(step)
    tried = {(a.role, a.person) for a in reply.attempts}
    if last is CallResult.NOT_CALLED or all(person in tried for person in chain(step)):
        return _nobody(step)
    return None


def _named(reply: Called) -> tuple[str, ...]:
    return ("reached" if reply.attempts[-1].result in REACHED else "nobody",)


def attempt_json(attempt: Attempt) -> dict[str, Any]:
    """Return one call as the log stores it."""
    return {"role": attempt.role, "person": attempt.person, "result": attempt.result}


def attempt_of(logged: Mapping[str, Any]) -> Attempt:
    """Return the call from its logged form. Raise KeyError for a missing part, ValueError for an unknown result."""
    result = CallResult.of_id(logged["result"])
    if result is None:
        raise ValueError("a result of a newer version")
    return Attempt(logged["role"], logged["person"], result)


def _plain(body: Body) -> dict[str, str] | None:
    match body["attempts"]:
        case [*_, {"role": role, "result": result}]:
            return {str(role): str(result)}
    return None


def _offers(walk: Walk, step: CallStep) -> Iterator[Offer]:
    """Yield the possible results: each person answers, nobody answers, the desk stops calling.

    `pick`: each person was the one, or none of them.
    """
    chain = walk.chain(step)
    if step.pick:
        for role, n in chain[:MOST_CALLS]:
            yield Offer(("reached",), (Called((Attempt(role, n, CallResult.CALLED_BACK),)),), "reached")
        yield _offer((Attempt(step.roles[0], 0, CallResult.NOT_CALLED),))
        return
    missed = tuple(Attempt(role, n, CallResult.NO_ANSWER) for role, n in chain)
    for n, (role, person) in enumerate(chain[:MOST_CALLS]):
        yield _offer((*missed[:n], Attempt(role, person, CallResult.REACHED)))
    if len(chain) > MOST_CALLS:  # one offer for all misses; thousands of single calls would take minutes
        yield Offer(("nobody",), (Called(missed),), "nobody")
    elif chain:
        yield _offer(missed)
    role, person = _first(chain, step)
    yield _offer((Attempt(role, person, CallResult.NOT_CALLED),))


def _first(chain: tuple[Person, ...], step: CallStep) -> Person:
    return chain[0] if chain else (step.roles[0], 0)


def _offer(made: tuple[Attempt, ...]) -> Offer:
    """Return the offer of these calls, one after the other."""
    replies = tuple(Called(made[: n + 1]) for n in range(len(made)))
    return Offer(_named(replies[-1]), replies, ", ".join(a.result for a in made))


def _from_scenario(step: CallStep, cursor: Cursor, protocol: Protocol) -> Calls | None:
    # A step does not know whether its scenario is after hours.
    return calls_at(cursor, (*step.roles, *protocol.after_hours), "S106", step=step.id)


KIND: Final = Kind(
    id=StepKind.CALL,
    step=CallStep,
    name="call list",
    outline=Outline.DOUBLE,
    form=_FORM,
    key="call",
    meant_by=("reached", "nobody"),
    read=_read,
    moves=_moves,
    exits=_exits,
    items=_items,
    answering=Answering(
        reply=Called,
        key="attempts",
        fits=_fits,
        leads=_leads,
        named=_named,
        write=lambda reply: {"attempts": [attempt_json(a) for a in reply.attempts]},
        read=lambda body: Called(tuple(attempt_of(a) for a in body["attempts"])),
        plain=_plain,
        offers=_offers,
        from_scenario=_from_scenario,
        to_scenario=written,
        in_words=lambda reply, words: (words.call(reply.attempts[-1]),),
    ),
)
