"""The sender's loop: connect, compare, send what is new, wait; after a failure wait longer and begin again.

Nothing here keeps what it needs only in memory: whatever moment it is killed in, the next sender compares first and
continues after what the district has.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextlib import AbstractContextManager
from dataclasses import replace
from time import monotonic
from typing import Protocol, assert_never

from db.district.calls import Answer, Batch
from kiosk.district.sending.exchange import (
    Acknowledged,
    Call,
    Compare,
    Rest,
    SendEntries,
    SendValues,
    heard,
    next_call,
)
from kiosk.district.sending.fetching import fetch
from kiosk.district.sending.journal import Journal
from kiosk.district.sending.logs import Fingerprint, fingerprint, live_logs
from kiosk.district.sending.outbox import Outbox, Values
from kiosk.district.sending.pacing import FETCH_S, HEARTBEAT_S, IDLE_S, LOOK_S, BackOff
from kiosk.district.sending.roots import Roots
from kiosk.district.sending.wire import District, NotAcknowledged
from kiosk.district.settings import read_district
from kiosk.district.status import Failure, is_enrolled
from kiosk.district.told import Told
from kiosk.errors import LogMustBeReplaced, StoreUnusable, UsageError
from kiosk.log.log import LogOnDisk
from kiosk.protocol.model import DisclosureClass
from kiosk.record.disclosure.levels import Level, classes_in
from kiosk.settings import Home, read_settings

Connect = Callable[[], AbstractContextManager[District]]


class Stop(Protocol):
    """A request to end, such as a `threading.Event`."""

    def is_set(self) -> bool:
        """Check whether the end was requested."""

    def wait(self, timeout: float) -> bool:
        """Wait so many seconds, or until the end is requested; return whether it was."""


class _Ended(Exception):
    """The end was requested."""


class Sender:
    """Sends the live logs of a home until it is asked to stop."""

    def __init__(self, home: Home, connect: Connect, journal: Journal, stop: Stop, back_off: BackOff) -> None:
        self._home, self._connect, self._journal, self._stop, self._back_off = home, connect, journal, stop, back_off
        self._roots: dict[str, Roots] = {}
        self._compared: set[str] = set()
        self._ahead = ThreadPoolExecutor(1, "reads-ahead")
        self._fetched_s: float | None = None

    def run(self) -> None:
        """Send until the end is requested, or until this desk belongs to no district any more."""
        try:
            while is_enrolled(self._home):
                self._once()
        except _Ended:
            pass
        finally:
            self._journal.save()
            self._ahead.shutdown(cancel_futures=True)

    def _once(self) -> None:
        """Connect and send until nothing is new for a while; or fail, and wait."""
        seen = fingerprint(self._home)
        try:
            level = read_district(self._home).level
            with self._connect() as district:
                seen = self._talk(district, level)
        except NotAcknowledged as error:
            self._failed(error.why)
        except UsageError:
            self._failed(Failure.SETTINGS)
        except StoreUnusable:
            self._failed(Failure.LOG)
        else:
            self._await_growth(seen, HEARTBEAT_S)

    def _failed(self, why: Failure) -> None:
        self._journal.failed(why, self._measured())
        self._pause(self._back_off.failed())

    def _talk(self, district: District, level: Level) -> Fingerprint:
        """Send what is new until nothing was for a while; return what the logs looked like then."""
        self._compared.clear()
        while True:
            seen = fingerprint(self._home)
            self._send_all(district, level)
            self._fetch(district)
            self._back_off.succeeded()
            self._journal.save()
            if not self._await_growth(seen, IDLE_S):
                return seen

    def _fetch(self, district: District) -> None:
        """Fetch a newer bundle, if the last look was some minutes ago. Raises NotAcknowledged."""
        now_s = monotonic()
        if self._fetched_s is None or now_s - self._fetched_s >= FETCH_S:
            self._fetched_s = now_s  # also if this fails: the next entries are sent first
            fetch(self._home, district)

    def _await_growth(self, seen: Fingerprint, most_s: float) -> bool:
        """Wait until the logs changed, at most so long; return whether they did."""
        waited = 0.0
        while waited < most_s:
            self._pause(LOOK_S)
            waited += LOOK_S
            if fingerprint(self._home) != seen:
                return True
        return False

    def _pause(self, seconds: float) -> None:
        if self._stop.wait(seconds):
            raise _Ended

    def _measured(self) -> dict[str, int] | None:
        """Return the sizes of the logs; None if they can't be read."""
        try:
            with live_logs(self._home) as logs:
                return {log.origin: log.newest_checkpoint().size for log, _ in logs}
        except StoreUnusable:
            return None

    def _send_all(self, district: District, level: Level) -> None:
        """Send what is new in each log, oldest first: a log that cites another one comes after it."""
        with live_logs(self._home) as logs:
            for log, destroyed in logs:
                try:
                    self._send(district, self._outbox(log, level, destroyed))
                except LogMustBeReplaced:  # damaged or altered; the other logs are sent all the same
                    self._journal.found(log.origin, Told.ALTERED)

    def _outbox(self, log: LogOnDisk, level: Level, destroyed: frozenset[str]) -> Outbox:
        settings = read_settings(self._home)
        classes = classes_in(log, DisclosureClass(settings.staff_names), DisclosureClass(settings.holds))
        return Outbox(log, level, classes, self._roots.setdefault(log.origin, Roots()), destroyed)

    def _send(self, district: District, outbox: Outbox) -> None:
        """Send what is new in one log. Raises NotAcknowledged, Altered, StoreUnusable."""
        known = replace(self._journal.known(outbox.origin), compared=outbox.origin in self._compared)
        ahead: tuple[Call, Future[Batch | Values]] | None = None
        while (call := next_call(known, outbox.size)) != Rest():
            if self._stop.is_set():
                raise _Ended
            parcel = ahead[1].result() if ahead and ahead[0] == call else _parcel(outbox, call)
            ahead = self._read_ahead(outbox, _expected(known, parcel))
            try:
                answer = _sent(district, parcel)
            finally:
                wait([ahead[1]] if ahead else [])  # the log is read by one thread at a time, and closed by none
            found = heard(known, parcel.size, answer, outbox)
            known = self._journal.heard(outbox.origin, outbox.size, found)
            if known.compared:
                self._compared.add(outbox.origin)
            if known.stopped is not None and not found.moved:
                return
            if not found.moved and next_call(known, outbox.size) != Rest():
                raise NotAcknowledged(Failure.NOT_TAKEN)

    def _read_ahead(self, outbox: Outbox, expected: Acknowledged) -> tuple[Call, Future[Batch | Values]] | None:
        """Read what is sent next if all goes well, while the district works on what is sent now."""
        call = next_call(expected, outbox.size)
        return None if call == Rest() else (call, self._ahead.submit(_parcel, outbox, call))


def _parcel(outbox: Outbox, call: Call) -> Batch | Values:
    match call:
        case Compare(size):
            return outbox.comparison(size)
        case SendEntries(first):
            return outbox.entries(first)
        case SendValues(first, upto):
            return outbox.values(first, upto)
        case Rest():
            raise ValueError("nothing is to be sent")
        case _:
            assert_never(call)


def _sent(district: District, parcel: Batch | Values) -> Answer:
    return district.ingest(parcel) if isinstance(parcel, Batch) else district.disclose(parcel)


def _expected(known: Acknowledged, parcel: Batch | Values) -> Acknowledged:
    """Return what is acknowledged after this parcel if all goes well."""
    if isinstance(parcel, Batch):
        return replace(known, entries=parcel.size, compared=True, stopped=None)
    return replace(known, values=parcel.size)
