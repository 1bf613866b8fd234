"""The kinds of entries, one line for each: its stored id, its words for people, its traits.

To add a kind, add its line here, and the disclosure levels of its values in `disclosure/levels.py`. Sets of kinds are
derived from the traits, so none is maintained by hand.
"""

from __future__ import annotations

from enum import Flag, StrEnum, auto
from typing import Final


class Trait(Flag):
    """The traits of a kind.

    ANSWER:    it has the answer to a step: complete, in part, or a changed answer.
    ADDITION:  it adds something to a closed record.
    OF_RECORD: commands write it about one record, which it names.
    COMMAND:   commands write it about the kiosk or its log; it names no record.
    RETENTION: it is about legal holds or destruction; its own values are never destroyed.
    EFFECT:    the store changes holds or values in the same commit.
    NARRATIVE: it always has a person's own sentences.
    LASTING:   the checkpoint after it is permanent, because outside copies and the remembered checkpoint are of it.
    LAST:      it is always the last of the entries that are written together.
    """

    NONE = 0
    ANSWER = auto()
    ADDITION = auto()
    OF_RECORD = auto()
    COMMAND = auto()
    RETENTION = auto()
    EFFECT = auto()
    NARRATIVE = auto()
    LASTING = auto()
    LAST = auto()


_RETENTION: Final = Trait.RETENTION | Trait.OF_RECORD
_ENDS: Final = Trait.LASTING | Trait.LAST


