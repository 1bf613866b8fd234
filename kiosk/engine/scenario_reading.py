"""From the bytes of a scenarios file to scenarios, with everything in them that the protocol does not have.

What is read here fits its step; whether the kiosk then stands at that step is for `scenarios.run`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from kiosk.engine.findings import Finding, Findings
from kiosk.engine.format.scenarios import RECORD, SCENARIO
from kiosk.engine.model import Protocol, Route, Setting, Step
from kiosk.engine.replies import Value
from kiosk.engine.scenario import Line, PressedKey, Scenario, WentBack
from kiosk.engine.scenario_replies import answered, fact
from kiosk.engine.shapes import Book, Cursor, word
from kiosk.engine.yamlnodes import Table, parse

_EXPECTATIONS = ("path", "outcome", "shows", "not_shows", "record")
_MAX_PEOPLE = 99


def read_scenarios(data: bytes, file: str, protocol: Protocol) -> tuple[tuple[Scenario, ...], tuple[Finding, ...]]:
    """Read a scenarios file for this protocol. `file` is its name, for findings. Never raises.

    A scenario with an error in it is among the findings and still among the scenarios, without what is wrong.
    """
    findings = Findings(file)
    book = Book(findings, protocol.source_language)
    root = parse(data, findings)
    items = Cursor(root, (), root.mark, book).items() if root is not None else ()
    named = (replace(item, path=(f"scenario {n}",)) for n, item in enumerate(items, 1))
    scenarios = tuple(_scenario(cursor, protocol) for cursor in named)
    _names_apart(scenarios, items)
    return scenarios, findings.all()


def _names_apart(scenarios: tuple[Scenario, ...], items: tuple[Cursor, ...]) -> None:
    seen: set[str] = set()
    for scenario, item in zip(scenarios, items, strict=True):
        if scenario.name in seen:
            item.note("S110", name=scenario.name)
        seen.add(scenario.name)


def _scenario(cursor: Cursor, protocol: Protocol) -> Scenario:
    t = cursor.table(*SCENARIO.vocabulary)
    if t and not any(key in t for key in _EXPECTATIONS):
        cursor.note("S112", name=word(t.get("name")))
    record = t["record"].table(*RECORD.vocabulary) if "record" in t else {}
    return Scenario(
        name=word(t.get("name")),
        line=cursor.mark.line,
        do=_do(t.get("do"), protocol),
        settings=_settings(t.get("settings"), protocol),
        people=_people(t.get("people"), protocol),
        path=_ids(t["path"], _shown_steps(protocol), "S102", "step") if "path" in t else None,
        outcome=_outcome(t.get("outcome"), protocol),
        shows=_ids(t.get("shows"), _sights(protocol), "S111", "sight"),
        not_shows=_ids(t.get("not_shows"), _sights(protocol), "S111", "sight"),
        has=_has(record.get("has"), protocol),
        lacks=_ids(record.get("lacks"), protocol.fields, "P203", "field"),
        lines={key: below.mark.line for key, below in {**t, **record}.items()},
    )


# -- what is done ------------------------------------------------------------------------------------------------------


def _do(cursor: Cursor | None, protocol: Protocol) -> tuple[Line, ...]:
    items = cursor.items() if cursor else ()
    lines = tuple(_line(item, protocol) for item in items)
    for item, line, after in zip(items, lines, [*lines[1:], None], strict=False):
        if isinstance(line, WentBack) and getattr(after, "step", None) != line.step:
            item.note("S109", step=line.step)
    return tuple(line for line in lines if line is not None)


def _line(cursor: Cursor, protocol: Protocol) -> Line | None:
    found = cursor.entries()
    if len(found) != 1:
        if isinstance(cursor.node, Table):
            cursor.note("S101", count=len(found))
        return None
    ((key, below),) = found.items()
    if key == "press":
        return _press(below, protocol)
    step = _step(below.token() if key == "back" else key, below, protocol)
    if step is None:
        return None
    return WentBack(cursor.mark.line, step.id) if key == "back" else answered(cursor.mark.line, step, below, protocol)


def _press(cursor: Cursor, protocol: Protocol) -> Line | None:
    said, known = cursor.token(), [i.id for i in protocol.interrupts]
    if said not in known:
        _unknown(cursor, "S105", "interrupt", said, known)
        return None
    return PressedKey(cursor.mark.line, said)


def _step(said: str, cursor: Cursor, protocol: Protocol) -> Step | None:
    step = protocol.steps.get(said)
    if isinstance(step, Route):
        cursor.note("S103", step=said)
        return None
    if step is None:
        _unknown(cursor, "S102", "step", said, _shown_steps(protocol))
    return step


# -- what holds, and what is expected ----------------------------------------------------------------------------------


def _settings(cursor: Cursor | None, protocol: Protocol) -> dict[str, str]:
    chosen = ((key, below, protocol.settings.get(key)) for key, below in (cursor.entries() if cursor else {}).items())
    return {key: below.token() for key, below, setting in chosen if _is_choice(key, below, setting, protocol)}


def _is_choice(key: str, cursor: Cursor, setting: Setting | None, protocol: Protocol) -> bool:
    said = cursor.token()
    if setting is None:
        _unknown(cursor, "P204", "setting", key, protocol.settings)
    elif said and said not in setting.choices:
        hint = cursor.book.findings.hint(said, setting.choices, of="choices")
        cursor.note("P207", choice=said, of=key, hint=hint)
    return setting is not None and said in setting.choices


def _people(cursor: Cursor | None, protocol: Protocol) -> dict[str, int]:
    counts: dict[str, int] = {}
    for role, below in (cursor.entries() if cursor else {}).items():
        said = below.token()
        if role not in protocol.roles:
            _unknown(below, "P202", "role", role, protocol.roles)
        elif not (said.isascii() and said.isdigit() and len(said) <= 4 and int(said) <= _MAX_PEOPLE):
            below.note("S113", count=said, limit=_MAX_PEOPLE)
        else:
            counts[role] = int(said)
    return counts


def _outcome(cursor: Cursor | None, protocol: Protocol) -> str | None:
    said = word(cursor)
    if cursor and said and said not in protocol.outcomes:
        _unknown(cursor, "S114", "outcome", said, protocol.outcomes)
        return None
    return said or None


def _has(cursor: Cursor | None, protocol: Protocol) -> dict[str, Value]:
    facts: dict[str, Value] = {}
    for key, below in (cursor.entries() if cursor else {}).items():
        if key in protocol.fields:
            facts[key] = fact(protocol.fields[key], below)
        else:
            _unknown(below, "P203", "field", key, protocol.fields)
    return facts


def _ids(cursor: Cursor | None, known: Iterable[str], code: str, what: str) -> tuple[str, ...]:
    """A list of ids, repeated ones among them; one that is not `known` is a finding of the kind `code`."""
    said, names = [(item, item.token()) for item in (cursor.items(empty=True) if cursor else ())], frozenset(known)
    for item, name in said:
        if name and name not in names:
            _unknown(item, code, what, name, sorted(names))
    return tuple(name for _, name in said if name in names)


def _shown_steps(protocol: Protocol) -> list[str]:
    return [step.id for step in protocol.steps.values() if not isinstance(step, Route)]


def _sights(protocol: Protocol) -> list[str]:
    """Everything that can be on the screen."""
    found = [sight for step in protocol.steps.values() if not isinstance(step, Route) for sight in sights_of(step)]
    ends = [f"{kind}:{o.id}" for o in protocol.outcomes.values() for kind in ("outcome", *(("do",) if o.do else ()))]
    return [*found, *ends]


def sights_of(step: Step) -> tuple[str, ...]:
    """What of a step is on the screen, as a scenario names it."""
    words = {"do": step.do, "say": step.say, "ask": getattr(step, "ask", None)}
    return (f"step:{step.id}", *(f"{kind}:{step.id}" for kind, text in words.items() if text is not None))


def _unknown(cursor: Cursor, code: str, what: str, said: str, known: Iterable[str]) -> None:
    if said:
        hint = cursor.book.findings.hint(said, known, of=f"{what}s")
        cursor.note(code, **{what: said}, hint=hint)
