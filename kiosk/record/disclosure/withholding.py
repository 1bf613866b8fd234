"""Values that a person decided to withhold from one copy, each with the ground, and the list of them that goes with it.

A value is named as in the record: a fact by its id, a note as `note-1`. What is withheld is the value in every entry of
the record: as first recorded, as changed, and as amended, before and after. The package still verifies, because an
entry has only the hash of the value.

A value can be redacted in part: a mark replaces the words that a person names. The hash is of the whole value, so the
redacted text is not proven; the copy says so. No list and no entry has the words themselves.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Final

from kiosk.protocol.replies import FACT
from kiosk.record.amendments import NOTE, amendment_in
from kiosk.record.bodies import MEANING, about
from kiosk.record.canonical import Json
from kiosk.record.entries import LoggedEntry
from kiosk.record.entry_kinds import EntryKind

_NOTE_NUMBER: Final = re.compile(r"note-([1-9]\d{0,5})")


@dataclass(frozen=True, slots=True)
class Withholding:
    """A decision: the record, the value, the ground such as a law, and the person who decided.

    words: the words to redact, in any case; empty to withhold the whole value. meanings: the ids of those of the ground
    and the person, by name, where one has two.
    """

    no: str
    value: str
    ground: str
    by: str
    words: tuple[str, ...] = ()
    meanings: Mapping[str, str] = field(default_factory=dict, hash=False)

    @property
    def extent(self) -> str:
        """How much is withheld."""
        return "part" if self.words else "all"

    @property
    def json(self) -> dict[str, Json]:
        """The decision in a copy and in the log."""
        meanings = {MEANING + name: meaning for name, meaning in self.meanings.items()}
        said = {"no": self.no, "value": self.value, "extent": self.extent, "ground": self.ground, "by": self.by}
        return {**said, **meanings}

    def redact(self, text: str) -> str:
        """Return a text with a mark in place of the words to redact."""
        longest_first = sorted(self.words, key=len, reverse=True)
        return re.sub("|".join(map(re.escape, longest_first)), REDACTED, text, flags=re.IGNORECASE)


Chosen = Mapping[tuple[str, str], Withholding]
"""(id of an entry, name of a value in it) → the decision to withhold it."""

REDACTED: Final = "[redacted]"

NONE: Final[Chosen] = MappingProxyType({})


def values_of(entries: Sequence[LoggedEntry], made: Withholding) -> Chosen:
    """Return every value that a decision withholds; none if the record has no such value. entries: all of it.

    Of a decision about words, only the values that have some of them.
    """
    fact = FACT + made.value
    found = [(kept.event_id, name) for kept in entries for name in _names(kept) if about(name) == fact]
    values = found or _of_note(entries, made.value)
    if made.words:
        texts = {(kept.event_id, name): value for kept in entries for name, value in kept.body.items()}
        values = [at for at in values if isinstance(text := texts.get(at), str) and made.redact(text) != text]
    return dict.fromkeys(values, made)


def known(entries: Iterable[LoggedEntry]) -> list[str]:
    """Return the values of a record that can be withheld, as they are named."""
    entries = list(entries)
    facts = {about(name).removeprefix(FACT) for kept in entries for name in _names(kept) if FACT in name}
    return [*sorted(facts), *(f"note-{number}" for number in range(1, len(_notes(entries)) + 1))]


def decisions(made: Chosen) -> list[Withholding]:
    """Return each decision once, in order."""
    return list(dict.fromkeys(made.values()))


def of_record(made: Chosen, no: str) -> list[Withholding]:
    """Return the decisions about one record."""
    return [one for one in decisions(made) if one.no == no]


def _names(kept: LoggedEntry) -> Iterator[str]:
    yield from {*kept.body, *kept.withheld, *kept.encrypted}


def _notes(entries: Iterable[LoggedEntry]) -> list[LoggedEntry]:
    """Return the notes as a full record numbers them: those that are readable or encrypted."""
    return [
        kept for kept in entries if kept.kind == EntryKind.NOTE_ADDED and (NOTE in kept.body or NOTE in kept.encrypted)
    ]


def _of_note(entries: Sequence[LoggedEntry], value: str) -> list[tuple[str, str]]:
    number, notes = _NOTE_NUMBER.fullmatch(value), _notes(entries)
    if number is None or int(number[1]) > len(notes):
        return []
    note = notes[int(number[1]) - 1]
    later = (
        kept
        for kept in entries
        if kept.kind == EntryKind.AMENDMENT_ADDED and amendment_in(kept).target.event_id == note.event_id
    )
    return [(kept.event_id, name) for kept in (note, *later) for name in sorted(_names(kept)) if about(name) == NOTE]
