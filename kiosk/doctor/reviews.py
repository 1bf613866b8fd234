"""Flagged records that a person must read before a public copy shows them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Protocol

from kiosk.doctor.check import Check, State, Subject
from kiosk.record.disclosure.review import is_flagged, needs_review
from kiosk.record.encounter_record import fold
from kiosk.record.entries import EncodedEntry, decode
from kiosk.record.entry_kinds import EntryKind
from kiosk.worded import listed, many


class Log(Protocol):
    """A log open for reading."""

    def entries(self, encounter_id: str | None = None) -> Iterable[EncodedEntry]:
        """Return entries in order, of one record or of all."""

    def of_kind(self, kind: EntryKind) -> Iterable[EncodedEntry]:
        """Return all entries of this kind, oldest first."""


def check_reviews(log: Log) -> Iterator[Check]:
    """Yield a check that names the records that wait for a review; none when none does."""
    reviews = map(decode, log.of_kind(EntryKind.ENCOUNTER_REVIEWED))
    flagged = dict.fromkeys(kept.encounter_id for kept in reviews if is_flagged(kept))
    records = ([*map(decode, log.entries(encounter_id))] for encounter_id in flagged)
    waiting = [fold(entries).no for entries in records if needs_review(entries)]
    if waiting:
        count = many(len(waiting), "record waits", "records wait")
        how = "for a person to read before public copies (`kiosk log amend NO --reviewed`)"
        yield Check(Subject.REVIEWS, State.GREEN, f"{count} {how}: {listed(waiting)}.")
