"""The kiosk's own desk at work on a disk: `python -m tests.faults.powercut.writer MOUNT PLAN`.

It starts live, records encounters, exports, stops and starts again, and ends like a killed process. After each call of
the desk that returned, it reports that to the disk; from then on that answer must never be lost.
"""

from __future__ import annotations

import hashlib
import json
import os
import sqlite3
import sys
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass
from functools import partial
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
from tests.faults.powercut.operation import REPORTS
from tests.homes import CONTACTS, PUBLIC, a_home, approved

SETTINGS: Final = Settings(school="Lincoln Elementary School", protocol="small", superintendent_key=PUBLIC)
EXPORT: Final = "export-{}.jsonl"


@dataclass(frozen=True, slots=True)
class Plan:
    """The plan of one run.

    sessions:    number of starts.  encounters: number of encounters in each; the last one stays open.
    journal, synchronous: SQLite's settings in place of the product's ("", 0: the product's).
    pages:       number of WAL pages after which SQLite checkpoints (0: the default).
    careless:    whether files are saved without a sync of their folder.
    """

    sessions: int = 2
    encounters: int = 2
    journal: str = ""
    synchronous: int = 0
    pages: int = 0
    careless: bool = False


class Reporter:
    """Sends reports to the disk, which records them in order with its operations."""

    def __init__(self, mount: Path) -> None:
        self._handle = os.open(mount / REPORTS, os.O_WRONLY)

    def __call__(self, **words: object) -> None:
        """Send a report."""
        os.pwrite(self._handle, json.dumps(words).encode("ascii"), 0)


def override(plan: Plan) -> None:
    """Use the plan's settings instead of the product's, in this process."""
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
        self._report = Reporter(mount)
        self._exports = 0

    def run(self) -> None:
        """Run all sessions; close nothing after the last one."""
        self._report(began=True)
        for session in range(self._plan.sessions):
            force, _, opener = desk_of(self._home, SETTINGS, practice=False, clock=self._clock)
            assert force.mode == "live", force.reasons
            desk = opener.open()
            opener.attend(partial(_at_once, desk), lambda: None)
            self._acknowledge(opener)
            self._report_settings(opener)
            self._session(desk, opener)
            if session + 1 < self._plan.sessions:
                desk.end_session()
                self._acknowledge(opener)
                opener.close()

    def _session(self, desk: Desk, opener: Opener) -> None:
        for left in desk.unfinished().records[:1]:
            self._finish(desk, desk.resume(left), opener)
        for number in range(self._plan.encounters):
            running = self._begin(desk, opener)
            if number + 1 < self._plan.encounters:
                self._finish(desk, running, opener)

    def _begin(self, desk: Desk, opener: Opener) -> Running:
        running = self._done(desk.open(), opener)
        running = self._done(desk.answer(running, Place("channel"), Chosen("phone")), opener)
        running = self._done(desk.correct(running, Place("channel"), Chosen("door")), opener)
        return self._done(desk.attempt(running, Place("call-now"), Attempt("office", 0, CallResult.REACHED)), opener)

    def _finish(self, desk: Desk, running: Running, opener: Opener) -> None:
        self._acknowledge(opener)
        facts = Recorded.of({"agency-as-stated": "An agency", "badge": Missing("refused")})
        running = self._done(desk.answer(running, Place("identify"), facts), opener)
        running = self._done(desk.note(running, "They waited outside. " * 40), opener)
        self._export()
        self._acknowledge(opener)
        desk.close(running, names_child=False)
        self._acknowledge(opener)

    def _done(self, running: Running, opener: Opener) -> Running:
        """Advance the clock, and report that the desk's call was acknowledged."""
        self._clock.advance(7)
        self._acknowledge(opener)
        return running

    def _acknowledge(self, opener: Opener) -> None:
        last = _log(opener).last()
        assert last is not None
        self._report(seq=last.seq, leaf=last.leaf.hex())

    def _export(self) -> None:
        """Export while the kiosk runs, which records the entry before the command ends."""
        self._exports += 1
        path = self._mount / EXPORT.format(self._exports)
        code = kiosk(
            ["log", "export", "--format", "jsonl", "--level", "full", "-o", str(path), "--home", str(self._home.path)]
        )
        assert code == 0
        self._report(export=self._exports, sha256=hashlib.sha256(path.read_bytes()).hexdigest())

    def _report_settings(self, opener: Opener) -> None:
        store = _log(opener)._store
        assert isinstance(store, Store)
        with bare(store._writing) as connection:
            journal, level = (connections._ask(connection, name) for name in ("journal_mode", "synchronous"))
        self._report(journal=journal, synchronous=level)


def _at_once(desk: Desk, work: Callable[[Desk], int | None]) -> Future[int | None]:
    """Do the work in the intake's thread: the desk's own thread waits for the command meanwhile."""
    done: Future[int | None] = Future()
    done.set_result(work(desk))
    return done


def _log(opener: Opener) -> LogOnDisk:
    assert opener._log is not None
    return opener._log


if __name__ == "__main__":
    the_plan = Plan(**json.loads(sys.argv[2]))
    override(the_plan)
    Work(Path(sys.argv[1]), the_plan).run()
    sys.stdout.flush()
    os._exit(0)  # like a killed process: nothing is closed
