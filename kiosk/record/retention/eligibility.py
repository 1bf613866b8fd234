"""Whether a record may be let go: what would go of it, which holds keep it, and from which day on it is due."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from kiosk.protocol.replies import FACT
from kiosk.record import kinds as h
from kiosk.record.canonical import Json
from kiosk.record.entries import Entry, Kept
from kiosk.record.history import EncounterRecord, frame_of
from kiosk.record.holds import Hold
from kiosk.record.retention.schedule import Mark, due_from, ended


@dataclass(frozen=True, slots=True)
class Standing:
    """One record, as far as letting it go asks.

    values: (kind of entry, name) of each value that would go. holds: those in force on it, waiting ones among them.
    due: the day from which on it may go; None for never.
    """

    record: EncounterRecord
    values: tuple[tuple[str, str], ...]
    holds: tuple[Hold, ...]
    due: date | None

    @property
    def facts(self) -> tuple[str, ...]:
        """The ids of the facts among the values, each once."""
        found = (name.removeprefix(FACT) for _, name in self.values if name.startswith(FACT))
        return tuple(dict.fromkeys(found))

    def count(self, kind: str) -> int:
        """How many entries of this kind have values that would go."""
        return len([name for said, name in self.values if (said, name) == (kind, _ONE_EACH[kind])])


_ONE_EACH = {h.NOTE_ADDED: "text", h.AMENDED: "reason"}


def standing(
    record: EncounterRecord, entries: Iterable[Kept], holds: Iterable[Hold], marked: Mapping[str, Mark]
) -> Standing:
    """How one record stands. entries: all of its own; holds: those in force on any record."""
    own = [kept for kept in entries if kept.kind not in h.KEEPING]
    values = tuple((kept.kind, name) for kept in own for name in sorted({*kept.body, *kept.sealed}))
    closed, added = ([kept for kept in own if kept.kind in kinds] for kinds in ((h.CLOSED,), h.ADDING))
    due = [due_from(one, marked) for one in ended(closed, added)]
    return Standing(record, values, tuple(x for x in holds if x.encounter_id == record.id), due[0] if due else None)


def why_not(stands: Standing, today: date, authorisation: str, *, all_read: bool = True) -> str | None:
    """Why it may not be let go, as the log keeps it; None when it may. A hold comes before everything.

    authorisation: the reference of the signed one, empty for none. all_read: whether every earlier log could be read.
    """
    if stands.holds:
        return "on-hold"
    if not all_read:
        return "unreadable"
    if stands.record.closed_at is None:
        return "not-closed"
    if stands.due is None or today < stands.due:
        return "not-due"
    return None if authorisation else "no-authorisation"


def destruction(stands: Standing, *, authorisation: str, by: str) -> Entry:
    """The entry that lets its values go; it says again which record it was."""
    body: dict[str, Json] = {"no": stands.record.no, "record": frame_of(stands.record), "values": len(stands.values)}
    return Entry(h.PURGED, body | {"authorisation": authorisation, "by": by}, stands.record.id, actor="command")


def refusal(stands: Standing, why: str, *, authorisation: str, by: str) -> Entry:
    """The entry of a purge that was refused."""
    body: dict[str, Json] = {"no": stands.record.no, "why": why, "by": by, "authorisation": authorisation}
    return Entry(h.PURGE_REFUSED, body, stands.record.id, actor="command")
