"""How a desk is, from what the store knows: its color, its sentences, and the exit code of the worst."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from db.district.fleet import LogStatus, Published
from kiosk.district.fleet import Color, behind, lines, worst
from tests.district.fleet_lines import EMPTY, GREEN, LATE, LOG, NOW, all_colors


def the_color(log: LogStatus) -> Color:
    """The color of a desk with this log."""
    return lines([replace(GREEN, log=log)], NOW)[0].color


def test_desks_with_a_problem_come_first() -> None:
    """By color, then as the store ordered them."""
    assert [one.status.school for one in all_colors()] == ["Pine", "Oak", EMPTY.school, "Lincoln", "Ash"]
    assert [one.color for one in all_colors()] == [Color.RED, Color.AMBER, Color.AMBER, Color.GREEN, Color.GRAY]


@pytest.mark.parametrize(
    ("log", "color"),
    [
        (LOG, Color.GREEN),
        (replace(LOG, last_contact=NOW - timedelta(days=1)), Color.GREEN),
        (replace(LOG, last_contact=NOW - timedelta(days=1, seconds=1)), Color.AMBER),
        (replace(LOG, head=41), Color.AMBER),
        (replace(LOG, disclosed_to=39), Color.AMBER),
        (replace(LOG, newest_entry_at=NOW + timedelta(days=1, seconds=1)), Color.AMBER),
        (replace(LOG, state="quarantined"), Color.RED),
        (replace(LOG, succession="continues"), Color.GREEN),
        (replace(LOG, succession="shortened"), Color.RED),
    ],
)
def test_the_color_of_a_desk(log: LogStatus, color: Color) -> None:
    """A person must look at a quarantine and a succession; what is late is amber."""
    assert the_color(log) is color


def test_a_desk_without_the_newest_bundle_is_amber() -> None:
    """With the reason, if it refused one since; a desk that has it is not, whatever it refused before."""
    newest = Published("b" * 64, "small", "2026.2", NOW - timedelta(hours=1))
    waits = replace(GREEN, published=newest, installed="a" * 64)
    assert [(one.color, one.problems) for one in lines([waits], NOW)] == [
        (Color.AMBER, ("It has not installed small 2026.2, published 2027-03-01 11:00.",))
    ]
    refuses = lines([replace(waits, refused="other-school")], NOW)[0]
    assert refuses.problems[0].endswith("published 2027-03-01 11:00: it is for other schools.")
    assert lines([replace(waits, installed=newest.name, refused="older")], NOW)[0].color is Color.GREEN


def test_the_worst_desk_decides_the_exit_code() -> None:
    """Nothing enrolled is no problem, and neither is a retired desk."""
    assert (worst([]).exit_code, worst(lines([GREEN], NOW)).exit_code) == (0, 0)
    assert (worst(lines([GREEN, LATE], NOW)).exit_code, worst(all_colors()).exit_code) == (1, 2)
    assert worst(all_colors()[-1:]).exit_code == 0


def test_values_that_are_missing_count_as_behind() -> None:
    """The larger of both numbers, and never less than none."""
    assert LATE.log is not None
    assert (behind(LOG), behind(LATE.log), behind(replace(LOG, head=30))) == (0, 8, 0)
