"""The result of one check, and the worst state of several."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import assert_never

from kiosk.errors import KioskError
from kiosk.worded import Worded


class State(Worded):
    """The state of one check, or the worst state of all. words: what it means for the desk."""

    GREEN = "green", "Ready."
    AMBER = "amber", "Usable. Repair the amber subjects when there is time."
    RED = "red", "Not ready for a real encounter. Repair the red subjects first. Use the paper card until then."

    @property
    def exit_code(self) -> int:
        """The exit code of `kiosk doctor` when this is the worst state."""
        match self:
            case State.GREEN:
                return 0
            case State.AMBER:
                return 1
            case State.RED:
                return 2
            case _:
                assert_never(self)


class Subject(Worded):
    """The subject of a check, in the order of repair."""

    PROGRAM = "program", "Program files"
    PYTHON = "python", "Python"
    SQLITE = "sqlite", "SQLite"
    GUARD = "guard", "Privacy guard"
    WORDING = "wording", "Wording rules"
    HOME = "home", "Kiosk folder"
    SPACE = "space", "Disk space"
    SETTINGS = "settings", "Settings"
    ENCRYPTION = "encryption", "Encryption of notes"
    KEY = "key", "Superintendent's key"
    PROTOCOL = "protocol", "Protocol"
    APPROVAL = "approval", "Approval"
    SECOND_COPY = "second-copy", "Second copy"
    APPROVAL_DAY = "approval-day", "Approval day"
    CHOICES = "choices", "District settings"
    REVIEW = "review", "Review date"
    CONTACTS = "contacts", "Contacts"
    CONTACT_CHANGES = "contact-changes", "Changed contacts"
    NUMBERS = "numbers", "Test calls"
    RECORDS_KEY = "records-key", "Records officer's key"
    PEOPLE = "people", "People"
    CARD = "card", "Referral card"
    LOG = "log", "Log"
    SEARCH = "search", "Search index"
    LOG_KEY = "log-key", "Log signing key"
    LOG_STATE = "log-state", "Last checkpoint"
    NEW_LOG = "new-log", "Replaced log"
    PREVIOUS_LOGS = "previous-logs", "Previous logs"
    UNFINISHED = "unfinished", "Unfinished records"
    CALLS = "calls", "Calls to make"
    FACTS = "facts", "Facts to fill in"
    DUTIES = "duties", "Duties after visits"
    REVIEWS = "reviews", "Flagged records"
    PRESENCE = "presence", "Reports of presence"
    REQUESTS = "requests", "Records requests"
    RETENTION = "retention", "Holds and retention"
    DESTRUCTIONS = "destructions", "Destroyed records"
    OUTSIDE_COPIES = "outside-copies", "Outside copies"
    DISTRICT = "district", "District"
    CLOCK = "clock", "Clock"
    VOICE = "voice", "Voice"
    TERMINAL = "terminal", "Terminal"


@dataclass(frozen=True, slots=True)
class Check:
    """The result of one check. words: the result in a sentence; repair: what to do, unless it is green."""

    name: Subject
    state: State
    words: str
    repair: str = ""


def worst(checks: Sequence[Check]) -> State:
    """Return the worst state of these checks; green for none."""
    return max((check.state for check in checks), key=tuple(State).index, default=State.GREEN)


def red(name: Subject, error: KioskError | OSError) -> Check:
    """Return the red result of a check that failed with this error."""
    if isinstance(error, KioskError):
        return Check(name, State.RED, error.what, error.repair)
    why = (error.strerror or "unknown reason").lower()
    return Check(name, State.RED, f"It can't be checked ({why}).", "Ask IT to check the kiosk's home folder.")
