"""The disclosure levels of a copy, and the first level that shows each value of an entry.

| level | shows |
| --- | --- |
| statistics | no record, only counts by month (`statistics`) of month, channel and outcome |
| public | also answers and calls by role; of typed text, only facts of class `public`; no note |
| counsel | also facts of class `exempt`, notes, the words on the screen |
| full | everything, with facts of class `staff` and values without a class |

The classes of facts, steps, answers and outcomes come from the protocol of the encounter in the log, not from the
present protocol. The district's settings give the classes of staff names and of legal holds (`Owned`). The original
and the new value of an amendment have the class of the amended value. Headers are in every copy of records, but for
entries at a step of a narrower class, and for a few kinds of entries (`HIDDEN_BELOW`): that there is one says too much.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from enum import Enum, IntEnum, auto
from functools import cache
from typing import Any, Final, Self, assert_never

from kiosk.protocol.disclosure_classes import ProtocolClasses, classes_of
from kiosk.protocol.kinds.registry import ANSWERING
from kiosk.protocol.model import DisclosureClass
from kiosk.protocol.replies import FACT
from kiosk.record import bodies
from kiosk.record.disclosure.withholding import NONE, Chosen
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
    CHOSEN = "by-decision", "by decision"
    DESTROYED = "destroyed", "details destroyed"
    ENCRYPTED = "encrypted", "encrypted for the district"


class Level(IntEnum):
    """The disclosure level of a copy; each level also shows everything that the previous one shows.

    words: its description. withheld: why narrower levels withhold the values that this level shows first.
    """

    words: str
    withheld: Withheld | None

    def __new__(cls, number: int, words: str, withheld: Withheld | None = None) -> Self:
        """Create one level."""
        level = int.__new__(cls, number)
        level._value_ = number
        level.words, level.withheld = words, withheld
        return level

    STATISTICS = 0, "only counts by month"
    PUBLIC = 1, "no notes; of the rest, only what is of the class public", Withheld.COUNTS
    COUNSEL = 2, "everything but what is of the class staff, and facts without a class", Withheld.EXEMPT
    FULL = 3, "everything that the log still has", Withheld.STAFF


LEVELS: Final[Mapping[str, Level]] = {level.name.lower(): level for level in reversed(Level)}
"""The levels by their typed name, widest first."""

_STATISTICS, _PUBLIC, _COUNSEL, _FULL = Level


class Owned(Enum):
    """A group of values whose class the district chooses."""

    STAFF_NAMES = auto()
    HOLDS = auto()


@dataclass(frozen=True, slots=True)
class Classes:
    """The classes that decide which level shows a value.

    of_protocol: from the content hash of a protocol to its classes; None if the log does not have the protocol.
    staff_names, holds: the district's choice.
    """

    of_protocol: Callable[[str], ProtocolClasses | None]
    staff_names: DisclosureClass = DisclosureClass.EXEMPT
    holds: DisclosureClass = DisclosureClass.EXEMPT

    def owned(self, group: Owned) -> DisclosureClass:
        """Return the district's choice for a group."""
        match group:
            case Owned.STAFF_NAMES:
                return self.staff_names
            case Owned.HOLDS:
                return self.holds
            case _:
                assert_never(group)


_NAMES: Final = Owned.STAFF_NAMES
_PACK: Final[Mapping[str, Level | Owned]] = {"id": _PUBLIC, "version": _PUBLIC, "content_hash": _PUBLIC}
_BUNDLE: Final[Mapping[str, Level | Owned]] = dict.fromkeys(("made", "settings", "contacts", "changed"), _PUBLIC)
_ANSWER: Final[Mapping[str, Level | Owned]] = {
    "visit": _PUBLIC,
    "name": _NAMES,
    "pressed": _PUBLIC,
    # Ids in the protocol, and the role, person number and result of calls: typed text is a value of its own.
    **{answering.key: _PUBLIC for answering in ANSWERING},
}

# Text and names typed for a command; `no` is the record number.
_TYPED: Final[Mapping[str, Level | Owned]] = {"no": _STATISTICS, "reason": _COUNSEL, "by": _NAMES, "matter": _COUNSEL}

