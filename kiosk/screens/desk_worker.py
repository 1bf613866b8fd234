"""The desk in its own thread: one action at a time, and none of them blocks the screen."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TYPE_CHECKING, TypeVar

from kiosk.errors import ReplaceReason, StoreUnusable
from kiosk.presentation.services import Services

if TYPE_CHECKING:
    from kiosk.desk.service import Desk
    from kiosk.desk.unfinished import UnfinishedRecords

T = TypeVar("T")


class DeskThread:
    """Open the desk on first use, keep it open, and close it, all in the one thread.

    After `close`, every action is cancelled: it raises CancelledError and is never begun.
    """

    def __init__(self, services: Services) -> None:
        self._services = services
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="desk")
        self._desk: Desk | None = None
        self._ended = False

    async def load(self) -> Services:
        """Load the data that the first paint did without. Return the services to continue with. Raise KioskError."""
        if self._services.load is not None:
            self._services = await self._run(self._services.load)
        return self._services

    async def open(self) -> UnfinishedRecords:
        """Open the log unless it is open. Return the unfinished records. Raise KioskError."""
        return await self._run(lambda: self._opened().unfinished())

    async def attend(self, entered: Callable[[], object]) -> None:
        """Begin to take entries of commands. entered: called in another thread after such an entry was recorded."""
        await self._run(lambda: self._attend(entered))

    async def act(self, work: Callable[[Desk], T]) -> T:
        """Do one action, and wait until the log has it. Raise KioskError."""
        return await self._run(lambda: work(self._opened()))

    async def replace_log(self, reason: ReplaceReason) -> None:
        """Replace the log; the next action opens the new one. Raise KioskError."""
        await self._run(lambda: self._replace(reason))

    async def renew(self) -> Services:
        """End the session, close the log, install what waits, and read all again. Return the services to continue with.

        Raise KioskError if the session can't be ended or nothing can be read; the next action continues as before.
        """
        return await self._run(self._renew)

    async def close(self, seconds: float, *, in_order: bool) -> None:
        """End the session and close the log within `seconds`; anything not done by then is dropped.

        in_order: False after a crash. The log then has no end of the session, and the next session records that.
        """
        ending = asyncio.get_running_loop().run_in_executor(self._thread, self._end, in_order)
        await asyncio.wait({ending}, timeout=seconds)
        self._ended = True
        self._thread.shutdown(wait=False, cancel_futures=True)
        if ending.done() and not ending.cancelled():
            ending.exception()  # read, so that asyncio does not report it on the screen

    async def _run(self, work: Callable[[], T]) -> T:
        if self._ended:  # as for work that was still waiting for the thread then
            raise asyncio.CancelledError
        return await asyncio.get_running_loop().run_in_executor(self._thread, work)

    def _opened(self) -> Desk:
        if self._desk is None:
            self._desk = self._services.open_desk()
        return self._desk

    def _attend(self, entered: Callable[[], object]) -> None:
        if self._desk is not None and self._services.attend is not None:
            self._services.attend(self._submit, entered)

    def _submit(self, work: Callable[[Desk], int | None]) -> Future[int | None]:
        return self._thread.submit(self._with_open_desk, work)

    def _with_open_desk(self, work: Callable[[Desk], T]) -> T:
        if self._desk is None:
            raise StoreUnusable("The kiosk is replacing the log.", "Try again in a minute.")
        return work(self._desk)

    def _replace(self, reason: ReplaceReason) -> None:
        self._desk = None  # it holds the log that is archived
        if self._services.replace_log is not None:
            self._services.replace_log(reason)

    def _renew(self) -> Services:
        renewal, desk = self._services.renewal, self._desk
        if renewal is not None:
            self._desk = None
            try:
                if desk is not None:
                    desk.end_session()
            finally:
                self._services.close_log()
            renewal.install()
            self._services = renewal.load()
        return self._services

    def _end(self, in_order: bool) -> None:
        try:
            if self._desk is not None and in_order:
                self._desk.end_session()
        finally:
            self._services.close_log()
