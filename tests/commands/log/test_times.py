"""Times are told with their offset, in the order of the log: both 01:30s, a gap, another zone, a clock set back."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from kiosk.app.bootstrap import append_entry
from kiosk.log.log import open_reader
from kiosk.record.entries import Actor, Entry, decode
from kiosk.record.entry_kinds import EntryKind
from kiosk.settings import Home
from kiosk.system.clock import FixedClock
from tests.commands.log.test_export import rows
from tests.homes import a_home, encounter
from tests.typed import Stage, Typed

pytestmark = [
    pytest.mark.stage(Stage.NEW),
    pytest.mark.skipif(not hasattr(time, "tzset"), reason="the zone of a program can't be set there"),
]

NEW_YORK = "EST5EDT,M3.2.0,M11.1.0"
LOS_ANGELES = "PST8PDT,M3.2.0,M11.1.0"


@pytest.fixture
def live_in(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[str], None]]:
    """Move this machine to a zone, by its rule (POSIX.1, "TZ"), so that no table of zones is needed."""

    def move(zone: str) -> None:
        monkeypatch.setenv("TZ", zone)
        time.tzset()

    move(NEW_YORK)
    yield move
    monkeypatch.undo()
    time.tzset()


@pytest.fixture
def home(tmp_path: Path, live_in: Callable[[str], None]) -> Home:
    """A home in New York."""
    return a_home(tmp_path)


def at(*when: int) -> FixedClock:
    """A clock at that time, UTC; the machine was on all the time."""
    moment = datetime(*when, tzinfo=UTC)  # type: ignore[misc, arg-type]  # year, month, day, hour, minute
    return FixedClock(moment, boot_ns=round(moment.timestamp() * 1_000_000_000))


FIRST, SECOND = "2026-11-01 01:30 -04:00", "2026-11-01 01:30 -05:00"


def test_the_two_half_past_ones_of_one_night_are_told_apart(typed: Typed, home: Home) -> None:
    """In the list, in the record, in its words, among the events, in both exports."""
    numbers = [encounter(home, note="Who", clock=at(2026, 11, 1, hour, 30), session=True) for hour in (5, 6)]
    for number, wanted, other in zip(numbers, (FIRST, SECOND), (SECOND, FIRST), strict=True):
        (line,) = [line for line in typed("log", "list").out.splitlines() if number in line]
        assert wanted in line
        for words in ((), ("--transcript",)):
            shown = typed("log", "show", number, *words).out
            assert (wanted in shown, other in shown) == (True, False), shown
        assert wanted.replace(" -", "-").replace(" ", "T")[:16] in typed("log", "show", number, "--json").out
    events = typed("log", "audit").out
    assert (FIRST in events, SECOND in events) == (True, True)
    sheet = rows(typed("log", "export", "--format", "csv", "--level", "full").out)
    lines = [
        json.loads(line) for line in typed("log", "export", "--format", "jsonl", "--level", "full").out.splitlines()
    ]
    stamps = ["2026-11-01T01:30:00-04:00", "2026-11-01T01:30:00-05:00"]
    assert [row["opened_at"] for row in sheet] == [line["opened_at"] for line in lines] == stamps
    assert [row["notes"] for row in sheet] == [f"{stamp} Who" for stamp in stamps]
    assert [line["path"][0]["at"] for line in lines] == stamps


def test_every_time_that_a_record_tells_has_its_offset(typed: Typed, home: Home) -> None:
    """Answers, calls, notes, the end: none can be read as another hour."""
    number = encounter(home, note="Who", clock=at(2026, 11, 1, 6, 30))
    told = typed("log", "show", number).out
    assert told.count("01:30") == told.count("01:30 -05:00") == 8


def test_the_hour_that_is_left_out_in_spring_is_never_told(typed: Typed, home: Home) -> None:
    """A minute before two is followed by three."""
    numbers = [encounter(home, clock=at(2026, 3, 8, hour, minute)) for hour, minute in ((6, 59), (7, 0))]
    listed = typed("log", "list").out.splitlines()
    assert [line.split("  ")[1] for line in listed[:0:-1]] == ["2026-03-08 01:59 -05:00", "2026-03-08 03:00 -04:00"]
    assert [line.split()[0] for line in listed[:0:-1]] == numbers


def test_a_machine_that_moves_to_another_zone_tells_the_same_moments(
    typed: Typed, home: Home, live_in: Callable[[str], None]
) -> None:
    """The log keeps UTC; what is shown says its offset, so both readings name one moment."""
    encounter(home, clock=at(2026, 11, 1, 5, 30))
    east = typed("log", "show", "2026-0001", "--json").json["opened_at"]
    live_in(LOS_ANGELES)
    encounter(home, clock=at(2026, 11, 1, 5, 40))
    told = {one["no"]: one["opened_at"] for one in typed("log", "list", "--json").json}
    assert (east, told["2026-0001"]) == ("2026-11-01T01:30:00-04:00", "2026-10-31T22:30:00-07:00")
    assert datetime.fromisoformat(east) == datetime.fromisoformat(told["2026-0001"])
    assert "2026-10-31 22:40 -07:00" in typed("log", "list").out
    assert "clock.changed" not in kinds(home), "a zone is no step: the clock ran on"


def kinds(home: Home) -> list[str]:
    """The kinds of the entries, in order."""
    log = open_reader(home, "live")
    try:
        return [decode(entry).kind for entry in log.entries()]
    finally:
        log.close()


def test_a_clock_set_back_a_year_reorders_nothing(typed: Typed, home: Home) -> None:
    """Lists, events and exports stand in the order of entries; the step is an entry of its own."""
    before, after = at(2026, 9, 14, 14, 42), at(2025, 9, 14, 14, 42)
    after.boot_ns = before.boot_ns + 60_000_000_000
    numbers = [encounter(home, clock=before), encounter(home, clock=after)]
    assert numbers == ["2026-0001", "2025-0002"]
    assert [one["no"] for one in typed("log", "list", "--json").json] == numbers[::-1]
    assert [
        json.loads(line)["no"]
        for line in typed("log", "export", "--format", "jsonl", "--level", "full").out.splitlines()
    ] == numbers
    events = typed("log", "audit", "--json").json
    assert [one["entry"] for one in events] == sorted((one["entry"] for one in events), reverse=True)
    assert "The clock was set back 365 days." in {one["words"] for one in events}


@pytest.mark.parametrize("boot", ["00000000-0000-4000-8000-000000000001", "another"])
def test_a_command_that_writes_sees_that_the_clock_was_set(typed: Typed, home: Home, boot: str) -> None:
    """As the desk does: else the step would hide behind the command's own time. It is no part of a session."""
    encounter(home, clock=at(2026, 9, 14, 14, 42), session=True)
    set_back = FixedClock(datetime(2026, 9, 1, tzinfo=UTC), boot, at(2026, 9, 14, 14, 42).boot_ns)
    append_entry(
        home, "live", set_back, Entry(EntryKind.EXPORT_MADE, {"format": "csv", "count": 0}, actor=Actor.COMMAND)
    )
    assert kinds(home)[-2:] == [EntryKind.CLOCK_CHANGED, EntryKind.EXPORT_MADE]
    set_back.advance(60)
    encounter(home, clock=set_back, session=True)
    assert kinds(home).count(EntryKind.CLOCK_CHANGED) == 1, "it was told once"
    sessions = [one["body"]["before"] for one in typed("log", "audit", "--json").json if "before" in one["body"]]
    assert sessions == ["ended", "none"]
    assert typed("log", "verify").code == 0


def test_lateness_and_order_survive_a_clock_set_back(typed: Typed, home: Home) -> None:
    """An amendment that the wall clock puts before the closing is still told as made after it."""
    encounter(home, clock=at(2099, 9, 14, 14, 42))
    who = ("--reason", "Forgotten", "--by", "Dana Ruiz")
    assert typed("log", "amend", "2099-0001", "--add", "More", *who).code == 0
    assert "after it was closed, though the clock says before" in typed("log", "show", "2099-0001").out
    assert "at least" in typed("log", "audit").out
