"""Records for people: one HTML page, entry by entry, with the reason for each value that is withheld.

The page loads nothing and runs no script. It is written in pieces, one encounter at a time.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import tzinfo
from itertools import chain
from typing import Final, NamedTuple

from kiosk.privacy.meanings import Meaning
from kiosk.record.bodies import MEANING
from kiosk.record.disclosure.levels import Classes, Level, Withheld, is_included, names_of, redacted, why_not
from kiosk.record.disclosure.withholding import NONE, Chosen, decisions
from kiosk.record.encounter_record import EncounterRecord, fold, ref_of
from kiosk.record.entries import LoggedEntry
from kiosk.reports import pages
from kiosk.reports.formatting import duty_lines, ended_as, ground, in_words, stamp
from kiosk.reports.label import Label
from kiosk.system.clock import Instant

_NOT_READABLE: Final = frozenset({Withheld.DESTROYED, Withheld.ENCRYPTED})
"""Reasons that do not depend on the level of the copy; such values are not called withheld."""


@dataclass
class Counts:
    """The numbers of encounters by month, channel and outcome, counted while the page is written."""

    month: Counter[str] = field(default_factory=Counter)
    channel: Counter[str] = field(default_factory=Counter)
    outcome: Counter[str] = field(default_factory=Counter)

    def add(self, record: EncounterRecord, zone: tzinfo | None) -> None:
        """Count one encounter."""
        self.month[f"{record.opened_at.local(zone):%Y-%m}"] += 1
        self.channel[record.channel or "not recorded"] += 1
        self.outcome[ended_as(record)] += 1


class Value(NamedTuple):
    """A value by its name. reason: why it, or a part of it, is not in this copy; words: what the copy shows of it."""

    name: str
    words: str = ""
    reason: str = ""


class Row(NamedTuple):
    """An entry. at: when it was recorded; what: its kind and step; amended: the entries that amend it."""

    seq: int
    at: str
    what: str
    values: tuple[Value, ...]
    amended: tuple[int, ...]


class Group(NamedTuple):
    """Entries under one heading. facts: pairs of a title and words."""

    title: str
    facts: tuple[tuple[str, str], ...]
    rows: Iterator[Row]


@dataclass(frozen=True)
class Page:
    """A page of records. label: the copy's. about: more (title, words) pairs for its top; zone: for times.

    chosen: the values that are withheld by decision.
    """

    label: Label
    classes: Classes
    about: Sequence[tuple[str, str]]
    zone: tzinfo | None = None
    chosen: Chosen = field(default_factory=lambda: NONE)

    @property
    def level(self) -> Level:
        """The disclosure level."""
        return self.label.level

    def pieces(self, encounters: Iterable[Sequence[LoggedEntry]], others: Iterable[LoggedEntry] = ()) -> Iterator[str]:
        """Return the page, piece by piece. encounters: the entries of each, oldest first; others: all other entries."""
        counts = Counts()
        return pages.pieces(
            "records.html.j2",
            title=f"Copy of records{self.label.heading}",
            about=[*self.label.lines, *self.about],
            withheld=[(one, ground(one)) for one in decisions(self.chosen)],
            groups=self.groups(encounters, others, counts),
            counts=counts,
        )

    def groups(
        self, encounters: Iterable[Sequence[LoggedEntry]], others: Iterable[LoggedEntry], counts: Counts
    ) -> Iterator[Group]:
        """Yield the group of each encounter, then of all other entries. counts: counts them."""
        for every in encounters:
            entries = [kept for kept in every if is_included(kept, self.level, self.classes)]
            record = fold(redacted(kept, self.level, self.classes, self.chosen) for kept in entries)
            counts.add(record, self.zone)
            yield self._encounter(record, entries)
        rest = iter(others)
        for first in rest:
            yield Group("Audit trail", (), (self._row(kept, None) for kept in chain((first,), rest)))

    def _encounter(self, record: EncounterRecord, entries: Sequence[LoggedEntry]) -> Group:
        used = record.protocol
        facts = (
            ("School", ", ".join(part for part in (record.school, record.desk) if part)),
            ("Opened", self._time(record.opened_at)),
            ("Closed", self._time(record.closed_at) or "not closed"),
            ("Channel", record.channel or ""),
            ("Outcome", ended_as(record)),
            ("Protocol", f"{used.id} {used.version}, content hash {used.content_hash}"),
            *((("Duties", "; ".join(duty_lines(record, self.zone))),) if record.duties else ()),
        )
        title = f"Record {record.no}" + (" (PRACTICE)" if record.mode == "practice" else "")
        return Group(title, facts, (self._row(kept, record) for kept in entries))

    def _row(self, kept: LoggedEntry, record: EncounterRecord | None) -> Row:
        what = kept.kind.words + (f": {kept.step}" if kept.step else "")
        values = tuple(value_in(kept, name, self.level, self.classes, self.chosen) for name in names_of(kept))
        later = tuple(made.ref.entry for made in (record.amendments_of(ref_of(kept)) if record else ()))
        return Row(kept.seq, self._time(kept.at), what, values, later)

    def _time(self, at: Instant | None) -> str:
        return (stamp(at, self.zone) or "").replace("T", " ")


def value_in(kept: LoggedEntry, name: str, level: Level, classes: Classes, chosen: Chosen = NONE) -> Value:
    """Return a value of an entry as a copy of this level shows it, with the reason if some of it is not there."""
    why = why_not(kept, name, level, classes, chosen)
    if why is Withheld.CHOSEN:
        made = chosen[kept.event_id, name]
        if made.words:
            return Value(name, made.redact(kept.body[name]), reason=f"redacted in part ({why.words}: {ground(made)})")
        return Value(name, reason=f"withheld ({why.words}: {ground(made)})")
    if why:
        return Value(name, reason=why.words if why in _NOT_READABLE else f"withheld ({why.words})")
    value = kept.body[name]
    return Value(name, Meaning.words_for(value) if name.startswith(MEANING) else in_words(value))