_PRESENCE: Final[Mapping[str, Level | Owned]] = {"no": _PUBLIC, "presence": _PUBLIC, "by": _NAMES}
_REQUEST: Final[Mapping[str, Level | Owned]] = {"no": _PUBLIC, "request": _PUBLIC, "by": _NAMES}
_PERSON: Final[Mapping[str, Level | Owned]] = {"name": _NAMES, "role": _PUBLIC, "verifier": _COUNSEL, "by": _NAMES}

TABLE: Final[Mapping[Kind, Mapping[str, Level | Owned]]] = {
    EntryKind.SESSION_STARTED: {"before": _PUBLIC, "clock": _PUBLIC},
    EntryKind.SESSION_ENDED: {},
    EntryKind.CLOCK_CHANGED: {"by_us": _PUBLIC, "at_least": _PUBLIC},
    EntryKind.ENCOUNTER_OPENED: {
        "no": _STATISTICS,
        "school": _STATISTICS,
        "mode": _STATISTICS,
        "protocol": _STATISTICS,
        "desk": _COUNSEL,  # a school may name it after a person
        "language": _PUBLIC,
        "visitor_language": _PUBLIC,
        "settings": _PUBLIC,
        "people": _PUBLIC,  # the number of people in each role
        "after_hours": _PUBLIC,
        "slots": _COUNSEL,  # numbers and rooms
        "staff": _NAMES,
    },
    EntryKind.ENCOUNTER_RESUMED: {},
    EntryKind.ENCOUNTER_PAUSED: {},
    EntryKind.ENCOUNTER_LINKED: {"to": _PUBLIC, "no": _PUBLIC, "how": _PUBLIC},
    EntryKind.STAFF_CHANGED: {"staff": _NAMES},
    EntryKind.RECORD_INCOMPLETE: {},
    EntryKind.RECORD_COMPLETED: {},
    EntryKind.DUTIES_OWED: {"no": _STATISTICS, "outcome": _COUNSEL, "duties": _COUNSEL},
    EntryKind.DUTY_ASSIGNED: {"no": _STATISTICS, "outcome": _COUNSEL, "duty": _COUNSEL, "to": _NAMES, "by": _NAMES},
    EntryKind.DUTY_DONE: {
        "no": _STATISTICS,
        "outcome": _COUNSEL,
        "duty": _COUNSEL,
        "on": _COUNSEL,
        "note": _COUNSEL,
        "by": _NAMES,
    },
    EntryKind.DUTY_EXCEPTED: {
        "no": _STATISTICS,
        "outcome": _COUNSEL,
        "duty": _COUNSEL,
        "reason": _COUNSEL,
        "by": _NAMES,
    },
    EntryKind.DUTIES_SETTLED: {"no": _STATISTICS, "outcome": _COUNSEL},
    EntryKind.STEP_ANSWERED: _ANSWER,
    EntryKind.STEP_PARTIAL: _ANSWER,
    EntryKind.STEP_CORRECTED: _ANSWER,
    EntryKind.CALL_MADE: {
        "role": _PUBLIC,
        "person": _PUBLIC,
        "result": _PUBLIC,
        "name": _NAMES,
        "staff": _NAMES,
        "by": _NAMES,
    },
    EntryKind.NOTE_ADDED: {"text": _COUNSEL},
    EntryKind.CARD_SHOWN: {"refer": _PUBLIC},
    EntryKind.ENCOUNTER_REVIEWED: {"facts_only": _COUNSEL, "names_child": _COUNSEL},
    EntryKind.ENCOUNTER_CLOSED: {
        "outcome": _STATISTICS,
        "refer": _STATISTICS,
        "ending": _STATISTICS,
        "reason": _COUNSEL,
        "by": _NAMES,
        "notified": _PUBLIC,
        "not_notified": _PUBLIC,
        "superseded": _PUBLIC,
    },
    EntryKind.EXPORT_MADE: {
        "report": _PUBLIC,
        "format": _PUBLIC,
        "level": _PUBLIC,
        "count": _PUBLIC,
        "from": _PUBLIC,
        "to": _PUBLIC,
        "records": _PUBLIC,
        "as": _PUBLIC,
        "manifest": _PUBLIC,
        "sha256": _PUBLIC,
        "path": _COUNSEL,  # a folder may be named after a person
        "for": _COUNSEL,
        "by": _NAMES,
        "second": _NAMES,
        "withheld": _COUNSEL,
        "lifted": _COUNSEL,
    },
    # Who asked, and in which words, is that person's own; that there was a request, and its days, is not.
    EntryKind.REQUEST_RECEIVED: {
        "no": _PUBLIC,
        "requester": _COUNSEL,
        "how": _PUBLIC,
        "received": _PUBLIC,
        "deadline": _PUBLIC,
        "business_days": _PUBLIC,
        "asked": _COUNSEL,
        "records": _PUBLIC,
        "from": _PUBLIC,
        "to": _PUBLIC,
        "by": _NAMES,
    },
    EntryKind.REQUEST_GIVEN: {**_REQUEST, "export": _PUBLIC},
    EntryKind.REQUEST_EXTENDED: {**_REQUEST, "until": _PUBLIC, "reason": _COUNSEL},
    EntryKind.REQUEST_CLOSED: {**_REQUEST, "how": _PUBLIC, "reason": _COUNSEL},
    # The words of a message are public once it was sent. But somebody typed them, and the guard reads only what no
    # public copy has.
    EntryKind.MESSAGE_APPROVED: {"message": _COUNSEL, "use": _PUBLIC, "text": _COUNSEL, "by": _NAMES},
    EntryKind.PRESENCE_REPORTED: {
        "no": _PUBLIC,
        "place": _PUBLIC,
        "source": _PUBLIC,
        "seen": _PUBLIC,
        "record": _PUBLIC,
        "by": _NAMES,
    },
    EntryKind.PRESENCE_CONFIRMED: {**_PRESENCE, "place": _PUBLIC, "seen": _PUBLIC, "confirmed_by": _NAMES},
    EntryKind.PRESENCE_REFUTED: {**_PRESENCE, "reason": _COUNSEL},
    EntryKind.PRESENCE_NOTIFIED: {**_PRESENCE, "message": _PUBLIC, "audiences": _PUBLIC},
    EntryKind.PRESENCE_CLEARED: {**_PRESENCE, "message": _PUBLIC, "audiences": _PUBLIC, "reason": _COUNSEL},
    EntryKind.PACK_KEPT: {"id": _STATISTICS, "version": _STATISTICS, "content": _COUNSEL, "note": _COUNSEL},
    EntryKind.PACK_ACTIVATED: {
        **_PACK,
        **dict.fromkeys(("role", "on", "effective", "review_by"), _PUBLIC),
        "name": _NAMES,
    },
    EntryKind.PACK_REJECTED: {**_PACK, "why": _PUBLIC, "by": _PUBLIC, "instead": _PUBLIC},
    EntryKind.PACK_OVERDUE: {**_PACK, "review_by": _PUBLIC},
    EntryKind.BUNDLE_INSTALLED: {**_PACK, **_BUNDLE, "bundle": _STATISTICS},  # which says what a desk runs
    EntryKind.BUNDLE_REFUSED: {"bundle": _PUBLIC, "made": _PUBLIC, "why": _STATISTICS, "of_protocol": _PUBLIC},
    EntryKind.KEY_FIXED: {"before": _COUNSEL, "now": _COUNSEL},  # the owner chose the name of a key
    EntryKind.KEY_REPLACED: {"before": _COUNSEL, "now": _COUNSEL},
    EntryKind.KEY_REFUSED: {"found": _COUNSEL, "recorded": _COUNSEL},
    EntryKind.RECORDS_KEY_FIXED: {"before": _COUNSEL, "now": _COUNSEL, "applies_from": _PUBLIC},
    EntryKind.RECORDS_KEY_REPLACED: {"before": _COUNSEL, "now": _COUNSEL, "applies_from": _PUBLIC},
    EntryKind.RECORDS_KEY_REFUSED: {"found": _COUNSEL, "recorded": _COUNSEL},
    # A hash of one role's people could be guessed from a list of numbers.
    EntryKind.CONTACTS_CHANGED: {"content_hash": _PUBLIC, "changed": _PUBLIC, "roles": _COUNSEL, "by": _NAMES},
    EntryKind.CONTACT_TESTED: {"name": _NAMES, "number": _COUNSEL, "result": _PUBLIC, "on": _PUBLIC, "by": _NAMES},
    EntryKind.CALENDAR_CHANGED: {"day": _PUBLIC, "was": _PUBLIC, "now": _PUBLIC, "by": _NAMES},
    EntryKind.PERSON_ADDED: _PERSON,
    EntryKind.PERSON_CHANGED: _PERSON,
    EntryKind.PERSON_REMOVED: {**_PERSON, "reason": _COUNSEL},
    EntryKind.PEOPLE_RESET: {"names": _NAMES, "by": _NAMES, "reason": _COUNSEL, "key": _COUNSEL},
    EntryKind.PEOPLE_REFUSED: {"names": _NAMES},
    EntryKind.LOGIN_SUCCEEDED: {"name": _NAMES, "role": _PUBLIC, "where": _PUBLIC},
    EntryKind.LOGIN_FAILED: {"name": _NAMES, "where": _PUBLIC},
    EntryKind.LOGIN_ENDED: {"name": _NAMES, "why": _PUBLIC},
    EntryKind.RECORD_VIEWED: {"what": _PUBLIC, "no": _PUBLIC, "by": _NAMES},
    EntryKind.ENCRYPTION_CHANGED: {"before": _COUNSEL, "now": _COUNSEL},
    EntryKind.DISCLOSURE_REVIEWED: {**_TYPED, "seen": _PUBLIC},
    # A note of counsel may be privileged: in a copy for anybody else, that is lost. So only a full copy has it.
    EntryKind.RECORD_ASSESSED: {
        "no": _STATISTICS,
        "role": _COUNSEL,
        "decision": _COUNSEL,
        "privileged": _COUNSEL,
        "note": _COUNSEL,
        "privileged_note": _FULL,
        "by": _NAMES,
    },
    EntryKind.HOLD_PLACED: _TYPED,
    EntryKind.HOLD_RELEASED: {**_TYPED, "hold": _PUBLIC},
    EntryKind.RETENTION_SET: {
        "category": _PUBLIC,
        "period": _PUBLIC,
        "authority": _COUNSEL,
        "by": _NAMES,
        "applies_from": _PUBLIC,
    },
    # `record` repeats the desk and protocol of the opening, and the outcome.
    EntryKind.RECORD_DESTROYED: {
        **_TYPED,
        "record": _COUNSEL,
        "values": _PUBLIC,
        "content": _PUBLIC,
        "authorization": _PUBLIC,
        "reference": _COUNSEL,
        "authorized_by": _NAMES,
        "key": _COUNSEL,
    },
    EntryKind.DESTRUCTION_AUTHORIZED: {"authorization": _PUBLIC, "note": _FULL},  # it has names and other records
    EntryKind.AUTHORIZATION_REFUSED: {"why": _PUBLIC, "authorization": _PUBLIC, "by": _NAMES},
    EntryKind.DESTRUCTION_REFUSED: {**_TYPED, "why": _PUBLIC, "authorization": _COUNSEL},
    EntryKind.CHECKPOINT_ISSUED: {"size": _PUBLIC, "closed": _PUBLIC, "for": _COUNSEL, "by": _NAMES},
    EntryKind.LOG_STARTED: {
        "reason": _PUBLIC,
        "before": _PUBLIC,
        "other_states": _PUBLIC,
        "numbered": _PUBLIC,
        "packs": _PUBLIC,
        "unfinished": _PUBLIC,
        "by": _PUBLIC,  # the desk, or a command
        "keys": _PUBLIC,
    },
    EntryKind.CHECKPOINT_LOST: {"how": _PUBLIC},
    EntryKind.LOG_ACKNOWLEDGED: {"keys": _PUBLIC, "by": _NAMES},
    EntryKind.BACKUP_MADE: {"to": _COUNSEL, "size": _PUBLIC, "root": _PUBLIC, "logs": _PUBLIC, "by": _NAMES},
    EntryKind.AMENDMENT_ADDED: {
        "no": _STATISTICS,
        "target": _PUBLIC,
        "result": _PUBLIC,
        "text": _COUNSEL,
        "addition": _COUNSEL,
        "reason": _COUNSEL,
        "by": _NAMES,
    },
}
"""For each kind of entry, the first level that shows each value of its body. Any other kind or name: FULL."""

