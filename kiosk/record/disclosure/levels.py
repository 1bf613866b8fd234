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
from typing import Any, Final

from kiosk.protocol.kinds.registry import ANSWERING
from kiosk.record import kinds as h
from kiosk.record.entries import Kept
from kiosk.record.history import CHANNEL
from kiosk.record.pack_entries import Log, kept_content, protocol_in


class Level(IntEnum):
    """How much a copy shows; each level shows all that the one before shows."""

    STATISTICS = 0
    PUBLIC = 1
    COUNSEL = 2
    FULL = 3


LEVELS: Final[Mapping[str, Level]] = {level.name.lower(): level for level in reversed(Level)}
"""The levels by the name that is typed, the widest first."""

REASONS: Final[Mapping[Level, str]] = {
    Level.PUBLIC: "more than counts need",
    Level.COUNSEL: "exempt",
    Level.FULL: "staff",
}
"""Why a value is withheld, by the level that first shows it."""

LET_GO: Final = "let go"
"""Why a value is not in a copy when the log has it no more."""

SEALED: Final = "sealed for the district"
"""Why a value is not in a copy when only the district can read it."""

_STATISTICS, _PUBLIC, _COUNSEL, _FULL = Level
_CLASS: Final[Mapping[str, Level]] = {"public": _PUBLIC, "exempt": _COUNSEL, "staff": _FULL}
_FIELD: Final = "field."
_WAS: Final = "was."

Classes = Callable[[str], Mapping[str, str] | None]
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

