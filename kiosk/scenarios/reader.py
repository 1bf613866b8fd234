"""Read scenarios from the bytes of a file, and note everything in them that the protocol lacks.

Each line fits its step. `runner.run` checks whether the kiosk is at that step.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import replace

from kiosk.protocol.findings.collector import Finding, Findings
from kiosk.protocol.format.scenarios import RECORD, SCENARIO
from kiosk.protocol.kinds.calls import calls_at
from kiosk.protocol.kinds.record import fact_at
from kiosk.protocol.kinds.registry import is_shown, kind_of
from kiosk.protocol.model import Outcome, Protocol, Setting, Step
from kiosk.protocol.replies import Value
from kiosk.protocol.syntax.cursor import Book, Cursor, word
from kiosk.protocol.syntax.nodes import MappingNode, SequenceNode
from kiosk.protocol.syntax.yaml_nodes import parse
from kiosk.scenarios.model import Answered, CalledOutside, Line, PressedKey, Scenario, WentBack

_EXPECTATIONS = ("path", "outcome", "shows", "not_shows", "record")
_MAX_PEOPLE = 99
_VISIT = re.compile(r"([^#]*)#([1-9][0-9]{0,3})")

MAX_LINES = 500
"""Maximum number of lines of `do` in a scenario."""


class _Known:
    """The parts of a protocol, looked up once for a whole file; in the protocol's order."""

    def __init__(self, protocol: Protocol) -> None:
        shown = [step for step in protocol.steps.values() if is_shown(step)]
        ends = (sight for outcome in protocol.outcomes.values() for sight in sights_of_end(outcome))
        self.protocol = protocol
        self.steps = dict.fromkeys(step.id for step in shown)
        self.sights = dict.fromkeys([*(sight for step in shown for sight in sights_of(step)), *ends])
        self.interrupts = [i.id for i in protocol.interrupts]


def read_scenarios(data: bytes, file: str, protocol: Protocol) -> tuple[tuple[Scenario, ...], tuple[Finding, ...]]:
    """Read a scenarios file for this protocol. `file` is its name, for findings. Never raises.

    A scenario with an error has a finding; it is returned as well, without the faulty part.
    """
    findings = Findings(file)
    book = Book(findings, protocol.source_language)
    root = parse(data, findings)
    items = Cursor(root, (), root.mark, book).items() if root is not None else ()
    named = (replace(item, path=(f"scenario {n}",)) for n, item in enumerate(items, 1))
    known = _Known(protocol)
    scenarios = tuple(_scenario(cursor, known) for cursor in named)
    _names_apart(scenarios, items)
    return scenarios, findings.all()


def _names_apart(scenarios: tuple[Scenario, ...], items: tuple[Cursor, ...]) -> None:
    seen: set[str] = set()
    for scenario, item in zip(scenarios, items, strict=True):
        if scenario.name in seen:
            item.note("S110", name=scenario.name)
        seen.add(scenario.name)


def _scenario(cursor: Cursor, known: _Known) -> Scenario:
    t = cursor.table(*SCENARIO.vocabulary)
    if t and not any(key in t for key in _EXPECTATIONS):
        cursor.note("S112", name=word(t.get("name")))
    protocol = known.protocol
    lines = len(t["do"].node.nodes) if "do" in t and isinstance(t["do"].node, SequenceNode) else 0
    if lines > MAX_LINES:
        cursor.note("S117", name=word(t.get("name")), count=lines, limit=MAX_LINES)
    record = t["record"].table(*RECORD.vocabulary) if "record" in t else {}
    return Scenario(
        name=word(t.get("name")),
        line=cursor.mark.line,
        do=_do(t.get("do"), known),
        settings=_settings(t.get("settings"), protocol),
        people=_people(t.get("people"), protocol),
        after_hours=t["after_hours"].flag() if "after_hours" in t else False,
        path=_ids(t["path"], known.steps, "S102", "step") if "path" in t else None,
        outcome=_outcome(t.get("outcome"), protocol),
        shows=_ids(t.get("shows"), known.sights, "S111", "sight"),
        not_shows=_ids(t.get("not_shows"), known.sights, "S111", "sight"),
        has=_has(record.get("has"), protocol),
        lacks=_ids(record.get("lacks"), protocol.fields, "P203", "field"),
        lines={key: below.mark.line for key, below in {**t, **record}.items()},
    )


