"""`kiosk log retention`: how long records are kept, told by people; nothing goes by time alone."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from kiosk.record.entry_kinds import EntryKind
from kiosk.record.retention.schedule import COOLING_OFF
from kiosk.settings import Home
from kiosk.system.clock import FixedClock
from tests.homes import encounter
from tests.keeping import WHO, closed, destroy, mark, refused, said
from tests.running import running_kiosk
from tests.typed import Stage, Typed

pytestmark = [pytest.mark.stage(Stage.APPROVED), pytest.mark.usefixtures("synchronized")]

BY = ("--authority", "A schedule", "--by", "A. Ruiz")


def due(typed: Typed, *more: str) -> list[str]:
    """The numbers of the records that are due."""
    return [one["no"] for one in typed("log", "retention", "eligible", "--json", *more).json]


def test_without_a_mark_everything_is_kept_for_ever(typed: Typed, home: Home) -> None:
    """There is no period that we chose."""
    closed(home, 1999)
    told = typed("log", "retention", "show")
    assert (told.out, "All records are kept permanently" in told.err) == ("", True)
    assert due(typed, "--as-of", "9000-01-01") == []


def test_a_mark_says_how_long_who_and_by_which_authority(typed: Typed, home: Home) -> None:
    """It is an entry; the newest of a category counts, and the earlier ones stay in the log."""
    mark(typed, "3 years")
    mark(typed, "until 2035-06-30", "handover")
    mark(typed, "5 years")
    assert typed("log", "retention", "show", "--json").json == [
        {
            "category": category,
            "period": period,
            "authority": "A schedule",
            "by": "A. Ruiz",
            "applies_from": "2020-01-01",
        }
        for category, period in (("all", "5 years"), ("handover", "until 2035-06-30"))
    ]
    assert "until 2035-06-30" in typed("log", "retention", "show").out
    assert [kept.body["period"] for kept in said(home, EntryKind.RETENTION_SET)] == [
        "3 years",
        "until 2035-06-30",
        "5 years",
    ]
    assert "Authority: A schedule" in typed("log", "audit").out


def test_records_are_due_from_the_day_on_and_not_before(typed: Typed, home: Home) -> None:
    """Closed on 10 March 2020 and kept three years: due on 10 March 2023. It is only listed."""
    no = closed(home)
    mark(typed)
    assert due(typed, "--as-of", "2023-03-09") == []
    assert due(typed, "--as-of", "2023-03-10") == [no]
    told = typed("log", "retention", "eligible")
    assert no in told.out
    assert "2023-03-10" in told.out
    assert "eligible -o FILE" in told.err
    assert "Two cars" in typed("log", "show", no).out


def test_the_longest_of_several_marks_counts(typed: Typed, home: Home) -> None:
    """The record ended as handover: three years as any record, permanently as a handover."""
    no = closed(home)
    mark(typed, "3 years")
    mark(typed, "permanent", "handover")
    assert due(typed) == []
    mark(typed, "4 years", "handover")
    assert due(typed, "--as-of", "2023-12-01") == []
    assert due(typed, "--as-of", "2024-03-10") == [no]
    mark(typed, "1 year", "gone")
    assert due(typed, "--as-of", "2024-03-10") == [no]


def test_what_is_added_later_is_kept_as_long(typed: Typed, home: Home) -> None:
    """The time runs from the last amendment."""
    no = closed(home)
    mark(typed)
    typed("log", "amend", no, "--add", "A third car", "--reason", "Read again", "--by", "Dana Ruiz")
    assert due(typed) == []


def test_open_and_held_and_gone_records(typed: Typed, home: Home) -> None:
    """An open one is never due, a held one is told as held, one that was destroyed is not due again."""
    encounter(home, close=False)
    held, gone = closed(home, 2019), closed(home)
    mark(typed)
    typed("log", "hold", "place", held, *WHO)
    assert destroy(typed, gone).code == 0
    rows = typed("log", "retention", "eligible", "--json").json
    assert [(row["no"], row["on_hold"]) for row in rows] == [(held, True)]


def test_the_morning_check_counts_what_is_due_and_calls_it_no_fault(typed: Typed, home: Home) -> None:
    """A green line."""
    closed(home)
    mark(typed)
    (line,) = [check for check in typed("doctor", "--json").json["checks"] if check["name"] == "retention"]
    assert (line["state"], line["repair"]) == ("green", "")
    assert line["words"].startswith("1 record is eligible")


@pytest.mark.parametrize(
    ("command", "because"),
    [
        (("nowhere", "--period", "3 years", *BY), "Choose all, or one of: gone, handover"),
        (("all", "--period", "a while", *BY), "not a retention period"),
        (("all", "--period", "0 years", *BY), "not a retention period"),
        (("all", "--period", "until 2035-02-30", *BY), "not a retention period"),
        (("all", "--period", "3 years", "--by", "A. Ruiz"), "--authority"),
        (("all", "--period", "3 years", "--authority", "A schedule"), "--by"),
    ],
)
def test_what_is_no_mark_is_refused(typed: Typed, home: Home, command: tuple[str, ...], because: str) -> None:
    """One sentence, and nothing is written."""
    assert because in typed.refused(2, "log", "retention", "set", *command)
    assert said(home, EntryKind.RETENTION_SET) == []


def test_a_running_kiosk_records_a_mark_at_once(typed: Typed, home: Home) -> None:
    """It is in the log when the command ends."""
    with running_kiosk(home):
        assert typed("log", "retention", "set", "all", "--period", "3 years", *BY).code == 0
        assert [kept.body["period"] for kept in said(home, EntryKind.RETENTION_SET)] == ["3 years"]


def test_practice_has_marks_of_its_own(typed: Typed, home: Home) -> None:
    """The two logs never mix."""
    encounter(home, "practice")
    mark(typed)
    assert typed("log", "retention", "show", "--practice", "--json").json == []
    told = typed("log", "retention", "set", "all", "--period", "1 year", *BY, "--practice")
    assert told.code == 0
    assert [one["period"] for one in typed("log", "retention", "show", "--practice", "--json").json] == ["1 year"]


def test_a_period_makes_nothing_eligible_before_its_cooling_off_is_over(typed: Typed, home: Home) -> None:
    """It is counted from its own entry, by the newest day in the log when the clock is behind that."""
    no = closed(home, 2020)
    newest = date(2040, 1, 1)
    encounter(home, clock=FixedClock(datetime(2040, 1, 1, 12, tzinfo=UTC)))
    assert typed("log", "retention", "set", "all", "--period", "until 2021-01-01", *BY).code == 0
    (rule,) = typed("log", "retention", "show", "--json").json
    first = date.fromisoformat(rule["applies_from"])
    assert first == newest + COOLING_OFF
    assert due(typed, "--as-of", str(first - timedelta(days=1))) == []
    assert due(typed, "--as-of", str(first))[0] == no
    assert no in refused(typed, no)
