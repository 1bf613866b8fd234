"""Reads what a line of a scenario answers to its step, by the step's kind."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import cast

from kiosk.engine.model import MISSING, Ask, Call, Choose, Field, Protocol, Record, Step
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
from kiosk.engine.scenario import Answered, Calls
from kiosk.engine.shapes import Cursor
from kiosk.engine.yamlnodes import Items, Table


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
            items = cursor.items() if isinstance(cursor.node, Items) else (cursor,)
            ticked = _known(items, step.choices, "S104", step.id)
            return Ticked(tuple(c for c in step.choices if c in ticked)) if ticked else None
        case Call():
            return _calls(step, cursor)
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


def _calls(step: Call, cursor: Cursor) -> Calls | None:
    found = _of_step(cursor, step.roles, "S106", "role", step.id)
    said = {role: _results(below) for role, below in found.items()}
    results = tuple((role, results) for role, results in said.items() if results)
    alone = (role for role, below in found.items() if not isinstance(below.node, Items))
    everybody = frozenset(role for role in alone if said[role] == ("no-answer",))
    return Calls(results, everybody) if results else None


def _results(cursor: Cursor) -> tuple[CallResult, ...]:
    items = cursor.items() if isinstance(cursor.node, Items) else (cursor,)
    said = (item.one_of(CALL_RESULTS, default="") for item in items)
    return tuple(cast("CallResult", result) for result in said if result)


def _recorded(step: Record, cursor: Cursor, protocol: Protocol) -> Recorded | None:
    """A fact that the scenario leaves out is left for later, as an empty box is."""
    if not isinstance(cursor.node, Table):
        cursor.entries()
        return None
    found = _of_step(cursor, step.fields, "S107", "field", step.id)
    known = {name: protocol.fields[name] for name in step.fields if name in protocol.fields}
    return Recorded.of({n: fact(f, found[n]) if n in found else Missing("deferred") for n, f in known.items()})


def _of_step(cursor: Cursor, known: Iterable[str], code: str, what: str, step: str) -> Mapping[str, Cursor]:
    """The entries of a table whose keys the step has; any other is a finding of the kind `code`."""
    found, names = cursor.entries(), list(known)
    for name, below in found.items():
        if name not in names:
            hint = cursor.book.findings.hint(name, names, of=f"{what}s of this step")
            below.note(code, **{"step": step, what: name}, hint=hint)
    return {name: below for name, below in found.items() if name in names}
