"""The copies given for a records request: what each was, and what it withholds on which ground."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from kiosk.errors import UsageError
from kiosk.log.acts.requests import cited
from kiosk.log.archive import LogHistory
from kiosk.log.record_search import entries_of, find_record
from kiosk.protocol.model import Protocol
from kiosk.protocol.replies import FACT
from kiosk.record.amendments import NOTE
from kiosk.record.bodies import MEANING, about
from kiosk.record.disclosure.levels import LEVELS, Classes, Level, Withheld, is_included, names_of, why_not
from kiosk.record.disclosure.value_words import value_words
from kiosk.record.encounter_record import fold
from kiosk.record.entries import LoggedEntry
from kiosk.record.entry_kinds import EntryKind
from kiosk.record.pack_entries import Protocols
from kiosk.record.requests.records_request import Given, RecordsRequest
from kiosk.reports.export_request import classes_of_home
from kiosk.reports.formatting import with_meaning
from kiosk.settings import Home, Mode
from kiosk.system.clock import Instant
from kiosk.system.date_range import DateRange

ALL, PART = "all", "part"

_NO_RECORDS: Final = frozenset({"certification", "request-letter"})

_LISTED: Final = frozenset({Withheld.COUNTS, Withheld.EXEMPT, Withheld.STAFF, Withheld.ENCRYPTED})


_Found = Mapping[tuple[str, str, str], Iterable[str]]
"""(value, its words, ground) → the numbers of the records that have it."""


@dataclass(frozen=True, slots=True)
class WithheldValue:
    """A value that a copy does not show, or only in part.

    value: as it is named in a decision; words: for people. records: the numbers of the records that have it.
    """

    value: str
    words: str
    records: tuple[str, ...]
    extent: str
    ground: str


@dataclass(frozen=True, slots=True)
class Copy:
    """One copy. asked: the records in it, in words. made: when; None if the log has the export no more, nor the rest.

    level: None for a level that only a newer version knows.
    """

    given: Given
    made: Instant | None = None
    format: str = ""
    level: Level | None = None
    count: int = 0
    asked: str = ""
    withheld: tuple[WithheldValue, ...] = ()


def copies_of(log: LogHistory, home: Home, mode: Mode, request: RecordsRequest) -> list[Copy]:
    """Return the copies given for a request, in the order in which they were given. Raises Altered, StoreUnusable."""
    classes = classes_of_home(log, home)
    return [_copy(log, mode, classes, given) for given in request.given]


def _copy(log: LogHistory, mode: Mode, classes: Classes, given: Given) -> Copy:
    found = cited(log, given.export)
    if found is None:
        return Copy(given)
    place, export = found
    body, level = export.body, LEVELS.get(str(export.body.get("level")))
    by_level: _Found = {}
    labels: Mapping[str, str] = {}
    if level is not None and level is not Level.STATISTICS and _has_records(body):
        ids = _ids(log, mode, body)
        labels = _labels(_recorded(log, ids, place, export.seq), log.protocols)
        by_level = _by_level(_recorded(log, ids, place, export.seq), level, classes, log.protocols)
    count = body.get("count")
    return Copy(
        given,
        export.at,
        str(body.get("format", "")),
        level,
        count if isinstance(count, int) else 0,
        _asked(body),
        tuple(_merged(body, by_level, labels)),
    )


def _has_records(body: Mapping[str, Any]) -> bool:
    """Check that an export shows values of records: a report of a period, a certification or a letter does not."""
    return not body.get("report") and str(body.get("format")).partition(".")[0] not in _NO_RECORDS


def _asked(body: Mapping[str, Any]) -> str:
    if not _has_records(body):
        return "a report without values of records"
    if numbers := body.get("records"):
        return f"records {', '.join(map(str, numbers))}"
    days = [f"{word} {body[word]}" for word in ("from", "to") if body.get(word)]
    return f"records opened {' '.join(days)}" if days else "all records"


def _labels(records: Iterable[Sequence[LoggedEntry]], protocols: Protocols) -> Mapping[str, str]:
    """Return the label of each fact of these records by its id."""
    found: dict[str, str] = {}
    for pack in dict.fromkeys(kept.pack for entries in records for kept in entries if kept.pack):
        protocol = protocols(pack)
        found |= {one.id: one.label.say() for one in protocol.fields.values()} if protocol else {}
    return found


def _words(value: str, labels: Mapping[str, str]) -> str:
    note, _, number = value.partition("-")
    if note == "note" and number.isdecimal() and value not in labels:
        return f"Note {number}"
    return labels.get(value, value)


def _merged(body: Mapping[str, Any], by_level: _Found, labels: Mapping[str, str]) -> Iterator[WithheldValue]:
    """Yield each withheld value once: first those that a person decided on, from the list that the export has.

    Where the level withholds such a value anyway, all of it is withheld, on the ground of the decision.
    """
    decided: dict[tuple[str, str, str], list[str]] = {}
    whole = {(no, value) for (value, _, _), numbers in by_level.items() for no in numbers}
    named = set[tuple[str, str]]()
    for one in body.get("withheld", ()):
        at = (str(one.get("no")), str(one.get("value")))
        ground = with_meaning(str(one.get("ground", "")), one.get(f"{MEANING}ground"))
        extent = ALL if at in whole else str(one.get("extent"))
        decided.setdefault((at[1], extent, ground), []).append(at[0])
        named.add(at)
    for (value, extent, ground), numbers in decided.items():
        yield WithheldValue(value, _words(value, labels), tuple(numbers), extent, ground)
    for (value, words, ground), all_with_it in sorted(by_level.items()):
        if left := tuple(no for no in all_with_it if (no, value) not in named):
            yield WithheldValue(value, words or _words(value, labels), left, ALL, ground)


def _by_level(records: Iterable[Sequence[LoggedEntry]], level: Level, classes: Classes, protocols: Protocols) -> _Found:
    """Return the values that the level of the copy withholds."""
    found: dict[tuple[str, str, str], dict[str, None]] = {}
    for entries in records:
        no, notes = fold(entries).no, 0
        for kept in entries:
            notes += kept.kind == EntryKind.NOTE_ADDED
            if is_included(kept, level, classes):
                for row in _rows(kept, level, classes, protocols, f"note-{notes}"):
                    found.setdefault(row, {})[no] = None
    return found


def _rows(
    kept: LoggedEntry, level: Level, classes: Classes, protocols: Protocols, note: str
) -> Iterator[tuple[str, str, str]]:
    """Yield (value, its words, ground) for each value that the level withholds; no words for a fact or a note.

    note: the number of the last note.
    """
    for name in names_of(kept):
        why = why_not(kept, name, level, classes)
        if why in _LISTED and not name.startswith(MEANING):
            value = about(name)
            if value.startswith(FACT):
                yield value.removeprefix(FACT), "", _ground(value.removeprefix(FACT), why, protocols(kept.pack or ""))
            elif value == NOTE and kept.kind == EntryKind.NOTE_ADDED:
                yield note, "", why.words
            else:
                yield f"{kept.kind.words}: {value}", f"{kept.kind.words}: {value_words(value)}", why.words


def _ground(field_id: str, why: Withheld, protocol: Protocol | None) -> str:
    """Return the ground for a fact: why, and the sources that the protocol cites for its class."""
    field = protocol.fields.get(field_id) if protocol else None
    cited_in = (
        [protocol.sources[one].title for one in field.cite if one in protocol.sources] if field and protocol else []
    )
    return ": ".join(filter(None, (why.words, "; ".join(cited_in))))


def _ids(log: LogHistory, mode: Mode, body: Mapping[str, Any]) -> list[str]:
    """Return the encounters that an export asked for, also those that were opened after it."""
    if numbers := body.get("records"):
        found = []
        for no in numbers:
            with suppress(UsageError):  # of a previous log that can't be read; a message named it
                found.append(find_record(log, str(no), mode).id)
        return found
    ids = log.encounter_ids(EntryKind.ENCOUNTER_OPENED)
    days = DateRange(*(date.fromisoformat(body[name]) if body.get(name) else None for name in ("from", "to")))
    return [one for one, entries in zip(ids, entries_of(log, ids), strict=True) if days.holds(entries[0].at)]


def _recorded(log: LogHistory, ids: Sequence[str], place: int, seq: int) -> Iterator[list[LoggedEntry]]:
    """Yield the entries of each of these encounters that the log had before entry `seq` of the log at `place`."""
    logs = log.logs[: place + 1]
    for parts in zip(*(entries_of(one, ids) for one in logs), strict=True):
        entries = [*(kept for part in parts[:-1] for kept in part), *(kept for kept in parts[-1] if kept.seq < seq)]
        if entries:
            yield entries
