"""What the sender knows, in memory and in the home: the cursor and the status, saved once a second at most."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import replace
from typing import Final

from kiosk.district.sending.cursor import read_cursor, save_cursor
from kiosk.district.sending.exchange import NOTHING_YET, Acknowledged, Heard
from kiosk.district.status import SHOWN_US, Failure, Finding, save_status, status_or_begin
from kiosk.district.told import Told, Weight
from kiosk.errors import StoreUnusable
from kiosk.settings import Home
from kiosk.system.clock import Clock

_APART_NS: Final = 1_000_000_000


class Journal:
    """The cursor and the status of a home, with one writer.

    A disk that can't be written costs nothing but calls, so its errors are left to the daily check.
    """

    def __init__(self, home: Home, clock: Clock) -> None:
        self._home, self._clock = home, clock
        self._known = read_cursor(home)
        self._sizes: dict[str, int] = {}
        self._status = status_or_begin(home, clock.now().wall_us)
        self._saved_ns: int | None = None

    def known(self, origin: str) -> Acknowledged:
        """Return what is acknowledged of a log."""
        return self._known.get(origin, NOTHING_YET)

    def heard(self, origin: str, size: int, found: Heard) -> Acknowledged:
        """Take what follows from an answer about a log of this size; return what is acknowledged now."""
        self._known[origin], self._sizes[origin] = found.now, size
        now = self._clock.now()
        if found.told is not None:
            self.found(origin, found.told, found.since, found.now.entries)
        if found.now.stopped is None:
            self._keep(lambda one: one.origin != origin or one.told.weight is not Weight.STOPPED)
            self._status = replace(self._status, acknowledged_us=now.wall_us, failure=None)
        self._status = replace(self._status, tried_us=now.wall_us)
        if self._saved_ns is None or now.boot_ns - self._saved_ns >= _APART_NS:
            self.save()
        return found.now

    def _keep(self, wanted: Callable[[Finding], bool]) -> None:
        self._status = replace(self._status, findings=tuple(filter(wanted, self._status.findings)))

    def found(self, origin: str, told: Told, before: int = 0, after: int = 0) -> None:
        """Add a finding about a log, in place of an older one of its kind."""
        now_us = self._clock.now().wall_us
        self._keep(lambda one: (one.origin, one.told) != (origin, told) and now_us - one.at_us < SHOWN_US)
        new = Finding(origin, told, now_us, before, after)
        self._status = replace(self._status, findings=(*self._status.findings, new))

    def failed(self, why: Failure, sizes: Mapping[str, int] | None) -> None:
        """Take a failure. sizes: of the logs now, None if they can't be read."""
        self._sizes |= sizes or {}
        self._status = replace(self._status, tried_us=self._clock.now().wall_us, failure=why)
        self.save()

    def save(self) -> None:
        """Save the cursor and the status."""
        self._saved_ns = self._clock.now().boot_ns
        known = [(size, self.known(origin)) for origin, size in self._sizes.items()]
        self._status = replace(
            self._status,
            entries=sum(size for size, _ in known),
            behind=sum(max(0, size - one.entries) for size, one in known),
            values_behind=sum(max(0, size - one.values) for size, one in known),
        )
        with suppress(StoreUnusable):
            save_cursor(self._home, self._known)
            save_status(self._home, self._status)