TABLE: Final[Mapping[str, Mapping[str, Level]]] = {
    h.SESSION_STARTED: {"before": _PUBLIC, "clock": _PUBLIC},
    h.SESSION_ENDED: {},
    h.CLOCK_STEPPED: {"by_us": _PUBLIC, "at_least": _PUBLIC},
    h.OPENED: {
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
    h.RESUMED: {},
    h.PAUSED: {},
    h.LINKED: {"to": _PUBLIC, "no": _PUBLIC, "how": _PUBLIC},
    h.STAFF_CHANGED: {"staff": _COUNSEL},
    h.INCOMPLETE: {},
    h.COMPLETED: {},
    h.ANSWERED: _ANSWER,
    h.PARTIAL: _ANSWER,
    h.CORRECTED: _ANSWER,
    h.CALL_MADE: {
        "role": _PUBLIC,
        "person": _PUBLIC,
        "result": _PUBLIC,
        "name": _COUNSEL,
        "staff": _COUNSEL,
        "by": _COUNSEL,
    },
    h.NOTE_ADDED: {"text": _COUNSEL},
    h.CARD_SHOWN: {"refer": _PUBLIC},
    h.REVIEWED: {"facts_only": _COUNSEL, "names_child": _COUNSEL},
    h.CLOSED: {
        "outcome": _STATISTICS,
        "refer": _STATISTICS,
        "ending": _STATISTICS,
        "reason": _COUNSEL,
        "by": _COUNSEL,
        "told": _PUBLIC,
        "untold": _PUBLIC,
        "aside": _PUBLIC,
    },
    h.EXPORTED: {
        "format": _PUBLIC,
        "level": _PUBLIC,
        "count": _PUBLIC,
        "from": _PUBLIC,
        "to": _PUBLIC,
        "encounter": _PUBLIC,
        "as": _PUBLIC,
        "manifest": _PUBLIC,
        "path": _COUNSEL,  # a folder may be called after somebody
        "for": _COUNSEL,
    },
    h.PACK_KEPT: {"id": _PUBLIC, "version": _PUBLIC, "content": _COUNSEL, "note": _COUNSEL},
    h.PACK_ACTIVATED: _PACK
    | {"role": _PUBLIC, "on": _PUBLIC, "effective": _PUBLIC, "review_by": _PUBLIC, "name": _COUNSEL},
    h.PACK_REJECTED: _PACK | {"why": _PUBLIC, "by": _PUBLIC, "instead": _PUBLIC},
    h.PACK_OVERDUE: _PACK | {"review_by": _PUBLIC},
    h.KEY_FIXED: {"before": _COUNSEL, "now": _COUNSEL},  # a key is called as its owner called it
    h.KEY_REPLACED: {"before": _COUNSEL, "now": _COUNSEL},
    h.SEALING_CHANGED: {"before": _COUNSEL, "now": _COUNSEL},
    h.HOLD_PLACED: _SAID,
    h.HOLD_RELEASED: _SAID | {"hold": _PUBLIC},
    h.RETENTION_MARKED: {"category": _PUBLIC, "keep": _PUBLIC, "authority": _COUNSEL, "by": _COUNSEL},
    # `record` says again what the opening said of desk and protocol.
    h.PURGED: _SAID | {"record": _COUNSEL, "values": _PUBLIC, "authorisation": _COUNSEL},
    h.PURGE_REFUSED: _SAID | {"why": _PUBLIC, "authorisation": _COUNSEL},
    h.HEAD_ISSUED: {"size": _PUBLIC, "closed": _PUBLIC, "for": _COUNSEL},
    h.LOG_BEGAN: {
        "reason": _PUBLIC,
        "before": _PUBLIC,
        "beside": _PUBLIC,
        "numbered": _PUBLIC,
        "packs": _PUBLIC,
        "unclosed": _PUBLIC,
        "by": _PUBLIC,  # the desk, or a command
    },
    h.LOG_SEEN: {},
    h.BACKUP_MADE: {"to": _COUNSEL, "size": _PUBLIC, "root": _PUBLIC, "logs": _PUBLIC},
    h.AMENDED: {
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


def shown_from(kept: Kept, name: str, classes: Classes) -> Level:
    """The first level that shows this value of the entry."""
    about = name.removeprefix(_WAS)
    if about.startswith(_FIELD):
        known = classes(kept.pack or "") or {}
        return _CLASS.get(known.get(about.removeprefix(_FIELD), ""), _FULL)
    if kept.step == CHANNEL and name == "chosen":
        return _STATISTICS
    return _names(kept.kind).get(about, _FULL)


def unclassed(kind: str, names: Iterable[str]) -> list[str]:
    """Which of these values of an entry of this kind nobody has decided on: neither a fact nor in the table."""
    about = ((name, name.removeprefix(_WAS)) for name in names)
    return [name for name, value in about if not value.startswith(_FIELD) and value not in _names(kind)]


def _names(kind: str) -> Mapping[str, Level]:
    return {**_ANYWHERE, **TABLE.get(kind, {})}


def why_not(kept: Kept, name: str, level: Level, classes: Classes) -> str:
    """Why a copy of this level does not show this value; empty when it does."""
    first = shown_from(kept, name, classes)
    if first > level:
        return REASONS[first]
    if name in kept.sealed:
        return SEALED
    return LET_GO if name in kept.withheld else ""


def names_of(kept: Kept) -> list[str]:
    """The name of every value that the entry was sealed with, here or not, in order."""
    return sorted({*kept.body, *kept.withheld, *kept.sealed})


def redacted(kept: Kept, level: Level, classes: Classes) -> Kept:
    """The entry as a copy of this level tells it. A fact, a note and a name leave the mark that they are withheld."""
    hidden = {name for name in kept.body if shown_from(kept, name, classes) > level}
    if not hidden:
        return kept
    body = {name: value for name, value in kept.body.items() if name not in hidden} | {
        name: _MARKS[mark] for name in hidden if (mark := _mark(name)) in _MARKS
    }
    if "record" in hidden:  # which record it is stays known, as far as the opening may say it
        may = TABLE[h.OPENED]
        body["record"] = {name: v for name, v in kept.body["record"].items() if may.get(name, _FULL) <= level}
    return replace(kept, body=body, withheld=tuple(sorted({*kept.withheld, *(hidden - body.keys())})))


WITHHELD: Final = "withheld"
_MARKS: Final[Mapping[str, Any]] = {_FIELD: {"missing": WITHHELD}, "text": f"({WITHHELD})", "name": WITHHELD}


def _mark(name: str) -> str:
    return _FIELD if name.removeprefix(_WAS).startswith(_FIELD) else name


def classes_in(log: Log) -> Classes:
    """The classes as the log's own copies of the protocols say them."""

    @cache  # one for each protocol the log was ever kept by
    def classes(seal: str) -> Mapping[str, str] | None:
        protocol = protocol_in(kept_content(log, seal), seal)
        return None if protocol is None else {field.id: field.cls for field in protocol.fields.values()}

    return classes
