"""How the previous session ended is read from the newest entry of a running kiosk."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kiosk.record.entries import Actor, EncodedEntry, Entry, LoggedEntry, decode
from kiosk.record.entry_kinds import EntryKind
from kiosk.record.sessions import PreviousSession, previous_session
from tests.record.rows import encoded

COMMAND = Entry(EntryKind.EXPORT_MADE, actor=Actor.COMMAND)
CLOSED = Entry(EntryKind.SESSION_ENDED, actor=Actor.KIOSK)
ANSWERED = Entry(EntryKind.STEP_ANSWERED, actor=Actor.DESK)
CLOCK = Entry(EntryKind.CLOCK_CHANGED, actor=Actor.KIOSK)


def a_log(*entries: Entry) -> tuple[LoggedEntry, list[EncodedEntry]]:
    """The last of these entries, decoded, and all of them, newest first."""
    newest = encoded(entries)[::-1]
    return decode(newest[0]), newest


def unread(_: int) -> EncodedEntry:
    """Fail: the last entry alone shows how the session ended."""
    pytest.fail("an earlier entry was read")


def test_without_any_entry_there_was_no_session() -> None:
    """A new log begins with the first session."""
    assert previous_session(None, []) is PreviousSession.NONE


@pytest.mark.parametrize(
    ("last", "how"),
    [
        (CLOSED, PreviousSession.ENDED),
        (ANSWERED, PreviousSession.UNCLEAN),
        (CLOCK, PreviousSession.UNCLEAN),
        (Entry(EntryKind.SESSION_STARTED, actor=Actor.KIOSK), PreviousSession.UNCLEAN),
    ],
)
def test_the_last_entry_of_a_session_shows_how_it_ended(last: Entry, how: PreviousSession) -> None:
    """Only an entry that closed it is a clean end; no other entry is read, as a log can be long."""
    assert previous_session(a_log(last)[0], map(unread, range(1))) is how


@pytest.mark.parametrize(
    ("entries", "how"),
    [
        ((CLOSED, COMMAND), PreviousSession.ENDED),
        ((ANSWERED, CLOSED, COMMAND, COMMAND), PreviousSession.ENDED),
        ((CLOSED, ANSWERED, COMMAND), PreviousSession.UNCLEAN),
        ((CLOSED, CLOCK, COMMAND, COMMAND), PreviousSession.UNCLEAN),
        ((COMMAND,), PreviousSession.NONE),
        ((COMMAND, COMMAND), PreviousSession.NONE),
    ],
)
def test_entries_of_commands_between_sessions_are_passed_over(entries: tuple[Entry, ...], how: PreviousSession) -> None:
    """An export after the kiosk was closed does not make its end unclean, and is no session."""
    assert previous_session(*a_log(*entries)) is how


def test_an_altered_entry_is_passed_over() -> None:
    """The kiosk can still open; the newest entry that matches its hash counts."""
    last, newest = a_log(CLOSED, ANSWERED, COMMAND)
    newest[1] = replace(newest[1], leaf=bytes(32))
    assert previous_session(last, newest) is PreviousSession.ENDED
