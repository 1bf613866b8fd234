"""The running kiosk's side of entries that commands send: their checks, then the desk's own thread."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import CancelledError
from contextlib import closing
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from kiosk.errors import Exit, KioskError, Refused
from kiosk.log.intake.checks import require_enterable
from kiosk.log.intake.messages import Entered, EntryRequest, Rejected
from kiosk.log.log import open_reader
from kiosk.record.disclosure.encryption import DistrictKey, is_narrative
from kiosk.settings import Home, Mode

if TYPE_CHECKING:
    from kiosk.desk.service import Desk
    from kiosk.presentation.services import Submit

BUSY_S: Final = 3.0
"""Maximum seconds that a request waits for its turn at the desk."""


@dataclass(frozen=True, slots=True)
class Taker:
    """Records requests through the desk, in the desk's thread, so never within an answer's own commit.

    submit: queues work for that thread; raises RuntimeError once the thread has ended.
    key: returns the district key that commands encrypt for now. entered: called after each recorded request.
    """

    home: Home
    mode: Mode
    submit: Submit
    key: Callable[[], DistrictKey | None]
    entered: Callable[[], object]
    busy_s: float = BUSY_S

    def __call__(self, request: EntryRequest, begin: Callable[[], bool]) -> Entered | Rejected | None:
        """Record a request. Never raises a KioskError; the checks run here, so that they don't delay the desk."""
        try:
            number = self._known(request)
            if number is None:
                require_enterable(self.home, self.mode, request.entries, request.newest)
                number = self._recorded(request, begin)
        except KioskError as error:
            return Rejected.by(error)
        except CancelledError:  # the kiosk is closing
            return None
        except TimeoutError:
            return Rejected(Exit.STORE, "The kiosk is busy. Nothing was entered.", "Try again in a minute.")
        except Exception:  # whatever a made-up entry breaks, the desk must continue
            return Rejected(Exit.USAGE, "The kiosk can't record this entry.", "Use a command of the kiosk's version.")
        if number is None:
            return None
        self.entered()
        return Entered(number)

    def _known(self, request: EntryRequest) -> int | None:
        """Return the number of a request that was recorded before, when its answer was lost."""
        with closing(open_reader(self.home, self.mode)) as log:
            return log.number_of(request.ids[-1])

    def _recorded(self, request: EntryRequest, begin: Callable[[], bool]) -> int | None:
        """Return the number of the entry; None when the command has stopped waiting. Raises TimeoutError."""
        key = self.key() if any(map(is_narrative, request.entries)) else None

        def work(desk: Desk) -> int | None:
            if key is not None and desk.station.encrypt_notes_to != key:
                raise Refused(
                    "The encryption of notes was changed while the kiosk was open. Nothing was entered.",
                    "Close the kiosk, and open it again.",
                )
            return desk.record_entries(request.entries, request.ids) if begin() else None

        try:
            future = self.submit(work)
        except RuntimeError:  # the desk's thread has ended
            return None
        try:
            return future.result(self.busy_s)
        except TimeoutError:
            if future.cancel():
                raise
        return future.result()  # it began, so its result must be known
