"""Open a trial district: a store, three fictional schools with one desk each, ten records, sent by the real sender.

`python deploy/district/trial.py [--stay] [-o FILE]`: what it makes is in a temporary folder and removed at the end, but
for the page. Exit codes: 0 if each record is in the store once, else 1.
"""

from __future__ import annotations

import secrets
import shutil
import sys
import tempfile
import threading
from collections.abc import Iterator, Sequence
from contextlib import suppress
from itertools import cycle, islice
from pathlib import Path
from typing import Final

from db.district.connection import Address, connected
from db.district.enrolling import enroll
from db.district.errors import DistrictError
from db.district.fleet import desks, server_time
from db.district.install import install
from db.district.private_server import private_server
from kiosk.desk.service import Desk
from kiosk.desk.station import Pack, Station
from kiosk.district.enrollment import Enrollment, enrollment_text, join, read_enrollment
from kiosk.district.fleet import DeskLine, lines
from kiosk.district.sending.journal import Journal
from kiosk.district.sending.pacing import BackOff
from kiosk.district.sending.sender import Sender
from kiosk.district.sending.wire import connection
from kiosk.district.settings import DistrictSettings, address, read_district
from kiosk.engine.encounter import Encounter
from kiosk.log.log import open_writer
from kiosk.packs.library import Found, Library
from kiosk.protocol.model import Protocol
from kiosk.protocol.replies import Called, Pressed
from kiosk.protocol.site.contacts import Contact, Contacts
from kiosk.record.disclosure.levels import Level
from kiosk.reports.district.fleet import as_document
from kiosk.reports.document.page import as_html
from kiosk.scenarios.model import CalledOutside, Scenario
from kiosk.scenarios.runner import read_scenarios, run
from kiosk.settings import Home
from kiosk.system.clock import SystemClock

SCHOOLS: Final = ("Lincoln Elementary (fictional)", "Oak Street Middle (fictional)", "Pine Hill High (fictional)")
DESK: Final = "Front office"
RECORDS: Final = 10
DATABASE: Final = "district"
PROTOCOL: Final = "ct-outside-agent"
SCENARIOS: Final = "scenarios.yaml"
PAGE: Final = "trial-district.html"


class Once(threading.Event):
    """Asks the sender to end when it would wait: then everything was sent, or it failed."""

    def wait(self, timeout: float | None = None) -> bool:
        """Say that the end is requested."""
        del timeout
        return True


def usable_scenarios(found: Found) -> list[Scenario]:
    """Return the test cases of a protocol that a desk with one contact for each role can repeat."""
    assert found.protocol is not None  # noqa: S101 - it is shipped
    read, _ = read_scenarios(found.files[SCENARIOS], SCENARIOS, found.protocol)
    return [one for one in read if not (one.settings or one.people or one.after_hours or _is_called_outside(one))]


def _is_called_outside(scenario: Scenario) -> bool:
    return any(isinstance(line, CalledOutside) for line in scenario.do)


def contacts_of(school: str, protocol: Protocol) -> Contacts:
    """Return one fictional contact for each role; nobody has hours, so that it is never after hours."""
    return Contacts(school, {role: (Contact(f"Example {role}", phone="860-555-0142"),) for role in protocol.roles})


def record(home: Home, school: str, found: Found, scenarios: Sequence[Scenario]) -> None:
    """Write a record for each test case into the live log of a desk, answer by answer, as a person would."""
    assert found.protocol is not None  # noqa: S101 - it is shipped
    clock = SystemClock()
    station = Station(school, DESK, "live", contacts_of(school, found.protocol))
    log = open_writer(home, "live", clock)
    try:
        pack = Pack(found.protocol, found.content_hash, found.content)
        desk = Desk(log, clock, station, pack, pack_by_hash=lambda _: None)
        desk.start_session()
        for one in scenarios:
            answer_as(desk, run(found.protocol, one).end)
        desk.end_session()
    finally:
        log.close()


