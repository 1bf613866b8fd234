"""Who may see what: the levels of a copy, and the narrowest copy in which each value of an entry may stand.

| level | what it shows |
| --- | --- |
| statistics | what counts need: which protocol, how they came, how it ended; from headers, days and steps |
| public | also answers, calls by role and, of what was typed, only facts of class `public`; no name, no note |
| counsel | also facts of class `exempt`, notes, names, the words on the screen |
| full | everything, with facts of class `staff` and what nobody has put into a class |

A fact's class is the one in the protocol that the encounter was opened with, as the log keeps it, never today's. What
an amendment says, and what it says stood there, has the class of the value that it is about. Headers are in every copy.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from enum import IntEnum
from functools import cache
from typing import Any, Final, Self, assert_never

from kiosk.protocol.kinds.registry import ANSWERING
from kiosk.protocol.model import FieldClass
from kiosk.record.encounter_record import CHANNEL
from kiosk.record.entries import LoggedEntry
from kiosk.record.entry_kinds import EntryKind, Kind
from kiosk.record.pack_entries import Log, kept_content, protocol_in
from kiosk.worded import Worded


class Withheld(Worded):
    """Why a copy does not show a value."""

    COUNTS = "more-than-counts", "more than counts need"
    EXEMPT = "exempt", "exempt"
    STAFF = "staff", "for staff"
    DESTROYED = "destroyed", "details destroyed"
    ENCRYPTED = "encrypted", "encrypted for the district"


class Level(IntEnum):
    """How much a copy shows; each level shows all that the one before shows.

    words: what it shows. withheld: why a narrower copy leaves out what this level is the first to show.
    """

    words: str
    withheld: Withheld | None

    def __new__(cls, number: int, words: str, withheld: Withheld | None = None) -> Self:
        """One level."""
        level = int.__new__(cls, number)
        level._value_ = number
        level.words, level.withheld = words, withheld
        return level

    STATISTICS = 0, "only what counts need"
    PUBLIC = 1, "no names and no notes; of facts, only those of the class public", Withheld.COUNTS
    COUNSEL = 2, "everything but facts of the class staff, and facts without a class", Withheld.EXEMPT
    FULL = 3, "everything that the log still has", Withheld.STAFF


LEVELS: Final[Mapping[str, Level]] = {level.name.lower(): level for level in reversed(Level)}
"""The levels by the name that is typed, the widest first."""

_STATISTICS, _PUBLIC, _COUNSEL, _FULL = Level
_FIELD: Final = "field."
_WAS: Final = "was."

Classes = Callable[[str], Mapping[str, FieldClass] | None]
"""From the seal of a protocol to the class of each of its fields; None for a protocol that the log does not keep."""

_PACK: Final = {"id": _PUBLIC, "version": _PUBLIC, "seal": _PUBLIC}
_ANSWER: Final = {
    "visit": _PUBLIC,
    "name": _COUNSEL,
    "pressed": _PUBLIC,
    # Ids of the protocol's, and of calls role, which of its people, result: what somebody typed is a value of its own.
    **{answering.key: _PUBLIC for answering in ANSWERING},
}

# Words and names that whoever gave the command typed; the number is the record's.
_SAID: Final = {"no": _STATISTICS, "reason": _COUNSEL, "by": _COUNSEL, "matter": _COUNSEL}

TABLE: Final[Mapping[Kind, Mapping[str, Level]]] = {
    EntryKind.SESSION_STARTED: {"before": _PUBLIC, "clock": _PUBLIC},
    EntryKind.SESSION_ENDED: {},
    EntryKind.CLOCK_CHANGED: {"by_us": _PUBLIC, "at_least": _PUBLIC},
    EntryKind.ENCOUNTER_OPENED: {
        "no": _STATISTICS,
        "school": _STATISTICS,
        "mode": _STATISTICS,
        "protocol": _STATISTICS,
        "desk": _COUNSEL,  # a school may call it after whoever sits there
        "language": _PUBLIC,
        "say_language": _PUBLIC,
        "settings": _PUBLIC,
        "people": _PUBLIC,  # how many fill each role
        "after_hours": _PUBLIC,
        "slots": _COUNSEL,  # numbers and rooms
        "staff": _COUNSEL,
    },
    EntryKind.ENCOUNTER_RESUMED: {},
    EntryKind.ENCOUNTER_PAUSED: {},
    EntryKind.ENCOUNTER_LINKED: {"to": _PUBLIC, "no": _PUBLIC, "how": _PUBLIC},
    EntryKind.STAFF_CHANGED: {"staff": _COUNSEL},
    EntryKind.RECORD_INCOMPLETE: {},
    EntryKind.RECORD_COMPLETED: {},
    EntryKind.STEP_ANSWERED: _ANSWER,
    EntryKind.STEP_PARTIAL: _ANSWER,
    EntryKind.STEP_CORRECTED: _ANSWER,
    EntryKind.CALL_MADE: {
        "role": _PUBLIC,
        "person": _PUBLIC,
        "result": _PUBLIC,
        "name": _COUNSEL,
        "staff": _COUNSEL,
        "by": _COUNSEL,
    },
    EntryKind.NOTE_ADDED: {"text": _COUNSEL},
    EntryKind.CARD_SHOWN: {"refer": _PUBLIC},
    EntryKind.ENCOUNTER_REVIEWED: {"facts_only": _COUNSEL, "names_child": _COUNSEL},
    EntryKind.ENCOUNTER_CLOSED: {
        "outcome": _STATISTICS,
        "refer": _STATISTICS,
        "ending": _STATISTICS,
        "reason": _COUNSEL,
        "by": _COUNSEL,
        "notified": _PUBLIC,
        "not_notified": _PUBLIC,
        "superseded": _PUBLIC,
    },
    EntryKind.EXPORT_MADE: {
        "format": _PUBLIC,
        "level": _PUBLIC,
        "count": _PUBLIC,
        "from": _PUBLIC,
        "to": _PUBLIC,
        "records": _PUBLIC,
        "as": _PUBLIC,
        "manifest": _PUBLIC,
        "path": _COUNSEL,  # a folder may be called after somebody
        "for": _COUNSEL,
    },
    EntryKind.PACK_KEPT: {"id": _PUBLIC, "version": _PUBLIC, "content": _COUNSEL, "note": _COUNSEL},
    EntryKind.PACK_ACTIVATED: _PACK
    | {"role": _PUBLIC, "on": _PUBLIC, "effective": _PUBLIC, "review_by": _PUBLIC, "name": _COUNSEL},
    EntryKind.PACK_REJECTED: _PACK | {"why": _PUBLIC, "by": _PUBLIC, "instead": _PUBLIC},
    EntryKind.PACK_OVERDUE: _PACK | {"review_by": _PUBLIC},
    EntryKind.KEY_FIXED: {"before": _COUNSEL, "now": _COUNSEL},  # a key is called as its owner called it
    EntryKind.KEY_REPLACED: {"before": _COUNSEL, "now": _COUNSEL},
    EntryKind.ENCRYPTION_CHANGED: {"before": _COUNSEL, "now": _COUNSEL},
    EntryKind.HOLD_PLACED: _SAID,
    EntryKind.HOLD_RELEASED: _SAID | {"hold": _PUBLIC},
    EntryKind.RETENTION_SET: {"category": _PUBLIC, "keep": _PUBLIC, "authority": _COUNSEL, "by": _COUNSEL},
    # `record` says again what the opening said of desk and protocol.
    EntryKind.RECORD_DESTROYED: _SAID | {"record": _COUNSEL, "values": _PUBLIC, "authorization": _COUNSEL},
    EntryKind.DESTRUCTION_REFUSED: _SAID | {"why": _PUBLIC, "authorization": _COUNSEL},
    EntryKind.CHECKPOINT_ISSUED: {"size": _PUBLIC, "closed": _PUBLIC, "for": _COUNSEL},
    EntryKind.LOG_STARTED: {
        "reason": _PUBLIC,
        "before": _PUBLIC,
        "beside": _PUBLIC,
        "numbered": _PUBLIC,
        "packs": _PUBLIC,
        "unclosed": _PUBLIC,
        "by": _PUBLIC,  # the desk, or a command
    },
    EntryKind.LOG_ACKNOWLEDGED: {},
    EntryKind.BACKUP_MADE: {"to": _COUNSEL, "size": _PUBLIC, "root": _PUBLIC, "logs": _PUBLIC},
    EntryKind.AMENDMENT_ADDED: {
        "no": _STATISTICS,
        "target": _PUBLIC,
        "result": _PUBLIC,
        "text": _COUNSEL,
        "addition": _COUNSEL,
        "reason": _COUNSEL,
        "by": _COUNSEL,
    },
}
"""For each kind of entry, the level that first shows each value of its body. A kind or name that is not here: full."""

_ANYWHERE: Final = {"left_us": _PUBLIC}
"""What a body of any kind may hold: when a command left the entry for the kiosk."""


def shown_from(kept: LoggedEntry, name: str, classes: Classes) -> Level:
    """The first level that shows this value of the entry."""
    about = name.removeprefix(_WAS)
    if about.startswith(_FIELD):
        known = classes(kept.pack or "") or {}
        return _of_class(known.get(about.removeprefix(_FIELD)))
    if kept.step == CHANNEL and name == "chosen":
        return _STATISTICS
    return _names(kept.kind).get(about, _FULL)


def _of_class(cls: FieldClass | None) -> Level:
    """The first level that shows facts of this class; a fact in no class is shown in full copies only."""
    match cls:
        case FieldClass.PUBLIC:
            return Level.PUBLIC
        case FieldClass.EXEMPT:
            return Level.COUNSEL
        case FieldClass.STAFF | None:
            return Level.FULL
        case _:
            assert_never(cls)


def unclassed(kind: Kind, names: Iterable[str]) -> list[str]:
    """Which of these values of an entry of this kind nobody has decided on: neither a fact nor in the table."""
    about = ((name, name.removeprefix(_WAS)) for name in names)
    return [name for name, value in about if not value.startswith(_FIELD) and value not in _names(kind)]


def _names(kind: Kind) -> Mapping[str, Level]:
    return {**_ANYWHERE, **TABLE.get(kind, {})}


def why_not(kept: LoggedEntry, name: str, level: Level, classes: Classes) -> Withheld | None:
    """Why a copy of this level does not show this value; None when it does."""
    first = shown_from(kept, name, classes)
    if first > level:
        return first.withheld
    if name in kept.sealed:
        return Withheld.ENCRYPTED
    return Withheld.DESTROYED if name in kept.withheld else None


def names_of(kept: LoggedEntry) -> list[str]:
    """The name of every value that the entry was sealed with, here or not, in order."""
    return sorted({*kept.body, *kept.withheld, *kept.sealed})


def redacted(kept: LoggedEntry, level: Level, classes: Classes) -> LoggedEntry:
    """The entry as a copy of this level tells it. A fact, a note and a name leave the mark that they are withheld."""
    hidden = {name for name in kept.body if shown_from(kept, name, classes) > level}
    if not hidden:
        return kept
    body = {name: value for name, value in kept.body.items() if name not in hidden} | {
        name: _MARKS[mark] for name in hidden if (mark := _mark(name)) in _MARKS
    }
    if "record" in hidden:  # which record it is stays known, as far as the opening may say it
        may = TABLE[EntryKind.ENCOUNTER_OPENED]
        body["record"] = {name: v for name, v in kept.body["record"].items() if may.get(name, _FULL) <= level}
    return replace(kept, body=body, withheld=tuple(sorted({*kept.withheld, *(hidden - body.keys())})))


WITHHELD: Final = "withheld"
_MARKS: Final[Mapping[str, Any]] = {_FIELD: {"missing": WITHHELD}, "text": f"({WITHHELD})", "name": WITHHELD}


def _mark(name: str) -> str:
    return _FIELD if name.removeprefix(_WAS).startswith(_FIELD) else name


def classes_in(log: Log) -> Classes:
    """The classes as the log's own copies of the protocols say them."""

    @cache  # one for each protocol the log was ever kept by
    def classes(seal: str) -> Mapping[str, FieldClass] | None:
        protocol = protocol_in(kept_content(log, seal), seal)
        return None if protocol is None else {field.id: field.cls for field in protocol.fields.values()}

    return classes
