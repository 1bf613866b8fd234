"""The first entry of a log that took the place of another: what it cites, and what goes on from there.

Numbers of encounters go on, so that none is ever given twice; so does the highest version of each protocol.
"""

from __future__ import annotations

import base64
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, Protocol

from kiosk.errors import ReplaceReason
from kiosk.protocol.versions import order
from kiosk.record.canonical import Json
from kiosk.record.entries import Actor, EncodedEntry, Entry, LoggedEntry, decoded_or_none
from kiosk.record.entry_kinds import EntryKind
from kiosk.record.pack_entries import versions

AT_DESK: Final = "desk"
"""Who decided, where nobody but the desk could: an administrator should know of it."""


class OfKind(Protocol):
    """Entries by their kind."""

    def of_kind(self, kind: EntryKind) -> Iterable[EncodedEntry]:
        """All entries of this kind, oldest first."""


class Log(OfKind, Protocol):
    """What is asked of a log."""

    def encounter_ids(self, kind: EntryKind) -> Sequence[str]:
        """The encounters that have an entry of this kind, oldest first."""

    def entries(self, encounter_id: str | None = None) -> Iterable[EncodedEntry]:
        """Entries in order, of one encounter or all."""


@dataclass(frozen=True, slots=True)
class LogState:
    """What is known of a log: its name, how many entries it has, the root over them; None for what can't be read."""

    origin: str | None = None
    size: int | None = None
    root: bytes | None = None

    @property
    def body(self) -> dict[str, Json]:
        """As an entry cites it."""
        root = None if self.root is None else base64.b64encode(self.root).decode("ascii")
        return {"origin": self.origin, "size": self.size, "root": root}


@dataclass(frozen=True, slots=True)
class CarriedOver:
    """What goes on from the logs before.

    numbered: how many encounters were numbered. packs: (version, seal) of the highest that was installed of each.
    unclosed: the numbers of encounters that were not closed.
    """

    numbered: int = 0
    packs: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    unclosed: tuple[str, ...] = ()


def began(log: OfKind) -> LoggedEntry | None:
    """The entry with which the log took the place of another; None when it did not, or when that entry was altered."""
    first = next(iter(log.of_kind(EntryKind.LOG_STARTED)), None)
    return None if first is None else decoded_or_none(first)


def cited(kept: LoggedEntry | None) -> tuple[str, ...]:
    """The names of the logs that a log's first entry says it goes on from, or lies beside."""
    states = (kept.body.get("before"), *_list(kept.body.get("beside"))) if kept else ()
    return tuple(str(state["origin"]) for state in states if isinstance(state, Mapping) and state.get("origin"))


def reached(start: str, cites: Mapping[str, Iterable[str]]) -> set[str]:
    """The logs that belong to the log `start`, by name: those it cites, those that they cite, and so on; not itself.

    cites: by the name of each log that is here, the names it cites. A name in the answer may be of a log not here.
    """
    found: set[str] = set()
    ahead = [start]
    while ahead:
        new = set(cites.get(ahead.pop(), ())) - found - {start}
        found |= new
        ahead += new
    return found


def _list(value: Json) -> Sequence[Json]:
    return value if isinstance(value, list | tuple) else ()


def numbered_before(log: OfKind) -> int:
    """How many encounters were numbered in the logs before this one."""
    kept = began(log)
    count = kept.body.get("numbered", 0) if kept else 0
    return count if isinstance(count, int) else 0


def carried_over(log: Log) -> CarriedOver:
    """What goes on from this log and those before it."""
    opened = log.encounter_ids(EntryKind.ENCOUNTER_OPENED)
    return CarriedOver(numbered_before(log) + len(opened), _highest(versions(log)), tuple(_unclosed(log, opened)))


def merge(pasts: Iterable[CarriedOver]) -> CarriedOver:
    """What goes on from several logs together."""
    several = list(pasts)
    packs = ((name, *one) for past in several for name, one in past.packs.items())
    unclosed = dict.fromkeys(no for past in several for no in past.unclosed)
    return CarriedOver(max((past.numbered for past in several), default=0), _highest(packs), tuple(unclosed))


def log_started(
    reason: ReplaceReason, before: LogState, past: CarriedOver, *, by: str, beside: Sequence[LogState] = ()
) -> Entry:
    """The first entry of a new log.

    reason: why there is a new one; before: the log it goes on from; by: who decided so, `desk` or a command's name;
    beside: other states that were known, as the newest that was ever signed of a log that was put back to an older one.
    """
    body: dict[str, Json] = {
        "reason": reason,
        "before": before.body,
        "beside": [state.body for state in beside],
        "numbered": past.numbered,
        "packs": {name: list(one) for name, one in past.packs.items()},
        "unclosed": list(past.unclosed),
        "by": by,
    }
    return Entry(EntryKind.LOG_STARTED, body, actor=Actor.KIOSK)


def unseen(log: Log) -> LoggedEntry | None:
    """The entry with which the log began, while an administrator should look at it and has not said so yet."""
    kept = began(log)
    if kept is None or next(iter(log.of_kind(EntryKind.LOG_ACKNOWLEDGED)), None) is not None:
        return None
    return kept if kept.body.get("by") == AT_DESK or kept.body.get("unclosed") else None


def _highest(packs: Iterable[tuple[str, str, str]]) -> dict[str, tuple[str, str]]:
    found: dict[str, tuple[str, str]] = {}
    for name, version, seal in packs:
        if name not in found or (order(version) or ()) > (order(found[name][0]) or ()):
            found[name] = version, seal
    return found


def _unclosed(log: Log, opened: Sequence[str]) -> Iterator[str]:
    closed = set(log.encounter_ids(EntryKind.ENCOUNTER_CLOSED))
    for encounter_id in opened:
        first = None if encounter_id in closed else next(iter(log.entries(encounter_id)), None)
        kept = decoded_or_none(first) if first else None
        if kept:
            yield str(kept.body.get("no", ""))
