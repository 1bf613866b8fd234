"""With a dead battery the desk still opens live: today is never before the newest day in the log."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from kiosk.app.bootstrap import desk_of, in_force
from kiosk.desk.station import Pack
from kiosk.doctor.check import State, Subject
from kiosk.doctor.pack import check_pack
from kiosk.errors import UsageError
from kiosk.packs.library import Library
from kiosk.packs.today import in_force_today
from kiosk.settings import Home, read_settings
from kiosk.system.clock import FixedClock
from tests.packs.test_in_force import at_the_desk, entries, home, signed, typed, version
from tests.typed import Typed

__all__ = ["home", "typed"]

USED = FixedClock(datetime(2026, 9, 14, 14, tzinfo=UTC))
DEAD_BATTERY = datetime(2021, 1, 1, tzinfo=UTC)
DAY = date(2026, 9, 14)


@pytest.fixture
def live(typed: Typed, home: Home, tmp_path: Path) -> Home:
    """A home whose protocol took effect on 1 January 2026, and whose log has entries of 14 September 2026."""
    at_the_desk(typed, home)
    told = typed("protocol", "install", str(signed(tmp_path / "pack")))
    assert told.code == 0, told
    session(home, USED)
    return home


def session(home: Home, clock: FixedClock) -> tuple[Pack, tuple[str, ...]]:
    """The kiosk is opened and closed again; the protocol that ran, and what the home screen said."""
    _, _, opener = desk_of(home, read_settings(home), practice=False, clock=clock)
    desk = opener.open()
    try:
        assert desk.station.mode == "live"
        desk.end_session()
        return opener.pack, opener.reasons()
    finally:
        opener.close()


def test_a_desk_with_a_dead_battery_opens_live_and_names_the_clock(live: Home) -> None:
    """The visit goes to the live log; also at the next start, when the newest entry is of 2021 too."""
    running, said = session(live, USED)
    assert said == ()
    for _ in range(2):
        again, said = session(live, FixedClock(DEAD_BATTERY))
        assert again == running
        assert [getattr(words, "text_id", "") for words in said] == ["pack.behind"]
    assert not live.log("practice").exists()
    assert entries(live)[-1].at.local().year in {2020, 2021}
    assert session(live, USED) == (running, ())


def test_commands_write_the_hash_of_the_protocol_in_force(live: Home) -> None:
    """They judge as the desk does."""
    force = in_force(live, read_settings(live), FixedClock(DEAD_BATTERY))
    assert force.behind is not None
    assert (force.mode, force.behind >= DAY) == ("live", True)
    assert in_force(live, read_settings(live), USED).behind is None


def test_an_altered_copy_gives_way_to_the_approved_one_by_the_same_day(live: Home) -> None:
    """By the clock alone neither would be in effect."""
    (live.path / "protocols" / "small" / "protocol.yaml").write_text("broken: [", encoding="utf-8")
    assert session(live, FixedClock(DEAD_BATTERY))[0].content_hash == session(live, USED)[0].content_hash


def test_the_files_are_restored_from_the_log_by_the_same_day(live: Home) -> None:
    """An emptied home is not taken back to PRACTICE by a dead battery."""
    for folder in ("packs", "protocols"):
        (live.path / folder).rename(live.path / f"{folder}-away")
    with pytest.raises(UsageError):
        in_force(live, read_settings(live), FixedClock(DEAD_BATTERY))
    assert session(live, FixedClock(DEAD_BATTERY))[0].protocol.id == "small"


def test_a_protocol_for_a_later_day_still_waits(typed: Typed, live: Home, tmp_path: Path) -> None:
    """The log shows no day on which it is in effect; the one before runs, and the clock is not blamed."""
    pack = signed(tmp_path / "next", *version("2027.1", effective="2098-03-01"))
    assert typed("protocol", "install", str(pack)).code == 0
    running, said = session(live, FixedClock(datetime(2090, 1, 1, tzinfo=UTC)))
    assert running.protocol.release.version == "2026.1"
    assert [getattr(words, "text_id", "") for words in said] == ["pack.instead"]


def test_the_log_is_not_read_while_the_clock_can_be_right(live: Home) -> None:
    """A start is as quick as before."""

    def never() -> date:
        raise AssertionError("the log was read")

    assert in_force_today(Library(live), read_settings(live), DAY, never).mode == "live"


def test_the_doctor_judges_as_the_desk_does(live: Home) -> None:
    """The day is red, the approval is green."""

    checks = check_pack(Library(live), read_settings(live), DEAD_BATTERY.date(), lambda: DAY)
    found = {check.name: check.state for check in checks}
    assert (found[Subject.APPROVAL], found[Subject.APPROVAL_DAY]) == (State.GREEN, State.RED)