class EntryKind(StrEnum):
    """The kind of an entry. The value is the stored id."""

    words: str
    """The name of the kind in a table or a timeline."""

    traits: Trait

    def __new__(cls, stored: str, words: str, traits: Trait = Trait.NONE) -> EntryKind:
        """Create one kind: its stored id, its words, its traits."""
        kind = str.__new__(cls, stored)
        kind._value_ = stored
        kind.words = words
        kind.traits = traits
        return kind

    SESSION_STARTED = "session.started", "Kiosk opened", Trait.LASTING
    SESSION_ENDED = "session.ended", "Kiosk closed", _ENDS
    CLOCK_CHANGED = "clock.changed", "Clock changed"
    ENCOUNTER_OPENED = "encounter.opened", "Encounter started"
    ENCOUNTER_PAUSED = "encounter.paused", "Paused"
    ENCOUNTER_RESUMED = "encounter.resumed", "Resumed"
    ENCOUNTER_LINKED = "encounter.linked", "Linked to another record"
    STAFF_CHANGED = "staff.changed", "Staff at the desk changed"
    STEP_ANSWERED = "step.answered", "Answered", Trait.ANSWER
    STEP_PARTIAL = "step.partial", "Answered in part", Trait.ANSWER
    STEP_CORRECTED = "step.corrected", "Answer changed", Trait.ANSWER
    CALL_MADE = "call.made", "Call", Trait.ADDITION | Trait.OF_RECORD
    NOTE_ADDED = "note.added", "Note", Trait.NARRATIVE
    CARD_SHOWN = "card.shown", "Card shown"
    ENCOUNTER_REVIEWED = "encounter.reviewed", "Closing review"
    RECORD_INCOMPLETE = "record.incomplete", "Something is still to do"
    DUTIES_OWED = "duties.owed", "Duties begun"
    ENCOUNTER_CLOSED = "encounter.closed", "Record closed", _ENDS
    RECORD_COMPLETED = "record.completed", "Nothing is left to do", Trait.OF_RECORD
    DUTY_ASSIGNED = "duty.assigned", "Duty assigned", Trait.ADDITION | Trait.OF_RECORD
    DUTY_DONE = "duty.done", "Duty done", Trait.ADDITION | Trait.OF_RECORD
    DUTY_EXCEPTED = "duty.excepted", "Duty excepted", Trait.ADDITION | Trait.OF_RECORD
    DUTIES_SETTLED = "duties.settled", "No duty is open", Trait.OF_RECORD
    AMENDMENT_ADDED = "amendment.added", "Amended", Trait.ADDITION | Trait.OF_RECORD | Trait.NARRATIVE
    DISCLOSURE_REVIEWED = "disclosure.reviewed", "Reviewed before public copies", Trait.OF_RECORD
    RECORD_ASSESSED = "record.assessed", "Assessed", Trait.OF_RECORD | Trait.NARRATIVE
    HOLD_PLACED = "hold.placed", "Legal hold placed", _RETENTION | Trait.EFFECT
    HOLD_RELEASED = "hold.released", "Legal hold released", _RETENTION | Trait.EFFECT
    RECORD_DESTROYED = "record.destroyed", "Details destroyed", Trait.RETENTION | Trait.EFFECT | Trait.LASTING
    DESTRUCTION_AUTHORIZED = "destruction.authorized", "Destruction authorized", Trait.RETENTION
    AUTHORIZATION_REFUSED = "authorization.refused", "Authorization refused", Trait.COMMAND
    DESTRUCTION_REFUSED = "destruction.refused", "Destruction refused", _RETENTION
    RETENTION_SET = "retention.set", "Retention period set", Trait.COMMAND
    EXPORT_MADE = "export.made", "Records exported", Trait.COMMAND | _ENDS
    REQUEST_RECEIVED = "request.received", "Records request received", Trait.COMMAND
    REQUEST_GIVEN = "request.given", "Copy given for a records request", Trait.COMMAND
    REQUEST_EXTENDED = "request.extended", "Deadline of a records request extended", Trait.COMMAND
    REQUEST_CLOSED = "request.closed", "Records request closed", Trait.COMMAND
    MESSAGE_APPROVED = "message.approved", "Message approved", Trait.COMMAND | Trait.LASTING
    PRESENCE_REPORTED = "presence.reported", "Presence reported", Trait.COMMAND
    PRESENCE_CONFIRMED = "presence.confirmed", "Presence confirmed", Trait.COMMAND
    PRESENCE_REFUTED = "presence.refuted", "Report of presence found false", Trait.COMMAND
    PRESENCE_NOTIFIED = "presence.notified", "Notice of presence sent", Trait.COMMAND
    PRESENCE_CLEARED = "presence.cleared", "All clear", Trait.COMMAND
    BACKUP_MADE = "backup.made", "Log backed up", Trait.COMMAND | Trait.LASTING
    CHECKPOINT_ISSUED = "checkpoint.issued", "Checkpoint issued", Trait.COMMAND | _ENDS
    LOG_STARTED = "log.started", "Log started", Trait.LASTING
    CHECKPOINT_LOST = "checkpoint.lost", "Remembered checkpoint lost", Trait.LASTING
    LOG_ACKNOWLEDGED = "log.acknowledged", "Warning about the log acknowledged", Trait.COMMAND | Trait.LASTING
    PACK_KEPT = "pack.kept", "Protocol recorded"
    PACK_ACTIVATED = "pack.activated", "Protocol installed", Trait.COMMAND | Trait.LASTING
    PACK_REJECTED = "pack.rejected", "Protocol refused", Trait.COMMAND
    PACK_OVERDUE = "pack.overdue", "Protocol past its review date"
    BUNDLE_INSTALLED = "bundle.installed", "District's bundle installed", Trait.COMMAND | Trait.LASTING
    BUNDLE_REFUSED = "bundle.refused", "District's bundle refused", Trait.COMMAND
    KEY_FIXED = "key.fixed", "Superintendent's key set", Trait.COMMAND | Trait.LASTING
    KEY_REPLACED = "key.replaced", "Superintendent's key replaced", Trait.COMMAND | Trait.LASTING
    KEY_REFUSED = "key.refused", "Superintendent's key refused", Trait.LASTING
    RECORDS_KEY_FIXED = "records_key.fixed", "Records officer's key set", Trait.COMMAND | Trait.LASTING
    RECORDS_KEY_REPLACED = "records_key.replaced", "Records officer's key replaced", Trait.COMMAND | Trait.LASTING
    RECORDS_KEY_REFUSED = "records_key.refused", "Records officer's key refused", Trait.LASTING
    CONTACTS_CHANGED = "contacts.changed", "Contacts changed", Trait.COMMAND | Trait.LASTING
    CONTACT_TESTED = "contact.tested", "Test call", Trait.COMMAND
    CALENDAR_CHANGED = "calendar.changed", "Closed and short days changed", Trait.COMMAND
    PERSON_ADDED = "person.added", "Person added", Trait.COMMAND | Trait.LASTING
    PERSON_CHANGED = "person.changed", "Person changed", Trait.COMMAND | Trait.LASTING
    PERSON_REMOVED = "person.removed", "Person removed", Trait.COMMAND | Trait.LASTING
    PEOPLE_RESET = "people.reset", "All people removed", Trait.COMMAND | Trait.LASTING
    PEOPLE_REFUSED = "people.refused", "Passphrases refused", Trait.LASTING
    LOGIN_SUCCEEDED = "login.succeeded", "Logged in", Trait.COMMAND
    LOGIN_FAILED = "login.failed", "Log-in failed", Trait.COMMAND
    LOGIN_ENDED = "login.ended", "Logged out", Trait.COMMAND
    RECORD_VIEWED = "record.viewed", "Records viewed", Trait.COMMAND
    ENCRYPTION_CHANGED = "encryption.changed", "Encryption of notes changed", Trait.COMMAND


class UnknownKind(str):
    """The stored id of a kind that only a newer version knows."""

    __slots__ = ()

    @property
    def words(self) -> str:
        """The id itself."""
        return str(self)


Kind = EntryKind | UnknownKind
"""A decoded kind."""

_BY_ID: Final[dict[str, EntryKind]] = {kind.value: kind for kind in EntryKind}


def kind_of(stored: object) -> Kind:
    """Return the kind with this stored id. Raises TypeError if it is not text."""
    if not isinstance(stored, str):
        raise TypeError("the id of a kind is text")
    return _BY_ID.get(stored) or UnknownKind(stored)


def with_trait(trait: Trait) -> frozenset[EntryKind]:
    """Return the kinds with this trait, or with all of these traits."""
    return frozenset(kind for kind in EntryKind if trait in kind.traits)


ANSWERS: Final = with_trait(Trait.ANSWER)
ADDITIONS: Final = with_trait(Trait.ADDITION)
OF_RECORD: Final = with_trait(Trait.OF_RECORD)
BY_COMMAND: Final = with_trait(Trait.COMMAND)
RETENTION: Final = with_trait(Trait.RETENTION)
EFFECTS: Final = with_trait(Trait.EFFECT)
NARRATIVE: Final = with_trait(Trait.NARRATIVE)
LASTING: Final = with_trait(Trait.LASTING)
ENDS: Final = with_trait(_ENDS)