OF_DUTIES: Final = frozenset({kind for kind in EntryKind if kind.startswith(("duties.", "duty."))})
"""Kinds of entries about duties: they have the class of the outcome from which the duties follow."""

HIDDEN_BELOW: Final[Mapping[Kind, Level | Owned]] = {
    EntryKind.HOLD_PLACED: Owned.HOLDS,
    EntryKind.HOLD_RELEASED: Owned.HOLDS,
    EntryKind.DESTRUCTION_REFUSED: Owned.HOLDS,  # its reason can be a hold
    EntryKind.DISCLOSURE_REVIEWED: _COUNSEL,  # it says that staff flagged the record
    **dict.fromkeys(OF_DUTIES, _COUNSEL),  # an exception, or that one is missing, can say that a court ordered silence
    EntryKind.RECORD_ASSESSED: _COUNSEL,  # it says that counsel was asked
}
"""Kinds of entries that narrower copies leave out, header and all."""

_OF_OUTCOME: Final = frozenset({"outcome", "refer", "notified", "not_notified"})


def shown_from(kept: LoggedEntry, name: str, classes: Classes) -> Level:
    """Return the first level that shows this value of the entry."""
    about = bodies.about(name)
    known = classes.of_protocol(kept.pack or "")
    if about.startswith(FACT):
        return level_of_class(known.fields.get(about.removeprefix(FACT)) if known else None)
    usual = _names(kept.kind).get(about, _FULL)
    first = usual if isinstance(usual, Level) else level_of_class(classes.owned(usual))
    if kept.step == CHANNEL and name == "chosen":
        first = _STATISTICS
    return max(first, *map(_from_class, _classes_of(kept, name, known)), _of_step(kept, known), _of_duty(kept, known))


