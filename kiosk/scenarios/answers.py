"""Reads what a line of a scenario answers to its step, by the step's kind."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import cast

from kiosk.engine.replies import (
    CALL_RESULTS,
    CallResult,
    Chosen,
    Confirmed,
    Missing,
    Recorded,
    Reply,
    Ticked,
    Value,
    typed,
)
from kiosk.protocol.model import MISSING, Ask, Call, Choose, Field, Protocol, Record, Step
from kiosk.protocol.parsing.cursor import Cursor
from kiosk.protocol.parsing.yaml_nodes import MappingNode, ScalarNode, SequenceNode
from kiosk.scenarios.model import Answered, Calls, OfRole, Told

_PERSON = re.compile(r"([a-z-]+)#([1-9][0-9]{0,3})")


def answered(line: int, step: Step, cursor: Cursor, protocol: Protocol) -> Answered | None:
    """The answer at the cursor; None, and a finding, when the step can't take it."""
    reply = _reply(step, cursor, protocol)
    return None if reply is None else Answered(line, step.id, reply)


def fact(field: Field, cursor: Cursor) -> Value:
    """What stands for a field: a reserved word is why it is missing, anything else is what was typed."""
    said = cursor.token()
    if said not in MISSING:
        if field.type == "choice" and said and said not in field.choices:
            hint = cursor.book.findings.hint(said, field.choices, of="choices")
            cursor.note("P207", choice=said, of=field.id, hint=hint)
        return typed(field, said)
    if said != "deferred" and said not in field.missing:
        cursor.note("S108", field=field.id, reason=said)
    return Missing(said)


def _reply(step: Step, cursor: Cursor, protocol: Protocol) -> Reply | Calls | None:
    match step:
        case Ask():
            said = _known((cursor,), [o.id for o in step.options], "S104", step.id)
            return Chosen(said[0]) if said else None
        case Choose():
            items = cursor.items() if isinstance(cursor.node, SequenceNode) else (cursor,)
            ticked = _known(items, step.choices, "S104", step.id)
            return Ticked(tuple(c for c in step.choices if c in ticked)) if ticked else None
        case Call():
            # Whether it is after hours, only the scenario as a whole says.
            return calls_of(cursor, (*step.roles, *protocol.after_hours), "S106", step=step.id)
        case Record():
            return _recorded(step, cursor, protocol)
    return Confirmed() if cursor.one_of(("done",), default="") else None


def _known(cursors: Iterable[Cursor], known: Iterable[str], code: str, step: str) -> list[str]:
    said, names = [(cursor, cursor.token()) for cursor in cursors], list(known)
    for cursor, name in said:
        if name and name not in names:
            hint = cursor.book.findings.hint(name, names, of="answers")
            cursor.note(code, step=step, answer=name, hint=hint)
    return [name for _, name in said if name in names]


def calls_of(cursor: Cursor, known: Iterable[str], code: str, **words: object) -> Calls | None:
    """The calls at the cursor: a table of roles, or a list of such tables where a role comes again; None for none.

    A role that is not `known` is a finding of the kind `code`.
    """
    tables = cursor.items() if isinstance(cursor.node, SequenceNode) else (cursor,)
    roles = [
        of_role
        for table in tables
        for role, below in _of_those(table, known, code, "role", **words).items()
        if (of_role := _of_role(role, below)).calls
    ]
    return Calls(tuple(roles)) if roles else None


def _of_role(role: str, cursor: Cursor) -> OfRole:
    several = isinstance(cursor.node, SequenceNode)
    told = tuple(one for item in (cursor.items() if several else (cursor,)) if (one := _told(item)) is not None)
    return OfRole(role, told, everybody=not several and told == (Told("no-answer"),))


def _told(cursor: Cursor) -> Told | None:
    """`reached`, or `reached#2` for the second of the role's people."""
    numbered, said = _PERSON.fullmatch(cursor.token()), cursor
    if numbered and isinstance(cursor.node, ScalarNode):
        said = replace(cursor, node=replace(cursor.node, value=numbered[1]))
    result = said.one_of(CALL_RESULTS, default="")
    person = int(numbered[2]) - 1 if numbered else None
    return Told(cast("CallResult", result), person) if result else None


def _recorded(step: Record, cursor: Cursor, protocol: Protocol) -> Recorded | None:
    """A fact that the scenario leaves out is left for later, as an empty box is."""
    if not isinstance(cursor.node, MappingNode):
        cursor.entries()
        return None
    found = _of_those(cursor, step.fields, "S107", "field", step=step.id)
    known = {name: protocol.fields[name] for name in step.fields if name in protocol.fields}
    return Recorded.of({n: fact(f, found[n]) if n in found else Missing("deferred") for n, f in known.items()})


def _of_those(cursor: Cursor, known: Iterable[str], code: str, what: str, **words: object) -> Mapping[str, Cursor]:
    """The entries of a table whose keys are known; any other is a finding of the kind `code`."""
    found, names = cursor.entries(), list(known)
    for name, below in found.items():
        if name not in names:
            hint = cursor.book.findings.hint(name, names, of=f"{what}s of this step" if words else f"{what}s")
            below.note(code, **{**words, what: name}, hint=hint)
    return {name: below for name, below in found.items() if name in names}
