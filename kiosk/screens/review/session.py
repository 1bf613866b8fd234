"""A log-in at the screen, from the passphrase to its end, which is an entry.

An act that was confirmed is finished when its person does not press a key for long; one that only shows something
stops, and so does each when the program closes. The end of the log-in is entered after the act, so that the log has no
entry of somebody whose log-in had ended.
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Awaitable
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from kiosk.errors import KioskError
from kiosk.presentation.people import Doorkeeper
from kiosk.record.people.logins import Ended


@dataclass(frozen=True, slots=True)
class RunningAct:
    """An act under way. work: ends with it. left: cancels it. reads: whether it only shows something."""

    work: asyncio.Future[Any]
    left: threading.Event
    reads: bool


class Session:
    """The log-in of one person; it ends once."""

    def __init__(self, door: Doorkeeper, name: str) -> None:
        self._door, self._name = door, name
        self._ending: asyncio.Future[None] | None = None
        self.act: RunningAct | None = None

    @property
    def over(self) -> bool:
        """Whether it has ended."""
        return self._ending is not None

    def end(self, why: Ended) -> Awaitable[None]:
        """End it at once; return what can be waited for until that is recorded, also when it had ended before.

        A task of its own records it, since one of the page or the app is cancelled with them.
        """
        if self.act is not None and (self.act.reads or why is not Ended.IDLE):
            self.act.left.set()
        if self._ending is None:
            self._ending = asyncio.ensure_future(self._end(why))
        return asyncio.shield(self._ending)

    async def _end(self, why: Ended) -> None:
        if self.act is not None:
            await asyncio.wait({self.act.work})
        await asyncio.to_thread(self._record, why)

    def _record(self, why: Ended) -> None:
        with suppress(KioskError):  # a log that can't be written keeps nobody logged in
            self._door.end(self._name, why)
