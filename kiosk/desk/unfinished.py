"""Encounters that were opened and never closed: which can be continued, and what must be said of the others."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Final, Protocol

from kiosk.desk.running import Running, rebuild
from kiosk.desk.station import Pack
from kiosk.errors import CannotResume, KioskError
from kiosk.protocol.model import Protocol as TheProtocol
from kiosk.record import kinds as h
from kiosk.record.duties import Duties
from kiosk.record.entries import Altered, Kept, SealedEntry, unseal
from kiosk.record.history import EncounterRecord

_REPAIR: Final = "Finish it on paper and call the Superintendent's Office. A new encounter can be started."
_BEGINNING: Final = frozenset({"no", "settings", "people"})
"""What the first entry of an encounter must still hold for it to be gone on with."""


class Log(Protocol):
    """Entries by their encounter."""

    def entries(self, encounter_id: str | None = None) -> Iterable[SealedEntry]:
        """Entries in order, of one encounter or all."""

    def lacking(self, kind: str, other: str) -> Iterable[str]:
        """The encounters that have an entry of one kind and none of the other, the newest first."""


@dataclass(frozen=True, slots=True)
class UnfinishedRecords:
    """What was found.

    records: the encounters that can be continued, as they stand, the newest first.
    trouble: what a person must be told first; None when all is well.
    """

    records: tuple[Running, ...] = ()
    trouble: KioskError | None = None


@dataclass(frozen=True, slots=True)
class ToDo:
    """What is still to do for a closed record. protocol: its own, None when its words are gone."""

    record: EncounterRecord
    duties: Duties
    protocol: TheProtocol | None


@dataclass(frozen=True, slots=True)
class Overview:
    """How the desk stands between two encounters.

    unfinished: the encounters that can be continued, the newest first.
    to_do:      the closed records that something is still to do for, the newest first.
    """

    unfinished: tuple[Running, ...] = ()
    to_do: tuple[ToDo, ...] = ()


def unfinished_records(log: Log, pack_of: Callable[[str], Pack | None]) -> UnfinishedRecords:
    """The encounters that can be continued. One that can't is told, and never stands in another's way.

    pack_of: the protocol with that seal, which is what an encounter goes on with. Raises StoreUnusable.
    """
    records: list[Running] = []
    trouble: KioskError | None = None
    for encounter_id in log.lacking(h.OPENED, h.CLOSED):
        try:
            records.append(continued([unseal(entry) for entry in log.entries(encounter_id)], pack_of))
        except (Altered, CannotResume) as found:
            trouble = trouble or found
    return UnfinishedRecords(tuple(records), trouble)


def continued(kept: Sequence[Kept], pack_of: Callable[[str], Pack | None]) -> Running:
    """The encounter that these entries, oldest first, tell of, as it can be continued.

    Raises CannotResume when it can't.
    """
    opened = kept[0]
    if not opened.body.keys() >= _BEGINNING:
        raise CannotResume(
            f"How the encounter of {opened.at.local():%Y-%m-%d %H:%M} began is no longer in the log.", _REPAIR
        )
    pack = pack_of(opened.pack or "")
    if pack is None:
        no = opened.body["no"]
        raise CannotResume(f"The encounter {no} was begun with a protocol that is no longer on this computer.", _REPAIR)
    return rebuild(kept, pack)
