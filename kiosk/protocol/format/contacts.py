"""The keys of a contacts file."""

from __future__ import annotations

from kiosk.protocol.syntax.forms import LINE, File, Form, ListOf, Named, OneOf, may, must

CONTACT = Form(
    "contact",
    "One person or office.",
    (
        must("name", LINE, "The name to ask for."),
        may("title", LINE, "The person's position."),
        may(
            "phone",
            LINE,
            "The number to call, as 860-555-0100, or + and the country code. A missing number is a finding.",
        ),
        may("extension", LINE, "One to seven digits, in quotes."),
        may("hours", LINE, "Times when the phone is answered, as “Mon-Fri 08:00-16:30”. Default: always."),
        may("address", LINE, "The address on the referral card."),
        may(
            "away",
            LINE,
            "Days on which others are called first, as “2026-12-21 to 2027-01-04”; several are separated by commas.",
        ),
        may("url", LINE, "A web address for the referral card: https:// or tel:, at most 60 characters."),
    ),
)

CONTACTS = Form(
    "contacts",
    "The top of a contacts file.",
    (
        must("kind", OneOf(("contacts",)), "Always “contacts”."),
        must("format", OneOf(("1",)), "Always 1."),
        must("school", LINE, "The school's name."),
        may("slots", Named(LINE), "Slot id → this school's text for it, such as the name of a room."),
        must(
            "roles",
            Named(ListOf(CONTACT, empty=True), empty=False),
            "Role id → its contacts. The first is called first; the others are backups.",
        ),
    ),
)

FILE = File("contacts", "The contacts of one school, by role.", CONTACTS)
