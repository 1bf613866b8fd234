"""Contacts that are changed while the kiosk is open: the next record has them, the one on the screen keeps its own."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from kiosk.desk.station import Station
from kiosk.protocol.site.contacts import Contact
from tests.screens.acting import Stand, a_stand, acting

NEW = "Robin Newcomer"


def changing() -> tuple[Stand, list[str], list[date]]:
    """A kiosk whose first contact of each role has the newest of these names; the days for which it was asked."""
    stand, names, days = a_stand(), list[str](), list[date]()

    def newest(day: date) -> Station:
        days.append(day)
        station = stand.services.station
        if not names:
            return station
        roles = {
            role: (Contact(names[-1], phone="860-555-0199"), *rest[1:]) for role, rest in station.contacts.roles.items()
        }
        return replace(station, contacts=replace(station.contacts, roles=roles))

    return replace(stand, services=replace(stand.services, newest_station=newest)), names, days


async def test_the_next_record_has_the_new_contacts_and_the_open_one_its_own() -> None:
    """A record that is left for later continues with the calling order of its own day."""
    stand, names, days = changing()
    async with acting(stand) as actor:
        await actor.press("enter", "f5")
        before = actor.text
        names.append(NEW)
        assert (NEW in before, "Dana Ruiz" in before) == (False, True)
        await actor.press("enter", "f5")
        assert actor.text == before
        await actor.press("enter", "f10", "1")
        await actor.press("f5")
        assert NEW in actor.text
        assert set(days) == {stand.clock.now().local().date()}
