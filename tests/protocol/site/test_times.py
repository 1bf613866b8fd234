"""Times of day and hours as a school clock has them, in English and Spanish; what a file holds stays as it is."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.protocol.site.hours import parse_hours
from kiosk.protocol.site.times import hours_in, time_of_day


@pytest.mark.parametrize(
    ("minute", "english", "spanish"),
    [
        (0, "12:00 AM", "12:00 a. m."),
        (7 * 60 + 30, "7:30 AM", "7:30 a. m."),
        (12 * 60, "12:00 PM", "12:00 p. m."),
        (15 * 60 + 5, "3:05 PM", "3:05 p. m."),
        (24 * 60, "12:00 AM", "12:00 a. m."),
    ],
)
def test_a_time_of_day(minute: int, english: str, spanish: str) -> None:
    """Twelve hours, and which half of the day."""
    assert time_of_day(minute, "en") == english
    assert time_of_day(minute, "es") == spanish
    assert time_of_day(minute, "es-419") == spanish
    assert time_of_day(minute, "fr") == english


@pytest.mark.parametrize(
    ("written", "english", "spanish"),
    [
        ("Mon-Fri 07:30-15:30", "Mon-Fri 7:30 AM-3:30 PM", "lun-vie 7:30 a. m.-3:30 p. m."),
        (
            "Mon-Fri 08:00-16:30, Sat 09:00-12:00",
            "Mon-Fri 8:00 AM-4:30 PM; Sat 9:00 AM-12:00 PM",
            "lun-vie 8:00 a. m.-4:30 p. m.; sáb 9:00 a. m.-12:00 p. m.",
        ),
        (
            "Mon Wed 8:00-12:00 13:00-16:00",
            "Mon, Wed 8:00 AM-12:00 PM, 1:00 PM-4:00 PM",
            "lun, mié 8:00 a. m.-12:00 p. m., 1:00 p. m.-4:00 p. m.",
        ),
        ("Fri-Mon 22:00-02:00", "Mon, Fri-Sun 10:00 PM-2:00 AM", "lun, vie-dom 10:00 p. m.-2:00 a. m."),
        ("always", "always", "siempre"),
        ("24/7", "always", "siempre"),
        ("", "", ""),
        ("ask the office", "ask the office", "ask the office"),  # what can't be read is shown as it is written
    ],
)
def test_hours_are_written_as_the_desks_clock(written: str, english: str, spanish: str) -> None:
    """The same days and times, in words of the language."""
    assert hours_in(written, "en") == english
    assert hours_in(written, "es") == spanish


DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


@st.composite
def written_hours(draw: st.DrawFn) -> str:
    """Hours as a file may have them."""
    parts = []
    for _ in range(draw(st.integers(1, 3))):
        day, last = draw(st.sampled_from(DAYS)), draw(st.sampled_from(["", *DAYS]))
        # Before noon, an end before the start would be one of the afternoon, which a file must say.
        known = st.tuples(st.integers(0, 1439), st.integers(1, 1440)).filter(
            lambda t: t[0] < t[1] or t[0] > max(720, t[1])
        )
        start, end = draw(known)
        times = f"{start // 60:02d}:{start % 60:02d}-{end // 60:02d}:{end % 60:02d}"
        parts.append(f"{day}{'-' + last if last else ''} {times}")
    return ", ".join(parts)


@given(written_hours())
def test_every_day_and_time_is_told(written: str) -> None:
    """Reading the English again, with its half days taken back, gives the very hours that the file has."""
    days: list[str] = []
    for part in (
        hours_in(written, "en").replace(";", " ").replace(",", " ").replace(" AM", "AM").replace(" PM", "PM").split()
    ):
        start, _, end = part.partition("-")
        days.append(f"{_minutes(start)}-{_minutes(end, end=True)}" if part[0].isdigit() else part)
    assert set(parse_hours(" ".join(days)).spans) == set(parse_hours(written).spans)


def _minutes(told: str, *, end: bool = False) -> str:
    hour, minute = map(int, told[:-2].split(":"))
    hour = hour % 12 + (12 if told.endswith("PM") else 0)
    return "24:00" if end and (hour, minute) == (0, 0) else f"{hour:02d}:{minute:02d}"
