"""What the district sent is installed at a home screen that nobody uses: never in a record, and no press is lost."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field, replace
from threading import Event

from kiosk.desk.station import Station
from kiosk.errors import KioskError, UsageError
from kiosk.presentation.services import Renewal, Services
from kiosk.screens.desk_app import REST_S
from tests.builders import a_station
from tests.screens.acting import Actor, Stand, a_stand, acting

NEW: Station = replace(a_station("live"), school="The renewed school")


@dataclass
class Waiting:
    """A kiosk with something to install, and what became of it."""

    stand: Stand
    installed: list[int] = field(default_factory=list)
    error: KioskError | None = None
    begun: Event = field(default_factory=Event)
    gate: Event = field(default_factory=Event)
    is_ready: bool = True

    def install(self) -> None:
        """Install it; `closed` says how often the log was closed by then."""
        self.begun.set()
        assert self.gate.wait(20), "the test never opened the gate"
        self.installed.append(len(self.stand.closed))
        self.is_ready = False

    def load(self) -> Services:
        """Read all again."""
        if self.error is not None:
            raise self.error
        return replace(self.stand.services, station=NEW)


def waiting(*, error: KioskError | None = None) -> tuple[Stand, Waiting]:
    """A kiosk to which the district has sent something."""
    stand = a_stand()
    found = Waiting(stand, error=error)
    found.gate.set()
    renewal = Renewal(lambda: found.is_ready, found.install, found.load)
    return replace(stand, services=replace(stand.services, renewal=renewal)), found


async def renewed(actor: Actor) -> None:
    """Let the kiosk look."""
    actor.app.renew()
    await actor.settle()


async def test_a_kiosk_that_nobody_uses_installs_what_waits_with_its_log_closed() -> None:
    """The session ends; the next record has the new station."""
    stand, found = waiting()
    async with acting(stand) as actor:
        await renewed(actor)
        assert found.installed == []
        stand.clock.advance(REST_S)
        await renewed(actor)
        assert found.installed == [1]
        assert NEW.school in actor.text
        await renewed(actor)
        assert len(found.installed) == 1
        await actor.press("enter")
        assert stand.log.kinds() == ["session.ended", "encounter.opened"]


async def test_nothing_is_installed_while_a_record_is_open() -> None:
    """Nor with a page over the home screen; afterwards it is."""
    stand, found = waiting()
    async with acting(stand) as actor:
        await actor.press("enter")
        stand.clock.advance(REST_S)
        await renewed(actor)
        assert found.installed == []
        await actor.press("f10", "2")
        await actor.press("f1")
        stand.clock.advance(REST_S)
        await renewed(actor)
        assert found.installed == []


async def test_a_press_while_it_is_installed_starts_a_record() -> None:
    """As at the start of the kiosk: it waits for the log, and is not lost."""
    stand, found = waiting()
    async with acting(stand) as actor:
        stand.clock.advance(REST_S)
        found.gate.clear()
        actor.app.renew()
        assert await asyncio.to_thread(found.begun.wait, 20)
        await actor.hurry("enter")
        assert stand.log.kinds() == ["session.ended"]
        found.gate.set()
        await actor.settle()
        assert stand.log.kinds() == ["session.ended", "encounter.opened"]
        assert actor.app.services.station.school == NEW.school


async def test_a_kiosk_that_can_read_nothing_new_continues_as_before() -> None:
    """It says so, and opens its log again."""
    stand, found = waiting(error=UsageError("No protocol can be read.", "Call the office."))
    async with acting(stand) as actor:
        stand.clock.advance(REST_S)
        await renewed(actor)
        assert found.installed == [1]
        assert "No protocol can be read." in actor.text
        await actor.press("enter")
        await actor.press("enter")
        assert actor.app.running is not None
