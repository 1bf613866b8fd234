"""Values that an earlier copy withheld by decision, and that a new copy for the same or a wider audience would show.

The log has each decision with its copy (`export.made`). Lifting one takes two persons, because one alone decided it,
and what has left can't be called back. Words that were redacted are in no entry: two redactions of one value are not
compared.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from kiosk.record.canonical import Json
from kiosk.record.disclosure.levels import LEVELS, Classes, Level, is_included, shown_from
from kiosk.record.disclosure.withholding import Withholding, values_of
from kiosk.record.entries import LoggedEntry


@dataclass(frozen=True, slots=True)
class Lifting:
    """A value that would be shown again: the record, the value, and the ground on which it was withheld."""

    no: str
    value: str
    ground: str

    @property
    def json(self) -> dict[str, Json]:
        """The value in the log."""
        return {"no": self.no, "value": self.value, "ground": self.ground}


@dataclass(frozen=True, slots=True)
class _Standing:
    """The newest decision about a value. level: the widest that it is about; part: whether only words were redacted."""

    level: int
    ground: str
    part: bool


def liftings(
    exports: Iterable[LoggedEntry],
    level: Level,
    now: Sequence[Withholding],
    records: Iterable[tuple[str, Sequence[LoggedEntry]]],
    classes: Classes,
) -> Iterator[Lifting]:
    """Yield each value that a copy of this level would show again.

    exports: the entries of all exports, oldest first. now: what the copy withholds. records: its records, as (number,
    entries); read only if something was ever withheld.
    """
    standing = _standing(exports)
    wanted = {at: one for at, one in standing.items() if one.level >= level > Level.STATISTICS}
    withheld = {(one.no, one.value): one for one in now}
    for no, entries in records if wanted else ():
        for (of, value), before in wanted.items():
            decided = withheld.get((no, value))
            if of != no or (decided is not None and (before.part or not decided.words)):
                continue
            if _is_shown(entries, Withholding(no, value, before.ground, ""), level, classes):
                yield Lifting(no, value, before.ground)


def _standing(exports: Iterable[LoggedEntry]) -> Mapping[tuple[str, str], _Standing]:
    found: dict[tuple[str, str], _Standing] = {}
    for kept in exports:
        level = LEVELS.get(str(kept.body.get("level")))
        if level is None:
            continue
        for at, one in _values(kept.body.get("lifted")):
            if at in found:  # narrower copies may show it now, wider ones not yet
                found[at] = _Standing(min(found[at].level, level - 1), str(one.get("ground", "")), found[at].part)
        for at, one in _values(kept.body.get("withheld")):
            widest = max(level, found[at].level) if at in found else level
            found[at] = _Standing(widest, str(one.get("ground", "")), one.get("extent") == "part")
    return found


def _values(said: object) -> Iterator[tuple[tuple[str, str], Mapping[str, Any]]]:
    for one in said if isinstance(said, list | tuple) else ():
        if isinstance(one, Mapping):
            yield (str(one.get("no")), str(one.get("value"))), one


def _is_shown(entries: Sequence[LoggedEntry], made: Withholding, level: Level, classes: Classes) -> bool:
    at = values_of(entries, made)
    return any(
        (kept.event_id, name) in at and shown_from(kept, name, classes) <= level
        for kept in entries
        if is_included(kept, level, classes)
        for name in kept.body
    )
