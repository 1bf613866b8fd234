"""The first entry of a log that replaced another: the logs it cites, and the values it carries over.

Record numbers continue, so that none is given twice. The highest version of each protocol is carried over too.
"""

from __future__ import annotations

import base64
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Final, Protocol

from kiosk.errors import ReplaceReason
from kiosk.protocol.versions import order
from kiosk.record.canonical import Json
from kiosk.record.entries import Actor, Encoded, EncodedEntry, Entry, LoggedEntry, decoded_or_none
from kiosk.record.entry_kinds import EntryKind
from kiosk.record.pack_entries import versions
from kiosk.record.transparency.checkpoint import Checkpoint

AT_DESK: Final = "desk"
"""The desk decided to replace the log, so an administrator must still acknowledge it."""


class OfKind(Protocol):
    """A log that gives its entries by kind."""

    def of_kind(self, kind: EntryKind) -> Iterable[Encoded]:
        """Return all entries of this kind, oldest first."""


class Log(OfKind, Protocol):
    """The part of a log that is needed here."""

    def encounter_ids(self, kind: EntryKind) -> Sequence[str]:
        """Return the encounters that have an entry of this kind, oldest first."""

    def entries(self, encounter_id: str | None = None) -> Iterable[EncodedEntry]:
        """Return the entries in order, of one encounter or all."""


@dataclass(frozen=True, slots=True)
class LogState:
    """The known state of a log: its ID, entry count and root hash. None marks a part that can't be read."""

    origin: str | None = None
    size: int | None = None
    root: bytes | None = None

    @property
    def body(self) -> dict[str, Json]:
        """The state as an entry cites it."""
        root = None if self.root is None else base64.b64encode(self.root).decode("ascii")
        return {"origin": self.origin, "size": self.size, "root": root}


@dataclass(frozen=True, slots=True)
class CarriedOver:
    """The values that a new log carries over from previous logs.

    numbered: the number of encounters that got a record number. packs: pack id → (version, content hash) of its highest
    version. unfinished: the numbers of records that were not closed.
    """

    numbered: int = 0
    packs: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    unfinished: tuple[str, ...] = ()


def start_entry(log: OfKind) -> LoggedEntry | None:
    """Return the entry that says which log this one replaced; None if there is none, or if it was altered."""
    first = next(iter(log.of_kind(EntryKind.LOG_STARTED)), None)
    return None if first is None else decoded_or_none(first)


def cited(kept: LoggedEntry | None) -> tuple[str, ...]:
    """Return the IDs of the logs that a log's first entry cites."""
    states = (kept.body.get("before"), *_list(kept.body.get("other_states"))) if kept else ()
    return tuple(str(state["origin"]) for state in states if isinstance(state, Mapping) and state.get("origin"))


def cited_states(kept: LoggedEntry | None) -> tuple[Checkpoint, ...]:
    """Return the states that a log's first entry cites, without those whose size or root it could not read."""
    states = (kept.body.get("before"), *_list(kept.body.get("other_states"))) if kept else ()
    return tuple(found for state in states if (found := _state(state)) is not None)


def _state(value: Json) -> Checkpoint | None:
    match value:
        case {"origin": str(origin), "size": int(size), "root": str(root)} if 0 <= size < 2**53:
            with suppress(ValueError):  # binascii.Error is one
                return Checkpoint(origin, size, base64.b64decode(root, validate=True))
    return None


def cited_keys(kept: LoggedEntry | None) -> tuple[str, ...]:
    """Return the public keys that a log's first entry cites, each as `name+id+base64`."""
    return tuple(map(str, _list(kept.body.get("keys")))) if kept else ()


