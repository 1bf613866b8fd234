"""Who may read the records at the screen, as plain values. `app/people.py` asks the log."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from kiosk.presentation.review import Reviewer
from kiosk.record.people.logins import Ended


@dataclass(frozen=True, slots=True)
class Named:
    """A person in the list of names. role: its words."""

    name: str
    role: str


@dataclass(frozen=True, slots=True)
class LogIn:
    """A person who is logged in. reviewer: reads for this person, and records what it reads."""

    name: str
    reviewer: Reviewer


class Doorkeeper(Protocol):
    """Logs people in at the screen. Every method is slow, so it runs in another thread, and may raise KioskError."""

    def people(self) -> Sequence[Named]:
        """Return who may read the records; none while nobody is set up, and then everybody may."""

    def log_in(self, name: str, passphrase: str) -> LogIn:
        """Log a person in. Raises Refused for a wrong passphrase, and during the wait after some."""

    def end(self, name: str, why: Ended) -> None:
        """Record the end of a log-in."""
