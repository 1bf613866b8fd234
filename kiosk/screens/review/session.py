"""A log-in at the screen, from the passphrase to its end, which is an entry."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable
from contextlib import suppress

from kiosk.errors import KioskError
from kiosk.presentation.people import Doorkeeper
from kiosk.record.people.logins import Ended


class Session:
    """The log-in of one person; it ends once."""

    def __init__(self, door: Doorkeeper, name: str) -> None:
        self._door, self._name = door, name
        self._ending: asyncio.Future[None] | None = None

    @property
    def over(self) -> bool:
        """Whether it has ended."""
        return self._ending is not None

    def end(self, why: Ended) -> Awaitable[None]:
        """End it at once; return what can be waited for until that is recorded, also when it had ended before.

        A task of its own records it, since one of the page or the app is cancelled with them.
        """
        if self._ending is None:
            self._ending = asyncio.ensure_future(asyncio.to_thread(self._record, why))
        return asyncio.shield(self._ending)

    def _record(self, why: Ended) -> None:
        with suppress(KioskError):  # a log that can't be written keeps nobody logged in
            self._door.end(self._name, why)
