"""The district's settings file: its choices for the settings of a protocol.

kind: settings
format: 1
protocol: ct-outside-agent
district: "Sampleton Public Schools"
choices: {wait-place: entrance}
closed_days: [2026-11-26, 2026-12-25]
short_days: [{day: 2026-11-25, open: "08:00-12:00"}]
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from kiosk.errors import UsageError
from kiosk.protocol.findings.collector import Finding, Findings
from kiosk.protocol.format.district import SETTINGS, SHORT_DAY, TIMES_PATTERN
from kiosk.protocol.model import Protocol
from kiosk.protocol.parsing.sections import day_at, section
from kiosk.protocol.site.hours import parse_times
from kiosk.protocol.site.special_days import SpecialDays
from kiosk.protocol.syntax.cursor import Book, Cursor, line, word
from kiosk.protocol.syntax.nodes import ScalarNode
from kiosk.protocol.syntax.yaml_nodes import parse

_TIMES = re.compile(TIMES_PATTERN, re.ASCII)
_PLAIN = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


@dataclass(frozen=True, slots=True)
class District:
    """A district's settings as written. protocol: the id of the protocol they are for; empty names none.

    closed_days: the days on which its offices are closed, other than Saturdays and Sundays, in order.
    short_days: the times of each day on which the schools are open for less time than usual, by day.
    """

    protocol: str = ""
    name: str = ""
    choices: Mapping[str, str] = field(default_factory=dict)
    closed_days: tuple[date, ...] = ()
    short_days: Mapping[date, str] = field(default_factory=dict)

    @property
    def special(self) -> SpecialDays:
        """The closed and the short days."""
        return SpecialDays(frozenset(self.closed_days), self.short_days)

    def with_special(self, days: SpecialDays) -> District:
        """Return the settings with other closed and short days."""
        return replace(self, closed_days=tuple(sorted(days.closed)), short_days=dict(sorted(days.short.items())))

    def valid_for(self, protocol: Protocol) -> dict[str, str]:
        """Return the choices that this protocol has; every other setting takes its default."""
        if self.protocol not in {"", protocol.id}:
            return {}
        known = protocol.settings
        return {name: said for name, said in self.choices.items() if name in known and said in known[name].choices}


def read_district(data: bytes, file: str, protocol: Protocol) -> tuple[District, tuple[Finding, ...]]:
    """Read a settings file for this protocol. `file` is its name, for findings. Never raises.

    Invalid choices are findings; the returned value contains them as written.
    """
    findings = Findings(file)
    root = parse(data, findings)
    district = _district(Cursor(root, (), root.mark, Book(findings)), protocol) if root is not None else District()
    return district, findings.all()


def _district(root: Cursor, protocol: Protocol) -> District:
    t = root.table(*SETTINGS.vocabulary)
    for key, only in (("kind", "settings"), ("format", "1")):
        if key in t:
            t[key].one_of((only,), default=only)
    if (said := word(t.get("protocol"))) and said != protocol.id:
        t["protocol"].note("D101", protocol=said, used=protocol.id)
    else:
        _check(t.get("choices"), protocol)
    choices = section(t.get("choices"), lambda _, below: below.token())
    return District(said, line(t.get("district")), choices, _days(t.get("closed_days")), _short(t.get("short_days")))


def _days(cursor: Cursor | None) -> tuple[date, ...]:
    if cursor is None:
        return ()
    cursor.tokens(empty=True)
    found = (day_at(item) for item in cursor.items(empty=True) if isinstance(item.node, ScalarNode))
    return tuple(sorted({day for day in found if day > date.min}))


def _short(cursor: Cursor | None) -> dict[date, str]:
    found: dict[date, str] = {}
    for item in cursor.items(empty=True) if cursor else ():
        t = item.table(*SHORT_DAY.vocabulary)
        day, times = day_at(t.get("day")), word(t.get("open"))
        if times and not _is_span(times):
            t["open"].note("D108", times=times)
        elif times and day > date.min:
            found[day] = times
    return dict(sorted(found.items()))


def _is_span(times: str) -> bool:
    try:
        return _TIMES.fullmatch(times) is not None and len(parse_times(times)) == 1
    except UsageError:
        return False


def _check(cursor: Cursor | None, protocol: Protocol) -> None:
    for name, below in (cursor.entries() if cursor else {}).items():
        known, said = protocol.settings.get(name), word(below)
        if known is None:
            below.note("D102", setting=name, hint=below.book.findings.hint(name, protocol.settings, of="settings"))
        elif said and said not in known.choices:
            near = below.book.findings.hint(said, known.choices, of="choices")
            below.note("D103", setting=name, choice=said, hint=near)


def rendered(district: District) -> str:
    """Return the text of the file that reads back as this value."""
    choices = [f"  {_word(name)}: {_word(choice)}" for name, choice in sorted(district.choices.items())]
    lines = [
        "# What the district chose. Written by `kiosk setup --setting NAME=CHOICE`; edit it, or run that again.",
        "# `kiosk protocol show` lists every setting with its choices.",
        "kind: settings",
        "format: 1",
        f"protocol: {_word(district.protocol)}",
        *([f"district: {_word(district.name)}"] if district.name else []),
        *(["choices:", *choices] if choices else ["choices: {}"]),
        *(
            ["closed_days:", *(f"  - {day.isoformat()}" for day in district.closed_days)]
            if district.closed_days
            else []
        ),
        *(["short_days:"] if district.short_days else []),
        *(
            f"  - {{day: {day.isoformat()}, open: {_word(times)}}}"
            for day, times in sorted(district.short_days.items())
        ),
    ]
    return "\n".join(lines) + "\n"


def _word(said: str) -> str:
    return said if _PLAIN.fullmatch(said) else json.dumps(said, ensure_ascii=False)
