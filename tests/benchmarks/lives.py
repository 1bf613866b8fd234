"""Encounters as the desk writes them: the scenarios of the Connecticut pack, played through the desk in memory."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from kiosk.desk.running import Running
from kiosk.desk.service import Desk
from kiosk.desk.station import Pack, Station
from kiosk.engine.encounter import Encounter
from kiosk.packs.library import Library
from kiosk.protocol.model import Protocol
from kiosk.protocol.replies import Answer, Place
from kiosk.protocol.site.people import Contact, Contacts
from kiosk.record.canonical import Json
from kiosk.record.entries import Actor, Entry, LoggedEntry
from kiosk.record.entry_kinds import EntryKind
from kiosk.scenarios.model import CalledOutside, PressedKey, Scenario
from kiosk.scenarios.player import Play
from kiosk.scenarios.runner import playable, read_scenarios
from kiosk.settings import Home
from kiosk.system.clock import FixedClock
from tests.fakes import MemoryLog

PACK = "ct-outside-agent"
AGENCY = "field.agency-as-stated"
_NO_HOME = Home(Path("/nonexistent"))
_AGENCIES = ("Federal Example Agency", "State Example Bureau", "Example County Sheriff", "A parent, by their own word")

Life = tuple[Entry, ...]
"""The entries of one encounter, from its opening to its end."""


class _AtDesk(Play):
    """A scenario whose every reply also goes through the desk."""

    def __init__(self, protocol: Protocol, scenario: Scenario, desk: Desk) -> None:
        super().__init__(protocol, scenario)
        self._desk = desk
        self.running: Running = desk.open()

    def _press(self, line: PressedKey) -> None:
        self.running = self._desk.press(self.running, self.walk.at, line.interrupt)
        super()._press(line)

    def _took(self, place: Place, reply: Answer, moved: Encounter) -> None:
        does = self._desk.answer if place == self.running.walk.at else self._desk.correct
        self.running = does(self.running, place, reply)
        super()._took(place, reply, moved)


def pack() -> Pack:
    """The pack as it ships, with its content hash and content."""
    found = Library(_NO_HOME).find(PACK)
    assert found.protocol is not None
    return Pack(found.protocol, found.content_hash, found.content)


def lives(of: Pack) -> Sequence[Life]:
    """Every scenario of the pack that ends, as entries; the shortest first."""
    data = Library(_NO_HOME).find(PACK).files["scenarios.yaml"]
    scenarios, _ = read_scenarios(data, "scenarios.yaml", of.protocol)
    played = [_played(of, scenario) for scenario in playable(of.protocol, scenarios) if _plain(scenario)]
    assert len(played) > 10, "the pack's scenarios no longer play through the desk"
    return sorted(played, key=len)


def _plain(scenario: Scenario) -> bool:
    """Whether its calls and hours are those of this desk: made at call steps, with everybody there."""
    outside = any(isinstance(line, CalledOutside) for line in scenario.do)
    return not (outside or scenario.after_hours or isinstance(scenario.do[0], PressedKey))


def _played(of: Pack, scenario: Scenario) -> Life:
    log = MemoryLog()
    people = {
        role: tuple(Contact(f"Person {n} Example", phone="860-555-0142") for n in range(scenario.people.get(role, 1)))
        for role in of.protocol.roles
    }
    school = Contacts("Lincoln Elementary School", people)
    station = Station(school.school, "Front office", "live", school, settings=scenario.settings)
    desk = Desk(log, FixedClock(), station, of, pack_by_hash=lambda _: None)
    play = _AtDesk(of.protocol, scenario, desk)
    play.through()
    running = play.running
    if len(log.kept) % 2:  # a note on every other one
        running = desk.note(running, "Two people, one grey car, stayed calm.")
    desk.close(running, names_child=False)
    return tuple(_entry(kept) for kept in log.told())


def _entry(kept: LoggedEntry) -> Entry:
    assert isinstance(kept.kind, EntryKind)
    return Entry(kept.kind, kept.body, kept.encounter_id, kept.step, Actor(kept.actor), kept.pack)


def varied(life: Life, n: int, no: str, encounter_id: str) -> Life:
    """The life of encounter `n`: its own number, and in its notes and its agency words that others do not have."""
    return tuple(replace(entry, encounter_id=encounter_id, body=_body(entry, n, no)) for entry in life)


def _body(entry: Entry, n: int, no: str) -> dict[str, Json]:
    body = dict(entry.body)
    if "no" in body:
        body["no"] = no
    if entry.kind == EntryKind.NOTE_ADDED:
        body["text"] = f"{body['text']} Plate EX-{n:06d}."
    if isinstance(body.get(AGENCY), str):
        body[AGENCY] = _AGENCIES[n % len(_AGENCIES)]
    return body
