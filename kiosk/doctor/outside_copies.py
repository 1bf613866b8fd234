"""Whether somebody outside has seen the log of late: what nobody has seen rests on this kiosk's own key."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final, Protocol

from kiosk.doctor.check import Check
from kiosk.record import kinds as h
from kiosk.record.entries import Kept, SealedEntry, unaltered
from kiosk.reports.formatting import many, moment
from kiosk.system.clock import Instant

WEEK_US: Final = 7 * 24 * 3600 * 1_000_000
"""How long closed records may wait for a head (µs)."""

_REPAIR: Final = "Run `kiosk log head -o head.pdf` and give it to the Superintendent's Office."


class Log(Protocol):
    """The log, opened for reading."""

    def of_kind(self, kind: str) -> Iterable[SealedEntry]:
        """All entries of this kind, oldest first."""

    def encounter_ids(self, kind: str) -> Sequence[str]:
        """The encounters that have an entry of this kind."""


def check_outside_copies(log: Log, now: Instant) -> Iterator[Check]:
    """When the last signed head was made for somebody; nothing while there is no closed record to speak of."""
    closed = len(log.encounter_ids(h.CLOSED))
    if not closed:
        return
    last = _last(log, h.HEAD_ISSUED)
    seen = last.body.get("closed", 0) if last else 0
    waiting = closed - seen if isinstance(seen, int) else closed
    newest_seen = last.at if last else _first_closed(log)
    told = f"The last head was made for {last.body.get('for', 'somebody')} on {moment(last.at)}" if last else ""
    told = told or "No head of the log was ever made for anybody outside"
    if waiting > 0 and newest_seen is not None and now.wall_us - newest_seen.wall_us > WEEK_US:
        yield Check("witness", "amber", f"{told}; {many(waiting, 'record was', 'records were')} closed since.", _REPAIR)
    elif last is not None:
        yield Check("witness", "green", f"{told}.")


def _last(log: Log, kind: str) -> Kept | None:
    found = [kept for kept in map(unaltered, log.of_kind(kind)) if kept is not None]
    return found[-1] if found else None


def _first_closed(log: Log) -> Instant | None:
    first = next(iter(log.of_kind(h.CLOSED)), None)
    kept = None if first is None else unaltered(first)
    return None if kept is None else kept.at