def answer_as(desk: Desk, played: Encounter) -> None:
    """Write one record with the answers of a test case."""
    running = desk.open()
    for place in played.path:
        match played.replies[place]:
            case Called(attempts):
                for tried in attempts:
                    running = desk.attempt(running, place, tried)
            case Pressed(interrupt):
                running = desk.press(running, place, interrupt)
            case reply:
                running = desk.answer(running, place, reply)
    desk.close(running, names_child=False)


def enter_district(home: Home, school: str, server: Address) -> None:
    """Enroll a desk, and let it join."""
    secret = secrets.token_urlsafe(32)
    with connected(server) as store:
        role = enroll(store, school, DESK, Level.FULL.value, secret)
    settings = DistrictSettings("Trial district", server.hosts, server.database, role, "", Level.FULL)
    file = home.path / "desk.toml"
    file.write_text(enrollment_text(Enrollment(settings, secret)), encoding="utf-8")
    join(home, read_enrollment(file))


def send(home: Home) -> None:
    """Send all that a desk has, by the sender that runs beside the kiosk."""
    journal = Journal(home, SystemClock())
    Sender(home, lambda: connection(address(home, read_district(home))), journal, Once(), BackOff()).run()


def count_records(server: Address) -> int:
    """Return how many closed records the store has."""
    with connected(server) as store:
        (count,) = store.connection.execute(
            "SELECT count(*) FROM district.record WHERE closed_us IS NOT NULL"
        ).fetchone() or (0,)
    return int(count)


def open_trial(server: Address, folder: Path) -> Iterator[str]:
    """Make the district; yield what was done, a line at a time."""
    with connected(server) as store:
        install(store)
    yield "The store is installed."
    found = Library(Home(folder / "none")).find(PROTOCOL)
    scenarios = [*islice(cycle(usable_scenarios(found)), RECORDS)]
    for n, school in enumerate(SCHOOLS):
        home = Home(folder / f"desk-{n + 1}")
        home.path.mkdir(mode=0o700)
        mine = scenarios[n :: len(SCHOOLS)]
        record(home, school, found, mine)
        enter_district(home, school, server)
        send(home)
        yield f"{school}: {len(mine)} records, sent."


def show(server: Address, page: Path) -> None:
    """Print how each desk is, and write the page."""
    with connected(server) as store:
        now = server_time(store)
        found = lines(desks(store), now)
    for one in found:
        say(f"  {one.color.upper():6} {one.status.school}: {sizes(one)} {' '.join(one.problems)}".rstrip())
    page.write_text(as_html(as_document(found, now.astimezone())), encoding="utf-8")


def sizes(one: DeskLine) -> str:
    """Return how many entries of a desk the store has."""
    return f"{one.status.log.size} of {one.status.log.head} entries." if one.status.log else "nothing yet."


def say(words: str) -> None:
    """Print a line."""
    print(words, flush=True)  # noqa: T201 - a command's answer


def main(arguments: Sequence[str]) -> int:
    """Open the district, show it, and remove it."""
    left = [one for one in arguments if one != "--stay"]
    if left and (left[0] != "-o" or len(left) != 2):
        say("Usage: sh deploy/district/trial [--stay] [-o FILE]")
        return 2
    page = Path(left[1] if left else PAGE).absolute()
    folder = Path(tempfile.mkdtemp(prefix="kiosk-trial-"))
    try:
        with private_server() as running:
            with connected(running.address()) as store:
                store.connection.execute(f"CREATE DATABASE {DATABASE}")
            server = running.address(DATABASE)
            for line in open_trial(server, folder):
                say(line)
            show(server, page)
            count = count_records(server)
            say(f"{count} of {RECORDS} records are in the district's database. The page: {page}")
            if "--stay" in arguments:
                say(f"To look: {sys.prefix}/bin/kiosk district status --server {running.folder} --database {DATABASE}")
                with suppress(EOFError, KeyboardInterrupt):
                    input("Press Enter to end the trial and remove its database. ")
    except DistrictError as error:
        say(f"{error.what} {error.repair}")
        return 1
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    return 0 if count == RECORDS else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
