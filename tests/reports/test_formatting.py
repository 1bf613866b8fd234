"""Shared formats: times with their offset, durations, safe cells, and values in words."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, timedelta, timezone, tzinfo
from typing import Final
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from kiosk.protocol.replies import Missing, Value
from kiosk.record.duties.open_tasks import OpenTasks
from kiosk.record.endings import ENDED, Ending
from kiosk.reports.formatting import (
    Stamps,
    called,
    cell,
    duration,
    ended_as,
    moment,
    open_tasks,
    shown,
    stamp,
    typed_cell,
    with_amended,
)
from kiosk.system.clock import Instant
from tests.reports.records import EASTERN, HOSTILE, a_record, an_amendment, an_instant

SECOND: Final = 1_000_000


def test_a_time_is_written_with_its_offset() -> None:
    """A stamp is to the second, a moment to the minute; a stamp of no time is none."""
    at = an_instant(59)
    assert (stamp(at, EASTERN), stamp(at, UTC)) == ("2026-09-14T10:42:59-04:00", "2026-09-14T14:42:59+00:00")
    assert (moment(at, EASTERN), moment(at, UTC)) == ("2026-09-14 10:42 -04:00", "2026-09-14 14:42 +00:00")
    assert stamp(None, UTC) is None


ZONES: Final = [
    UTC,
    EASTERN,
    ZoneInfo("Asia/Kolkata"),
    ZoneInfo("Australia/Lord_Howe"),
    ZoneInfo("America/St_Johns"),
    ZoneInfo("Africa/Monrovia"),
    timezone(timedelta(seconds=-17762)),
    timezone(timedelta(minutes=-1, microseconds=-1)),
    None,
]


@given(times=st.lists(st.integers(-(2**51), 2**52), max_size=5), zone=st.sampled_from(ZONES))
@example(times=[1_793_512_799_000_000, 1_793_512_800_999_999], zone=EASTERN)  # the end of daylight time in 2026
@example(times=[-2_717_650_801_000_000, -2_717_650_799_000_000], zone=EASTERN)  # the first zones
@example(
    times=[1_299_987_059_000_000, 1_299_987_060_000_000], zone=ZoneInfo("America/St_Johns")
)  # daylight time at 00:01
@example(times=[63_593_069_000_000, 63_593_071_000_000], zone=ZoneInfo("Africa/Monrovia"))  # the last one with seconds
def test_many_times_are_written_as_each_alone(times: list[int], zone: tzinfo | None) -> None:
    """Before and after a change of the zone, and where a zone differed from UTC by seconds."""
    stamps = Stamps(zone)
    for wall_us in times * 2:
        at = Instant(wall_us, "", 0)
        assert stamps(at) == stamps.or_none(at) == stamp(at, zone)
    assert stamps.or_none(None) is None


@pytest.mark.parametrize(
    ("us", "words"),
    [
        (0, "1 second"),
        (1_499_999, "1 second"),
        (59 * SECOND, "59 seconds"),
        (60 * SECOND, "1 minute"),
        (-61 * SECOND, "1 minute 1 second"),
        (3_661 * SECOND, "1 hour 1 minute"),
        (3_601 * SECOND, "1 hour"),
        (608_459 * SECOND, "7 days 1 hour"),
        (86_400 * SECOND, "1 day"),
    ],
)
def test_a_duration_has_at_most_two_units_that_follow_each_other(us: int, words: str) -> None:
    """Its sign does not count, and it is at least a second; a unit after a zero is left out."""
    assert duration(us) == words


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "＝", "＋", "－", "＠", " =", "\t", "\r", "\n", "\x00"])
def test_a_cell_never_starts_a_formula(start: str) -> None:
    """An apostrophe goes in front of everything that a spreadsheet may run."""
    assert cell(f"{start}1").startswith("'")


@pytest.mark.parametrize(
    "words", ["0023", "00", "1E5", "12e+5", "123456789012", "1.50", "3-12", "3/12", "3.12.26", "=1"]
)
def test_typed_text_that_a_spreadsheet_would_change_is_marked_as_text(words: str) -> None:
    """A badge stays a badge: an apostrophe goes in front."""
    assert typed_cell(words) == f"'{words}"


@pytest.mark.parametrize("words", ["", "2", "23", "0", "An agency", "860-555-0142", "2026-09-14", "(refused)", "12E"])
def test_other_typed_text_stays_as_it_is(words: str) -> None:
    """Numbers that are the same number in a spreadsheet, days, and words."""
    assert typed_cell(words) == words


def test_an_ordinary_cell_stays_as_it_is() -> None:
    """Text without a formula is not changed; no control character of any text is left."""
    assert cell("2 agents = 2 badges") == "2 agents = 2 badges"
    assert [c for c in cell(HOSTILE) if c in "\x00\x07\x1b\x7f\x9b\n\u2028\u202e"] == []


def test_how_a_record_ended_is_its_outcome_or_its_ending() -> None:
    """An open record has none; a void or an unfinished record has no outcome to name."""
    closed = replace(a_record(), ending=Ending.OUTCOME)
    assert ended_as(closed) == "handover"
    assert ended_as(replace(closed, ending=None)) == "not closed"
    for ending in {*Ending} - {Ending.OUTCOME}:
        assert ended_as(replace(closed, ending=ending, outcome=None)) == ENDED[ending]
    assert "withheld" in ended_as(replace(closed, outcome=None))


@pytest.mark.parametrize(
    ("value", "words"), [(None, ""), ("An agency", "An agency"), (0, "0"), (Missing("refused"), "(refused)")]
)
def test_a_fact_is_shown_with_the_reason_why_it_is_missing(value: Value | None, words: str) -> None:
    """Zero is a value; the reason is in parentheses; without a value there are no words."""
    assert shown(value) == words


def test_who_was_called_and_what_is_open_are_named() -> None:
    """A name that only repeats the role is not written twice; calls come before facts."""
    assert [called("office", name) for name in ("", "office", "Dana Ruiz")] == [
        "office",
        "office",
        "office (Dana Ruiz)",
    ]
    assert open_tasks(OpenTasks(("office",), ("badge", "plate"))) == ["call office", "fill in badge", "fill in plate"]
    assert open_tasks(OpenTasks()) == []


def test_amended_values_follow_the_original() -> None:
    """Each amendment is marked, in order; an original that was not recorded leaves no blank."""
    later = [an_amendment("field.plate", None, "CT 12"), an_amendment("field.plate", "CT 12", Missing("not-seen"))]
    assert with_amended("CT 1", later) == "CT 1 [amended: CT 12] [amended: (not-seen)]"
    assert with_amended("", later[:1]) == "[amended: CT 12]"
    assert with_amended("CT 1", []) == "CT 1"