def _classes_of(kept: LoggedEntry, name: str, known: ProtocolClasses | None) -> Iterator[DisclosureClass | None]:
    """Yield the classes of the answers, the interrupt, the outcome or the places that a value names."""
    value = kept.body.get(name)
    if name == "chosen" and known:
        yield known.answers.get((kept.step or "", str(value)), DisclosureClass.PUBLIC)
    elif name == "ticked" and known and isinstance(value, list):
        yield from (known.answers.get((kept.step or "", str(one)), DisclosureClass.PUBLIC) for one in value)
    elif name == "pressed" and known:
        yield known.interrupts.get(str(value))
    elif kept.kind == EntryKind.ENCOUNTER_CLOSED and name in _OF_OUTCOME and "outcome" in kept.body:
        yield known.outcomes.get(str(kept.body["outcome"])) if known else None
    elif kept.kind == EntryKind.ENCOUNTER_CLOSED and name == "superseded" and known and isinstance(value, list):
        yield from (known.of_place(str(place).partition("#")[0]) for place in value)


def _of_step(kept: LoggedEntry, known: ProtocolClasses | None) -> Level:
    """Return the first level that has the entry, by the class of its step."""
    if kept.step is None:
        return Level.STATISTICS
    return _from_class(known.of_place(kept.step) if known else None)


