"""Entries: what follows from what the server has is added once; anything else is refused and quarantines the log."""

from __future__ import annotations

import json
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from db.district.calls import Batch, Word, ingest
from db.district.errors import NotAllowed, Refused, Unreachable
from db.district.private_server import PrivateServer
from kiosk.record.entries import leaf_hash
from kiosk.record.transparency.merkle import Tree
from tests.db.district.desks import Desk, Sent, a_desk, asked


@pytest.fixture
def desk(server: PrivateServer, database: str) -> Desk:
    """The only desk of a new store."""
    return a_desk(server, database)


def stored(desk: Desk) -> list[str]:
    """The headers that the server has, in order."""
    rows = asked(desk.server, desk.database, "SELECT header FROM district.entry ORDER BY log_id, seq")
    return [row[0] for row in rows]


def conflicts(desk: Desk) -> list[str]:
    """Why logs were quarantined."""
    return [row[0] for row in asked(desk.server, desk.database, "SELECT reason FROM district.conflict")]


def altered(sent: Sent, seq: int) -> str:
    """An entry of the log with another kind."""
    return json.dumps({**json.loads(sent.rows[seq].header), "kind": "note.added"})


def with_headers(sent: Sent, first: int, headers: list[str], size: int) -> Batch:
    """A batch of any headers, with the root that they give after the true entries before it."""
    leaves = [*(row.leaf for row in sent.rows[:first]), *map(leaf_hash, headers)]
    return replace(sent.batch(), first=first, headers=headers, size=size, root=Tree().grown(leaves).root, head=1000)


def test_an_empty_batch_proves_the_way(desk: Desk, sent: Sent) -> None:
    """A desk sends it when it is enrolled."""
    answer = desk.ingest(sent.batch(0, 0))
    assert (answer.word, answer.size, answer.root) == (Word.OK, 0, Tree().root)


def test_what_was_sent_is_there_with_the_desks_root(desk: Desk, sent: Sent) -> None:
    """Byte for byte."""
    answer = desk.ingest(sent.batch())
    assert (answer.word, answer.size, answer.root) == (Word.OK, len(sent.rows), sent.root(len(sent.rows)))
    assert stored(desk) == [row.header for row in sent.rows]


@pytest.mark.parametrize("again", [(0, 10), (5, 10), (3, 7), (0, 3), (8, 14), (10, 10)])
def test_a_batch_again_changes_nothing(desk: Desk, sent: Sent, again: tuple[int, int]) -> None:
    """An acknowledgement or the desk's place was lost; an overlap adds only what is new."""
    assert desk.ingest(sent.batch(0, 10)).word is Word.OK
    answer = desk.ingest(sent.batch(*again))
    size = max(10, again[1])
    assert (answer.word, answer.size, answer.root) == (Word.OK, size, sent.root(size))
    assert stored(desk) == [row.header for row in sent.rows[:size]]


@pytest.mark.parametrize("size", [0, 6])
def test_a_batch_after_a_gap_is_not_taken(desk: Desk, sent: Sent, size: int) -> None:
    """The answer says where to go on; nothing is wrong."""
    assert desk.ingest(sent.batch(0, size)).word is Word.OK
    answer = desk.ingest(sent.batch(8, 12))
    assert (answer.word, answer.size, answer.root) == (Word.GAP, size, sent.root(size))
    assert len(stored(desk)) == size


def test_batches_at_once_are_taken_one_after_the_other(desk: Desk, sent: Sent) -> None:
    """Each is taken, or told to come later; nothing is there twice."""
    assert desk.ingest(sent.batch(0, 4)).word is Word.OK
    batches = [sent.batch(4, 12), sent.batch(4, 20), sent.batch(12, 20), sent.batch(0, 9)]
    with ThreadPoolExecutor(4) as pool:
        words = {answer.word for answer in pool.map(desk.ingest, batches)}
    assert words <= {Word.OK, Word.GAP}
    assert stored(desk) == [row.header for row in sent.rows[: len(stored(desk))]]
    assert desk.ingest(sent.batch(0, 20)).size == 20


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(parts=st.lists(st.tuples(st.integers(0, 30), st.integers(0, 12)), max_size=8))
def test_any_order_of_true_batches_leaves_a_beginning_of_the_log(
    desk: Desk, sent: Sent, parts: list[tuple[int, int]]
) -> None:
    """Whatever is lost, repeated or overtaken, from one example to the next too."""
    before = len(stored(desk))
    for first, length in parts:
        end = min(first + length, len(sent.rows))
        if first <= end:
            assert desk.ingest(sent.batch(first, end)).word in {Word.OK, Word.GAP}
    now = stored(desk)
    assert len(now) >= before
    assert now == [row.header for row in sent.rows[: len(now)]]
    assert conflicts(desk) == []


def _forked(sent: Sent) -> Batch:
    return with_headers(sent, 5, [altered(sent, 5)], 6)


def _past(sent: Sent) -> Batch:
    rows = list(sent.rows)
    rows[3] = replace(rows[3], leaf=bytes(32))
    return replace(sent.batch(10, 12), root=Tree().grown(row.leaf for row in rows[:12]).root)


def _wrong_root_of_known(sent: Sent) -> Batch:
    return replace(sent.batch(0, 8), root=bytes(32))


def _changed(sent: Sent, **other: Any) -> Batch:
    header = {**json.loads(sent.rows[10].header), **other}
    return with_headers(sent, 10, [json.dumps(header)], 11)


