"""The sheet of encounters: one row for each record, with a column for each fact.

Facts and outcomes have today's ids here, so that records of earlier versions are in the same columns. All other sheets
have the ids of the protocol then.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import tzinfo
from typing import Final

from kiosk.protocol.field_type import FieldType
from kiosk.protocol.model import Field, Protocol
from kiosk.record.encounter_record import EncounterRecord
from kiosk.record.id_migration import Renamed, in_todays_ids
from kiosk.record.printable import printable
from kiosk.reports.audit_trail import sentence
from kiosk.reports.formatting import Stamps, closing_reason, ended_as, in_words, shown, with_amended, with_meaning
from kiosk.reports.label import Label
from kiosk.reports.workbook.model import Cell, Column, Kind, Row, Sheet, number
from kiosk.reports.workbook.moments import Moments, day, time_columns
from kiosk.reports.workbook.words import Words

_FIRST: Final = (
    Column("Record", width=11),
    *time_columns("Opened"),
    *time_columns("Closed"),
    Column("Outcome"),
    Column("Outcome in words", width=24),
    Column("Ended as"),
    Column("Reason", width=24),
    Column("Channel", width=12),
)
_LAST: Final = (
    Column("School", width=24),
    Column("Desk"),
    Column("Mode", width=9),
    Column("Protocol"),
    Column("Version", width=10),
    Column("Closed by"),
    Column("Staff at the desk", width=24),
    Column("Not notified", width=20),
    Column("Closing review", width=24),
    Column("Superseded", width=20),
    Column("Linked records", width=20),
    Column("Settings", width=24),
    Column("Interruptions", width=30),
    Column("Cards shown", width=26),
    Column("On hold", width=9),
    Column("Holds and destruction", width=40),
    *time_columns("Details destroyed"),
    Column("Reference of the destruction", width=20),
    Column("Destruction authorized by", width=20),
    Column("Destroyed by"),
    Column("Content hash", width=66),
    Column("Encounter ID", width=38),
    Column("Disclosure level", width=12),
    Column("Period", width=20),
)
_MOST_FACTS: Final = 1_000
"""Facts with a column of their own; a sheet of Excel has 16,384 columns. The sheet of facts has all of them."""

_LONGEST_HEAD: Final = 200
"""Characters; a column of a table of Excel has a name of at most 255."""

_KINDS: Final[Mapping[FieldType, Kind]] = {
    FieldType.COUNT: Kind.NUMBER,
    FieldType.NUMBER: Kind.NUMBER,
    FieldType.DATE: Kind.DATE,
}


class Encounters:
    """The sheet, and the row of each record.

    fields: today's ids of the facts that have a column. protocol: the protocol in use; its words are for counsel, and
    `words` has them. renamed: to today's ids.
    """

    def __init__(
        self,
        label: Label,
        fields: Sequence[str],
        protocol: Protocol | None,
        words: Words,
        renamed: Renamed,
        zone: tzinfo | None,
    ) -> None:
        self._label, self._renamed = label, renamed
        self._fields = tuple(fields[:_MOST_FACTS])
        known: Mapping[str, Field] = protocol.fields if protocol else {}
        self._kinds = {name: _KINDS.get(known[name].type, Kind.TEXT) for name in self._fields if name in known}
        self._moments, self._at = Moments(zone), Stamps(zone)
        facts = _different([_head(name, words.fact(name)) for name in self._fields], (*_FIRST, *_LAST))
        columns = [
            Column(head, self._kinds.get(name, Kind.TEXT), 18) for name, head in zip(self._fields, facts, strict=True)
        ]
        self.sheet: Final = Sheet("Encounters", "One row for each record.", (*_FIRST, *columns, *_LAST))

    def row(self, record: EncounterRecord, words: Words) -> Row:
        """Return the row of a record. words: of its protocol."""
        today = in_todays_ids(record, self._renamed)
        moments = self._moments
        return (
            record.no,
            *moments(record.opened_at),
            *moments(record.closed_at),
            today.outcome,
            words.outcome(record.outcome),
            "closed" if record.outcome else ended_as(record),
            closing_reason(record) if record.reason else None,
            record.channel,
            *[self._fact(name, today) for name in self._fields],
            *self._technical(record),
        )

    def _fact(self, name: str, record: EncounterRecord) -> Cell:
        amended = record.amended_field(name) if record.amendments else ()
        value, meaning = record.fields.get(name), record.meanings.get(name)
        if amended:
            return with_amended(with_meaning(shown(value), meaning), amended)
        if value is None or meaning:
            return with_meaning(shown(value), meaning) or None
        if isinstance(value, int):
            return number(value)
        return day(value) if isinstance(value, str) and self._kinds.get(name) is Kind.DATE else shown(value)

    def _technical(self, record: EncounterRecord) -> Row:
        at, used, gone = self._at, record.protocol, record.destroyed
        hold = record.on_hold if self._label.shows_holds else None
        return (
            record.school,
            record.desk,
            record.mode,
            used.id,
            used.version,
            record.closed_by,
            "; ".join(f"{at(s.at)} {s.initials}" for s in record.staff),
            "; ".join(record.not_notified),
            "; ".join(f"{name}: {in_words(said)}" for name, said in (record.review or {}).items()),
            "; ".join(record.superseded),
            "; ".join(f"{at(link.at)} {link.no}: {link.how} {link.id}".rstrip() for link in record.links),
            "; ".join(f"{name}: {choice}" for name, choice in record.settings.items()),
            "; ".join(f"{at(i.at)} {i.kind} {i.what}".rstrip() for i in record.interruptions),
            "; ".join(at(card) for card in record.cards),
            None if hold is None else in_words(hold),
            "; ".join(f"{at(kept.at)} {sentence(kept)}" for kept in record.retention),
            *self._moments(gone.at if gone else None),
            *((gone.reference, gone.authorized_by, gone.by) if gone else (None, None, None)),
            used.content_hash,
            record.id,
            self._label.columns["level"],
            self._label.period,
        )


def _head(name: str, label: str) -> str:
    """Return the head of a fact's column: its words, if the copy has them, and its id, which never changes."""
    words = printable(f"{label} [{name}]" if label else f"[{name}]")
    return words if len(words) <= _LONGEST_HEAD else f"{words[:_LONGEST_HEAD]} …"


def _different(heads: Sequence[str], others: Sequence[Column]) -> list[str]:
    """Return the heads, with a number after each that another column has, in any case."""
    seen, found = {column.label.casefold() for column in others}, []
    for head in heads:
        made, count = head, 1
        while made.casefold() in seen:
            count += 1
            made = f"{head} ({count})"
        seen.add(made.casefold())
        found.append(made)
    return found
