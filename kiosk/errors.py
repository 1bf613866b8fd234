"""Every error the kiosk tells a person about, as one family.

    KioskError                 what happened, what to do, exit code; ids of its words in other languages
    ├── UsageError               2   the command was typed wrong, or an input file does not read
    ├── Refused                3   not approved, no right, on hold
    │   └── CannotResume             3   an encounter that was left open can't be gone on with
    ├── StoreUnusable          4   the log is locked, full, damaged, or of another version
    │   ├── NotConfirmed       4   a commit failed half-way: it may or may not be on disk
    │   └── LogMustBeReplaced           4   the log can't be gone on with; a new one may take its place
    │       └── record.entries.Altered 4   an entry on disk is not what was sealed
    ├── InvalidAnswer                  2   a reply that the step it names cannot take
    └── record.guard.PrivateText   2   words that the record never keeps

An error is one calm sentence: what happened, and what to do about it.
"""

from __future__ import annotations

from enum import IntEnum
from typing import ClassVar


class Exit(IntEnum):
    """Exit codes that outsiders may rely on (design contract, "Commands")."""

    DONE = 0
    FOUND = 1
    USAGE = 2
    REFUSED = 3
    STORE = 4
    CRASH = 70
    CUT_OFF = 75


class KioskError(Exception):
    """Something a person must be told.

    what:    what happened; repair: what to do. Both are whole sentences in English, for any reader.
    text_id: id of what a desk that works in another language shows instead (`kiosk/i18n`); empty: it shows the English.
    """

    title_id: ClassVar[str] = "error.title"
    """Id of the title of the page that shows it."""
    exit_code: ClassVar[Exit] = Exit.USAGE

    def __init__(self, what: str, repair: str = "", text_id: str = "") -> None:
        super().__init__(f"{what} {repair}".strip())
        self.what = what
        self.repair = repair
        self.text_id = text_id


class UsageError(KioskError):
    """A command, flag or input file that cannot be used as given."""

    title_id = "error.title.usage"


class Refused(KioskError):
    """The kiosk will not do this: not approved, no right, or on hold."""

    title_id = "error.title.refused"
    exit_code = Exit.REFUSED


class CannotResume(Refused):
    """An encounter that was left open can't be gone on with here."""

    title_id = "error.title.cannot-resume"


class StoreUnusable(KioskError):
    """The encounter log can't be opened or written."""

    title_id = "error.title.store"
    exit_code = Exit.STORE


class LogMustBeReplaced(StoreUnusable):
    """The log can't be gone on with, but a new one, which cites it, can take its place once a person decides so.

    reason: why, in the word that the new log's first entry keeps.
    """

    title_id = "error.title.log"

    def __init__(self, what: str, repair: str = "", reason: str = "altered", text_id: str = "error.log") -> None:
        super().__init__(what, repair, text_id)
        self.reason = reason


class NotConfirmed(StoreUnusable):
    """A write was started and its end is not known; look its entry up before trying again."""

    title_id = "error.title.not-confirmed"


class InvalidAnswer(KioskError):
    """A reply that does not fit the step it names."""

    title_id = "error.title.answer"