def _of_duty(kept: LoggedEntry, known: ProtocolClasses | None) -> Level:
    """Return the first level that has an entry about duties, by the class of the outcome."""
    if kept.kind not in OF_DUTIES:
        return Level.STATISTICS
    return _from_class(known.outcomes.get(str(kept.body.get("outcome"))) if known else None)


def _from_class(cls: DisclosureClass | None) -> Level:
    """Return the first level that has a part of the protocol.

    A part of the class public hides nothing from any copy. A part that the log's protocol does not have, or that has no
    protocol in the log, may be of any class, so no public copy has it.
    """
    return Level.STATISTICS if cls is DisclosureClass.PUBLIC else level_of_class(cls or DisclosureClass.EXEMPT)


def level_of_class(cls: DisclosureClass | None) -> Level:
    """Return the first level that shows values of this class; one without a class is in full copies only."""
    match cls:
        case DisclosureClass.PUBLIC:
            return Level.PUBLIC
        case DisclosureClass.EXEMPT:
            return Level.COUNSEL
        case DisclosureClass.STAFF | None:
            return Level.FULL
        case _:
            assert_never(cls)


def is_included(kept: LoggedEntry, level: Level, classes: Classes) -> bool:
    """Check that a copy of this level has the entry at all: by its kind, and by the class of its step or outcome."""
    if level is Level.FULL:
        return True
    hidden = HIDDEN_BELOW.get(kept.kind, _STATISTICS)
    first = hidden if isinstance(hidden, Level) else level_of_class(classes.owned(hidden))
    known = classes.of_protocol(kept.pack or "")
    return level >= max(first, _of_step(kept, known), _of_duty(kept, known))


