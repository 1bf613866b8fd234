"""The cursor and the waits: a lost cursor is none, a failure makes the wait longer."""

from __future__ import annotations

import json
import os
import stat

import pytest

from kiosk.district.sending.cursor import cursor_file, read_cursor, save_cursor
from kiosk.district.sending.exchange import Acknowledged
from kiosk.district.sending.pacing import BackOff
from kiosk.district.told import Told
from kiosk.settings import Home


def test_a_saved_cursor_is_read_again(home: Home) -> None:
    """With what belongs to the home alone: neither the connection nor why it stopped."""
    known = {"a/log": Acknowledged(9, 4, compared=True), "b/log": Acknowledged(3, 3, stopped=Told.FORKED)}
    save_cursor(home, known)
    assert read_cursor(home) == {"a/log": Acknowledged(9, 4), "b/log": Acknowledged(3, 3)}
    if os.name == "posix":
        assert stat.S_IMODE(cursor_file(home).stat().st_mode) == 0o600
        assert stat.S_IMODE(home.sending.stat().st_mode) == 0o700


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"[]",
        b"\xff",
        b'{"a/log": 4}',
        b'{"a/log": {"entries": 4}}',
        b'{"a/log": {"entries": 4, "values": 5}}',
        b'{"a/log": {"entries": 4, "values": -1}}',
        b'{"a/log": {"entries": true, "values": 0}}',
        b"[" * 100_000,
    ],
)
def test_a_damaged_cursor_counts_as_none(home: Home, content: bytes) -> None:
    """Everything is compared again then."""
    home.sending.mkdir()
    cursor_file(home).write_bytes(content)
    assert read_cursor(home) == {}


def test_a_cursor_replaces_the_previous_one_in_one_step(home: Home) -> None:
    """Nothing else is left in the folder."""
    for entries in range(3):
        save_cursor(home, {"a/log": Acknowledged(entries, 0)})
    assert [path.name for path in home.sending.iterdir()] == ["cursor.json"]
    assert json.loads(cursor_file(home).read_text(encoding="utf-8")) == {"a/log": {"entries": 2, "values": 0}}


def test_each_failure_doubles_the_wait_up_to_five_minutes() -> None:
    """And a success begins again."""
    waits = BackOff(chance=lambda: 0.0)
    assert [waits.failed() for _ in range(11)] == [1, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300]
    waits.succeeded()
    assert waits.failed() == 1


def test_desks_do_not_come_back_all_at_once() -> None:
    """Chance makes each wait up to half shorter, never longer."""
    assert BackOff(chance=lambda: 0.999, failures=9).failed() == pytest.approx(150, rel=0.01)
    assert len({BackOff(failures=9).failed() for _ in range(20)}) > 10


def test_a_thousand_failures_are_no_larger_number() -> None:
    """A desk may be without a network for months."""
    assert BackOff(chance=lambda: 0.0, failures=100_000).failed() == 300