@pytest.mark.parametrize(
    ("make", "word"),
    [
        (_forked, Word.FORKED),
        (_past, Word.ROOT_MISMATCH),
        (_wrong_root_of_known, Word.ROOT_MISMATCH),
        (lambda sent: with_headers(sent, 10, ["not JSON"], 11), Word.MALFORMED),
        (lambda sent: with_headers(sent, 10, ["[1]"], 11), Word.MALFORMED),
        (lambda sent: with_headers(sent, 10, ['"\\ud800"'], 11), Word.MALFORMED),
        (lambda sent: _changed(sent, seq=12), Word.MALFORMED),
        (lambda sent: _changed(sent, origin="another/log"), Word.MALFORMED),
        (lambda sent: _changed(sent, event_id="no UUID"), Word.MALFORMED),
        (lambda sent: _changed(sent, kind="\x00"), Word.MALFORMED),
        (lambda sent: _changed(sent, wall_us=None), Word.MALFORMED),
        (lambda sent: _changed(sent, pack="x" * 70_000), Word.MALFORMED),
    ],
)
def test_what_does_not_follow_is_refused_and_quarantines_the_log(
    desk: Desk, sent: Sent, make: Callable[[Sent], Batch], word: Word
) -> None:
    """The entries stay; the reason is kept; later batches wait for a person."""
    assert desk.ingest(sent.batch(0, 10)).word is Word.OK
    assert desk.ingest(make(sent)).word is word
    assert conflicts(desk) == [word]
    assert desk.ingest(sent.batch(10, 12)).word is Word.QUARANTINED
    assert stored(desk) == [row.header for row in sent.rows[:10]]


@pytest.mark.parametrize(
    "wrong",
    [
        {"size": 7},
        {"first": -1},
        {"root": b"short"},
        {"head": 3},
        {"note": "x" * 5000},
        {"headers": ["x"] * 2001, "size": 2001, "head": 9999},
        {"headers": ["x" * 9_000_000], "size": 1},
        {"origin": "with blanks", "first": 0},
        {"vkey": ""},
    ],
)
def test_a_call_that_makes_no_sense_is_refused_as_such(desk: Desk, sent: Sent, wrong: dict[str, Any]) -> None:
    """Nothing is written, and no log is quarantined for it."""
    with pytest.raises(Refused):
        desk.ingest(replace(sent.batch(0, 5), **wrong))
    assert (stored(desk), conflicts(desk)) == ([], [])


def test_the_log_of_another_desk_is_not_this_ones(server: PrivateServer, database: str, desk: Desk, sent: Sent) -> None:
    """Nor may the key of a log change; a role that is no desk may send nothing."""
    assert desk.ingest(sent.batch(0, 5)).word is Word.OK
    other = a_desk(server, database, "back")
    with pytest.raises(NotAllowed):
        other.ingest(sent.batch(5, 8))
    with pytest.raises(NotAllowed):
        desk.ingest(replace(sent.batch(5, 8), vkey="another+key"))
    asked(server, database, f"CREATE ROLE stranger_{database} LOGIN IN ROLE district_desk")
    with pytest.raises(NotAllowed):
        Desk(server, database, f"stranger_{database}").ingest(sent.batch(5, 8))


def test_a_retired_desk_is_refused_also_on_an_open_connection(
    server: PrivateServer, database: str, desk: Desk, sent: Sent
) -> None:
    """A lost computer sends nothing more."""
    with desk.connected() as store:
        assert ingest(store, sent.batch(0, 5)).word is Word.OK
        asked(server, database, "UPDATE district.desk SET state = 'retired'")
        asked(server, database, f"ALTER ROLE {desk.role} NOLOGIN")
        with pytest.raises(NotAllowed):
            ingest(store, sent.batch(5, 8))
    with pytest.raises((NotAllowed, Unreachable)), desk.connected():
        pass


def test_a_desk_starts_only_a_few_logs_without_a_reason(desk: Desk, sent: Sent) -> None:
    """A stolen secret would else fill the store with invented logs."""
    assert desk.ingest(sent.batch(0, 0)).word is Word.OK
    for n in range(3):
        assert desk.ingest(replace(sent.batch(0, 0), origin=f"kiosk/{n}")).word is Word.OK
    with pytest.raises(Refused):
        desk.ingest(replace(sent.batch(0, 0), origin="kiosk/4"))


def test_the_server_knows_how_much_the_desk_has(desk: Desk, sent: Sent) -> None:
    """So a desk that later says less, or sends nothing more, is seen."""
    desk.ingest(sent.batch(0, 5))
    behind = "SELECT entries, entries_behind FROM plain.desks"
    assert asked(desk.server, desk.database, behind) == [(5, len(sent.rows) - 5)]
    for _ in range(2):
        desk.ingest(replace(sent.batch(0, 5), head=5))
    assert asked(desk.server, desk.database, behind) == [(5, len(sent.rows) - 5)]
    flagged = asked(desk.server, desk.database, "SELECT reason, seq, detail->>'before' FROM district.conflict")
    assert flagged == [("truncated", 5, str(len(sent.rows)))]
    assert desk.ingest(sent.batch(5)).word is Word.OK, "it is no reason to take nothing more"


def test_a_permanent_checkpoint_is_kept_with_its_root(desk: Desk, sent: Sent) -> None:
    """Also when its entries were there before."""
    desk.ingest(sent.batch(0, 10))
    desk.ingest(replace(sent.batch(0, 8), note="a note"))
    desk.ingest(replace(sent.batch(10, 12), note="another"))
    kept = asked(desk.server, desk.database, "SELECT size, root, note FROM district.checkpoint ORDER BY size")
    assert [(size, bytes(root), note) for size, root, note in kept] == [
        (8, sent.root(8), "a note"),
        (12, sent.root(12), "another"),
    ]
