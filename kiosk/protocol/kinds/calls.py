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
class Told:
    """The result of one call. person: which of the role's people, from 0; None: the next who was not tried yet."""

    result: CallResult
    person: int | None = None


@dataclass(frozen=True, slots=True)
class OfRole:
    """Calls of one role's people, one after the other.

    everybody: its one result, `no-answer` without a list around it, stands for all of them who are left.
    """

    role: str
    calls: tuple[Told, ...]
    everybody: bool = False


@dataclass(frozen=True, slots=True)
class Calls:
    """Calls in the order in which they were made; a role may appear again."""

    roles: tuple[OfRole, ...]


def calls_at(cursor: Cursor, known: Iterable[str], code: str, **words: object) -> Calls | None:
    """The calls at the cursor: a table of roles, or a list of such tables where a role comes again; None for none.

    A role that is not `known` is a finding of the kind `code`.
    """
    tables = cursor.items() if isinstance(cursor.node, SequenceNode) else (cursor,)
    roles = [
        of_role
        for each in tables
        for role, below in known_entries(each, known, code, "role", **words).items()
        if (of_role := _of_role(role, below)).calls
    ]
    return Calls(tuple(roles)) if roles else None


def _of_role(role: str, cursor: Cursor) -> OfRole:
    several = isinstance(cursor.node, SequenceNode)
    told = tuple(one for item in (cursor.items() if several else (cursor,)) if (one := _told(item)) is not None)
    return OfRole(role, told, everybody=not several and told == (Told(CallResult.NO_ANSWER),))


def _told(cursor: Cursor) -> Told | None:
    """`reached`, or `reached#2` for the second of the role's people."""
    numbered, said = _PERSON.fullmatch(cursor.token()), cursor
    if numbered and isinstance(cursor.node, ScalarNode):
        said = replace(cursor, node=replace(cursor.node, value=numbered[1]))
    result = CallResult.of_id(said.one_of(tuple(CallResult), default=""))
    person = int(numbered[2]) - 1 if numbered else None
    return Told(result, person) if result else None


def calls_of(attempts: Iterable[Attempt], made: Iterable[Attempt]) -> Calls:
    """Each call by itself, in their order; who was called is said where it was not the next of the role.

    made: the calls that were made before at that step.
    """
    tried = {(a.role, a.person) for a in made}
    roles: list[OfRole] = []
    for one in attempts:
        expected = next(n for n in count() if (one.role, n) not in tried)
        tried.add((one.role, one.person))
        told = Told(one.result, None if one.result is CallResult.NOT_CALLED or one.person == expected else one.person)
        roles.append(OfRole(one.role, (told,)))
    return Calls(neighbors(roles))


def neighbors(roles: Iterable[OfRole]) -> tuple[OfRole, ...]:
    """Calls of one role that follow each other, together."""
    return tuple(
        OfRole(role, tuple(told for of_role in several for told in of_role.calls))
        for role, several in groupby(roles, key=lambda of_role: of_role.role)
    )


def written(calls: Calls) -> str:
    """A table of roles; a list of tables where a role comes again."""
    tables = [{of_role.role: of_role} for of_role in calls.roles]
    if len({of_role.role for of_role in calls.roles}) == len(calls.roles):
        tables = [{of_role.role: of_role for of_role in calls.roles}]
    said = [table((role, _results(of_role)) for role, of_role in each.items()) for each in tables]
    return said[0] if len(said) == 1 else f"[{', '.join(said)}]"


def _results(of_role: OfRole) -> Raw:
    said = [t.result if t.person is None else f"{t.result}#{t.person + 1}" for t in of_role.calls]
    alone = len(said) == 1 and (of_role.everybody or said[0] != CallResult.NO_ANSWER)
    return Raw(said[0] if alone else f"[{', '.join(said)}]")
