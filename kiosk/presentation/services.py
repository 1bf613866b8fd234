"""Everything that the full-screen kiosk needs from outside; `bootstrap` builds it for `KioskApp`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, tzinfo
from typing import TYPE_CHECKING

from kiosk.desk.station import Station
from kiosk.errors import ReplaceReason
from kiosk.system.clock import Clock
from kiosk.voice.speaker import Speaker

if TYPE_CHECKING:
    from kiosk.desk.service import Desk


@dataclass(frozen=True, slots=True)
class Services:
    """Everything from outside that the screens use.

    `load` is set on the services of the very first paint, which know the school and nothing of the protocol: it reads
    the rest in the desk's thread and returns the services to continue with. It may raise KioskError; there is then no
    kiosk.

    reasons:   why only PRACTICE, or what is to be said of a live protocol, as whole sentences, the weightiest first.
    newest_reasons:  the same as it was looked at last, before the newest encounter opened; None keeps `reasons`.
    theme:     `day`, `night`, `contrast`, `console`, or `auto`.
    open_desk: opens the log; slow, called in the desk's thread after the first paint; may raise KioskError.
    close_log: lets go of the log; called in the desk's thread; twice does no harm.
    replace_log: archives the log and starts a new one for this reason; called in the desk's thread once a person has
               decided so; may raise KioskError. None where there is nothing to replace.
    crash:     writes the crash report; must not raise.
    read_s:  how long a person needs to read what the same key answers next, in seconds; 0 takes every press as meant.
    zone:      the zone of the clock on the bar; None is the machine's own.
    hide_after_s: after so many seconds without a key or a click the neutral page comes by itself; 0: never.
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
