"""The log file, opened for one writer or for readers."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from db.errors import StoreError, Unconfirmed
from db.store import Store
from kiosk.errors import NotConfirmed, StoreUnusable
from kiosk.log.log import LogOnDisk, open_reader, open_writer, require_log
from kiosk.log.signing_key import remembered
from kiosk.log.swap import drafting
from kiosk.record.entries import Entry, NewEntry, encode
from kiosk.record.entry_kinds import EntryKind
from kiosk.settings import Home
from kiosk.system.clock import FixedClock


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """A home without a log."""
    return Home(tmp_path / "home")


@pytest.fixture
def log(home: Home) -> Iterator[LogOnDisk]:
    """A new live log, open for writing."""
    log = open_writer(home, "live", FixedClock(), {})
    yield log
    log.close()


def entry(log: LogOnDisk, kind: EntryKind, seq: int | None = None) -> NewEntry:
    """The next entry of a log, or the one with this number."""
    seq = log.size() if seq is None else seq
    return encode(Entry(kind), origin=log.origin, seq=seq, event_id=f"event-{seq}", at=FixedClock().now())


def test_a_reader_sees_what_was_written_and_writes_nothing(home: Home, log: LogOnDisk) -> None:
    """Also while the writer has the log open."""
    first = entry(log, EntryKind.SESSION_STARTED)
    log.append([first])
    reader = open_reader(home, "live")
    assert [(kept.header, kept.leaf) for kept in reader.entries()] == [(first.header, first.leaf)]
    assert (reader.size(), reader.number_of("event-0"), reader.number_of("event-1")) == (1, 0, None)
    assert reader.newest_checkpoint() == reader.verified_checkpoint() == log.signed_checkpoint()
    with pytest.raises(StoreUnusable):
        reader.append([entry(reader, EntryKind.SESSION_ENDED)])
    with pytest.raises(StoreUnusable):
        reader.signed_checkpoint()
    assert not reader.empty_wal()
    assert not reader.committed([first])
    assert reader.size() == 1
    reader.close()


def test_only_permanent_checkpoints_are_remembered(home: Home, log: LogOnDisk) -> None:
    """The end of a session is one; a change of the clock is not."""
    log.append([entry(log, EntryKind.SESSION_STARTED)])
    permanent = log.signed_checkpoint()
    assert remembered(home, "live", log.key) == permanent
    log.append([entry(log, EntryKind.CLOCK_CHANGED)])
    assert log.signed_checkpoint().size == permanent.size + 1
    assert remembered(home, "live", log.key) == permanent
    log.append([entry(log, EntryKind.SESSION_ENDED)])
    assert remembered(home, "live", log.key) == log.signed_checkpoint()


def test_after_a_failed_append_the_log_goes_on(log: LogOnDisk) -> None:
    """The store refuses an entry with a wrong number; the state is read again, and the right entry is signed."""
    log.append([entry(log, EntryKind.SESSION_STARTED)])
    before = log.signed_checkpoint()
    with pytest.raises(StoreUnusable):
        log.append([entry(log, EntryKind.CLOCK_CHANGED, seq=7)])
    assert (log.size(), log.signed_checkpoint()) == (1, before)
    log.append([entry(log, EntryKind.CLOCK_CHANGED)])
    assert log.signed_checkpoint() == log.verified_checkpoint()
    assert log.size() == 2


def test_an_unconfirmed_append_is_looked_up_and_not_guessed(log: LogOnDisk, monkeypatch: pytest.MonkeyPatch) -> None:
    """The entry is in the log after all: it counts, and the next one is signed together with it."""
    append = Store.append

    def landed(store: Store, *parts: Any, **how: Any) -> None:
        append(store, *parts, **how)
        raise Unconfirmed(StoreError("The disk failed."))

    first = entry(log, EntryKind.SESSION_STARTED)
    monkeypatch.setattr(Store, "append", landed)
    with pytest.raises(NotConfirmed):
        log.append([first])
    monkeypatch.undo()
    assert log.committed([first])
    assert log.size() == 1
    log.append([entry(log, EntryKind.SESSION_ENDED)])
    assert log.signed_checkpoint() == log.verified_checkpoint()
    assert log.size() == 2


@pytest.mark.parametrize(
    ("kinds", "spent"),
    [
        ([EntryKind.ENCOUNTER_OPENED], True),
        ([EntryKind.SESSION_STARTED, EntryKind.PACK_REJECTED], True),
        ([EntryKind.EXPORT_MADE], False),
        ([EntryKind.AMENDMENT_ADDED], False),
        ([EntryKind.HOLD_PLACED, EntryKind.RETENTION_SET], False),
    ],
)
def test_only_the_desk_may_spend_the_reserve_of_a_full_disk(
    log: LogOnDisk, monkeypatch: pytest.MonkeyPatch, kinds: list[EntryKind], spent: bool
) -> None:
    """What a command writes can wait until the disk has room; an encounter can't."""
    asked: list[bool] = []

    def append(*_: object, spend_reserve: bool) -> None:
        asked.append(spend_reserve)

    monkeypatch.setattr(Store, "append", append)
    log.append([entry(log, kind, seq=log.size() + n) for n, kind in enumerate(kinds)])
    assert asked == [spent]


def test_there_is_one_writer(home: Home, log: LogOnDisk) -> None:
    """A second one is refused while the first has the log, and gets it afterwards."""
    with pytest.raises(StoreUnusable):
        open_writer(home, "live", FixedClock(), {})
    log.close()
    log.close()
    open_writer(home, "live", FixedClock(), {}).close()


def test_a_log_is_required_that_is_there_and_not_being_replaced(home: Home) -> None:
    """A reader creates none and finishes nothing."""
    with pytest.raises(StoreUnusable):
        require_log(home, "live")
    assert not home.log("live").exists()
    open_writer(home, "live", FixedClock(), {}).close()
    require_log(home, "live")
    with drafting(home, "live"):
        pass
    with pytest.raises(StoreUnusable):
        open_reader(home, "live")