def all_cited(start: str, cites: Mapping[str, Iterable[str]]) -> set[str]:
    """Return the IDs of the logs that `start` cites, those that they cite, and so on, without `start` itself.

    cites: by the ID of each log here, the IDs it cites. The result may include the ID of a log that is not here.
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
    """Return the number of encounters in previous logs, which have record numbers."""
    kept = start_entry(log)
    count = kept.body.get("numbered") if kept else None
    return count if isinstance(count, int) else 0


def carried_over(log: Log) -> CarriedOver:
    """Return the values to carry over from this log and the previous ones."""
    opened = log.encounter_ids(EntryKind.ENCOUNTER_OPENED)
    return CarriedOver(numbered_before(log) + len(opened), _highest(versions(log)), tuple(_unfinished(log, opened)))


def merge(pasts: Iterable[CarriedOver]) -> CarriedOver:
    """Merge the values to carry over from several logs."""
    several = list(pasts)
    packs = ((name, *one) for past in several for name, one in past.packs.items())
    unfinished = dict.fromkeys(no for past in several for no in past.unfinished)
    return CarriedOver(max((past.numbered for past in several), default=0), _highest(packs), tuple(unfinished))


def log_started(
    reason: ReplaceReason,
    before: LogState,
    past: CarriedOver,
    *,
    by: str,
    other_states: Sequence[LogState] = (),
    keys: Sequence[str] = (),
) -> Entry:
    """Return the first entry of a new log.

    reason: why there is a new log. before: the log that it replaces. by: who decided, `desk` or a command's name.
    other_states: other known states, such as the newest checkpoint of a log that was rolled back.
    keys: the public keys that this kiosk signed with, the new log's too.
    """
    body: dict[str, Json] = {
        "reason": reason,
        "before": before.body,
        "other_states": [state.body for state in other_states],
        "numbered": past.numbered,
        "packs": {name: list(one) for name, one in past.packs.items()},
        "unfinished": list(past.unfinished),
        "by": by,
        "keys": list(keys),
    }
    return Entry(EntryKind.LOG_STARTED, body, actor=Actor.KIOSK)


def unacknowledged(log: OfKind) -> tuple[LoggedEntry, ...]:
    """Return the entries that an administrator must still acknowledge, oldest first.

    They are the entry that started the log, if the desk decided so or a record was left open, and every loss of the
    remembered checkpoint.
    """
    until, start = _acknowledged(log), start_entry(log)
    decided = start is not None and (start.body.get("by") == AT_DESK or bool(start.body.get("unfinished")))
    begun = [start] if start is not None and decided and until < 0 else []
    return (*begun, *unacknowledged_losses(log))


def unacknowledged_losses(log: OfKind) -> tuple[LoggedEntry, ...]:
    """Return the entries about a loss of the remembered checkpoint after the newest acknowledgement, oldest first."""
    until = _acknowledged(log)
    found = map(decoded_or_none, log.of_kind(EntryKind.CHECKPOINT_LOST))
    return tuple(kept for kept in found if kept is not None and kept.seq > until)


def waiting_in(logs: Sequence[OfKind]) -> tuple[LoggedEntry, ...]:
    """Return the entries of these logs, oldest first, that nobody acknowledged, in the same log or in a later one.

    Of a log that another replaced, only losses count: the entry that started the next log follows from the rest.
    """
    found: list[LoggedEntry] = []
    for n, log in enumerate(logs):
        if not any(map(acknowledges, logs[n + 1 :])):
            found += unacknowledged(log) if n == len(logs) - 1 else unacknowledged_losses(log)
    return tuple(found)


def acknowledges(log: OfKind) -> bool:
    """Check whether an administrator acknowledged a warning in this log."""
    return _acknowledged(log) >= 0


def _acknowledged(log: OfKind) -> int:
    return max((entry.seq for entry in log.of_kind(EntryKind.LOG_ACKNOWLEDGED)), default=-1)


def _highest(packs: Iterable[tuple[str, str, str]]) -> dict[str, tuple[str, str]]:
    found: dict[str, tuple[str, str]] = {}
    for name, version, content_hash in packs:
        if name not in found or (order(version) or ()) > (order(found[name][0]) or ()):
            found[name] = version, content_hash
    return found


def _unfinished(log: Log, opened: Sequence[str]) -> Iterator[str]:
    closed = set(log.encounter_ids(EntryKind.ENCOUNTER_CLOSED))
    for encounter_id in opened:
        first = None if encounter_id in closed else next(iter(log.entries(encounter_id)), None)
        kept = decoded_or_none(first) if first else None
        if kept:
            yield str(kept.body.get("no", ""))
