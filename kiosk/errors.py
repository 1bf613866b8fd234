"""All errors that the kiosk shows to people, as one family.

    KioskError                        what happened, what to do, exit code
    ├── UsageError                2   a command was typed wrong, or an input file can't be read
    │   └── Mistyped              2   text that does not fit a field of a form
    ├── Refused                   3   not approved, not permitted, or on hold
    │   ├── NotChecked            5   nothing here confirms what it relies on
    │   └── CannotResume          3   an unfinished record can't be continued
    ├── StoreUnusable             4   the log is locked, full, damaged, or of another version
    │   ├── NotConfirmed          4   a commit failed midway; the entries may or may not be on disk
    │   └── LogMustBeReplaced     4   the log can't be continued; a new log may replace it
    │       └── record.entries.Altered   4   an entry on disk does not match its hash
    ├── InvalidAnswer             2   an answer that does not fit its step
    └── privacy.guard.PrivateText 2   text that must not be stored
        └── privacy.guard.UnclearText 3   text with two meanings; a person can say which

Each error says what happened and what to do.
"""

from __future__ import annotations

from enum import IntEnum
from typing import ClassVar

from kiosk.worded import Worded


class Exit(IntEnum):
    """Exit codes that scripts may rely on."""

    DONE = 0
    FOUND = 1
    USAGE = 2
    REFUSED = 3
    STORE = 4
    NOT_CHECKED = 5
    CRASH = 70
    CUT_OFF = 75


class KioskError(Exception):
    """An error to show to a person.

    what:    what happened; repair: what to do. Both are whole sentences in English.
    text_id: id of the text that a desk in another language shows instead (`kiosk/i18n`); empty: show the English.
    slots:   the values of that text's slots.
    """

    title_id: ClassVar[str] = "error.title"
    """Id of the title on the error page."""
    exit_code: ClassVar[Exit] = Exit.USAGE

    def __init__(self, what: str, repair: str = "", text_id: str = "", **slots: object) -> None:
        super().__init__(f"{what} {repair}".strip())
        self.what = what
        self.repair = repair
        self.text_id = text_id
        self.slots = slots


class UsageError(KioskError):
    """A command, option or input file that can't be used as given."""

    title_id = "error.title.usage"


class Mistyped(UsageError):
    """Text that does not fit a field of a form. Nothing was written."""

    title_id = "error.title.answer"


class Refused(KioskError):
    """The kiosk refuses to do this: not approved, not permitted, or on hold."""

    title_id = "error.title.refused"
    exit_code = Exit.REFUSED


class NotChecked(Refused):
    """The kiosk refuses to do this because nothing here confirms what it relies on."""

    exit_code: ClassVar[Exit] = Exit.NOT_CHECKED


class CannotResume(Refused):
    """An unfinished record can't be continued on this kiosk."""

    title_id = "error.title.cannot-resume"


class StoreUnusable(KioskError):
    """The log can't be opened or written."""

    title_id = "error.title.store"
    exit_code = Exit.STORE


class ReplaceReason(Worded):
    """Why a log was replaced, as the new log's first entry stores it. The words follow "because"."""

    RESTORED = "restored", "a backup was restored"
    GONE = "gone", "the previous log was missing"
    DAMAGED = "damaged", "the previous log was damaged"
    ALTERED = "altered", "the previous log did not match its signed checkpoint"
    ROLLED_BACK = "rolled-back", "an older copy was found in its place"
    FORKED = "forked", "a copy with other entries was found in its place"
    FOREIGN = "foreign", "another log, or another log's key, was found in its place"
    KEY_LOST = "key-lost", "the signing key of the previous log was lost"
    KEY_REPLACED = "key-replaced", "the signing key of the previous log was replaced"


class LogMustBeReplaced(StoreUnusable):
    """The log can't be continued. Once a person decides so, a new log that cites it can replace it.

    reason: the reason code that the new log's first entry stores.
    """

    title_id = "error.title.log"

    def __init__(
        self,
        what: str,
        repair: str = "",
        reason: ReplaceReason = ReplaceReason.ALTERED,
        text_id: str = "error.log",
    ) -> None:
        super().__init__(what, repair, text_id)
        self.reason = reason


class NotConfirmed(StoreUnusable):
    """A write started but its result is unknown. Look the entry up before trying again."""

    title_id = "error.title.not-confirmed"


class InvalidAnswer(KioskError):
    """An answer that does not fit its step."""

    title_id = "error.title.answer"
