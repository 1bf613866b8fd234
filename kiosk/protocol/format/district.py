"""The keys of a district's settings file."""

from __future__ import annotations

from kiosk.protocol.syntax.forms import DAY, LINE, File, Form, ListOf, Named, OneOf, may, must

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
    ),
)

FILE = File("settings", "A district's choices where a protocol offers options.", SETTINGS)
