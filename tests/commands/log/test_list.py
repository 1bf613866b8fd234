"""`kiosk log list`, and what every command that reads the log says of one that can't be read."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from kiosk.settings import Home
from kiosk.system.clock import FixedClock
from tests.homes import encounter, tamper
from tests.typed import Typed


@pytest.mark.parametrize(
    "command", [("list",), ("show", "2026-0001"), ("verify",), ("export", "--format", "csv", "--level", "full")]
)
def test_a_log_that_is_not_there_is_said(home: Home, capsys: pytest.CaptureFixture[str], command: tuple[str]) -> None:
    """Exit code 4, and what to do."""
    assert "no live log" in Typed(home, capsys).refused(4, "log", *command)


def test_a_damaged_log_is_said(typed: Typed, home: Home) -> None:
    """Exit code 4, not a traceback."""
    home.log("live").write_bytes(b"damaged")
    typed.refused(4, "log", "list")


@pytest.mark.parametrize(
    "command", [("list",), ("show", "2026-0001"), ("export", "--format", "csv", "--level", "full")]
)
def test_a_log_with_a_changed_entry_is_not_read_out(typed: Typed, home: Home, command: tuple[str]) -> None:
    """Exit code 4, as for any log that can't be used: its text can't be distinguished from what happened."""
    encounter(home)
    tamper(home, lambda c: c.execute("UPDATE entry SET header = replace(header, 'answered', 'answereD') WHERE seq = 1"))
    assert "Entry 1 " in typed.refused(4, "log", *command)


def test_an_empty_log_lists_nothing(typed: Typed) -> None:
    """That is no error."""
    told = typed("log", "list")
    assert (told.code, told.out) == (0, "")
    assert typed("log", "list", "--json").json == []


def test_encounters_are_listed_newest_first(typed: Typed, home: Home) -> None:
    """Closed or not, as many as asked for."""
    numbers = [encounter(home), encounter(home, close=False)]
    listed = typed("log", "list", "--json").json
    assert [one["no"] for one in listed] == numbers[::-1]
    assert [one["state"] for one in listed] == ["open", "closed"]
    told = typed("log", "list", "--limit", "1")
    assert numbers[1] in told.out
    assert numbers[0] not in told.out
    assert "more" in told.err


def test_encounters_are_found_by_words_and_days(typed: Typed, home: Home) -> None:
    """Agency as stated and notes are searched; days are counted from the first to the last."""
    clock = FixedClock(datetime(2026, 3, 10, 12, tzinfo=UTC))
    number = encounter(home, agency="Coast Guard", note="Blue car", clock=clock)
    for words in (("--search", "coast BLUE"), ("--from", "2026-03-10", "--to", "2026-03-10"), ("--to", "2026-12-01")):
        assert [one["no"] for one in typed("log", "list", "--json", *words).json] == [number], words
    for words in (("--search", "red"), ("--from", "2026-03-11"), ("--to", "2026-03-09")):
        assert typed("log", "list", "--json", *words).json == [], words


@pytest.mark.parametrize("day", ["20260310", "2026-W11-2", "March", "", "2026-02-30"])
def test_a_day_is_written_as_people_write_it(typed: Typed, home: Home, day: str) -> None:
    """The same as in a protocol; what only Python would take for a day is refused in a sentence."""
    encounter(home)
    assert "2026-08-01" in typed.refused(2, "log", "list", "--from", day)
