"""A running kiosk without screens: it has the log open in one thread, and takes entries of commands."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field, replace

from kiosk.app.bootstrap import district_key_of
from kiosk.app.intake import Taker
from kiosk.desk.service import Desk
from kiosk.desk.station import Pack, Station
from kiosk.log.intake.server import Intake, open_intake
from kiosk.log.log import LogOnDisk, open_writer
from kiosk.packs.library import Library
from kiosk.protocol.site.contacts import Contact, Contacts
from kiosk.record.disclosure.encryption import DistrictKey
from kiosk.settings import Home, Mode
from kiosk.system.clock import Clock, SystemClock

ENDS_S = 20.0
"""How long the intake's thread may take to end."""


@dataclass
class RunningKiosk:
    """The kiosk as its commands meet it. entered: how many requests it was told of."""

    home: Home
    mode: Mode
    log: LogOnDisk
    desk: Desk
    thread: ThreadPoolExecutor
    entered: list[int] = field(default_factory=list)

    def submit(self, work: Callable[[Desk], int | None]) -> Future[int | None]:
        """Queue work for the desk's thread."""
        return self.thread.submit(work, self.desk)

    def taker(self, *, busy_s: float = ENDS_S) -> Taker:
        """What takes a request."""
        note: Callable[[], object] = lambda: self.entered.append(len(self.entered))  # noqa: E731 - as short as it is
        return Taker(self.home, self.mode, self.submit, lambda: district_key_of(self.home), note, busy_s)


@contextmanager
def a_desk_thread(
    home: Home, mode: Mode = "live", *, encrypt_to: DistrictKey | None = None, clock: Clock | None = None
) -> Iterator[RunningKiosk]:
    """The desk over the log, in its own thread, deaf to commands."""
    thread, clock = ThreadPoolExecutor(max_workers=1), clock or SystemClock()

    def begin() -> RunningKiosk:
        found = Library(home).find("small")
        assert found.protocol is not None
        people = Contacts("Lincoln Elementary School", {"office": (Contact("Dana Ruiz", phone="860-555-0142"),)})
        station = replace(
            Station("Lincoln Elementary School", "Front office", mode, people), encrypt_notes_to=encrypt_to
        )
        log = open_writer(home, mode, clock)
        pack = Pack(found.protocol, found.content_hash, found.content)
        return RunningKiosk(home, mode, log, Desk(log, clock, station, pack, pack_by_hash=lambda _: None), thread)

    with thread:
        kiosk = thread.submit(begin).result()
        try:
            yield kiosk
        finally:
            thread.submit(kiosk.log.close).result()


@contextmanager
def running_kiosk(
    home: Home, mode: Mode = "live", *, encrypt_to: DistrictKey | None = None, clock: Clock | None = None
) -> Iterator[RunningKiosk]:
    """The same, and it takes entries of commands."""
    with a_desk_thread(home, mode, encrypt_to=encrypt_to, clock=clock) as kiosk:
        intake = open_intake(home.log(mode), kiosk.taker())
        assert isinstance(intake, Intake), "the system allows no socket"
        try:
            yield kiosk
        finally:
            intake.close()
            assert intake.join(ENDS_S)
