"""What the sender knows and tells: how much is left, since when nothing was acknowledged, what it found out."""

from __future__ import annotations

import pytest

from kiosk.district.sending import journal as journal_file
from kiosk.district.sending.cursor import read_cursor
from kiosk.district.sending.exchange import Acknowledged, Heard
from kiosk.district.sending.journal import Journal
from kiosk.district.status import Failure, SendingStatus, read_status, status_file
from kiosk.district.told import Told
from kiosk.errors import StoreUnusable
from kiosk.settings import Home
from kiosk.system.clock import FixedClock

LOG, OTHER = "a/log", "b/log"


@pytest.fixture
def clock() -> FixedClock:
    """A clock that the test sets."""
    return FixedClock()


@pytest.fixture
def journal(home: Home, clock: FixedClock) -> Journal:
    """The journal of a desk that was enrolled a moment ago."""
    home.enrollment_file.touch()
    return Journal(home, clock)


def saved(home: Home) -> SendingStatus:
    """What others read."""
    found = read_status(home)
    assert found is not None
    return found


def test_what_is_left_is_counted_over_all_logs(home: Home, journal: Journal) -> None:
    """Entries, and entries without their values."""
    journal.heard(LOG, 9, Heard(Acknowledged(7, 4, compared=True)))
    journal.heard(OTHER, 3, Heard(Acknowledged(3, 3, compared=True)))
    journal.save()
    status = saved(home)
    assert (status.entries, status.behind, status.values_behind) == (12, 2, 5)
    assert read_cursor(home) == {LOG: Acknowledged(7, 4), OTHER: Acknowledged(3, 3)}


def test_a_failure_keeps_when_the_last_call_was_acknowledged(home: Home, journal: Journal, clock: FixedClock) -> None:
    """And the next acknowledgement ends it."""
    begun_us = clock.now().wall_us
    journal.heard(LOG, 9, Heard(Acknowledged(9, 9, compared=True)))
    clock.advance(3600)
    journal.failed(Failure.LATE, {LOG: 11})
    status = saved(home)
    assert (status.failure, status.acknowledged_us, status.behind) == (Failure.LATE, begun_us, 2)
    assert status.tried_us == begun_us + 3600 * 1_000_000
    journal.heard(LOG, 11, Heard(Acknowledged(11, 11, compared=True)))
    journal.save()
    assert (saved(home).failure, saved(home).behind) == (None, 0)


def test_a_log_that_stopped_acknowledges_nothing(home: Home, journal: Journal, clock: FixedClock) -> None:
    """It is told until the district takes it again; then not any more."""
    stopped = Acknowledged(4, 4, stopped=Told.QUARANTINED)
    journal.heard(LOG, 9, Heard(stopped, Told.QUARANTINED, 4, moved=False))
    journal.heard(LOG, 9, Heard(stopped, Told.QUARANTINED, 4, moved=False))
    journal.save()
    assert saved(home).acknowledged_us is None
    assert [one.told for one in saved(home).stopped()] == [Told.QUARANTINED]
    journal.heard(LOG, 9, Heard(Acknowledged(9, 9, compared=True)))
    journal.save()
    assert saved(home).findings == ()


def test_a_log_that_goes_on_does_not_hide_one_that_stopped(home: Home, journal: Journal) -> None:
    """Each log is told by itself."""
    journal.heard(LOG, 9, Heard(Acknowledged(4, 4, stopped=Told.FORKED), Told.FORKED, 4, moved=False))
    journal.heard(OTHER, 3, Heard(Acknowledged(3, 3, compared=True)))
    journal.save()
    assert [(one.origin, one.told) for one in saved(home).stopped()] == [(LOG, Told.FORKED)]


def test_what_healed_is_told_for_a_week(home: Home, journal: Journal, clock: FixedClock) -> None:
    """With how far the district went back."""
    journal.heard(LOG, 9, Heard(Acknowledged(2, 2, compared=True), Told.WENT_BACK, 7))
    journal.save()
    (found,) = saved(home).healed(clock.now().wall_us)
    assert (found.told, found.before, found.after) == (Told.WENT_BACK, 7, 2)
    clock.advance(8 * 24 * 3600)
    assert saved(home).healed(clock.now().wall_us) == ()


def test_the_files_are_written_once_a_second_at_most(
    home: Home, journal: Journal, clock: FixedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A sender that has much to send must not keep the disk from the desk."""
    written = list[int]()
    monkeypatch.setattr(journal_file, "save_cursor", lambda *_: written.append(1))
    for n in range(100):
        journal.heard(LOG, 100, Heard(Acknowledged(n, n, compared=True)))
    assert len(written) == 1
    clock.advance(1)
    journal.heard(LOG, 100, Heard(Acknowledged(100, 100, compared=True)))
    assert len(written) == 2


def test_a_disk_that_takes_nothing_stops_no_sending(
    home: Home, journal: Journal, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It costs calls later."""

    def full(*_: object) -> None:
        raise StoreUnusable("The disk is full.", "Free some space.")

    monkeypatch.setattr(journal_file, "save_cursor", full)
    assert journal.heard(LOG, 9, Heard(Acknowledged(9, 9, compared=True))) == Acknowledged(9, 9, compared=True)
    assert not status_file(home).exists()


def test_a_new_sender_continues_with_what_the_last_one_knew(home: Home, journal: Journal, clock: FixedClock) -> None:
    """Also with its findings; but it compares first."""
    journal.heard(LOG, 9, Heard(Acknowledged(4, 4, stopped=Told.FORKED), Told.FORKED, 4, moved=False))
    journal.save()
    again = Journal(home, clock)
    assert again.known(LOG) == Acknowledged(4, 4)
    again.save()
    assert [one.told for one in saved(home).stopped()] == [Told.FORKED]
