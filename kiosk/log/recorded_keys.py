"""The public keys that `kiosk setup` recorded in the log: the superintendent's and the records officer's.

A key only in the settings file does not count. Otherwise a person with an editor could put another key into
`kiosk.toml`, and what it signed would count: a protocol, or an authorization to destroy records.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass, replace
from datetime import date
from enum import Enum
from typing import Protocol

from kiosk.errors import StoreUnusable
from kiosk.log.archive import open_history
from kiosk.record.entries import Actor, EncodedEntry, Entry, LoggedEntry, decoded_or_none
from kiosk.record.entry_kinds import EntryKind
from kiosk.settings import Home, Mode, Settings


class KeyOwner(Enum):
    """Whose key it is, with the kinds of the entries about it."""

    SUPERINTENDENT = EntryKind.KEY_FIXED, EntryKind.KEY_REPLACED, EntryKind.KEY_REFUSED
    RECORDS_OFFICER = EntryKind.RECORDS_KEY_FIXED, EntryKind.RECORDS_KEY_REPLACED, EntryKind.RECORDS_KEY_REFUSED

    def __init__(self, fixed: EntryKind, replaced: EntryKind, refused: EntryKind) -> None:
        self.fixed, self.replaced, self.refused = fixed, replaced, refused


@dataclass(frozen=True, slots=True)
class RecordedKey:
    """A key as the log has it. text: empty for none.

    applies_from: the first day on which the records officer's key can authorize; None for other keys.
    """

    text: str = ""
    applies_from: date | None = None


class _Log(Protocol):
    def newest(self, kind: EntryKind | None = None) -> Iterable[EncodedEntry]: ...


class Logs(Protocol):
    """A log, or several that are read as one."""

    @property
    def logs(self) -> Sequence[_Log]:
        """The single logs, oldest first."""


def recorded_key(log: Logs, owner: KeyOwner = KeyOwner.SUPERINTENDENT) -> RecordedKey:
    """Return the key that was recorded last."""
    return next(map(_key_in, _recorded(log, owner)), RecordedKey())


def _recorded(log: Logs, owner: KeyOwner) -> Iterator[LoggedEntry]:
    for one in reversed(log.logs):
        newest = (
            next(filter(None, map(decoded_or_none, one.newest(kind))), None) for kind in (owner.fixed, owner.replaced)
        )
        found = [kept for kept in newest if kept is not None]
        if found:
            yield max(found, key=lambda kept: kept.seq)


def _key_in(kept: LoggedEntry) -> RecordedKey:
    said = kept.body.get("applies_from")
    if said is None:
        return RecordedKey(str(kept.body.get("now", "")))
    try:
        return RecordedKey(str(kept.body.get("now", "")), date.fromisoformat(str(said)))
    except ValueError:  # a day that can't be parsed never comes
        return RecordedKey(str(kept.body.get("now", "")), date.max)


def recorded_key_of_home(home: Home, owner: KeyOwner, mode: Mode = "live") -> RecordedKey | None:
    """Return the key that was recorded last in the logs of the mode; None when a log that may have it can't be read."""
    if not home.log(mode).exists():
        return RecordedKey()
    with suppress(StoreUnusable), closing(open_history(home, mode)) as log:
        found = recorded_key(log, owner)
        return None if log.left_out and not found.text else found
    return None


def key_of_home(home: Home) -> str:
    """Return the superintendent's key that was recorded last; empty when none was, or when no log can be read."""
    found = recorded_key_of_home(home, KeyOwner.SUPERINTENDENT)
    return found.text if found else ""


def with_recorded_key(settings: Settings, recorded: str) -> Settings:
    """Return the settings with the recorded superintendent's key in place of another; unchanged when none was."""
    return replace(settings, superintendent_key=recorded) if recorded else settings


def changed_key(before: str, now: str, owner: KeyOwner, applies_from: date | None = None) -> Entry:
    """Return the entry that records a new key of this owner, or one in place of the key before."""
    day = {} if applies_from is None else {"applies_from": applies_from.isoformat()}
    return Entry(owner.replaced if before else owner.fixed, {"before": before, "now": now, **day}, actor=Actor.COMMAND)


def refused_key(found: str, recorded: str, owner: KeyOwner = KeyOwner.SUPERINTENDENT) -> Entry | None:
    """Return the entry about another key in the settings file than the recorded one; None when they agree."""
    if found == recorded or (not recorded and owner is KeyOwner.SUPERINTENDENT):
        return None
    return Entry(owner.refused, {"found": found, "recorded": recorded}, actor=Actor.KIOSK)
