"""The keys of a district's settings file."""

from __future__ import annotations

from kiosk.protocol.syntax.forms import LINE, File, Form, Named, OneOf, may, must

SETTINGS = Form(
    "settings",
    "The top of `settings.yaml`.",
    (
        must("kind", OneOf(("settings",)), "Always “settings”."),
        must("format", OneOf(("1",)), "Always 1."),
        must("protocol", LINE, "The id of the protocol."),
        may("district", LINE, "The district's name."),
        must("choices", Named(LINE), "Setting id → the choice."),
    ),
)

FILE = File("settings", "A district's choices where a protocol offers options.", SETTINGS)