# -- actions -----------------------------------------------------------------------------------------------------------


def _do(cursor: Cursor | None, known: _Known) -> tuple[Line, ...]:
    items = cursor.items()[:MAX_LINES] if cursor else ()
    lines = tuple(_line(item, known) for item in items)
    for item, line, after in zip(items, lines, [*lines[1:], None], strict=False):
        corrects = isinstance(after, PressedKey) or getattr(after, "step", None) == getattr(line, "step", None)
        if isinstance(line, WentBack) and not corrects:
            item.note("S109", step=line.step)
    return tuple(line for line in lines if line is not None)


def _line(cursor: Cursor, known: _Known) -> Line | None:
    found = cursor.entries()
    if len(found) != 1:
        if isinstance(cursor.node, MappingNode):
            cursor.note("S101", count=len(found))
        return None
    ((key, below),) = found.items()
    if key == "press":
        return _press(below, known)
    if key == "back":
        return _back(cursor.mark.line, below, known)
    if key == "called":
        calls = calls_at(below, known.protocol.roles, "P202")
        return None if calls is None else CalledOutside(cursor.mark.line, calls)
    step = _step(key, below, known)
    return None if step is None else _answered(cursor.mark.line, step, below, known.protocol)


def _answered(line: int, step: Step, cursor: Cursor, protocol: Protocol) -> Answered | None:
    """Return the answer at the cursor; None, and a finding, if the step can't take it."""
    answering = kind_of(step).answering
    said = None if answering is None else answering.from_scenario(step, cursor, protocol)
    return None if said is None else Answered(line, step.id, said)


def _back(line: int, cursor: Cursor, known: _Known) -> Line | None:
    """Read `back: step`, or `back: step#2` for its second visit."""
    said = cursor.token()
    numbered = _VISIT.fullmatch(said)
    step = _step(numbered[1] if numbered else said, cursor, known)
    return None if step is None else WentBack(line, step.id, int(numbered[2]) if numbered else None)


def _press(cursor: Cursor, known: _Known) -> Line | None:
    said = cursor.token()
    if said not in known.interrupts:
        _unknown(cursor, "S105", "interrupt", said, known.interrupts)
        return None
    return PressedKey(cursor.mark.line, said)


def _step(said: str, cursor: Cursor, known: _Known) -> Step | None:
    step = known.protocol.steps.get(said)
    if step is not None and not is_shown(step):
        cursor.note("S103", step=said)
        return None
    if step is None:
        _unknown(cursor, "S102", "step", said, known.steps)
    return step


# -- situation and expectations ----------------------------------------------------------------------------------------


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
            facts[key] = fact_at(protocol.fields[key], below)
        else:
            _unknown(below, "P203", "field", key, protocol.fields)
    return facts


def _ids(cursor: Cursor | None, known: Collection[str], code: str, what: str) -> tuple[str, ...]:
    """Return a list of ids, with repeated ones; an id that is not `known` is a finding with this `code`."""
    said = [(item, item.token()) for item in (cursor.items(empty=True) if cursor else ())]
    for item, name in said:
        if name and name not in known:
            _unknown(item, code, what, name, known)
    return tuple(name for _, name in said if name in known)


def sights_of(step: Step) -> tuple[str, ...]:
    """Return the visible parts of a step, as a scenario names them."""
    return (f"step:{step.id}", *(f"{key}:{step.id}" for key in ("do", "say", "ask") if key in step.texts))


def sights_of_end(outcome: Outcome) -> tuple[str, ...]:
    """Return the visible parts of an outcome and its duties, as a scenario names them."""
    do = (f"do:{outcome.id}",) if outcome.do else ()
    return (f"outcome:{outcome.id}", *do, *(f"duty:{duty.id}" for duty in outcome.duties))


def _unknown(cursor: Cursor, code: str, what: str, said: str, known: Iterable[str]) -> None:
    if said:
        hint = cursor.book.findings.hint(said, known, of=f"{what}s")
        cursor.note(code, **{what: said}, hint=hint)
