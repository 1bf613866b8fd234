"""The outbox: a log as batches, with the values of the level that the district chose, and nothing of an altered log."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager

import pytest

from db.district import calls
from db.district.calls import Value
from kiosk.district.sending import outbox as outbox_file
from kiosk.district.sending.logs import live_logs
from kiosk.district.sending.outbox import Outbox
from kiosk.district.sending.roots import Roots
from kiosk.log.log import LogOnDisk, open_reader
from kiosk.record.disclosure.levels import Level, classes_in
from kiosk.record.entries import Altered, digest, leaf_hash
from kiosk.record.entry_kinds import EntryKind
from kiosk.record.transparency.checkpoint import read_checkpoint
from kiosk.record.transparency.merkle import EMPTY_ROOT, Tree
from kiosk.settings import Home
from tests.homes import encounter, tamper
from tests.typed import Typed


@pytest.fixture
def desk(home: Home) -> Home:
    """A home with two encounters in sessions of their own."""
    encounter(home, agency="The first agency", note="Two cars", session=True)
    encounter(home, agency="The second agency", session=True)
    return home


@contextmanager
def opened(home: Home, level: Level = Level.FULL, destroyed: frozenset[str] = frozenset()) -> Iterator[Outbox]:
    """The outbox of the live log."""
    with closing(open_reader(home, "live")) as log:
        yield Outbox(log, level, classes_in(log), Roots(), destroyed)


def rows(home: Home) -> list[tuple[str, bytes, dict[str, bytes]]]:
    """The header, the leaf and the readable values of each entry."""
    with closing(open_reader(home, "live")) as log:
        return [(entry.header, entry.leaf, dict(entry.disclosures)) for entry in log.entries()]


def all_values(outbox: Outbox) -> list[Value]:
    """Every value that is sent, call after call."""
    found, at = list[Value](), 0
    while at < outbox.size:
        values = outbox.values(at, outbox.size)
        assert values.size > at
        found, at = [*found, *values.values], values.size
    return found


def test_a_batch_has_the_hashed_text_and_the_root_after_it(desk: Home) -> None:
    """And the signed checkpoint of its size, if the log has one; the newest size always does."""
    kept = rows(desk)
    with opened(desk) as outbox:
        batch = outbox.entries(0)
        assert [*batch.headers] == [header for header, _, _ in kept]
        assert (batch.first, batch.size, batch.head) == (0, len(kept), len(kept))
        assert batch.root == Tree().grown(leaf for _, leaf, _ in kept).root
        assert batch.note is not None
        with closing(open_reader(desk, "live")) as log:
            signed = read_checkpoint(batch.note.encode(), log.key)
        assert (signed.size, signed.root) == (batch.size, batch.root)


def test_a_batch_that_ends_elsewhere_has_no_note(desk: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    """Batches follow each other without a gap, each at most as long as a call may be."""
    kept = rows(desk)
    monkeypatch.setattr(outbox_file, "MOST_ENTRIES", 3)
    with opened(desk) as outbox, closing(open_reader(desk, "live")) as log:
        at, headers = 0, list[str]()
        while at < outbox.size:
            batch = outbox.entries(at)
            assert (batch.first, len(batch.headers) <= 3) == (at, True)
            assert (batch.note is None) == (log.note_at(batch.size) is None and batch.size < outbox.size)
            headers, at = [*headers, *batch.headers], batch.size
        assert headers == [header for header, _, _ in kept]
        assert sum(log.note_at(size) is not None for size in range(len(kept))) > 0


def test_a_batch_has_few_bytes_but_one_entry_at_least(desk: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    """An entry alone may be larger than a batch should be."""
    monkeypatch.setattr(outbox_file, "MOST_BYTES", 1)
    with opened(desk) as outbox:
        assert len(outbox.entries(0).headers) == 1
        assert outbox.values(0, outbox.size).size == 1


def test_all_values_of_an_entry_are_in_one_call(desk: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    """The district's lists need a call's role and result together."""
    monkeypatch.setattr(outbox_file, "MOST_VALUES", 4)
    with opened(desk) as outbox:
        at = 0
        while at < outbox.size:
            values = outbox.values(at, outbox.size)
            assert {value.seq for value in values.values} <= set(range(at, values.size))
            at = values.size
        assert len(all_values(outbox)) == sum(len(values) for _, _, values in rows(desk))


def test_each_value_is_the_one_that_its_entry_committed_to(desk: Home) -> None:
    """Its bytes go as they are stored, with the first level that shows it."""
    kept = rows(desk)
    with opened(desk) as outbox:
        found = all_values(outbox)
    assert {(value.seq, value.name): value.body for value in found} == {
        (n, name): body for n, (_, _, values) in enumerate(kept) for name, body in values.items()
    }
    assert all(digest(value.body) in kept[value.seq][0] for value in found)
    assert {value.level for value in found} > {Level.PUBLIC, Level.COUNSEL}


@pytest.mark.parametrize("level", [Level.STATISTICS, Level.PUBLIC, Level.COUNSEL])
def test_no_wider_value_leaves_the_desk(desk: Home, level: Level) -> None:
    """Not even to be refused there."""
    with opened(desk, level) as outbox:
        found = all_values(outbox)
    assert found
    assert max(value.level for value in found) <= level
    assert b"".join(value.body for value in found).find(b"VHdvIGNhcnM") == -1  # “Two cars” in base64


def test_what_retention_needs_is_sent_at_each_level(typed: Typed, home: Home) -> None:
    """A hold with its reason and its release; the district applies the same rules."""
    number = encounter(home, session=True)
    assert typed("log", "hold", "place", number, "--reason", "A court asked", "--by", "Dana Ruiz").code == 0
    assert typed("log", "hold", "release", number, "--reason", "It is over", "--by", "Dana Ruiz").code == 0
    with opened(home, Level.STATISTICS) as outbox:
        wide = {value.name for value in all_values(outbox) if value.level > Level.STATISTICS}
    assert wide == {"reason", "by", "matter", "hold"}


def test_details_that_a_later_log_destroyed_are_not_sent(desk: Home) -> None:
    """Also while the file of the log still has them."""
    with opened(desk) as outbox:
        before = all_values(outbox)
    with closing(open_reader(desk, "live")) as log:
        (first, second) = log.encounter_ids(EntryKind.ENCOUNTER_OPENED)
    with opened(desk, destroyed=frozenset({first})) as outbox:
        after = all_values(outbox)
    ids = {n: json.loads(header)["encounter_id"] for n, (header, _, _) in enumerate(rows(desk))}
    assert {ids[value.seq] for value in before} == {None, first, second}
    assert {ids[value.seq] for value in after} == {None, second}


@pytest.mark.parametrize(
    ("change", "what"),
    [
        ('UPDATE entry SET header=replace(header, \'"actor":"desk"\', \'"actor":"kiosk"\') WHERE seq=4', "header"),
        ("UPDATE entry SET leaf=zeroblob(32) WHERE seq=4", "root"),
        ("UPDATE newest_checkpoint SET root=zeroblob(32)", "root"),
        ("DELETE FROM newest_checkpoint", "checkpoint"),
    ],
)
def test_an_altered_log_is_not_sent(desk: Home, change: str, what: str) -> None:
    """The district would refuse it; a person at the desk can still repair it."""
    tamper(desk, lambda connection: _changed(connection, change))
    with pytest.raises(Altered, match=what), opened(desk) as outbox:
        outbox.entries(0)


def _changed(connection: sqlite3.Connection, change: str) -> None:
    assert connection.execute(change).rowcount == 1


def test_a_changed_value_is_not_sent(desk: Home) -> None:
    """Its entries are: the district sees that a value is missing."""
    tamper(
        desk, lambda connection: _changed(connection, "UPDATE disclosure SET body=x'41' WHERE seq=4 AND name='visit'")
    )
    with opened(desk) as outbox:
        assert outbox.entries(0).size == outbox.size
        with pytest.raises(Altered):
            outbox.values(0, outbox.size)


def test_a_comparison_has_no_entry(desk: Home) -> None:
    """Of nothing, or of all."""
    with opened(desk) as outbox:
        nothing, everything = outbox.comparison(0), outbox.comparison(outbox.size)
    assert (nothing.first, nothing.size, nothing.root, [*nothing.headers]) == (0, 0, EMPTY_ROOT, [])
    assert (everything.first, everything.size) == (outbox.size, outbox.size)
    assert everything.note is not None


def test_the_limits_are_those_of_the_server() -> None:
    """The server takes 20,000 values and 2,000 entries in a call."""
    assert outbox_file.MOST_VALUES <= 20_000
    assert calls.MOST_ENTRIES <= 2_000


def test_a_log_is_as_large_as_it_was_when_it_was_read(desk: Home) -> None:
    """What the kiosk adds meanwhile is for the next time, so that size and root belong together."""
    with opened(desk) as outbox:
        size = outbox.size
        encounter(desk, session=True)
        assert (outbox.size, outbox.entries(0).size) == (size, size)


def test_each_log_of_a_home_is_opened_with_what_later_ones_destroyed(desk: Home) -> None:
    """One log has no later one."""
    with live_logs(desk) as logs:
        assert [destroyed for _, destroyed in logs] == [frozenset()]
        assert all(isinstance(log, LogOnDisk) for log, _ in logs)
        assert all(leaf_hash(entry.header) == entry.leaf for log, _ in logs for entry in log.entries())
