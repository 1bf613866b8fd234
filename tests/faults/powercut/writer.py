"""The kiosk's own desk at work on a disk: `python -m tests.faults.powercut.writer MOUNT PLAN`.

It starts live, plays encounters, exports, is stopped and started again, and ends as a killed process does. After each
call of the desk that returned, it tells the disk so; from then on that answer must never be lost.
"""

from __future__ import annotations

import hashlib
import json
import os
import sqlite3
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from db import connections
from db.connections import bare
from db.store import Store
from kiosk.app.bootstrap import Opener, desk_of
from kiosk.cli import main as kiosk
from kiosk.desk.running import Running
from kiosk.desk.service import Desk
from kiosk.log.log import LogOnDisk
from kiosk.protocol.replies import Attempt, CallResult, Chosen, Missing, Place, Recorded
from kiosk.settings import Settings
from kiosk.system import files
from kiosk.system.clock import FixedClock
from tests.faults.powercut.operation import TOLD
from tests.homes import CONTACTS, PUBLIC, a_home, approved

SETTINGS: Final = Settings(school="Lincoln Elementary School", protocol="small", superintendent_key=PUBLIC)
EXPORT: Final = "export.jsonl"


@dataclass(frozen=True, slots=True)
class Plan:
    """How one run goes.

    sessions, encounters: how often the kiosk starts, and how many encounters it begins then; the last one stays open.
    journal, synchronous: SQLite's settings in place of the product's ("", 0: the product's stay).
    pages: after how many pages SQLite moves the newest entries into the main file (0: as it comes).
    careless: files are saved without making their names last.
    """

    sessions: int = 2
    encounters: int = 2
    journal: str = ""
    synchronous: int = 0
    pages: int = 0
    careless: bool = False


class Told:
    """What the world was told, in its order with what was asked of the disk."""

    def __init__(self, mount: Path) -> None:
        self._handle = os.open(mount / TOLD, os.O_WRONLY)

    def __call__(self, **words: object) -> None:
        """Tell these words."""
        os.pwrite(self._handle, json.dumps(words).encode("ascii"), 0)


def override(plan: Plan) -> None:
    """Put the plan's settings in the place of the product's, in this process."""
    chosen = connections._choose_journal

    def choose(connection: sqlite3.Connection) -> None:
        chosen(connection)
        if plan.journal:
            connection.execute(f"PRAGMA journal_mode={plan.journal}").fetchall()
            connection.execute(f"PRAGMA synchronous={plan.synchronous}")
        if plan.pages:
            connection.execute(f"PRAGMA wal_autocheckpoint={plan.pages}").fetchall()

    connections._choose_journal = choose
    if plan.careless:
        files._fsync_folder = lambda folder: None


class Work:
    """One run of the plan on one home."""

    def __init__(self, mount: Path, plan: Plan) -> None:
        self._mount, self._plan, self._clock = mount, plan, FixedClock()
        self._home = a_home(mount)
        self._home.contacts_file.write_text(CONTACTS, encoding="utf-8")
        approved(self._home.path / "protocols" / "small")
        self._told = Told(mount)
        self._exports = 0

    def run(self) -> None:
        """All sessions; after the last one nothing is closed."""
        self._told(began=True)
        for session in range(self._plan.sessions):
            force, _, opener = desk_of(self._home, SETTINGS, practice=False, clock=self._clock)
            assert force.mode == "live", force.reasons
            desk = opener.open()
            self._answered(opener)
            self._settings(opener)
            self._session(desk, opener)
            if session + 1 < self._plan.sessions:
                desk.end_session()
                self._answered(opener)
                opener.close()

    def _session(self, desk: Desk, opener: Opener) -> None:
        for left in desk.unfinished().records[:1]:
            self._finish(desk, desk.resume(left), opener)
        for number in range(self._plan.encounters):
            running = self._begin(desk, opener)
            if number + 1 < self._plan.encounters:
                self._finish(desk, running, opener)

    def _begin(self, desk: Desk, opener: Opener) -> Running:
        running = self._kept(desk.open(), opener)
        running = self._kept(desk.answer(running, Place("channel"), Chosen("phone")), opener)
        running = self._kept(desk.correct(running, Place("channel"), Chosen("door")), opener)
        return self._kept(desk.attempt(running, Place("call-now"), Attempt("office", 0, CallResult.REACHED)), opener)

    def _finish(self, desk: Desk, running: Running, opener: Opener) -> None:
        self._answered(opener)
        facts = Recorded.of({"agency-as-stated": "An agency", "badge": Missing("refused")})
        running = self._kept(desk.answer(running, Place("identify"), facts), opener)
        running = self._kept(desk.note(running, "They waited outside. " * 40), opener)
        self._export()
        desk.close(running, names_child=False)
        self._answered(opener)

    def _kept(self, running: Running, opener: Opener) -> Running:
        """Time goes on, and what the desk's call kept is told."""
        self._clock.advance(7)
        self._answered(opener)
        return running

    def _answered(self, opener: Opener) -> None:
        last = _log(opener).last()
        assert last is not None
        self._told(seq=last.seq, leaf=last.leaf.hex())

    def _export(self) -> None:
        """As somebody else does with the kiosk running: its entry waits next to the log until the record is closed."""
        path = self._mount / EXPORT
        code = kiosk(
            ["log", "export", "--format", "jsonl", "--level", "full", "-o", str(path), "--home", str(self._home.path)]
        )
        assert code == 0
        self._exports += 1
        self._told(export=self._exports, sha256=hashlib.sha256(path.read_bytes()).hexdigest())

    def _settings(self, opener: Opener) -> None:
        store = _log(opener)._store
        assert isinstance(store, Store)
        with bare(store._writing) as connection:
            journal, level = (connections._ask(connection, name) for name in ("journal_mode", "synchronous"))
        self._told(journal=journal, synchronous=level)


def _log(opener: Opener) -> LogOnDisk:
    assert opener._log is not None
    return opener._log


if __name__ == "__main__":
    the_plan = Plan(**json.loads(sys.argv[2]))
    override(the_plan)
    Work(Path(sys.argv[1]), the_plan).run()
    sys.stdout.flush()
    os._exit(0)  # as a killed process ends: nothing is closed, nothing tidied
