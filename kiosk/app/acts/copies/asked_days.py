"""The days that a copy is of: those that people mean, or typed ones."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from enum import StrEnum
from typing import Final, assert_never

from kiosk.app.acts.copies.saving import say
from kiosk.app.acts.days import typed_day
from kiosk.app.acts.entering import Acts
from kiosk.app.acts.texts import AnsweredTexts
from kiosk.errors import UsageError
from kiosk.presentation.acts import Question
from kiosk.presentation.values import Choice
from kiosk.record.disclosure.quarters import quarter_of
from kiosk.system.date_range import ALL_DAYS, DateRange

_ROOM: Final = 10


class Days(StrEnum):
    """The days of a copy. `save.days.<id>` are its words."""

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


def choices(acts: Acts, days: Iterable[Days]) -> list[Choice]:
    """Return a choice for each of these."""
    return [Choice(one, say(acts, f"days.{one}")) for one in days]


def asked_range(acts: Acts, texts: AnsweredTexts, days: Days) -> DateRange:
    """Return the first and the last of these days. Raises Asking for typed ones, and UsageError for wrong ones."""
    if days is not Days.TYPED:
        return days_of(days, acts.today)
    first, last = (_typed(acts, texts, which) for which in ("first", "last"))
    if first > last:
        raise UsageError(f"{first} comes after {last}.", "Type a later day.", "save.reversed", first=first, last=last)
    return DateRange(first, last)


def _typed(acts: Acts, texts: AnsweredTexts, which: str) -> date:
    return typed_day(texts.answer(Question(which, say(acts, which), say(acts, "day.how"), room=_ROOM)).strip())


def named(days: DateRange, today: date) -> str:
    """Return the days for the name of a file."""
    return f"{days.first or 'start'}-to-{days.last or today}"