def unclassed(kind: Kind, names: Iterable[str]) -> list[str]:
    """Return the values of an entry of this kind without a level: neither a fact nor in the table."""
    about = ((name, bodies.about(name)) for name in names)
    return [name for name, value in about if not value.startswith(FACT) and value not in _names(kind)]


def _names(kind: Kind) -> Mapping[str, Level | Owned]:
    return TABLE.get(kind, {})


def why_not(kept: LoggedEntry, name: str, level: Level, classes: Classes, chosen: Chosen = NONE) -> Withheld | None:
    """Return why a copy of this level withholds this value; None if it shows it. chosen: also withheld by decision."""
    first = shown_from(kept, name, classes)
    if first > level:
        return first.withheld
    if (kept.event_id, name) in chosen:
        return Withheld.CHOSEN
    if name in kept.encrypted:
        return Withheld.ENCRYPTED
    return Withheld.DESTROYED if name in kept.withheld else None


def names_of(kept: LoggedEntry) -> list[str]:
    """Return the names of all values that the entry was recorded with, present or not, in order."""
    return sorted({*kept.body, *kept.withheld, *kept.encrypted})


def redacted(kept: LoggedEntry, level: Level, classes: Classes, chosen: Chosen = NONE) -> LoggedEntry:
    """Return the entry as a copy of this level shows it. A mark replaces each withheld fact, note and name.

    chosen: values that are also withheld, by decision, or redacted in part.
    """
    if level is Level.FULL and not chosen:
        return kept
    decided = {name: chosen[kept.event_id, name] for name in kept.body if (kept.event_id, name) in chosen}
    whole = {name for name, made in decided.items() if not made.words}
    # In the order of the body, so that each copy of the same records has the same bytes.
    hidden = dict.fromkeys(name for name in kept.body if name in whole or shown_from(kept, name, classes) > level)
    if not hidden and not decided:
        return kept
    body = {name: value for name, value in kept.body.items() if name not in hidden}
    body |= {name: made.redact(body[name]) for name, made in decided.items() if name in body}
    body |= {name: _MARKS[mark] for name in hidden if (mark := _mark(name)) in _MARKS}
    if "record" in hidden:  # show the parts that the entry of its opening may show
        body["record"] = _frame(kept.body["record"], level, classes)
    return replace(kept, body=body, withheld=tuple(sorted({*kept.withheld, *(hidden.keys() - body.keys())})))


def _frame(record: Mapping[str, Any], level: Level, classes: Classes) -> dict[str, Any]:
    """Return the parts of a destroyed record's opening and closing that the level shows."""
    used = record.get("protocol")
    known = classes.of_protocol(str(used.get("content_hash"))) if isinstance(used, Mapping) else None
    outcome = _from_class(known.outcomes.get(str(record.get("outcome"))) if known else None)
    may = {**TABLE[EntryKind.ENCOUNTER_OPENED], "outcome": outcome}
    parts = ((name, value, may.get(name, _FULL)) for name, value in record.items())
    return {name: value for name, value, first in parts if isinstance(first, Level) and first <= level}


WITHHELD: Final = "withheld"
_MARKS: Final[Mapping[str, Any]] = {FACT: {"missing": WITHHELD}, "text": f"({WITHHELD})", "name": WITHHELD}


def _mark(name: str) -> str:
    return FACT if name.removeprefix(bodies.WAS).startswith(FACT) else name


def classes_in(
    log: Log,
    staff_names: DisclosureClass = DisclosureClass.EXEMPT,
    holds: DisclosureClass = DisclosureClass.EXEMPT,
) -> Classes:
    """Return the classes from the log's own copies of the protocols, and the district's choices."""

    @cache  # one for each protocol in the log
    def of_protocol(content_hash: str) -> ProtocolClasses | None:
        protocol = protocol_in(kept_content(log, content_hash), content_hash)
        return None if protocol is None else classes_of(protocol)

    return Classes(of_protocol, staff_names, holds)
