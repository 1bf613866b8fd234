"""The entries of presence and of approved messages, as written and as read back.

As for records requests: what a command writes is read strictly; what does not read in a log is left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from datetime import datetime
from typing import Any, Final, NamedTuple, Protocol, TypeVar

from kiosk.errors import Refused
from kiosk.protocol.syntax.forms import ID_LONGEST, ID_PATTERN
from kiosk.record.bodies import meanings_in
from kiosk.record.canonical import Json
from kiosk.record.entries import Actor, EncodedEntry, Entry, LoggedEntry, decode
from kiosk.record.entry_kinds import EntryKind, Kind
from kiosk.record.presence.changes import Change, Messages, changed
from kiosk.record.presence.presence import (
    ApprovedMessage,
    Audience,
    Clearance,
    Confirmation,
    LearnedFrom,
    MessageUse,
    Notice,
    PlaceSeen,
    Presence,
    Refutation,
)
from kiosk.settings import Mode
from kiosk.system.clock import Instant
from kiosk.worded import Worded

CHANGES: Final = frozenset(
    {
        EntryKind.PRESENCE_CONFIRMED,
        EntryKind.PRESENCE_REFUTED,
        EntryKind.PRESENCE_NOTIFIED,
        EntryKind.PRESENCE_CLEARED,
    }
)
KINDS: Final = CHANGES | {EntryKind.MESSAGE_APPROVED, EntryKind.PRESENCE_REPORTED}

MINUTE: Final = "%Y-%m-%d %H:%M"
_MINUTE: Final = re.compile(r"\d{4}-\d{2}-\d{2} \d{2}:\d{2}", re.ASCII)
_NUMBER: Final = re.compile(r"(?:P-)?S-(\d{4})-(\d{4,})", re.ASCII)
_NAME: Final = re.compile(ID_PATTERN)


class Presences(NamedTuple):
    """All reports of presence, oldest first, and all approved messages by the id of their entry."""

    reports: tuple[Presence, ...]
    messages: Messages

    def message(self, name: str) -> ApprovedMessage | None:
        """Return the message that was approved last under this name."""
        return next((one for one in reversed([*self.messages.values()]) if one.name == name), None)


def next_number(reports: Iterable[Presence], mode: Mode, year: int) -> str:
    """Return the number of a new report: it follows the highest one of this year."""
    numbers = (_NUMBER.fullmatch(one.no) for one in reports)
    taken = (int(found[2]) for found in numbers if found and int(found[1]) == year)
    return f"{'P-' if mode == 'practice' else ''}S-{year}-{max(taken, default=0) + 1:04}"


def approving(message: ApprovedMessage) -> Entry:
    """Return the entry of an approved message."""
    body: dict[str, Json] = {"message": message.name, "use": message.use, "text": message.text, "by": message.by}
    return Entry(EntryKind.MESSAGE_APPROVED, body, actor=Actor.COMMAND)


def reporting(presence: Presence) -> Entry:
    """Return the entry that records a new report."""
    body: dict[str, Json] = {
        "no": presence.no,
        "place": presence.place,
        "source": presence.source,
        "seen": presence.seen,
        "record": presence.record or None,
        "by": presence.by,
    }
    return Entry(EntryKind.PRESENCE_REPORTED, body, actor=Actor.COMMAND)


def changing(presence: Presence, change: Change, messages: Messages) -> Entry:
    """Return the entry of a change. Raises Refused for one that is not possible in the state of the report."""
    changed(presence, change, messages)
    kind, values = _written(change)
    body: dict[str, Json] = {"no": presence.no, "presence": presence.id, **values, "by": change.by}
    return Entry(kind, body, actor=Actor.COMMAND)


def _written(change: Change) -> tuple[EntryKind, dict[str, Json]]:
    match change:
        case Confirmation():
            values: dict[str, Json] = {"place": change.place, "seen": change.seen, "confirmed_by": change.confirmed_by}
            return EntryKind.PRESENCE_CONFIRMED, values
        case Refutation():
            return EntryKind.PRESENCE_REFUTED, {"reason": change.reason}
        case Notice():
            return EntryKind.PRESENCE_NOTIFIED, {"message": change.message, "audiences": [*change.audiences]}
        case Clearance():
            values = {"message": change.message, "audiences": [*change.audiences], "reason": change.reason}
            return EntryKind.PRESENCE_CLEARED, values


def message_in(body: Mapping[str, Any], at: Instant, event_id: str = "") -> ApprovedMessage:
    """Return the approved message in a body. Raises Refused when it does not read."""
    try:
        name, use = _text(body, "message"), _one_of(MessageUse, body["use"])
        if not _NAME.fullmatch(name) or len(name) > ID_LONGEST:
            raise _unreadable()
        return ApprovedMessage(event_id, name, use, _text(body, "text"), _text(body, "by"), at)
    except (KeyError, TypeError, ValueError) as error:
        raise _unreadable() from error


def presence_in(body: Mapping[str, Any], at: Instant, event_id: str = "") -> Presence:
    """Return the new report in a body. Raises Refused when it does not read."""
    try:
        no, record = _text(body, "no"), body["record"]
        if not _NUMBER.fullmatch(no) or not (record is None or (isinstance(record, str) and record)):
            raise _unreadable()
        place, source = _one_of(PlaceSeen, body["place"]), _one_of(LearnedFrom, body["source"])
        return Presence(event_id, no, at, place, source, minute(body["seen"]), record or "", _text(body, "by"))
    except (KeyError, TypeError, ValueError) as error:
        raise _unreadable() from error


def change_in(kind: Kind, body: Mapping[str, Any], at: Instant) -> Change:
    """Return the change in a body. Raises Refused when it does not read."""
    try:
        by, meant = _text(body, "by"), meanings_in(body)
        match kind:
            case EntryKind.PRESENCE_CONFIRMED:
                place, seen = _one_of(PlaceSeen, body["place"]), minute(body["seen"])
                return Confirmation(at, by, _text(body, "confirmed_by"), place, seen)
            case EntryKind.PRESENCE_REFUTED:
                return Refutation(at, by, _text(body, "reason"), meant)
            case EntryKind.PRESENCE_NOTIFIED:
                return Notice(at, by, _text(body, "message"), _audiences(body))
            case EntryKind.PRESENCE_CLEARED if isinstance(body["message"], str) and isinstance(body["reason"], str):
                return Clearance(at, by, body["message"], _audiences(body), body["reason"], meant)
    except (KeyError, TypeError, ValueError) as error:
        raise _unreadable() from error
    raise _unreadable()


class Log(Protocol):
    """A log open for reading."""

    def of_kind(self, kind: EntryKind) -> Iterable[EncodedEntry]:
        """Return all entries of this kind, oldest first."""


def presences_in(logs: Iterable[Log]) -> Presences:
    """Return everything in these logs. logs: each single log, oldest first. Raises Altered."""
    found: dict[str, Presence] = {}
    messages: dict[str, ApprovedMessage] = {}
    for kept in _entries(logs):
        with suppress(Refused):
            if kept.kind == EntryKind.MESSAGE_APPROVED:
                messages[kept.event_id] = message_in(kept.body, kept.at, kept.event_id)
            elif kept.kind == EntryKind.PRESENCE_REPORTED:
                found[kept.event_id] = presence_in(kept.body, kept.at, kept.event_id)
            elif (presence := found.get(str(kept.body.get("presence")))) is not None:
                found[presence.id] = changed(presence, change_in(kept.kind, kept.body, kept.at), messages)
    return Presences(tuple(found.values()), messages)


def minute(value: object) -> str:
    """Return a minute such as `2026-11-30 10:42`. Raises ValueError for anything else."""
    if not isinstance(value, str) or not _MINUTE.fullmatch(value):
        raise ValueError("not a minute")
    datetime.strptime(value, MINUTE)  # noqa: DTZ007 - only whether there is such a minute
    return value


def _entries(logs: Iterable[Log]) -> Iterator[LoggedEntry]:
    for log in logs:
        yield from sorted((decode(one) for kind in sorted(KINDS) for one in log.of_kind(kind)), key=lambda one: one.seq)


def _audiences(body: Mapping[str, Any]) -> tuple[Audience, ...]:
    found = tuple(_one_of(Audience, one) for one in body["audiences"])
    if type(body["audiences"]) is not list or len(set(found)) != len(found):
        raise TypeError
    return found


_W = TypeVar("_W", bound=Worded)


def _one_of(known: type[_W], value: object) -> _W:
    found = known.of_id(value)
    if found is None:
        raise ValueError
    return found


def _text(body: Mapping[str, Any], name: str) -> str:
    value = body[name]
    if not isinstance(value, str) or not value:
        raise TypeError
    return value


def _unreadable() -> Refused:
    return Refused("This entry about presence can't be read.", "Use a command of the kiosk's version.")
