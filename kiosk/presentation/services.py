"""Everything that the full-screen kiosk needs from outside; `bootstrap` builds it for `KioskApp`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from typing import TYPE_CHECKING

from kiosk.desk.station import Station
from kiosk.errors import ReplaceReason
from kiosk.system.clock import Clock
from kiosk.voice.speaker import Speaker

if TYPE_CHECKING:
    from concurrent.futures import Future

    from kiosk.desk.service import Desk
    from kiosk.presentation.people import Doorkeeper
    from kiosk.presentation.review import Reviewer

    Submit = Callable[[Callable[[Desk], int | None]], Future[int | None]]


@dataclass(frozen=True, slots=True)
class Renewal:
    """How a kiosk that is open gets what the district sent, between encounters.

    ready:   returns whether something was checked and waits; quick.
    install: installs it in the desk's thread, while the log is closed; raises nothing.
    load:    reads everything again, as `Services.load` does.
    """

    ready: Callable[[], bool]
    install: Callable[[], None]
    load: Callable[[], Services]


@dataclass(frozen=True, slots=True)
class Services:
    """Everything from outside that the screens use.

    reasons:     why this is only PRACTICE, or the warnings of a live desk, in sentences; the most important first.
    theme:       `day`, `night`, `contrast`, `console`, or `auto`.
    open_desk:   opens the log; slow. Called in the desk's thread after the first paint; may raise KioskError.
    close_log:   closes the log. Called in the desk's thread; a second call does nothing.
    crash:       writes the crash report; must not raise.
    read_s:      seconds a person needs to read what the same key answers next; with 0, every press counts.
    zone:        time zone of the clock on the bar; None for the machine's own.
    hide_after_s: seconds without a key or a click until the neutral page is shown; 0 for never.
    load:        set only for the first paint, which knows the school but not the protocol. It reads the rest in the
                 desk's thread and returns the services to continue with. If it raises KioskError, the
                 kiosk can't start.
    replace_log: archives the log and starts a new one for this reason. Called in the desk's thread after a person
                 decided so; may raise KioskError. None when there is nothing to replace.
    attend: begins to take entries of commands; None when there is no log to take them into. Called in the desk's thread
                 once the log is open. It gets a function that queues work for that thread, and one to call, from any
                 thread, after such an entry was recorded.
    reviewer: makes what reads the log for administrators; None before the log is known.
    doorkeeper: logs people in before they read; None for PRACTICE, whose records everybody may read.
    log_in_ends_after_s: seconds without a key or a click until a log-in ends.
    newest_reasons: returns the reasons from the newest check of the pack; None to keep `reasons`.
    newest_station: returns the station with its contacts of now, in calling order on a day; None to keep `station`.
                 Called in the desk's thread, before a record starts or continues.
    renewal: for a kiosk that takes what its district sends; None for others.
    """

    station: Station
    clock: Clock
    speaker: Speaker
    reasons: tuple[str, ...]
    theme: str
    open_desk: Callable[[], Desk]
    close_log: Callable[[], None]
    crash: Callable[[BaseException], object]
    read_s: float = 0.7
    zone: tzinfo | None = None
    hide_after_s: float = 0
    load: Callable[[], Services] | None = None
    replace_log: Callable[[ReplaceReason], None] | None = None
    newest_reasons: Callable[[], tuple[str, ...]] | None = None
    newest_station: Callable[[date], Station] | None = None
    attend: Callable[[Submit, Callable[[], object]], None] | None = None
    reviewer: Callable[[], Reviewer] | None = None
    doorkeeper: Doorkeeper | None = None
    log_in_ends_after_s: float = 600
    renewal: Renewal | None = None

    @property
    def practice(self) -> bool:
        """Whether this is PRACTICE."""
        return self.station.mode == "practice"

    @property
    def why(self) -> tuple[str, ...]:
        """The reasons that the home screen shows about the protocol."""
        return self.reasons if self.newest_reasons is None else self.newest_reasons()

    def now(self) -> datetime:
        """Return the local time."""
        return self.clock.now().local(self.zone)
