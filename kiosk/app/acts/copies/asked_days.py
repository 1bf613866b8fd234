"""The days that a copy is of: those that people mean, or typed ones."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Final

from kiosk.app.acts.copies.saving import say
from kiosk.app.acts.days import typed_day
from kiosk.app.acts.entering import Acts
from kiosk.app.acts.texts import AnsweredTexts
from kiosk.errors import UsageError
from kiosk.presentation.acts import Question
from kiosk.presentation.days import Days, days_of, named_days
from kiosk.presentation.values import Choice
from kiosk.system.date_range import DateRange

_ROOM: Final = 10


def choices(acts: Acts, days: Iterable[Days]) -> list[Choice]:
    """Return a choice for each of these; it says which days they are."""
    return [Choice(one, named_days(one, acts.today, acts.language)) for one in days]


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
