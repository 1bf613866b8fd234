"""`kiosk log amend --preview`: each act shows what it would enter, and enters nothing; at a terminal, each one asks."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import Final

import pytest

from kiosk.errors import Exit
from kiosk.settings import Home
from tests.commands.log.test_call import incomplete, unfinished_records
from tests.typed import Typed, at_a_terminal

CLOSED, OPEN = "2026-0001", "2026-0002"
WHY: Final = ("--reason", "Read from the card copy")
BY: Final = ("--by", "Dana Ruiz")
ACTS: Final[dict[str, tuple[tuple[str, ...], tuple[str, ...]]]] = {
    "field": ((CLOSED, "--field", "agency-as-stated", "--value", "Coast Guard", *WHY), ("Coast Guard", WHY[1])),
    "call": ((CLOSED, "--called", "office", "--result", "called-back", "--name", "Lee Novak"), ("office (Lee Novak)",)),
    "add": ((CLOSED, "--add", "Three cars", *WHY), ("Three cars", WHY[1])),
    "close": ((OPEN, "--close", *WHY), ("closed unfinished", WHY[1])),
    "void": ((OPEN, "--void", *WHY), ("void", WHY[1])),
    "reviewed": ((CLOSED, "--reviewed", *WHY), ("read before public copies", WHY[1])),
}
"""Of each act: what is typed, and what the preview has of it."""


@pytest.fixture(autouse=True)
def records(home: Home) -> None:
    """A closed and an unfinished record."""
    assert (incomplete(home), unfinished_records(home)) == (CLOSED, OPEN)


def size(home: Home) -> int:
    """The number of entries of the live log."""
    with closing(sqlite3.connect(home.log("live"))) as connection:
        return int(connection.execute("SELECT count(*) FROM entry").fetchone()[0])


@pytest.mark.parametrize("act", ACTS)
def test_an_act_is_shown_and_asked_about_before_it_is_entered(
    typed: Typed, home: Home, monkeypatch: pytest.MonkeyPatch, act: str
) -> None:
    """The preview has what the entry would say, and by whom; with --preview, or without a yes, nothing is entered."""
    words, shown = ACTS[act]
    before = size(home)
    told = typed("log", "amend", *words, *BY, "--preview")
    assert (told.code, size(home)) == (Exit.DONE, before), told
    assert [one for one in (*shown, BY[1]) if one not in told.err] == []
    at_a_terminal(monkeypatch, "no\n", "yes\n")
    assert (typed("log", "amend", *words, *BY).code, size(home)) == (Exit.REFUSED, before)
    assert typed("log", "amend", *words, *BY).code == Exit.DONE
    assert size(home) > before
