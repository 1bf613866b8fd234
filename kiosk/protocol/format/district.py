"""The keys of a district's settings file."""

from __future__ import annotations

from kiosk.protocol.syntax.forms import DAY, LINE, File, Form, ListOf, Named, OneOf, Word, may, must

TIMES_PATTERN = r"\d{1,2}:\d{2}-\d{1,2}:\d{2}"
"""A span of time within a day."""

SHORT_DAY = Form(
    "short day",
    "One day on which the schools are open for less time than usual.",
    (
        must("day", DAY, "The day, as 2026-11-25."),
        must("open", Word(TIMES_PATTERN), "The time in which the schools are open, as “08:00-12:00”."),
    ),
)

SETTINGS = Form(
    "settings",
    "The top of `settings.yaml`.",
    (
        must("kind", OneOf(("settings",)), "Always “settings”."),
        must("format", OneOf(("1",)), "Always 1."),
        must("protocol", LINE, "The id of the protocol."),
        may("district", LINE, "The district's name."),
        must("choices", Named(LINE), "Setting id → the choice."),
        may(
            "closed_days",
            ListOf(DAY, empty=True, distinct=True),
            "The days on which the district's offices are closed, other than Saturdays and Sundays, as 2026-11-26.",
        ),
        may(
            "short_days",
            ListOf(SHORT_DAY, empty=True),
            "The days on which the schools are open for less time. People are called only within it.",
        ),
    ),
)

FILE = File("settings", "A district's choices where a protocol offers options.", SETTINGS)
