"""The superintendent's key that `kiosk setup` recorded in the log. A key only in the settings file does not count.

Otherwise a person with an editor could put another key into `kiosk.toml`, and a protocol signed with it would run.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, suppress
from dataclasses import replace
from typing import Final, Protocol

from kiosk.errors import StoreUnusable
from kiosk.log.archive import open_history
from kiosk.record.entries import Actor, EncodedEntry, Entry, decoded_or_none
from kiosk.record.entry_kinds import EntryKind
from kiosk.settings import Home, Settings

_KEYS: Final = (EntryKind.KEY_FIXED, EntryKind.KEY_REPLACED)


class _Log(Protocol):
    def newest(self, kind: EntryKind | None = None) -> Iterable[EncodedEntry]: ...


class Logs(Protocol):
    """A log, or several that are read as one."""

    @property
    def logs(self) -> Sequence[_Log]:
        """The single logs, oldest first."""


def recorded_key(log: Logs) -> str:
    """Return the key that was recorded last; empty when none was."""
    return next(_recorded(log), "")


def _recorded(log: Logs) -> Iterator[str]:
    for one in reversed(log.logs):
        newest = (next(filter(None, map(decoded_or_none, one.newest(kind))), None) for kind in _KEYS)
        found = [kept for kept in newest if kept is not None]
        if found:
            yield str(max(found, key=lambda kept: kept.seq).body.get("now", ""))


def key_of_home(home: Home) -> str:
    """Return the key that was recorded last for this home; empty when none was, or when no log can be read."""
    if home.log("live").exists():
        with suppress(StoreUnusable), closing(open_history(home, "live")) as log:
            return recorded_key(log)
    return ""


def with_recorded_key(settings: Settings, recorded: str) -> Settings:
    """Return the settings with the recorded key in place of another; unchanged when none was recorded."""
    return replace(settings, superintendent_key=recorded) if recorded else settings


def refused_key(found: str, recorded: str) -> Entry | None:
    """Return the entry about another key in the settings file than the recorded one; None when they agree."""
    if not recorded or found == recorded:
        return None
    return Entry(EntryKind.KEY_REFUSED, {"found": found, "recorded": recorded}, actor=Actor.KIOSK)
