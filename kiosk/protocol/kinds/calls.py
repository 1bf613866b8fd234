"""Calls in scenarios: by role, in the order in which they were made."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import count, groupby
from typing import Final

from kiosk.protocol.kinds.reading import known_entries
from kiosk.protocol.replies import Attempt, CallResult
from kiosk.protocol.syntax.cursor import Cursor
from kiosk.protocol.syntax.flow import Raw, table
from kiosk.protocol.syntax.nodes import ScalarNode, SequenceNode

_PERSON: Final = re.compile(r"([a-z-]+)#([1-9][0-9]{0,3})")


@dataclass(frozen=True, slots=True)
class OneCall:
    """One call. person: the n-th contact of the role, from 0; None: the first one not tried yet."""

    result: CallResult
    person: int | None = None


@dataclass(frozen=True, slots=True)
class RoleCalls:
    """Calls to the contacts of one role, in order.

    everybody: its one result, `no-answer` without a list, is that of every contact not tried yet.
    """

    role: str
    calls: tuple[OneCall, ...]
    everybody: bool = False


@dataclass(frozen=True, slots=True)
class Calls:
    """Calls in the order in which they were made; a role may appear again."""

    roles: tuple[RoleCalls, ...]


def calls_at(cursor: Cursor, known: Iterable[str], code: str, **words: object) -> Calls | None:
    """Return the calls at the cursor: a table of roles, or a list of such tables if a role occurs again; None for none.

    A role that is not `known` is a finding with this `code`; `words` fill its template.
    """
    tables = cursor.items() if isinstance(cursor.node, SequenceNode) else (cursor,)
    roles = [
        role_calls
        for each in tables
        for role, below in known_entries(each, known, code, "role", **words).items()
        if (role_calls := _role_calls(role, below)).calls
    ]
    return Calls(tuple(roles)) if roles else None


def _role_calls(role: str, cursor: Cursor) -> RoleCalls:
    several = isinstance(cursor.node, SequenceNode)
    items = cursor.items() if several else (cursor,)
    calls = tuple(call for item in items if (call := _one_call(item)) is not None)
    return RoleCalls(role, calls, everybody=not several and calls == (OneCall(CallResult.NO_ANSWER),))


def _one_call(cursor: Cursor) -> OneCall | None:
    """Read `reached`, or `reached#2` for the second contact of the role."""
    numbered, said = _PERSON.fullmatch(cursor.token()), cursor
    if numbered and isinstance(cursor.node, ScalarNode):
        said = replace(cursor, node=replace(cursor.node, value=numbered[1]))
    result = CallResult.of_id(said.one_of(tuple(CallResult), default=""))
    person = int(numbered[2]) - 1 if numbered else None
    return OneCall(result, person) if result else None


def calls_of(attempts: Iterable[Attempt], made: Iterable[Attempt]) -> Calls:
    """Return attempts as the calls of a scenario, in order. A person is named only if not the next one of the role.

    made: the calls made before at that step.
    """
    tried = {(a.role, a.person) for a in made}
    roles: list[RoleCalls] = []
    for one in attempts:
        expected = next(n for n in count() if (one.role, n) not in tried)
        tried.add((one.role, one.person))
        call = OneCall(
            one.result, None if one.result is CallResult.NOT_CALLED or one.person == expected else one.person
        )
        roles.append(RoleCalls(one.role, (call,)))
    return Calls(neighbors(roles))


def neighbors(roles: Iterable[RoleCalls]) -> tuple[RoleCalls, ...]:
    """Return the calls with consecutive calls to one role joined."""
    return tuple(
        RoleCalls(role, tuple(call for role_calls in several for call in role_calls.calls))
        for role, several in groupby(roles, key=lambda role_calls: role_calls.role)
    )


def written(calls: Calls) -> str:
    """Return calls as a scenario writes them: a table of roles, or a list of tables if a role occurs again."""
    tables = [{role_calls.role: role_calls} for role_calls in calls.roles]
    if len({role_calls.role for role_calls in calls.roles}) == len(calls.roles):
        tables = [{role_calls.role: role_calls for role_calls in calls.roles}]
    said = [table((role, _results(role_calls)) for role, role_calls in each.items()) for each in tables]
    return said[0] if len(said) == 1 else f"[{', '.join(said)}]"


def _results(role_calls: RoleCalls) -> Raw:
    said = [t.result if t.person is None else f"{t.result}#{t.person + 1}" for t in role_calls.calls]
    alone = len(said) == 1 and (role_calls.everybody or said[0] != CallResult.NO_ANSWER)
    return Raw(said[0] if alone else f"[{', '.join(said)}]")
