"""Words that occur once in the world, told to the kiosk in records, and looked for in every byte of a home."""

from __future__ import annotations

import base64
import random
import string
import uuid
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from kiosk.desk.running import Running
from kiosk.desk.service import Desk
from kiosk.desk.station import Pack, Station
from kiosk.log.log import LogOnDisk, open_writer
from kiosk.packs.library import Library
from kiosk.protocol.replies import Attempt, CallResult, Chosen, Missing, Place, Recorded
from kiosk.protocol.site.contacts import Contact, Contacts
from kiosk.record.amendments import ADDITION, NOWHERE, Amendment, Ref, entry_of
from kiosk.record.entries import Entry, encode
from kiosk.settings import Home
from kiosk.system.clock import FixedClock, Instant

THEN: Final = datetime(2020, 3, 10, 12, tzinfo=UTC)
LETTERS: Final = 24


class Teller:
    """Tells a home's live log records with markers; `told` holds each record's, by its number."""

    def __init__(self, home: Home, seed: int) -> None:
        self.told: dict[str, list[str]] = {}
        self._home, self._chance, self._clock = home, random.Random(seed), FixedClock(THEN)  # noqa: S311 - no secret

    def tell(self, markers: int, *, tidy: bool) -> None:
        """Tell records until so many markers are told; `tidy` moves each into the main file, else SQLite decides."""
        found = Library(self._home).find("small")
        assert found.protocol is not None
        people = Contacts("Lincoln Elementary School", {"office": (Contact("Dana Ruiz", phone="860-555-0142"),)})
        station = Station("Lincoln Elementary School", "Front office", "live", people)
        log = open_writer(self._home, "live", self._clock)
        desk = Desk(
            log,
            self._clock,
            station,
            Pack(found.protocol, found.content_hash, found.content),
            pack_by_hash=lambda _: None,
        )
        while sum(map(len, self.told.values())) < markers:
            self._one(desk, log)
            if tidy:
                assert log.empty_wal()
        log.close()

    def amendment(self, no: str, encounter_id: str) -> Entry:
        """An amendment of that record, with a marker."""
        made = Amendment(NOWHERE, Ref(0, "x"), ADDITION, None, self._words(no), "A reason", "A. Example", self._at())
        return entry_of(made, encounter_id=encounter_id, no=no, pack="0" * 64)

    def _one(self, desk: Desk, log: LogOnDisk) -> None:
        running = desk.open()
        no = running.no
        self.told[no] = []
        running = desk.answer(running, Place("channel"), Chosen("phone"))
        for _ in range(self._chance.randrange(3)):
            running = desk.note(running, self._words(no))
        if self._chance.random() < 0.5:
            running = desk.correct(running, Place("channel"), Chosen("door"))
            running = desk.attempt(running, Place("call-now"), Attempt("office", 0, CallResult.REACHED))
        running = self._facts(desk, running)
        desk.close(running, names_child=False)
        for _ in range(self._chance.randrange(2)):
            entry, size = self.amendment(no, running.id), log.size()
            log.append([encode(entry, origin=log.origin, seq=size, event_id=str(uuid.uuid4()), at=self._at())])

    def _facts(self, desk: Desk, running: Running) -> Running:
        facts = Recorded.of({"agency-as-stated": self._words(running.no), "badge": Missing("refused")})
        running = desk.answer(running, Place("identify"), facts)
        if self._chance.random() < 0.3:
            again = Recorded.of({"agency-as-stated": self._words(running.no), "badge": Missing("refused")})
            running = desk.correct(running, Place("identify"), again)
        return running

    def _words(self, no: str) -> str:
        """A sentence with a new marker in it, twice when it is so long that SQLite keeps it on several pages."""
        marker = "".join(self._chance.choices(string.ascii_lowercase, k=LETTERS))
        self.told[no].append(marker)
        if self._chance.random() < 0.7:
            return f"They said {marker} at the door."
        filling = "and went on, " * self._chance.randrange(20, 500)
        return f"They said {marker} {filling} {marker} at the door."

    def _at(self) -> Instant:
        self._clock.advance(60)
        return self._clock.now()


def found_in(home: Home, markers: Iterable[str]) -> dict[str, list[str]]:
    """The files of the home that hold each marker: as it is, or inside base64 at any of its three places."""
    data = {path: path.read_bytes().strip(b"\x00") for path in _files(home)}
    wanted = {marker: [marker.encode(), *_in_base64(marker)] for marker in markers}
    return {
        marker: files
        for marker, forms in wanted.items()
        if (files := [path.name for path, held in data.items() if any(form in held for form in forms)])
    }


def holding(home: Home, values: Iterable[bytes]) -> list[bytes]:
    """Those of these stored values that any file of the home still holds, byte for byte."""
    data = [path.read_bytes().strip(b"\x00") for path in _files(home)]
    return [value for value in values if any(value in held for held in data)]


def _files(home: Home) -> list[Path]:
    return [path for path in home.path.rglob("*") if path.is_file()]


def _in_base64(marker: str) -> list[bytes]:
    """The letters that stand for the marker, whatever comes before and after it."""
    forms = []
    for before in range(3):
        text = base64.urlsafe_b64encode(b"\x00" * before + marker.encode() + b"\x00" * 2)
        first, whole = -(-before * 8 // 6), (before + len(marker)) * 8 // 6
        forms.append(text[first:whole])
    return forms
