"""Scenarios as text: what a scenarios file says of a value, so that reading it gives the value back."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping

from kiosk.engine.replies import CallResult, Chosen, Missing, Recorded, Reply, Ticked, Value
from kiosk.protocol.model import MISSING
from kiosk.scenarios.model import Answered, CalledOutside, Calls, Line, OfRole, PressedKey, Scenario, WentBack

WIDTH = 118
"""Where a long list goes on in the next line, in characters."""

_PLAIN = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


def rendered(scenario: Scenario) -> str:
    """The lines of one scenario, as an item of the file's list. Typed words must be such as a file can hold."""
    record = {"has": _table(scenario.has.items()) if scenario.has else "", "lacks": _ids(scenario.lacks)}
    held = ", ".join(f"{key}: {said}" for key, said in record.items() if said)
    lines = [
        f"- name: {_quoted(scenario.name)}",
        *([f"  settings: {_table(scenario.settings.items())}"] if scenario.settings else []),
        *([f"  people: {_table(scenario.people.items())}"] if scenario.people else []),
        *(["  after_hours: true"] if scenario.after_hours else []),
        "  do:",
        *(f"    - {_line(line)}" for line in scenario.do),
        *(_wrapped("path", scenario.path) if scenario.path is not None else []),
        *([f"  outcome: {scenario.outcome}"] if scenario.outcome else []),
        *(_wrapped("shows", map(_quoted, scenario.shows)) if scenario.shows else []),
        *(_wrapped("not_shows", map(_quoted, scenario.not_shows)) if scenario.not_shows else []),
        *([f"  record: {{{held}}}"] if held else []),
    ]
    return "\n".join(lines) + "\n"


def _line(line: Line) -> str:
    match line:
        case PressedKey(_, interrupt):
            return f"{{press: {interrupt}}}"
        case WentBack(_, step, visit):
            return f"{{back: {step}}}" if visit is None else f"{{back: {step}#{visit}}}"
        case CalledOutside(_, calls):
            return f"{{called: {_calls(calls)}}}"
        case Answered(_, step, reply):
            return f"{{{step}: {_reply(reply)}}}"


def _reply(reply: Reply | Calls) -> str:
    match reply:
        case Chosen(option):
            return option
        case Ticked(choices):
            return f"[{', '.join(choices)}]"
        case Recorded(values):
            return _table(values)
        case Calls():
            return _calls(reply)
    return "done"


def _calls(calls: Calls) -> str:
    """A table of roles; a list of tables where a role comes again."""
    tables = [{of_role.role: of_role} for of_role in calls.roles]
    if len({of_role.role for of_role in calls.roles}) == len(calls.roles):
        tables = [{of_role.role: of_role for of_role in calls.roles}]
    said = [_table((role, _results(of_role)) for role, of_role in table.items()) for table in tables]
    return said[0] if len(said) == 1 else f"[{', '.join(said)}]"


def _results(of_role: OfRole) -> _Raw:
    said = [t.result if t.person is None else f"{t.result}#{t.person + 1}" for t in of_role.calls]
    alone = len(said) == 1 and (of_role.everybody or said[0] != CallResult.NO_ANSWER)
    return _Raw(said[0] if alone else f"[{', '.join(said)}]")


class _Raw(str):
    """Text that stands in the file as it is."""

    __slots__ = ()


def _table(pairs: Iterable[tuple[str, Value | str]] | Mapping[str, Value]) -> str:
    items = pairs.items() if isinstance(pairs, Mapping) else pairs
    return "{" + ", ".join(f"{name}: {_value(value)}" for name, value in items) + "}"


def _value(value: Value | str) -> str:
    match value:
        case Missing(reason):
            return reason
        case _Raw() | int():
            return str(value)
        case _:
            return value if _PLAIN.fullmatch(value) and value not in MISSING else _quoted(value)


def _ids(ids: Iterable[str]) -> str:
    said = ", ".join(ids)
    return f"[{said}]" if said else ""


def _quoted(words: str) -> str:
    return json.dumps(words, ensure_ascii=False)


def _wrapped(key: str, words: Iterable[str]) -> Iterator[str]:
    line = f"  {key}: ["
    said = list(words)
    for n, each in enumerate(said):
        part = each + ("," if n < len(said) - 1 else "")
        if len(line) + len(part) + 1 > WIDTH:
            yield line.rstrip()
            line = "    "
        line += part + " " * (n < len(said) - 1)
    yield f"{line.rstrip()}]"
