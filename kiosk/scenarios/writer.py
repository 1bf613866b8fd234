"""Write scenarios as text that reads back as the same values."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import assert_never

from kiosk.protocol.kinds.calls import Calls, written
from kiosk.protocol.kinds.registry import answering_of
from kiosk.protocol.syntax.flow import quoted, table
from kiosk.scenarios.model import Answered, CalledOutside, Line, PressedKey, Said, Scenario, WentBack

WIDTH = 118
"""The length, in characters, at which a long list continues in the next line."""


def rendered(scenario: Scenario) -> str:
    """Return one scenario as an item of the file's list. Its typed text must not contain invisible characters."""
    record = {"has": table(scenario.has.items()) if scenario.has else "", "lacks": _ids(scenario.lacks)}
    held = ", ".join(f"{key}: {said}" for key, said in record.items() if said)
    lines = [
        f"- name: {quoted(scenario.name)}",
        *([f"  settings: {table(scenario.settings.items())}"] if scenario.settings else []),
        *([f"  people: {table(scenario.people.items())}"] if scenario.people else []),
        *(["  after_hours: true"] if scenario.after_hours else []),
        "  do:",
        *(f"    - {_line(line)}" for line in scenario.do),
        *(_wrapped("path", scenario.path) if scenario.path is not None else []),
        *([f"  outcome: {scenario.outcome}"] if scenario.outcome else []),
        *(_wrapped("shows", map(quoted, scenario.shows)) if scenario.shows else []),
        *(_wrapped("not_shows", map(quoted, scenario.not_shows)) if scenario.not_shows else []),
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
            return f"{{called: {written(calls)}}}"
        case Answered(_, step, reply):
            return _answer(step, reply)
        case _:
            assert_never(line)


def _answer(step: str, reply: Said) -> str:
    said = written(reply) if isinstance(reply, Calls) else answering_of(reply).to_scenario(reply)
    return f"{{{step}: {said}}}"


def _ids(ids: Iterable[str]) -> str:
    said = ", ".join(ids)
    return f"[{said}]" if said else ""


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
