"""How the previous session of the kiosk ended, for the first entry of the next one."""

from __future__ import annotations

from collections.abc import Iterable

from kiosk.record.entries import SESSION, EncodedEntry, LoggedEntry, decoded_or_none
from kiosk.record.entry_kinds import EntryKind
from kiosk.worded import Worded


class PreviousSession(Worded):
    """How the previous session ended, as far as the log shows."""

    NONE = "none", "No session was recorded before it"
    ENDED = "ended", "The previous session was closed"
    UNCLEAN = "unclean", "The previous session ended without being closed"
    ALTERED = "altered", "The newest entry before it does not match its hash"


def previous_session(last: LoggedEntry | None, newest: Iterable[EncodedEntry]) -> PreviousSession:
    """Return how the last session ended, from the log's last entry.

    newest: all entries, newest first; read only if a command added the last one between sessions.
    """
    if last is not None and last.actor not in SESSION:
        last = next((kept for kept in filter(None, map(decoded_or_none, newest)) if kept.actor in SESSION), None)
    if last is None:
        return PreviousSession.NONE
    return PreviousSession.ENDED if last.kind == EntryKind.SESSION_ENDED else PreviousSession.UNCLEAN
