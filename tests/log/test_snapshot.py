"""A fixed view of the logs: what a running kiosk writes meanwhile is not part of it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from kiosk.log.archive import LogHistory, open_history
from kiosk.log.snapshot import take_snapshot
from kiosk.record.entry_kinds import EntryKind
from kiosk.record.transparency.merkle import Tree
from kiosk.settings import Home
from tests.homes import encounter, replaced


@pytest.fixture
def home(home: Home) -> Home:
    """A home with one encounter in a previous log and one in the current log."""
    clock = replaced(home)
    encounter(home, clock=clock)
    return home


@pytest.fixture
def history(home: Home) -> Iterator[LogHistory]:
    """Its logs, open for reading."""
    history = open_history(home, "live")
    yield history
    history.close()


def test_entries_written_meanwhile_are_not_in_the_view(home: Home, history: LogHistory) -> None:
    """The open logs have them; entries, kinds, leaves and checkpoint of the view are those of before."""
    snapshot = take_snapshot(history, None)
    before, opened = list(snapshot.entries()), history.encounter_ids(EntryKind.ENCOUNTER_OPENED)
    encounter(home)
    assert history.size() > len(before)
    assert list(snapshot.entries()) == before
    now = snapshot.logs[-1]
    assert [entry.seq for entry in now.of_kind(EntryKind.ENCOUNTER_OPENED)] == [1]
    leaves = list(now.leaves())
    assert leaves == [entry.leaf for entry in now.entries()]
    assert (now.checkpoint.size, now.checkpoint.root) == (len(leaves), Tree().grown(leaves).root)
    new = history.encounter_ids(EntryKind.ENCOUNTER_OPENED)[-1]
    assert new not in opened
    assert list(snapshot.encounters([new])) == [[]]


def test_each_log_of_a_view_has_its_own_key(history: LogHistory) -> None:
    """The logs are in order, and the key has the name of its log."""
    views = take_snapshot(history, None).logs
    assert [view.log for view in views] == list(history.logs)
    assert [view.key.name for view in views] == [log.origin for log in history.logs]
    assert views[0].key != views[1].key


def test_only_logs_with_entries_of_the_records_are_in_the_view(history: LogHistory) -> None:
    """Of one record, its log; of both, both; of none of them, no log."""
    first, second = history.encounter_ids(EntryKind.ENCOUNTER_OPENED)
    earlier, now = history.logs
    for ids, logs in (([first], [earlier]), ([second], [now]), ([second, first], [earlier, now]), (["none"], [])):
        assert [view.log for view in take_snapshot(history, ids).logs] == logs


def test_each_record_is_told_with_its_own_entries(history: LogHistory) -> None:
    """In the order that was asked for."""
    first, second = history.encounter_ids(EntryKind.ENCOUNTER_OPENED)
    found = list(take_snapshot(history, None).encounters([second, first]))
    assert [{kept.encounter_id for kept in one} for one in found] == [{second}, {first}]
    assert [len(one) for one in found] == [len(list(history.entries(one))) for one in (second, first)]
