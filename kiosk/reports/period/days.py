"""Days in words: “July to November 2026”, “October 3 to November 9, 2026”."""

from __future__ import annotations

from calendar import monthrange
from datetime import date

from kiosk.reports.figures.stacked import month_words


def day_words(day: date) -> str:
    """Return one day, as October 3, 2026."""
    return f"{_month(day)} {day.day}, {day.year}"


def days_words(first: date | None, last: date | None) -> str:
    """Return the days from the first to the last, both included; None: no limit."""
    if first is None or last is None:
        return f"since {day_words(first)}" if first else f"until {day_words(last)}" if last else "all days"
    if first.day == 1 and last.day == monthrange(last.year, last.month)[1]:
        return months_words(first, last)
    if first == last:
        return day_words(first)
    if first.year != last.year:
        return f"{day_words(first)} to {day_words(last)}"
    begin = f"{_month(first)} {first.day}"
    return f"{begin} to {last.day}, {last.year}" if first.month == last.month else f"{begin} to {day_words(last)}"


def months_words(first: date, last: date) -> str:
    """Return whole months, by any day of the first and of the last one; a whole year is its number."""
    if first.year != last.year:
        return f"{_month(first)} {first.year} to {_month(last)} {last.year}"
    if (first.month, last.month) == (1, 12):
        return str(first.year)
    return (
        f"{_month(first)} {first.year}"
        if first.month == last.month
        else f"{_month(first)} to {_month(last)} {last.year}"
    )


def months_between(first: date, last: date) -> list[str]:
    """Return every month from the first day to the last one, such as 2026-09, in order."""
    count = (last.year - first.year) * 12 + last.month - first.month + 1
    at = first.year * 12 + first.month - 1
    return [f"{n // 12:04}-{n % 12 + 1:02}" for n in range(at, at + count)]


def _month(day: date) -> str:
    return month_words(f"{day:%Y-%m}").split()[0]
