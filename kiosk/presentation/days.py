"""The days that people mean when they name some."""

from __future__ import annotations

from datetime import date, timedelta
from enum import StrEnum
from typing import assert_never

from kiosk.i18n.strings import text
from kiosk.record.disclosure.quarters import quarter_of
from kiosk.system.date_range import ALL_DAYS, DateRange


class Days(StrEnum):
    """The days of a list, a report or a copy. `save.days.<id>` are its words."""

    LAST_MONTH = "last-month"
    THIS_MONTH = "this-month"
    LAST_QUARTER = "last-quarter"
    SCHOOL_YEAR = "school-year"
    ALL = "all"
    TYPED = "typed"


def days_of(days: Days, today: date) -> DateRange:
    """Return the days that are meant, today being the last possible one. A school year begins on July 1.

    Raises ValueError for typed days.
    """
    first = today.replace(day=1)
    match days:
        case Days.THIS_MONTH:
            return DateRange(first, today)
        case Days.LAST_MONTH:
            last = first - timedelta(days=1)
            return DateRange(last.replace(day=1), last)
        case Days.LAST_QUARTER:
            last = quarter_of(today) - timedelta(days=1)
            return DateRange(quarter_of(last), last)
        case Days.SCHOOL_YEAR:
            return DateRange(date(today.year - (today.month < 7), 7, 1), today)
        case Days.ALL:
            return ALL_DAYS
        case Days.TYPED:
            raise ValueError("a person types these days")
        case _:
            assert_never(days)


def named_days(days: Days, today: date, language: str) -> str:
    """Return the words for these days, with the first and the last of them if they have both."""
    words = text(f"save.days.{days}", language)
    if days in {Days.ALL, Days.TYPED}:
        return words
    found = days_of(days, today)
    return f"{words}: {text('save.days.from-to', language, first=found.first, last=found.last)}"
