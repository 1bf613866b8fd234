"""`kiosk report board`: whole quarters that are over, and no small number."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from kiosk.settings import Home
from kiosk.system.clock import FixedClock
from tests.commands.report.test_period import entries
from tests.homes import PACK, encounter
from tests.typed import Typed

QUARTER = ("--from", "2026-07-01", "--to", "2026-09-30")


def test_a_quarter_has_its_number_or_that_it_is_withheld(typed: Typed, home: Home) -> None:
    """One encounter is some."""
    encounter(home)
    told = typed("report", "board", *QUARTER)
    assert told.code == 0
    lines = told.out.splitlines()
    assert lines[0] == "Encounters by quarter, July to September 2026"
    assert lines[1].endswith("their number is withheld.")
    assert "Laid before the board on ____________________" in lines
    assert "2026-0001" not in told.out
    (made,) = entries(home)
    assert (made["report"], made["level"], made["from"], made["to"]) == (
        "board",
        "statistics",
        "2026-07-01",
        "2026-09-30",
    )


def test_enough_encounters_are_counted_by_channel_and_outcome(typed: Typed, home: Home) -> None:
    """In the words of the protocol."""
    for _ in range(5):
        encounter(home, session=True)  # with the words of the protocol, which give the classes
    rows = [line.split() for line in typed("report", "board", *QUARTER).out.splitlines()]
    assert ["All", "0", "0", "5", "5"] in rows
    assert ["Door", "0", "0", "5", "5"] in rows
    assert ["Handed", "over", "0", "0", "5", "5"] in rows


def test_an_outcome_that_an_update_removed_keeps_its_line_and_its_words(typed: Typed, home: Home) -> None:
    """In a part of “other”, the difference of two reports could give a suppressed number away."""
    for _ in range(5):
        encounter(home, session=True)
    before = typed("report", "board", *QUARTER).out
    pack = home.path / "protocols" / "small" / "protocol.yaml"
    renamed = PACK.replace("handover", "passed-on").replace("{en: Handed over}", "{en: Passed on}")
    pack.write_text(renamed, encoding="utf-8")
    after = typed("report", "board", *QUARTER).out
    for report in (before, after):
        rows = [line.split() for line in report.splitlines()]
        assert ["Handed", "over", "0", "0", "5", "5"] in rows


@pytest.mark.parametrize(
    "days", [("--from", "2026-08-01"), ("--from", "2026-07-01", "--to", "2026-08-31")], ids=" ".join
)
def test_only_whole_quarters_are_reported(typed: Typed, home: Home, days: tuple[str, ...]) -> None:
    """Parts of them could be subtracted."""
    encounter(home)
    assert "quarter" in typed.refused(2, "report", "board", *days)
    assert entries(home) == []


def test_a_quarter_before_the_log_began_is_left_out(typed: Typed, home: Home) -> None:
    """Nobody counted then: it is not 0."""
    encounter(home, clock=FixedClock(datetime(2026, 9, 14, 15, tzinfo=UTC)))
    told = typed("report", "board", "--from", "2025-01-01", "--to", "2026-09-30")
    assert told.out.startswith("Encounters by quarter, July to September 2026\n")
    told = typed("report", "board", "--from", "2025-01-01", "--to", "2025-12-31")
    assert told.out.splitlines()[1] == "This log has no quarter of these days that is over."


def test_a_quarter_that_is_not_over_is_left_out(typed: Typed, home: Home) -> None:
    """Else a report of today minus one of yesterday would be a day."""
    encounter(home, clock=FixedClock(datetime(2098, 2, 1, 12, tzinfo=UTC)))
    told = typed("report", "board", "--from", "2098-01-01", "--to", "2098-03-31")
    assert told.out.splitlines()[1] == "This log has no quarter of these days that is over."
